"""Aligns two sequences: what both have, in order, and what only one has."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

LONG = 1500
"""Elements from which on common runs are found by what is unique, for difflib is quadratic."""
_SHINGLE = 4
"""Elements that stand together in a place that is looked for in the other sequence."""


@dataclass(frozen=True)
class Span:
    """Elements `first:last` of the old sequence beside `start:end` of the new one."""

    kind: Literal["same", "changed"]
    first: int
    last: int
    start: int
    end: int


def spans(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Span]:
    """Spans that cover both sequences in order; `same` ones are equal element by element.

    No two `changed` spans touch each other.
    """
    joined: list[Span] = []
    for span in _spans(old, new, 0, len(old), 0, len(new)):
        before = joined[-1] if joined else None
        if before and before.kind == span.kind:
            joined[-1] = Span(span.kind, before.first, span.last, before.start, span.end)
        else:
            joined.append(span)
    return joined


def _spans(
    old: Sequence[Hashable], new: Sequence[Hashable], first: int, last: int, start: int, end: int
) -> Iterator[Span]:
    head = 0
    while first + head < last and start + head < end and old[first + head] == new[start + head]:
        head += 1
    if head:
        yield Span("same", first, first + head, start, start + head)
        first, start = first + head, start + head
    tail = 0
    while (
        first < last - tail and start < end - tail and old[last - tail - 1] == new[end - tail - 1]
    ):
        tail += 1
    yield from _middle(old, new, first, last - tail, start, end - tail)
    if tail:
        yield Span("same", last - tail, last, end - tail, end)


def _middle(
    old: Sequence[Hashable], new: Sequence[Hashable], first: int, last: int, start: int, end: int
) -> Iterator[Span]:
    if first == last or start == end:
        if (first, start) != (last, end):
            yield Span("changed", first, last, start, end)
        return
    if max(last - first, end - start) > LONG and (
        anchors := _anchors(old, new, first, last, start, end)
    ):
        for here, there in [*anchors, (last, end)]:
            yield from _spans(old, new, first, here, start, there)
            first, start = here, there
        return
    matcher = SequenceMatcher(None, old[first:last], new[start:end], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        kind: Literal["same", "changed"] = "same" if tag == "equal" else "changed"
        yield Span(kind, first + a, first + b, start + c, start + d)


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], first: int, last: int, start: int, end: int
) -> list[tuple[int, int]]:
    """Places of pieces that occur once in each sequence, as many as stand in the same order."""
    here = _unique(old, first, last)
    there = _unique(new, start, end)
    pairs = sorted((here[piece], there[piece]) for piece in here.keys() & there.keys())
    tops: list[int] = []
    chain: list[int] = []
    links: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(tops, place)
        links.append(chain[length - 1] if length else -1)
        if length == len(tops):
            tops.append(place)
            chain.append(index)
        else:
            tops[length], chain[length] = place, index
    found: list[tuple[int, int]] = []
    index = chain[-1] if chain else -1
    while index >= 0:
        found.append(pairs[index])
        index = links[index]
    return found[::-1]


def _unique(items: Sequence[Hashable], first: int, last: int) -> dict[tuple[Hashable, ...], int]:
    pieces = [tuple(items[i : i + _SHINGLE]) for i in range(first, last - _SHINGLE + 1)]
    counts = Counter(pieces)
    return {piece: first + i for i, piece in enumerate(pieces) if counts[piece] == 1}


def pairs(similar: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    """Rows and columns paired in order so that their similarities, all ≥ `least`, sum up highest.

    `similar[row][column]` is 0..1.
    """
    rows, columns = len(similar), len(similar[0]) if similar else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            value = similar[row][column]
            paired = value + best[row + 1][column + 1] if value >= least else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    found: list[tuple[int, int]] = []
    row = column = 0
    while row < rows and column < columns:
        value = similar[row][column]
        if value >= least and best[row][column] == value + best[row + 1][column + 1]:
            found.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return found
