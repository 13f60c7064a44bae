"""R206: a pause lies within a day that it is for."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.assembly.day import Day
from pilar.model.problem import Problem
from pilar.model.run import Run
from pilar.model.schedule import clock


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """A pause is of use on each of the days it names, and on one where it names none."""
    held = {day.number: day for day in days if day.span}
    for index, pause in enumerate((run.file.jadwal.jeda or ()) if held else ()):
        outside = [n for n in pause.hari or held if n not in held or not held[n].holds(pause)]
        if outside and (pause.hari or len(outside) == len(held)):
            number = outside[0]
            where = "sekitar " if pause.sekitar is not None else ""
            what = f"jeda {pause.judul} {where}{clock(pause.start)}"
            if span := number in held and held[number].span:
                first, last = map(clock, span)
                message = f"{what} di luar hari ke-{number}, yang berlangsung {first}–{last}"
                hint = f"Pilih jam di antara {first} dan {last}, atau hapus jeda itu"
            else:
                message = f"{what} untuk hari ke-{number}, padahal hari itu kosong atau tidak ada"
                hint = "Perbaiki `hari` pada jeda itu"
            yield run.source.problem(("jadwal", "jeda", index), "R206", message, hint)
