"""R205: nobody is taught on a Saturday or Sunday unawares."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pilar.assembly.day import Day
from pilar.checks.room import WEEKDAYS
from pilar.model.problem import Problem
from pilar.model.run import Run
from pilar.model.schedule import FRIDAY

_WEEK = 7


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """Every day that holds something is a working day."""
    dates = run.file.tanggal.days()
    held = [
        (number, date)
        for number, (date, entries) in enumerate(zip(dates, run.file.jadwal.hari, strict=False), 1)
        if entries and date.weekday() > FRIDAY
    ]
    if held:
        named = ", ".join(f"hari ke-{n} ({WEEKDAYS[d.weekday()]}, {d})" for n, d in held)
        message = f"akhir pekan dipakai: {named}"
        yield run.source.problem(("tanggal",), "R205", message, _hint(dates))


def _hint(dates: tuple[datetime.date, ...]) -> str:
    if len(dates) > FRIDAY + 1:
        return "Kosongkan hari itu dengan `[]` dan tambahkan hari kerja, bila tidak disengaja"
    first = dates[0] + datetime.timedelta(days=-dates[0].weekday() % _WEEK)
    last = first + datetime.timedelta(days=len(dates) - 1)
    return f"Yang terdekat tanpa akhir pekan: {first} sampai {last}"
