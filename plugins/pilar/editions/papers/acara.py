"""Acara: guides for what is no module, minute by minute, at the clock times of the timetable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import Any

from pilar.assembly.day import Day, Slot

from .event_guides import GUIDES, Part
from .paper import BothEditions


@dataclass(frozen=True)
class Row:
    """A part of an event: when it begins, in minutes after midnight, and how long it takes."""

    start: int
    minutes: int
    who: str
    what: str


@dataclass(frozen=True)
class Event:
    """An event of a day; without `rows` where only the organizer knows how it goes."""

    name: str
    """Of its kind, whatever its title: `pretest`."""
    day: Day
    title: str
    start: int
    end: int
    minutes: int
    needs: str = ""
    note: str = ""
    rows: tuple[Row, ...] = ()


def acara(both: BothEditions) -> dict[str, Any] | None:
    """All events of the run; None for a run without any."""
    found = events(both)
    return {"acara": found} if found else None


def events(both: BothEditions) -> list[Event]:
    """All events of the run, in order of time."""
    return [
        _event(both, day, list(slots))
        for day in both.days
        for (event, _), slots in groupby(
            (slot for slot in day.slots if slot.kind != "jeda"),
            key=lambda slot: (slot.event, slot.title),
        )
        if event
    ]


def shares(minutes: int, parts: Sequence[int]) -> list[int]:
    """`minutes` divided as these parts are to each other, whole minutes that sum exactly."""
    ends = [round(minutes * end / sum(parts)) for end in accumulate(parts, initial=0)]
    return [end - start for start, end in pairwise(ends)]


def _event(both: BothEditions, day: Day, slots: Sequence[Slot]) -> Event:
    first, minutes = slots[0], sum(slot.minutes for slot in slots)
    event = Event(first.event, day, first.title, first.start, slots[-1].end, minutes)
    if (guide := GUIDES.get(event.name)) is None:
        return event
    said = _said(both, day, event.title)
    rows = tuple(_rows(guide.parts, slots, said))
    return replace(event, needs=guide.needs.format(**said), note=guide.note, rows=rows)


def _rows(parts: Sequence[Part], slots: Sequence[Slot], said: dict[str, Any]) -> Iterator[Row]:
    """The parts that have a minute at least; a pause within the event is stepped over."""
    clock = [minute for slot in slots for minute in range(slot.start, slot.end)]
    now = 0
    for part, minutes in zip(parts, shares(len(clock), [p.share for p in parts]), strict=True):
        if minutes:
            yield Row(clock[now], minutes, part.who, part.what.format(**said))
        now += minutes


def _said(both: BothEditions, day: Day, title: str) -> dict[str, Any]:
    people = both.people
    before = [other for other in both.days if other.number == day.number - 1]
    return {
        "judul": title,
        "orang": people,
        "a": (people + 1) // 2,
        "b": people // 2,
        "asal": both.run.peserta.asal,
        "lama": len(both.days),
        "kemarin": _taught(before) or "pengalaman peserta sebelum pelatihan ini",
        "hari_ini": _taught([day]) or "lihat jadwal",
    }


def _taught(days: Sequence[Day]) -> str:
    modules = (slot.module for day in days for slot in day.slots if slot.module)
    return ", ".join(dict.fromkeys(module.meta.judul for module in modules))
