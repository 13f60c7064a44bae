"""R203: on a Friday there is time for prayer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.assembly.day import Day, Slot
from pilar.checks.room import roomy
from pilar.model.problem import Problem
from pilar.model.run import Run
from pilar.model.schedule import FRIDAY, clock

_FROM, _TO = 11 * 60 + 45, 12 * 60 + 30
"""No session between these hours of the run's zone. The usual pause is 11.30 to 13.00; over the
year and within a zone the prayer comes earlier or later, so that some pauses are shifted."""
_NOON = 12 * 60
"""A day that ends by then leaves time as well."""
_PRAYER = re.compile(r"s(?:h|y)?[ao]lat|jum['’ʻ]?at(?:an)?\b|ishoma|istirahat|rehat|makan", re.I)
"""Entries of a day that are the pause, though they are not written as one."""


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """No session, and no other entry, runs through the prayer of a Friday."""
    for day, date in zip(days, run.file.tanggal.days(), strict=False):
        busy = [slot for slot in day.slots if _takes_time(slot)]
        through = [slot for slot in busy if slot.start < _TO and slot.end > _FROM]
        if date.weekday() != FRIDAY or not through or busy[-1].end <= _NOON:
            continue
        first, last = through[0], through[-1]
        what = f"“{first.title}”" if first.title == last.title else "sesi"
        message = (
            f"hari ke-{day.number} jatuh pada hari Jumat, {date}, dan {what} berlangsung "
            f"pukul {clock(first.start)}–{clock(last.end)}, melewati waktu salat Jumat"
        )
        hint = "Beri jeda sekitar pukul 11.30–13.00"
        if where := roomy(run, days, last.end - max(first.start, _FROM)):
            hint += f"; untuk menit yang tergeser, {where}"
        yield run.source.problem(("jadwal", "hari", day.number - 1), "R203", message, hint)


def _takes_time(slot: Slot) -> bool:
    return slot.kind == "modul" or (slot.kind == "acara" and not _PRAYER.search(slot.title))
