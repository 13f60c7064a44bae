"""The timetable: start and end of every activity, computed from the order of the entries."""

from __future__ import annotations

import copy
import datetime
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from pilar.model.curriculum import Module
from pilar.model.position import Keys
from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.run import Run
from pilar.model.schedule import EVENTS, Break, Entry, clock

from .day import Day, DayBuilder, Left, Slot, Step, fixed_minutes


def timetable(
    run: Run, modules: Mapping[str, Module], unsure: Container[str] = ()
) -> tuple[tuple[Day, ...], list[Problem]]:
    """Lay the entries of each day end to end around its pauses.

    A module without `jp` takes all that is left of it, as far as the day reaches, and goes on
    where a later day names it again. Problems: unknown names, days that do not match the dates,
    days that end too late, modules not scheduled to their full hours.

    `unsure` are slugs of modules that are not here as the run has them: whatever rests on their
    hours is no problem.
    """
    planner = _Planner(run, modules, unsure)
    days = [planner.day(index) for index in range(len(run.file.jadwal.hari))]
    planner.check_whole()
    return _with_parts(days), planner.problems


class _Planner:
    """Schedules a run day by day and tracks how much is left of each module."""

    def __init__(self, run: Run, modules: Mapping[str, Module], unsure: Container[str]) -> None:
        self.run = run
        self.schedule = run.file.jadwal
        self.dates = run.file.tanggal.days()
        self.left = {slug: Left(module) for slug, module in modules.items()}
        self.unsure = unsure
        self.problems: list[Problem] = []

    def report(
        self, keys: Keys, code: str, message: str, hint: str, *, at: str = "", instead: str = ""
    ) -> None:
        """A problem at a place below `jadwal`, or of the words `at` there."""
        found = self.run.source.problem(
            ("jadwal", *keys), code, message, hint, at=at, instead=instead
        )
        self.problems.append(found)

    def day(self, index: int) -> Day:
        """Lay out one day."""
        # Too few dates are a problem of their own (R102); until then a day repeats the last date.
        date = self.dates[min(index, len(self.dates) - 1)]
        builder = self.lay_out(index, self.pauses(index, date))
        sure = not any(entry.modul in self.unsure for entry in self.schedule.hari[index])
        if builder.now > builder.end and sure:
            self.report(
                ("hari", index),
                "R103",
                f"hari ke-{index + 1} selesai pukul {clock(builder.now)}, lewat dari "
                f"{clock(builder.end)}",
                "Kurangi acaranya, atau ubah `selesai`",
            )
        return Day(index + 1, date, tuple(builder.slots))

    def lay_out(self, index: int, pauses: list[Break]) -> DayBuilder:
        """The entries of a day around these pauses, in order of time."""
        builder = DayBuilder(self.schedule.mulai, self.schedule.closing(index + 1), pauses)
        for position, entry in enumerate(self.schedule.hari[index]):
            self.entry(builder, entry, ("hari", index, position))
        return builder

    def pauses(self, index: int, date: datetime.date) -> list[Break]:
        """Pauses of a day in order of time, each at its hour."""
        written = sorted(self.schedule.breaks(index + 1, date), key=lambda pause: pause.start)
        pauses = [(pause, pause) for pause in written if pause.sekitar is None]
        for near in (pause for pause in written if pause.sekitar is not None):
            others = [pause for pause, _ in pauses]
            pauses.append((near.at(self.trial(index, others).nearest_end(near, others)), near))
            pauses.sort(key=lambda pair: pair[0].start)
        for (before, _), (after, as_written) in pairwise(pauses):
            if after.start < before.end:
                self.report(
                    ("jeda", (self.schedule.jeda or ()).index(as_written)),
                    "R106",
                    f"jeda {after.judul} {clock(after.start)} di hari ke-{index + 1} mulai sebelum "
                    f"jeda {before.judul} selesai",
                    "Ubah jam salah satunya",
                )
        return [pause for pause, _ in pauses]

    def trial(self, index: int, pauses: list[Break]) -> DayBuilder:
        """The day as it would be with these pauses; changes nothing."""
        planner = copy.copy(self)
        planner.left = {slug: replace(left) for slug, left in self.left.items()}
        planner.problems = []
        return planner.lay_out(index, list(pauses))

    def entry(self, builder: DayBuilder, entry: Entry, keys: Keys) -> None:
        """Place one entry of a day."""
        if entry.mulai is not None and not builder.begin(entry.mulai):
            self.report(
                keys,
                "R103",
                f"`mulai` {clock(entry.mulai)} sudah lewat: acara sebelumnya selesai pukul "
                f"{clock(builder.now)}",
                "Mundurkan jamnya, atau kurangi acara sebelumnya",
                at="mulai",
            )
        if entry.modul is None:
            name = entry.acara or ""
            title, minutes = EVENTS.get(name, (name, 0))
            if entry.menit or minutes:
                builder.event(name, entry.judul or title, entry.menit or minutes)
                return
            message = f"acara `{entry.acara}` tidak dikenal"
            hint = f"{suggestion(name, EVENTS)}; untuk acara lain tulis `menit`"
            self.report(keys, "R101", message, hint, at=name, instead=nearest(name, EVENTS))
        elif entry.modul in self.left:
            self.check_left(self.left[entry.modul], entry, keys)
            builder.module(self.left[entry.modul], entry)
        elif entry.modul in self.run.file.tanpa:
            message = f"modul `{entry.modul}` dijadwalkan, padahal `tanpa` meninggalkannya"
            hint = "Hapus sebutan ini, atau hapus modul itu dari `tanpa`"
            self.report(keys, "R110", message, hint, at=entry.modul)
        elif entry.modul not in self.unsure:
            message = f"`{entry.modul}` bukan modul kurikulum ini dan bukan acara"
            known = {*self.left, *EVENTS}
            hint, near = suggestion(entry.modul, known), nearest(entry.modul, known)
            self.report(keys, "R101", message, hint, at=entry.modul, instead=near)

    def check_left(self, left: Left, entry: Entry, keys: Keys) -> None:
        """Report an entry that asks for more than is left of its module."""
        if (fixed_minutes(left, entry) or 1) > left.minutes and entry.modul not in self.unsure:
            rest = f"tinggal {left.minutes} menit" if left.minutes else "sudah terjadwal penuh"
            message = f"modul `{entry.modul}` {rest} ketika disebut di sini"
            hint = "Hapus sebutan ini, atau kurangi jamnya"
            self.report(keys, "R107", message, hint, at=entry.modul or "")

    def check_whole(self) -> None:
        """After the last day: do days, dates and hours match, is every module scheduled in full?"""
        days, dates, hours = len(self.schedule.hari), len(self.dates), len(self.schedule.selesai)
        if days != dates:
            message = f"`hari` memuat {days} hari, sedangkan tanggal pelatihan {dates} hari"
            self.report(("hari",), "R102", message, "Samakan jumlahnya")
        if hours not in (1, days):
            message = f"`selesai` memuat {hours} jam, sedangkan `hari` {days} hari"
            hint = "Tulis satu jam untuk semua hari, atau satu jam untuk tiap hari"
            self.report(("selesai",), "R108", message, hint)
        for slug, left in self.left.items():
            if left.minutes > 0 and slug not in self.unsure:
                jp = left.module.meta.jp.total
                message = f"modul `{slug}` ({jp} JP) kurang {left.minutes} menit"
                hint = "Sebut modul itu lagi di hari yang masih longgar"
                if left.done < left.core:
                    hint += f"; kegiatan intinya saja perlu {left.core} menit"
                self.report(("hari",), "R104", message, hint, at=slug)


def _with_parts(days: list[Day]) -> tuple[Day, ...]:
    """Number the parts of activities that a pause or a night divides."""
    # Activities by identity: the hash of a whole page would be that of its text.
    parts = Counter(id(step.activity) for step in _steps(days))
    so_far: Counter[int] = Counter()

    def numbered(step: Step) -> Step:
        name = id(step.activity)
        so_far[name] += 1
        return replace(step, part=so_far[name], parts=parts[name])

    def with_parts(slot: Slot) -> Slot:
        return replace(slot, steps=tuple(map(numbered, slot.steps)))

    return tuple(replace(day, slots=tuple(map(with_parts, day.slots))) for day in days)


def _steps(days: list[Day]) -> Iterator[Step]:
    return (step for day in days for slot in day.slots for step in slot.steps)
