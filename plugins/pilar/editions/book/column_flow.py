"""Lists in columns, divided by measured length.

CSS has `columns`, but WeasyPrint lays such a box out several times, and what is divided here costs
no more than a paragraph.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from pilar.editions.page_fit import height

MARGINS = 44.0
"""Height in mm of a sheet that front and back matter leave empty, a little more than in muka.css.
"""
WIDTH = 163.0
"""Width of it in mm, a little less too."""
HEAD = 17.0
"""Height in mm of a heading above such lists, with the room around it."""
NOTES = 221.0
"""Height in mm of the lines on a page for notes."""
LEAST = 30.0
"""Height in mm of the shortest columns that go on overleaf."""
GAP = 6.0
"""Between two columns in mm."""
SIZE, LEADING = 9, 11.5
"""Of lists, in points (muka.css, `.kolom`)."""

T = TypeVar("T")


@dataclass(frozen=True)
class Chunk(Generic[T]):
    """Columns that stand side by side, `fresh`: at the top of a page."""

    columns: tuple[Sequence[T], ...]
    fresh: bool


def placed(
    items: Sequence[T],
    count: int,
    measure: Callable[[T, float], float],
    left: float,
    room: float,
) -> tuple[list[Chunk[T]], float]:
    """Items in `count` columns below a heading, where `left` mm of a page are left, on pages of
    `room` mm; and what is left then. No chunks for no items.

    `measure` gives the height of an item in mm in a column of so many mm. Where too little of the
    page is left, they begin on the next.
    """
    width = (WIDTH - GAP * (count - 1)) / count
    heights = [measure(item, width) for item in items]
    fresh, begin, chunks = False, 0, list[Chunk[T]]()
    if sum(heights) / count > left - HEAD and left - HEAD < LEAST:
        left, fresh = room, True
    left -= HEAD if items else 0
    while begin < len(items):
        if chunks:
            left, fresh = room, True
        ends = _filled(items, heights, begin, count, left)
        if ends[-1] >= len(items):
            ends = _balanced(items, heights, begin, count)
        spans = list(zip((begin, *ends[:-1]), ends, strict=True))
        chunks.append(Chunk(tuple(items[start:end] for start, end in spans), fresh))
        left -= max(sum(heights[start:end]) for start, end in spans)
        begin = ends[-1]
    return chunks, left


def _balanced(items: Sequence[T], heights: Sequence[float], begin: int, count: int) -> list[int]:
    """Ends of the last columns, as even as they can be."""
    for room in itertools.count(ceil(sum(heights[begin:]) / count)):
        ends = _filled(items, heights, begin, count, room)
        if ends[-1] >= len(items):
            break
    return ends


def _filled(
    items: Sequence[T], heights: Sequence[float], begin: int, count: int, room: float
) -> list[int]:
    """Where each of the columns ends, `room` mm high; each has an item that is no head, and ends
    with one.
    """
    ends: list[int] = []
    for _ in range(count):
        least = begin + 1
        while least < len(items) and _is_head(items[least - 1]):
            least += 1
        end, used = begin, 0.0
        while end < len(items) and (end < least or used + heights[end] <= room):
            used += heights[end]
            end += 1
        while least < end < len(items) and _is_head(items[end - 1]):
            end -= 1
        ends.append(end)
        begin = end
    return ends


def _is_head(item: object) -> bool:
    return bool(getattr(item, "is_head", False))


def text_height(text: str, width: float, size: float = SIZE, weight: int = 400) -> float:
    """Height in mm of a paragraph of a list in `width` mm."""
    return height([text], width, size, weight, LEADING / SIZE)
