"""Sesi: one page a session, from which a trainer teaches without the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pilar.assembly.lateness import LATE, Plan, plan
from pilar.assembly.materials import Need, needs, sheets
from pilar.assembly.numbering import Item
from pilar.assembly.sessions import Session, sessions
from pilar.assembly.tree import ModuleNode
from pilar.editions.page_fit import Fit, columns, fit, height, shortened

from .guidance import Guidance, Move, guidance
from .paper import BothEditions

_MARGINS = {"atas": 12, "kanan": 13, "bawah": 15, "kiri": 20}
"""Of the page in mm; left: holes of a file."""
_COLUMNS = {"jam": 24, "kegiatan": 38}
"""Widths in mm; the trainer's moves have the rest."""
_FIXED = 30
"""Height in mm of its head, its rules and the room between them."""
_ROW = 1.7
"""Height in mm that a row of a table has besides its text."""
_ALL = 10_000
"""Letters that no move has."""
_MOST = 6
"""Lines that a move of a shortened page may have."""
_LOST = 6
"""Letters that the end of a line has no room for."""


@dataclass(frozen=True)
class Row:
    """A row of the table: an activity with the trainer's moves, or, without, a pause."""

    start: int
    end: int
    title: str
    part: str = ""
    """`bagian 2 dari 2`, where a pause or a night cuts it."""
    guide: Guidance | None = None
    moves: tuple[Move, ...] = ()
    place: str = ""
    """Label of its page in the trainers' book: `BLC-12`."""

    @property
    def optional(self) -> bool:
        """May it be dropped?"""
        return self.guide is not None and not self.guide.activity.options.inti


@dataclass(frozen=True)
class Sheet:
    """One page."""

    session: Session
    rows: tuple[Row, ...]
    aims: tuple[tuple[int, str], ...]
    needs: tuple[Need, ...]
    worksheets: tuple[Item, ...]
    plans: tuple[tuple[Plan, ...], ...]
    """For each of `LATE`, those that leave out the same together."""
    most: int
    """Minutes that can be saved at all."""
    chapters: tuple[str, ...]
    """Where in the module's book its activities are: `BAB II`."""
    trainers: tuple[str, ...]
    size: float = 11
    """Of its text, in points."""

    @property
    def late_elsewhere(self) -> bool:
        """Does it save time in a later session of the day?"""
        here = {id(step.activity) for step in self.session.steps}
        return any(id(cut.activity) not in here for same in self.plans for cut in same[0].cuts)


def sesi(both: BothEditions) -> dict[str, Any] | None:
    """A sheet a session, as large as it fits on one page; None for a run without any."""
    done: Counter[int] = Counter()
    lembar = [_fitted(_sheet(both, found, done), *both.sheet) for found in sessions(both.days)]
    return {"lembar": lembar, "tepi": _MARGINS, "lebar": _COLUMNS} if lembar else None


def _sheet(both: BothEditions, session: Session, done: Counter[int]) -> Sheet:
    node, activities = both.trainers.by_slug[session.module.slug], session.activities
    steps = (*session.steps, *session.later)
    pages = dict.fromkeys(activity.page.name for activity in activities)
    named = both.run.trainers_of(session.module.slug)
    return Sheet(
        session,
        rows=tuple(_rows(session, node, done, both.places.get(node.module.slug, {}))),
        aims=tuple((n, session.module.meta.indikator[n - 1]) for n in session.indicators),
        needs=needs(node, activities, both.whom),
        worksheets=tuple(sheets(node, activities, "lembar-kerja")),
        plans=_together(plan(late, steps) for late in LATE),
        most=plan(session.minutes, steps).saved,
        chapters=tuple(filter(None, (node.numbering.chapters.get(page) for page in pages))),
        trainers=tuple(person.nama or person.peran for person in named),
    )


def _together(plans: Iterable[Plan]) -> tuple[tuple[Plan, ...], ...]:
    return tuple(tuple(same) for _, same in groupby(plans, key=lambda plan: plan.cuts))


