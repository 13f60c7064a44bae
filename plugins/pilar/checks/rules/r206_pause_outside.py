"""R206: a pause lies within a day that it is for."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.assembly.day import Day
from pilar.model.problem import Problem
from pilar.model.run import Run
from pilar.model.schedule import Break, clock


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """A pause is of use on each of the days it names, and on one where it names none."""
    spans = {day.number: span for day in days if (span := _span(day))}
    for index, pause in enumerate(run.file.jadwal.jeda or ()):
        if not spans:
            return
        outside = [n for n in pause.hari or spans if not _within(pause, spans.get(n))]
        if outside and (pause.hari or len(outside) == len(spans)):
            number = outside[0]
            where = "sekitar " if pause.sekitar is not None else ""
            what = f"jeda {pause.judul} {where}{clock(pause.start)}"
            if number in spans:
                first, last = map(clock, spans[number])
                message = f"{what} di luar hari ke-{number}, yang berlangsung {first}–{last}"
                hint = f"Pilih jam di antara {first} dan {last}, atau hapus jeda itu"
            else:
                message = f"{what} untuk hari ke-{number}, padahal hari itu kosong atau tidak ada"
                hint = "Perbaiki `hari` pada jeda itu"
            yield run.source.problem(("jadwal", "jeda", index), "R206", message, hint)


def _span(day: Day) -> tuple[int, int] | None:
    """When the first entry of a day begins, and the last one ends."""
    slots = [slot for slot in day.slots if slot.kind != "jeda"]
    return (slots[0].start, slots[-1].end) if slots else None


def _within(pause: Break, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] < pause.end and pause.start < span[1]
