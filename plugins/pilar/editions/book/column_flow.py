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

from pilar.editions.papers.page_fit import height

ROOM = 253.0
"""Height in mm of the text on a page of front and back matter, a little less than in muka.css."""
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
    items: Sequence[T], count: int, measure: Callable[[T, float], float], left: float = ROOM
) -> tuple[list[Chunk[T]], float]:
    """Items in `count` columns below a heading, where `left` mm of a page are left; and what is
    left then. No chunks for no items.

    `measure` gives the height of an item in mm in a column of so many mm. Where too little of the
    page is left, they begin on the next.
    """
    width = (WIDTH - GAP * (count - 1)) / count
    heights = [measure(item, width) for item in items]
    fresh, begin, chunks = False, 0, list[Chunk[T]]()
    if sum(heights) / count > left - HEAD and left - HEAD < LEAST:
        left, fresh = ROOM, True
    left -= HEAD
    while begin < len(items):
        if chunks:
            left, fresh = ROOM, True
        taken = left
        ends = _filled(items, heights, begin, count, left)
        if ends[-1] >= len(items):
            taken, ends = _balanced(items, heights, begin, count)
        starts = (begin, *ends[:-1])
        columns = tuple(items[start:end] for start, end in zip(starts, ends, strict=True))
        chunks.append(Chunk(columns, fresh))
        begin, left = ends[-1], left - taken
    return chunks, left


def _balanced(
    items: Sequence[T], heights: Sequence[float], begin: int, count: int
) -> tuple[int, list[int]]:
    """Height and ends of the last columns, as even as they can be."""
    for room in itertools.count(ceil(sum(heights[begin:]) / count)):
        ends = _filled(items, heights, begin, count, room)
        if ends[-1] >= len(items):
            break
    return room, ends


def _filled(
    items: Sequence[T], heights: Sequence[float], begin: int, count: int, room: float
) -> list[int]:
    """Where each of the columns ends, `room` mm high: with one item at least, none with a head."""
    ends: list[int] = []
    for _ in range(count):
        end, used = begin, 0.0
        while end < len(items) and (end == begin or used + heights[end] <= room):
            used += heights[end]
            end += 1
        while begin + 1 < end < len(items) and getattr(items[end - 1], "is_head", False):
            end -= 1
        ends.append(end)
        begin = end
    return ends


def text_height(text: str, width: float, size: float = SIZE, weight: int = 400) -> float:
    """Height in mm of a paragraph of a list in `width` mm."""
    return height([text], width, size, weight, LEADING / SIZE)
