"""Acara: guides for what is no module, minute by minute, at the clock times of the timetable.

What is done at each event is written in overrides/kertas/panduan.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any

from pilar.assembly.day import Day, Slot
from pilar.assembly.sessions import Stretch

from .paper import BothEditions
from .tes import exams_of, half_a, half_b


@dataclass(frozen=True)
class Event(Stretch):
    """An event of a day; pauses within it are none of its slots."""

    name: str
    """Of its kind, whatever its title: `pretest`."""
    day: Day
    title: str
    slots: tuple[Slot, ...]
    facts: Mapping[str, Any]
    """What its guide says of the run, by the name that stands in braces there."""
    answering: int = 0
    """Minutes that the questions of a test take."""

    def rows(
        self, parts: Sequence[tuple[int, str, str]], answer: int = -1
    ) -> Iterator[tuple[int, int, str, str]]:
        """Start, minutes, who and what of the parts of a guide that have a minute at least.

        `answer` is the number, from 0, of the part in which a test is answered.
        """
        clock = [minute for slot in self.slots for minute in range(slot.start, slot.end)]
        now = 0
        for minutes, (_, who, what) in zip(
            divided(len(clock), [share for share, *_ in parts], answer, self.answering),
            parts,
            strict=True,
        ):
            if minutes:
                yield clock[now], minutes, who, what.format(**self.facts)
            now += minutes


def acara(both: BothEditions) -> dict[str, Any] | None:
    """All events of the run; None for a run without any."""
    found = events(both)
    return {"acara": found} if found else None


def events(both: BothEditions) -> list[Event]:
    """All events of the run, in order of time."""
    answering = {use: sitting.exam.minutes for use, sitting in exams_of(both.trainers).items()}
    return [
        Event(name, day, title, tuple(slots), _facts(both, day, title), answering.get(name, 0))
        for day in both.days
        for (name, title), slots in groupby(
            (slot for slot in day.slots if slot.kind != "jeda"),
            key=lambda slot: (slot.event, slot.title),
        )
        if name
    ]


def shares(minutes: int, parts: Sequence[int]) -> list[int]:
    """`minutes` divided as these parts are to each other, whole minutes that sum exactly."""
    ends = [round(minutes * end / (sum(parts) or 1)) for end in accumulate(parts, initial=0)]
    return [end - start for start, end in pairwise(ends)]


def divided(minutes: int, parts: Sequence[int], answer: int = -1, answering: int = 0) -> list[int]:
    """Shares in which the part number `answer` has `answering` minutes at least, as long as each of
    the others has one.
    """
    found = shares(minutes, parts)
    if answer < 0 or not found[answer] < answering <= minutes - len(parts) + 1:
        return found
    others = [*parts[:answer], *parts[answer + 1 :]]
    rest = [1 + more for more in shares(minutes - answering - len(others), others)]
    return [*rest[:answer], answering, *rest[answer:]]


def _facts(both: BothEditions, day: Day, title: str) -> dict[str, Any]:
    before = [other for other in both.days if other.number == day.number - 1]
    return {
        "judul": title,
        "orang": both.people,
        "a": half_a(both),
        "b": half_b(both),
        "lama": len(both.days),
        "kemarin": _taught(before) or "pengalaman peserta sebelum pelatihan ini",
        "hari_ini": _taught([day]) or "lihat jadwal",
    }


def _taught(days: Sequence[Day]) -> str:
    modules = (slot.module for day in days for slot in day.slots if slot.module)
    return ", ".join(dict.fromkeys(module.meta.judul for module in modules))
