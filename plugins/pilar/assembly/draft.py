"""A first timetable for a new run: every module in turn, as many days as their hours take."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from pilar.model.curriculum import Module
from pilar.model.position import Located
from pilar.model.run import Dates, Run, RunFile
from pilar.model.schedule import FRIDAY, Entry, Schedule

from .timetable import timetable

OPENING = ({"acara": "pretest", "mulai": "07.30"}, {"acara": "pembukaan"})
EACH_DAY = ({"acara": "refleksi"},)
CLOSING = tuple({"acara": name} for name in ("posttest", "evaluasi-penyelenggaraan", "penutupan"))
HOURS = {"mulai": "08.00", "selesai": "17.00"}
"""Of every day; pauses are the usual ones."""


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


def draft_days(modules: Sequence[Module], first: datetime.date) -> list[tuple[Entry, ...]]:
    """What each day holds, from the `first` one on; nothing on Saturdays and Sundays.

    A day ends where an activity ends, unless days that are filled to the last minute are fewer.
    """
    whole, full = (_Draft(modules, first, aligned).days() for aligned in (True, False))
    return whole if len(whole) <= len(full) else full


@dataclass
class _Draft:
    modules: Sequence[Module]
    first: datetime.date
    aligned: bool
    """Does a day end where an activity does?"""
    entries: list[list[Entry]] = field(default_factory=list)

    def days(self) -> list[tuple[Entry, ...]]:
        self.entries.append([*_entries(OPENING)])
        for module in in_order(self.modules):
            done = 0
            while done < module.meta.jp.minutes:
                done = self.go_on(module, done)
                if done < module.meta.jp.minutes:
                    self.next_day()
        self.entries[-1] += _entries(CLOSING)
        if not self.fits():
            del self.entries[-1][-len(CLOSING) :]
            self.next_day()
            self.entries[-1] += _entries(CLOSING)
        return [tuple(day) for day in self.entries]

    def go_on(self, module: Module, done: int) -> int:
        """Let the module go on today; gives how many of its minutes are done then."""
        today = self.entries[-1]
        today.append(Entry(modul=module.slug))
        reached = self.reached(module)
        if not self.aligned or reached == module.meta.jp.minutes:
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
        date = self.first + datetime.timedelta(days=len(self.entries))
        while date.weekday() > FRIDAY:
            self.entries.append([])
            date += datetime.timedelta(days=1)
        self.entries.append([*_entries(EACH_DAY)])

    def reached(self, module: Module) -> int:
        days, _ = timetable(self.run(), self.by_slug())
        return sum(slot.minutes for day in days for slot in day.slots if slot.module is module)

    def fits(self) -> bool:
        _, problems = timetable(self.run(), self.by_slug())
        return not any(problem.code == "R103" for problem in problems)

    def by_slug(self) -> Mapping[str, Module]:
        return {module.slug: module for module in self.modules}

    def run(self) -> Run:
        last = self.first + datetime.timedelta(days=len(self.entries) - 1)
        file: dict[str, Any] = {
            "jadwal": Schedule.model_validate({**HOURS, "hari": self.entries}),
            "tanggal": Dates(mulai=self.first, selesai=last),
        }
        return Run("", RunFile.model_construct(**file), Located(""))


def _entries(written: Sequence[Mapping[str, str]]) -> Iterator[Entry]:
    return map(Entry.model_validate, written)
