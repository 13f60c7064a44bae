"""A first timetable for a new run: every module in turn, as many days as their hours take."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from pilar.model.curriculum import Module
from pilar.model.position import Located
from pilar.model.problem import Problem
from pilar.model.run import Dates, Run, RunFile
from pilar.model.schedule import FRIDAY, Entry, Schedule

from .day import Day
from .timetable import timetable

_PRETEST = Entry.model_validate({"acara": "pretest", "mulai": "07.30"})
OPENING = (_PRETEST, Entry(acara="pembukaan"))
EACH_DAY = (Entry(acara="refleksi"),)
CLOSING = tuple(Entry(acara=n) for n in ("posttest", "evaluasi-penyelenggaraan", "penutupan"))
HOURS = {"mulai": "08.00", "selesai": "17.00"}
"""Of every day."""
REST: dict[str, Any] = {"judul": "Rehat", "menit": 15}
PRAYER: dict[str, Any] = {
    "judul": "ISHOMA dan salat Jumat",
    "mulai": "11.30",
    "selesai": "13.00",
}
"""Like the usual pauses, but that ISHOMA waits for the end of an activity."""


def in_order(modules: Sequence[Module]) -> list[Module]:
    """The module that makes a class of people first, the others after those they build on."""
    left = sorted(modules, key=lambda module: not _makes_a_class(module))
    done: list[Module] = []
    while left:
        waiting = {module.slug for module in left}
        free = (module for module in left if not waiting & {*module.meta.prasyarat})
        done.append(next(free, left[0]))  # prerequisites that go round have no order (M207)
        left.remove(done[-1])
    return done


def _makes_a_class(module: Module) -> bool:
    return module.meta.kode == "BLC" or "komitmen" in module.meta.judul.casefold()


def draft_schedule(modules: Sequence[Module], first: datetime.date) -> Schedule:
    """What each day holds, from the `first` one on, and its pauses; nothing on Saturdays and
    Sundays. As many days as the hours take; where that leaves room, a day ends with an activity.
    """
    draft = _Draft(modules, first).made()
    for day in range(len(draft.entries)):
        better = _Draft(modules, first, draft.aligned | {day}).made()
        if len(better.entries) <= len(draft.entries):
            draft = better
    schedule = draft.schedule()
    days, _ = draft.timetable()
    used = (pause for pause in schedule.jeda or () if any(day.holds(pause) for day in days))
    return schedule.model_copy(update={"jeda": tuple(used)})


@dataclass
class _Draft:
    modules: Sequence[Module]
    first: datetime.date
    aligned: frozenset[int] = frozenset()
    """Days, from 0, that end where an activity does."""
    entries: list[list[Entry]] = field(default_factory=list)

    def made(self) -> _Draft:
        """The same, its days filled."""
        self.entries.append([*OPENING])
        for module in in_order(self.modules):
            done = 0
            while done < module.meta.jp.minutes:
                done = self.go_on(module, done)
                if done < module.meta.jp.minutes:
                    self.next_day()
        self.entries[-1] += CLOSING
        if not self.fits():
            del self.entries[-1][-len(CLOSING) :]
            self.next_day()
            self.entries[-1] += CLOSING
        return self

    def go_on(self, module: Module, done: int) -> int:
        """Let the module go on today; gives how many of its minutes are done then."""
        today = self.entries[-1]
        today.append(Entry(modul=module.slug))
        reached = self.reached(module)
        if len(self.entries) - 1 not in self.aligned or reached == module.meta.jp.minutes:
            return reached
        ends = accumulate(activity.options.menit for activity in module.activities)
        whole = max((end for end in ends if done < end <= reached), default=done)
        if whole > done:
            today[-1] = Entry(modul=module.slug, menit=whole - done)
            return whole
        if any(entry.modul for entry in today[:-1]):
            today.pop()
            return done
        return reached

    def next_day(self) -> None:
        """Begin the next working day."""
        while self.date(len(self.entries)).weekday() > FRIDAY:
            self.entries.append([])
        self.entries.append([*EACH_DAY])

    def reached(self, module: Module) -> int:
        days, _ = self.timetable()
        return sum(slot.minutes for day in days for slot in day.slots if slot.module is module)

    def fits(self) -> bool:
        _, problems = self.timetable()
        return not any(problem.code == "R103" for problem in problems)

    def timetable(self) -> tuple[tuple[Day, ...], list[Problem]]:
        dates = Dates(mulai=self.first, selesai=self.date(len(self.entries) - 1))
        file: dict[str, Any] = {"jadwal": self.schedule(), "tanggal": dates}
        run = Run("", RunFile.model_construct(**file), Located(""))
        return timetable(run, {module.slug: module for module in self.modules})

    def schedule(self) -> Schedule:
        numbers = [number for number, day in enumerate(self.entries, 1) if day]
        fridays = [n for n in numbers if self.date(n - 1).weekday() == FRIDAY]
        noon: list[dict[str, Any]] = [{"judul": "ISHOMA", "sekitar": "12.00", "menit": 60}]
        if fridays:
            noon[0]["hari"] = [number for number in numbers if number not in fridays]
            noon.append({**PRAYER, "hari": fridays})
        pauses = [REST | {"sekitar": "10.00"}, *noon, REST | {"sekitar": "15.00"}]
        return Schedule.model_validate({**HOURS, "jeda": pauses, "hari": self.entries})

    def date(self, index: int) -> datetime.date:
        return self.first + datetime.timedelta(days=index)
