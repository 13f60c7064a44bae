"""The timetable: start and end of every activity, computed from the order of the entries."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pilar.model.curriculum import MINUTES_PER_FIELD_JP, MINUTES_PER_JP, Activity, Module
from pilar.model.position import Keys
from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.run import EVENTS, Break, Entry, Run, clock


@dataclass(frozen=True)
class Step:
    """Part of an activity inside one slot; `part` is 1.. of `parts` when a pause cuts it."""

    activity: Activity
    start: int
    end: int
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class Slot:
    """One row of a day. `kind` is `modul`, `acara` or `jeda`; times are minutes after midnight."""

    kind: str
    title: str
    start: int
    end: int
    module: Module | None = None
    steps: tuple[Step, ...] = ()

    @property
    def minutes(self) -> int:
        """Its length in minutes."""
        return self.end - self.start

    @property
    def time(self) -> str:
        """`08.00–08.45`."""
        return f"{clock(self.start)}–{clock(self.end)}"


@dataclass(frozen=True)
class Day:
    """A day of the run, numbered from 1."""

    number: int
    date: datetime.date
    slots: tuple[Slot, ...]


@dataclass
class _Left:
    """The part of a module still to be scheduled; `done` counts the minutes scheduled so far."""

    module: Module
    done: int = 0

    @property
    def minutes(self) -> int:
        return self.module.meta.jp.minutes - self.done

    @property
    def core(self) -> int:
        """Minutes of the activities that may not be dropped."""
        options = (activity.options for activity in self.module.activities)
        return sum(option.menit for option in options if option.inti)

    def minutes_of(self, hours: int) -> int:
        """Minutes of the next `hours` JP: those in class come first, then those in the field."""
        jp = self.module.meta.jp
        in_class = max(0, (jp.teori + jp.penugasan) * MINUTES_PER_JP - self.done)
        if not jp.praktik_lapangan or hours * MINUTES_PER_JP <= in_class:
            return hours * MINUTES_PER_JP
        return in_class + round((hours - in_class / MINUTES_PER_JP) * MINUTES_PER_FIELD_JP)


def timetable(run: Run, modules: Mapping[str, Module]) -> tuple[tuple[Day, ...], list[Problem]]:
    """Lay the entries of each day end to end around its pauses.

    A module without `jp` takes all that is left of it, as far as the day reaches, and goes on
    where a later day names it again. Problems: unknown names, days that do not match the dates,
    days that end too late, modules not scheduled to their full hours.
    """
    planner = _Planner(run, modules)
    days = [planner.day(index) for index in range(len(run.file.jadwal.hari))]
    planner.check_whole()
    return _with_parts(days), planner.problems


class _Planner:
    """Schedules a run day by day and tracks how much is left of each module."""

    def __init__(self, run: Run, modules: Mapping[str, Module]) -> None:
        self.run = run
        self.schedule = run.file.jadwal
        self.dates = run.file.tanggal.days()
        self.left = {slug: _Left(module) for slug, module in modules.items()}
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
        builder = _DayBuilder(self.schedule.mulai, self.schedule.selesai, self.pauses(index + 1))
        for position, entry in enumerate(self.schedule.hari[index]):
            self.entry(builder, entry, ("hari", index, position))
        if builder.now > builder.end:
            self.report(
                ("hari", index),
                "R103",
                f"hari ke-{index + 1} selesai pukul {clock(builder.now)}, lewat dari "
                f"{clock(builder.end)}",
                "Kurangi acaranya, atau ubah `selesai`",
            )
        # Too few dates are a problem of their own (R102); until then a day repeats the last date.
        date = self.dates[min(index, len(self.dates) - 1)]
        return Day(index + 1, date, tuple(builder.slots))

    def pauses(self, number: int) -> list[Break]:
        """Pauses of a day in order of time."""
        all_pauses = self.schedule.jeda
        pauses = [pause for pause in all_pauses if not pause.hari or number in pause.hari]
        pauses.sort(key=lambda pause: pause.mulai)
        for before, after in pairwise(pauses):
            if after.mulai < before.end:
                self.report(
                    ("jeda", all_pauses.index(after)),
                    "R106",
                    f"jeda {after.judul} {clock(after.mulai)} di hari ke-{number} mulai sebelum "
                    f"jeda {before.judul} selesai",
                    "Ubah jam salah satunya",
                )
        return pauses

    def entry(self, builder: _DayBuilder, entry: Entry, keys: Keys) -> None:
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
                builder.event(entry.judul or title, entry.menit or minutes)
                return
            message = f"acara `{entry.acara}` tidak dikenal"
            hint = f"{suggestion(name, EVENTS)}; untuk acara lain tulis `menit`"
            self.report(keys, "R101", message, hint, at=name, instead=nearest(name, EVENTS))
        elif entry.modul in self.left:
            self.check_left(self.left[entry.modul], entry, keys)
            builder.module(self.left[entry.modul], entry)
        else:
            message = f"`{entry.modul}` bukan modul kurikulum ini dan bukan acara"
            known = {*self.left, *EVENTS}
            hint, near = suggestion(entry.modul, known), nearest(entry.modul, known)
            self.report(keys, "R101", message, hint, at=entry.modul, instead=near)

    def check_left(self, left: _Left, entry: Entry, keys: Keys) -> None:
        """Report an entry that asks for more than is left of its module."""
        if (fixed_minutes(left, entry) or 1) > left.minutes:
            rest = f"tinggal {left.minutes} menit" if left.minutes else "sudah terjadwal penuh"
            message = f"modul `{entry.modul}` {rest} ketika disebut di sini"
            hint = "Hapus sebutan ini, atau kurangi jamnya"
            self.report(keys, "R107", message, hint, at=entry.modul or "")

    def check_whole(self) -> None:
        """After the last day: do days and dates match, is every module scheduled in full?"""
        days, dates = len(self.schedule.hari), len(self.dates)
        if days != dates:
            message = f"`hari` memuat {days} hari, sedangkan tanggal pelatihan {dates} hari"
            self.report(("hari",), "R102", message, "Samakan jumlahnya")
        for slug, left in self.left.items():
            if left.minutes > 0:
                hours = left.module.meta.jp.total
                message = f"modul `{slug}` ({hours} JP) kurang {left.minutes} menit"
                hint = "Sebut modul itu lagi di hari yang masih longgar"
                if left.done < left.core:
                    hint += f"; kegiatan intinya saja perlu {left.core} menit"
                self.report(("hari",), "R104", message, hint, at=slug)


@dataclass
class _DayBuilder:
    """Fills one day. Pauses that nothing follows are left out."""

    now: int
    end: int
    pauses: list[Break]
    slots: list[Slot] = field(default_factory=list)

    def begin(self, time: int) -> bool:
        """Start the next entry at `time`; false when the day is past that already.

        The first entry of a day may begin before the usual hour.
        """
        if self.slots:
            if time < self.now:
                return False
            while self.pauses and self.pauses[0].mulai < time:
                self.now = max(self.now, self.pauses[0].mulai)
                self.take_pauses()
            time = max(self.now, time)
        self.now = time
        return True

    def event(self, title: str, minutes: int) -> None:
        """An event; pauses cut it."""
        for start, end in self.pieces(minutes, until=None):
            self.slots.append(Slot("acara", title, start, end))

    def module(self, left: _Left, entry: Entry) -> None:
        """A module, or the part of it that fits into the day."""
        fixed = fixed_minutes(left, entry)
        minutes = min(fixed, left.minutes) if fixed else left.minutes
        for start, end in self.pieces(minutes, until=None if fixed else self.end):
            steps = tuple(_steps(left.module, left.done, start, end))
            left.done += end - start
            title = left.module.meta.judul
            self.slots.append(Slot("modul", title, start, end, module=left.module, steps=steps))

    def pieces(self, minutes: int, until: int | None) -> Iterator[tuple[int, int]]:
        """Divide `minutes` from now on into the intervals between the pauses."""
        while minutes > 0:
            self.take_pauses()
            stop = self.now + minutes
            if until is not None:
                stop = min(stop, until)
            if self.pauses:
                stop = min(stop, self.pauses[0].mulai)
            if stop <= self.now:
                return
            start, self.now = self.now, stop
            minutes -= stop - start
            yield start, stop

    def take_pauses(self) -> None:
        """Insert the pauses that begin by now."""
        while self.pauses and self.pauses[0].mulai <= self.now:
            pause = self.pauses.pop(0)
            if pause.end > self.now:
                start = max(pause.mulai, self.slots[-1].end) if self.slots else self.now
                self.slots.append(Slot("jeda", pause.judul, start, pause.end))
                self.now = pause.end


def fixed_minutes(left: _Left, entry: Entry) -> int | None:
    """Minutes that an entry asks for; None where it takes all that is left."""
    return left.minutes_of(entry.jp) if entry.jp else entry.menit


def _steps(module: Module, done: int, start: int, end: int) -> Iterator[Step]:
    """Activities in a slot from `start` to `end`, after `done` minutes of the module."""
    position = 0
    for activity in module.activities:
        begin, position = position, position + activity.options.menit
        first, last = max(begin, done), min(position, done + end - start)
        if first < last:
            yield Step(activity, start + first - done, start + last - done)


def _with_parts(days: list[Day]) -> tuple[Day, ...]:
    """Number the parts of activities that a pause or a night divides."""
    # Activities by identity: the hash of a whole page would be that of its text.
    parts = Counter(id(step.activity) for day in days for slot in day.slots for step in slot.steps)
    so_far: Counter[int] = Counter()

    def numbered(step: Step) -> Step:
        name = id(step.activity)
        so_far[name] += 1
        return replace(step, part=so_far[name], parts=parts[name])

    def with_parts(slot: Slot) -> Slot:
        return replace(slot, steps=tuple(map(numbered, slot.steps)))

    return tuple(replace(day, slots=tuple(map(with_parts, day.slots))) for day in days)


def draft_days(modules: Sequence[Module], minutes: int) -> list[list[str]]:
    """A first timetable: names of events and modules, day by day.

    Every module in turn, going on the next day where `minutes` of class time a day are used up,
    between opening and pretest on the first day and post-test and closing on the last.
    """
    days = [["pembukaan", "pretest"]]
    left = minutes - sum(EVENTS[name][1] for name in days[0])

    def next_day() -> None:
        nonlocal left
        days.append(["refleksi"])
        left = minutes - EVENTS["refleksi"][1]

    for module in modules:
        rest = module.meta.jp.minutes
        while rest > 0:
            if left <= 0:
                next_day()
            days[-1].append(module.slug)
            rest, left = max(0, rest - left), max(0, left - rest)
    closing = ["posttest", "evaluasi-penyelenggaraan", "penutupan"]
    if left < sum(EVENTS[name][1] for name in closing):
        next_day()
    days[-1] += closing
    return days
