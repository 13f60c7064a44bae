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
    for span in _spans(old, new, range(len(old)), range(len(new))):
        before = joined[-1] if joined else None
        if before and before.kind == span.kind:
            joined[-1] = Span(span.kind, before.first, span.last, before.start, span.end)
        else:
            joined.append(span)
    return joined


def _spans(
    old: Sequence[Hashable], new: Sequence[Hashable], here: range, there: range
) -> Iterator[Span]:
    """Spans of the elements `here` in the old sequence and `there` in the new one."""
    head = _common(old, new, here, there)
    if head:
        yield _span("same", here[:head], there[:head])
        here, there = here[head:], there[head:]
    tail = _common(old, new, here[::-1], there[::-1])
    first, last = len(here) - tail, len(there) - tail
    yield from _middle(old, new, here[:first], there[:last])
    if tail:
        yield _span("same", here[first:], there[last:])


def _span(kind: Literal["same", "changed"], here: range, there: range) -> Span:
    return Span(kind, here.start, here.stop, there.start, there.stop)


def _common(old: Sequence[Hashable], new: Sequence[Hashable], here: range, there: range) -> int:
    """How many elements are equal from the start."""
    places = zip(here, there, strict=False)
    unequal = (count for count, (a, b) in enumerate(places) if old[a] != new[b])
    return next(unequal, min(len(here), len(there)))


def _middle(
    old: Sequence[Hashable], new: Sequence[Hashable], here: range, there: range
) -> Iterator[Span]:
    if not here or not there:
        if here or there:
            yield _span("changed", here, there)
        return
    if max(len(here), len(there)) > LONG and (anchors := _anchors(old, new, here, there)):
        first, start = here.start, there.start
        for last, end in [*anchors, (here.stop, there.stop)]:
            yield from _spans(old, new, range(first, last), range(start, end))
            first, start = last, end
        return
    before, after = old[here.start : here.stop], new[there.start : there.stop]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield _span("same" if tag == "equal" else "changed", here[a:b], there[c:d])


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], here: range, there: range
) -> list[tuple[int, int]]:
    """Places of pieces that occur once in each sequence, as many as stand in the same order."""
    before, after = _unique(old, here), _unique(new, there)
    pairs = sorted((before[piece], after[piece]) for piece in before.keys() & after.keys())
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


def _unique(items: Sequence[Hashable], places: range) -> dict[tuple[Hashable, ...], int]:
    pieces = [tuple(items[i : i + _SHINGLE]) for i in places[: 1 - _SHINGLE]]
    counts = Counter(pieces)
    return {p: i for i, p in zip(places, pieces, strict=False) if counts[p] == 1}


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
