"""When the tests of a run are sat, and with which questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pilar.model.curriculum import Module
from pilar.model.run import RunFile
from pilar.model.schedule import EVENTS

from .day import Day, Slot
from .exam import EXAMS, Exam, draw


@dataclass(frozen=True)
class Sitting:
    """A test in the timetable: entry number `entry` of day number `day`, both from 0."""

    exam: Exam
    day: int
    entry: int
    minutes: int

    def slot(self, days: Iterable[Day]) -> Slot:
        """Where it begins in the timetable that is laid out of the same file."""
        slots = next(day.slots for day in days if day.number == self.day + 1)
        return next(slot for slot in slots if slot.event == self.exam.use)


def sittings(file: RunFile, modules: Iterable[Module]) -> tuple[Sitting, ...]:
    """Every test that the timetable names, in its order; the questions are those of `modules`."""
    named = [
        (day, place, entry)
        for day, entries in enumerate(file.jadwal.hari)
        for place, entry in enumerate(entries)
        if entry.acara in EXAMS
    ]
    exams = draw(modules, file.seed, file.tes.soal) if named else ()
    return tuple(
        Sitting(exam, day, place, entry.menit or EVENTS[exam.use][1])
        for day, place, entry in named
        for exam in exams
        if exam.use == entry.acara
    )