def _rows(
    session: Session, node: ModuleNode, done: Counter[int], places: Mapping[str, str]
) -> Iterator[Row]:
    """Activities and pauses; `done` counts the minutes of each activity so far in the run."""
    for slot in session.slots:
        if slot.module is None:
            yield Row(slot.start, slot.end, slot.title)
        for step in slot.steps:
            guide = guidance(node, step.activity)
            before = done[id(step.activity)]
            done[id(step.activity)] += step.end - step.start
            moves = tuple(_during(guide.moves, before, done[id(step.activity)]))
            part = f"bagian {step.part} dari {step.parts}" if step.parts > 1 else ""
            place = places.get(guide.item.code, "")
            yield Row(step.start, step.end, step.activity.block.title, part, guide, moves, place)


def _during(moves: tuple[Move, ...], start: int, end: int) -> Iterator[Move]:
    """Those of the minutes from `start` to `end` of their activity; all where some have none."""
    timed = all(move.minutes for move in moves)
    now = 0
    for move in moves:
        begin, now = now, now + (move.minutes or 0)
        if not timed or (begin < end and start < now):
            yield move


def _fitted(sheet: Sheet, width: int, page: int) -> Sheet:
    """With the largest text that fits on a page (in mm), the moves as short as that asks for."""
    room = page - _MARGINS["atas"] - _MARGINS["bawah"]
    column = width - _MARGINS["kiri"] - _MARGINS["kanan"]
    chosen = fit(lambda tried: _height(sheet, tried, column), room)
    fits = _filled(sheet.rows, chosen, column, room - _height(sheet, chosen, column))
    rows = tuple(
        replace(row, moves=_short(row.moves, of_row, column))
        for row, of_row in zip(sheet.rows, fits, strict=True)
    )
    return replace(sheet, rows=rows, size=chosen.size)


def _filled(rows: Sequence[Row], chosen: Fit, width: float, spare: float) -> list[Fit]:
    """How much stays of each row's moves: a line more, row by row, while `spare` mm hold it."""
    fits = [chosen] * len(rows)
    for lines in range((chosen.lines or _MOST) + 1, _MOST + 1):
        tried = Fit(chosen.size, lines)
        for number, row in enumerate(rows):
            more = max(_row(row, tried, width)) - max(_row(row, fits[number], width))
            if more <= spare:
                fits[number], spare = tried, spare - more
    return fits


def _short(moves: tuple[Move, ...], tried: Fit, width: float) -> tuple[Move, ...]:
    letters = _ALL
    if tried.lines:
        letters = tried.lines * columns(_for_moves(width), tried.size) - _LOST
    return tuple(Move(move.minutes, shortened(move.sentences, letters)) for move in moves)


def _for_moves(width: float) -> float:
    """Width in mm that the text of the trainer's moves has, on a page `width` mm wide."""
    return width - sum(_COLUMNS.values()) - 10


def _height(sheet: Sheet, tried: Fit, width: float) -> float:
    """Height in mm that the page of overrides/kertas/sesi.html takes, a little more at most."""
    size, half = tried.size, width / 2 - 5
    aims = height((text for _, text in sheet.aims), half - 6, size)
    ready = height([", ".join(need.name for need in sheet.needs)], half, size)
    names = (f"40 {item.label}, {item.block.title}" for item in sheet.worksheets)
    ready += height(names, half - 6, size)
    table = sum(_ROW + max(_row(row, tried, width)) for row in sheet.rows)
    late = sum(_ROW + height([_words(same[0])], width - 85, size) for same in sheet.plans)
    headings = height(["-"] * 6, width, size)
    return _FIXED + max(aims, ready) + table + late + headings


def _row(row: Row, tried: Fit, width: float) -> tuple[float, float]:
    """Height in mm of its second and of its third cell."""
    below = [*(["boleh dilewati"] if row.optional else []), *(["hal."] if row.place else [])]
    name = [f"KBJ-K1 {row.title} {row.part}", *below]
    moves = (move.text for move in _short(row.moves, tried, width))
    return (
        height(name, _COLUMNS["kegiatan"] - 4, tried.size),
        height(moves, _for_moves(width), tried.size),
    )


def _words(plan: Plan) -> str:
    """About as long as what the page says."""
    return "; ".join(f"lewati KBJ-K1 {cut.activity.block.title}" for cut in plan.cuts)
