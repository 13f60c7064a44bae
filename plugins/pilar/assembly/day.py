"""One day of a timetable: its entries laid end to end around its pauses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pilar.model.curriculum import MINUTES_PER_FIELD_JP, MINUTES_PER_JP, Activity, Module
from pilar.model.schedule import NEAR, Break, Entry, clock


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
    event: str = ""
    """The name of an event in `model/schedule.py`, whatever its title; or the organizer's own."""

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

    def holds(self, pause: Break) -> bool:
        """Does anything go before and after the pause, as it is written?"""
        span = self.span
        return span is not None and span[0] < pause.end and pause.start < span[1]

    @property
    def span(self) -> tuple[int, int] | None:
        """When its first entry begins, and the last one ends; None for an empty day."""
        slots = [slot for slot in self.slots if slot.kind != "jeda"]
        return (slots[0].start, slots[-1].end) if slots else None


@dataclass
class Left:
    """The part of a module still to be scheduled; `done` counts the minutes scheduled so far."""

    module: Module
    done: int = 0

    @property
    def minutes(self) -> int:
        """How many there are."""
        return self.module.meta.jp.minutes - self.done

    @property
    def core(self) -> int:
        """Minutes of the activities that may not be dropped."""
        options = (activity.options for activity in self.module.activities)
        return sum(option.menit for option in options if option.inti)

    @property
    def at_end(self) -> bool:
        """Has an activity just ended?"""
        ends = accumulate(activity.options.menit for activity in self.module.activities)
        return self.done in ends

    def minutes_of(self, hours: int) -> int:
        """Minutes of the next `hours` JP: those in class come first, then those in the field."""
        jp = self.module.meta.jp
        in_class = max(0, (jp.teori + jp.penugasan) * MINUTES_PER_JP - self.done)
        if not jp.praktik_lapangan or hours * MINUTES_PER_JP <= in_class:
            return hours * MINUTES_PER_JP
        return in_class + round((hours - in_class / MINUTES_PER_JP) * MINUTES_PER_FIELD_JP)


@dataclass
class DayBuilder:
    """Fills one day. Pauses that nothing follows are left out."""

    now: int
    end: int
    pauses: list[Break]
    slots: list[Slot] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """When something ends that a pause should not cut: an activity, an event, an entry."""

    def begin(self, time: int) -> bool:
        """Start the next entry at `time`; false when the day is past that already.

        The first entry of a day may begin before the usual hour.
        """
        if self.slots:
            if time < self.now:
                return False
            while self.pauses and self.pauses[0].start < time:
                self.now = max(self.now, self.pauses[0].start)
                self.take_pauses()
            time = max(self.now, time)
        self.now = time
        return True

    def event(self, name: str, title: str, minutes: int) -> None:
        """An event; pauses cut it."""
        for start, end in self.pieces(minutes, until=None):
            self.slots.append(Slot("acara", title, start, end, event=name))
        self.ends.append(self.now)

    def module(self, left: Left, entry: Entry) -> None:
        """A module, or the part of it that fits into the day."""
        fixed = fixed_minutes(left, entry)
        minutes = min(fixed, left.minutes) if fixed else left.minutes
        for start, end in self.pieces(minutes, until=None if fixed else self.end):
            steps = tuple(steps_between(left.module, left.done, start, end))
            left.done += end - start
            title = left.module.meta.judul
            self.slots.append(Slot("modul", title, start, end, module=left.module, steps=steps))
            self.ends += (step.end for step in steps[:-1])
            if left.at_end:
                self.ends.append(end)
        self.ends.append(self.now)

    def nearest_end(self, pause: Break, others: Sequence[Break]) -> int:
        """When a pause `sekitar` a time begins: where something ends, as near to that time as can
        be and away from the `others`; at that very time where nothing ends near it.
        """
        length = pause.end - pause.start
        free = (
            end
            for end in self.ends
            if abs(end - pause.start) <= NEAR
            and not any(end < other.end and other.start < end + length for other in others)
        )
        return min(free, key=lambda end: (abs(end - pause.start), end), default=pause.start)

    def pieces(self, minutes: int, until: int | None) -> Iterator[tuple[int, int]]:
        """Divide `minutes` from now on into the intervals between the pauses."""
        while minutes > 0:
            self.take_pauses()
            stop = self.now + minutes
            if until is not None:
                stop = min(stop, until)
            if self.pauses:
                stop = min(stop, self.pauses[0].start)
            if stop <= self.now:
                return
            start, self.now = self.now, stop
            minutes -= stop - start
            yield start, stop

    def take_pauses(self) -> None:
        """Insert the pauses that begin by now."""
        while self.pauses and self.pauses[0].start <= self.now:
            pause = self.pauses.pop(0)
            if pause.end > self.now:
                start = max(pause.start, self.slots[-1].end) if self.slots else self.now
                self.slots.append(Slot("jeda", pause.judul, start, pause.end))
                self.now = pause.end


def fixed_minutes(left: Left, entry: Entry) -> int | None:
    """Minutes that an entry asks for; None where it takes all that is left."""
    return left.minutes_of(entry.jp) if entry.jp else entry.menit


def steps_between(module: Module, done: int, start: int, end: int) -> Iterator[Step]:
    """Activities in a slot from `start` to `end`, after `done` minutes of the module."""
    position = 0
    for activity in module.activities:
        begin, position = position, position + activity.options.menit
        first, last = max(begin, done), min(position, done + end - start)
        if first < last:
            yield Step(activity, start + first - done, start + last - done)
