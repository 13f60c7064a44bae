"""Kebutuhan: what to buy, copy and lay ready, day by day, with numbers computed for the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import Any

from pilar.assembly.day import Day
from pilar.assembly.materials import Need, needs, sheets, summed
from pilar.assembly.numbering import Item
from pilar.assembly.sessions import Session, sessions

from .acara import Event, events
from .paper import EACH_DAY, FIRST_DAY, LAST_DAY, BothEditions, Printed

REAM = 500
"""Sheets."""


@dataclass(frozen=True)
class Supply:
    """A thing of a day: how many in all, the most in one session, and in which sessions."""

    need: Need
    peak: int
    sessions: tuple[int, ...]


@dataclass(frozen=True)
class Copy:
    """A file, or pages of it, that a day needs."""

    paper: Printed
    pages: tuple[int, ...]
    """From 1; empty: all of them."""
    copies: int
    sheets: int
    title: str = ""
    """What it is, where it is not the whole file."""

    @property
    def where(self) -> str:
        """The pages, as `1–5, 8`."""
        # Neighbours have the same difference to their place in the list.
        runs = groupby(enumerate(self.pages), key=lambda pair: pair[1] - pair[0])
        spans = [[page for _, page in run] for _, run in runs]
        return ", ".join("–".join(map(str, dict.fromkeys((s[0], s[-1])))) for s in spans)


@dataclass(frozen=True)
class Stop:
    """What must lie in the room before a session, or before an event."""

    start: int
    title: str
    session: Session | None = None
    needs: tuple[Need, ...] = ()
    worksheets: tuple[Item, ...] = ()
    groups: int = 0
    """The most that an activity forms."""
    event: Event | None = None


def kebutuhan(both: BothEditions, printed: Sequence[Printed]) -> dict[str, Any]:
    """What each day needs; all papers in the order of printing, their sheets and reams."""
    stops = [_session_stop(session, both) for session in sessions(both.days)]
    copied = [paper for paper in printed if paper.copies]
    total = sum(paper.sheets for paper in copied)
    return {
        "daftar": [_day(day, both, stops, copied) for day in both.days],
        "semua": copied,
        "berjumlah": _supplies(stops),
        "tanpa_jumlah": _supplies(stops, counted=False),
        "lembar": total,
        "rim": ceil(total / REAM),
        "isi_rim": REAM,
    }


def _session_stop(session: Session, both: BothEditions) -> Stop:
    node, found, whom = both.trainers.by_slug[session.module.slug], session.activities, both.whom
    return Stop(
        session.start,
        f"Sesi {session.number}: {session.module.meta.kode} {session.module.meta.judul}",
        session,
        needs(node, found, whom),
        tuple(sheets(node, found, "lembar-kerja")),
        max((whom.groups_of(activity) for activity in found), default=whom.groups),
    )


def _day(
    day: Day, both: BothEditions, stops: Iterable[Stop], printed: Sequence[Printed]
) -> dict[str, Any]:
    today = [stop for stop in stops if stop.session and stop.session.day == day.number]
    happens = [event for event in events(both) if event.day is day]
    held = [Stop(event.start, event.title, event=event) for event in happens]
    return {
        "hari": day,
        "tiba": sorted([*today, *held], key=lambda stop: stop.start),
        "bahan": _supplies(today),
        "salinan": [*_whole(day, both, happens, printed), *_parts(day, today, printed)],
    }


def _supplies(stops: Sequence[Stop], *, counted: bool = True) -> list[Supply]:
    """What these sessions need, alphabetically: that with numbers, or that without."""
    found = summed(need for stop in stops for need in stop.needs)
    return [
        _supply(need, stops)
        for need in sorted(found, key=lambda need: need.key)
        if (need.count is not None) is counted
    ]


def _supply(need: Need, stops: Iterable[Stop]) -> Supply:
    """With the sessions that need it."""
    where = [
        (stop.session.number, other.count or 0)
        for stop in stops
        for other in stop.needs
        if stop.session and other.key == need.key
    ]
    return Supply(need, max(count for _, count in where), tuple(number for number, _ in where))


def _whole(
    day: Day, both: BothEditions, happens: Iterable[Event], printed: Iterable[Printed]
) -> Iterator[Copy]:
    """Files of which the day needs all; a file of several days' events is divided among them."""
    whole_run = [event.name for event in events(both)]
    now = [event.name for event in happens]
    now += FIRST_DAY if day is both.days[0] else ()
    now += LAST_DAY if day is both.days[-1] else ()
    begun = {module.slug for module, first in both.trainers.first_days() if first is day}
    for paper in printed:
        cards = paper.stem.startswith("kartu-") and paper.module in begun
        here, all_of_them = (sum(map(names.count, paper.needed)) for names in (now, whole_run))
        # A paper of every day without days to tell apart: all of it is of the first.
        undated = day.number == 1 and paper.needed == EACH_DAY and not paper.anchors
        if here or cards or undated:
            # A trainer's single copy serves every day; those of the participants do not.
            shared = all_of_them and paper.copies > 1
            part = Fraction(here, all_of_them) if shared else 1
            yield Copy(paper, (), ceil(paper.copies * part), ceil(paper.sheets * part))


def _parts(day: Day, today: Sequence[Stop], printed: Iterable[Printed]) -> Iterator[Copy]:
    """Pages of files that all days share: the day's own, those of its sessions, worksheets."""
    own = [f"hari-{day.number}", *(f"sesi-{s.session.number}" for s in today if s.session)]
    items = [item for stop in today for item in stop.worksheets]
    for paper in printed:
        if paper.needed == EACH_DAY:
            yield from _copy(paper, own)
        elif paper.stem == "lembar-kerja":
            codes = ", ".join(item.code for item in items)
            yield from _copy(paper, [item.anchor for item in items], codes)


def _copy(paper: Printed, marks: Iterable[str], title: str = "") -> Iterator[Copy]:
    """The pages from each of these ids on, where the file has them."""
    found = {page for mark in marks if mark in paper.anchors for page in _pages(paper, mark)}
    pages = tuple(sorted(found))
    if pages:
        a_copy = ceil(len(pages) / 2) if paper.duplex else len(pages)
        yield Copy(paper, pages, paper.copies, a_copy * paper.copies, title)


def _pages(paper: Printed, mark: str) -> Iterator[int]:
    """Numbers from 1 of the pages from that of an id to before that of the next."""
    first = paper.anchors[mark]
    after = min((page for page in paper.anchors.values() if page > first), default=paper.pages)
    return iter(range(first + 1, after + 1))
