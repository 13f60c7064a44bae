"""Keeps what is read at one glance on one page or on two that face each other.

A style sheet can keep a block on one page, but knows no openings: a left page, which has an even
number, and the right one after it. So pages are laid out, what is cut is moved, and pages are laid
out again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from weasyprint.formatting_structure import boxes

GLANCE = "kegiatan"
"""Class of the blocks: an activity with the trainers' notes."""
WHOLE, NEXT, TIGHT = "utuh", "lembar-baru", "rapat"
"""Classes that bring a block to one page, to the next one, or set it tighter (isi.css)."""
_MOVES = (WHOLE, NEXT, TIGHT)
_CHEAP, _DEAR = 0.12, 0.3
"""Share of a page that may stay empty to have a block on one page instead of on an opening; one
that is worth another layout if it was left without need."""
_SAVED = 0.05
"""Share of its height that a block loses when it is set tighter, at the least."""
_ROUNDING = 0.002
_TRIALS = 8
"""Layouts tried at the most; those of real modules need two or three."""


@dataclass(frozen=True)
class Extent:
    """Where a block begins and how tall it is, in pages from 0 and their fractions: what begins
    at 3.25 is on the fourth.

    `gap` is what the page before it has left, if it begins a page.
    """

    element: Any
    begin: float
    height: float
    gap: float = 0

    @property
    def moves(self) -> tuple[str, ...]:
        """The classes it was laid out with."""
        return tuple(name for name in _MOVES if name in _classes(self.element))

    @property
    def flow(self) -> float:
        """Where it would begin if it were not moved."""
        return self.begin - (0 if self.moves in ((), (TIGHT,)) else self.gap)

    @property
    def natural(self) -> float:
        """How tall it would be if it were not set tighter."""
        return self.height / (1 - _SAVED if TIGHT in self.moves else 1)


def on_openings(document: Any, layout: Callable[[], Any]) -> Any:
    """The document, or the best of those laid out anew with blocks moved: fewest cut, fewest pages.

    Best is where none is cut and none moved without need.
    """
    best = (sys.maxsize, 0), document
    for trial in range(_TRIALS):
        found = extents(document)
        rank = sum(cut(block.begin, block.height) for block in found), len(document.pages)
        best = min(best, (rank, document), key=itemgetter(0))
        if all(map(_stands_well, found)) or trial == _TRIALS - 1:
            break
        for element, moved in moves(found).items():
            kept = [name for name in _classes(element) if name not in _MOVES]
            element.set("class", " ".join([*kept, *moved]))
        document = layout()
    return best[1]


def extents(document: Any) -> list[Extent]:
    """Of each block of GLANCE, in order."""
    found: dict[Any, Extent] = {}
    used = 0.0
    for number, page in enumerate(document.pages):
        sheet = page._page_box  # WeasyPrint shows its boxes under no other name
        for box in _blocks(sheet):
            top = (box.border_box_y() - sheet.content_box_y()) / sheet.height
            end = number + top + box.border_height() / sheet.height
            gap = number - used if top < _ROUNDING else 0
            first = found.get(box.element, Extent(box.element, number + top, 0, gap))
            found[box.element] = replace(first, height=end - first.begin)
        if bottoms := [box.position_y + box.margin_height() for box in _leaves(sheet)]:
            used = number + (max(bottoms) - sheet.content_box_y()) / sheet.height
    return list(found.values())


def _blocks(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.BlockBox) and GLANCE in _classes(child.element):
            yield child
        elif not isinstance(child, boxes.MarginBox):
            yield from _blocks(child)


def _leaves(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox | boxes.TableCellBox | boxes.ReplacedBox):
            yield child
        elif not isinstance(child, boxes.MarginBox):
            yield from _leaves(child)


def _classes(element: Any) -> list[str]:
    return str(element.get("class", "")).split() if element is not None else []


def cut(begin: float, height: float) -> bool:
    """Whether a reader has to turn a sheet within a block, given in pages from 0."""
    first, last = int(begin + _ROUNDING), int(begin + height - _ROUNDING)
    return last > first + first % 2


def moves(found: Iterable[Extent]) -> dict[Any, tuple[str, ...]]:
    """Which classes blocks should have, where those they have led to what is `found`.

    Those before the first that stands ill stay as they are. Those after it are reckoned as if all
    between them flowed without gaps.
    """
    wanted: dict[Any, tuple[str, ...]] = {}
    shift, exact = 0.0, True
    for block in found:
        exact &= _stands_well(block)
        if exact:
            continue
        begin = block.flow + shift
        new = wanted[block.element] = _move(begin, block.natural)
        shift += _growth(new, block.natural, 1 - begin % 1)
        shift -= _growth(block.moves, block.natural, block.gap)
    return wanted


def _stands_well(block: Extent) -> bool:
    """Whether a block is not cut, and has not left much room without need."""
    if cut(block.begin, block.height):
        return False
    needed = block.gap < _DEAR or _move(block.flow, block.natural) not in ((), (TIGHT,))
    return needed or not block.moves


def _move(begin: float, height: float) -> tuple[str, ...]:
    """The classes of a block that would begin there; none where it stands well."""
    left, tight = 1 - begin % 1, height * (1 - _SAVED)
    if not cut(begin, height) and (height <= left or left > _CHEAP or height > 1):
        return (TIGHT,) if tight <= left < height else ()
    if not cut(begin, tight) and left > _CHEAP:
        return (TIGHT,)
    return (WHOLE,) if height <= 1 else (TIGHT, WHOLE) if tight <= 1 else (NEXT,)


def _growth(moved: Collection[str], height: float, gap: float) -> float:
    """By how much a block takes more than it would without its move."""
    return (0 if moved in ((), (TIGHT,)) else gap) - (_SAVED * height if TIGHT in moved else 0)
