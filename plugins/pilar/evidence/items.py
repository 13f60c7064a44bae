"""Item analysis of one form: how hard its questions are, and whom they tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor, isclose, sqrt
from statistics import fmean, pstdev

from .cutoffs import EXTREME_SHARE, LEAST_DISTRACTOR, enough
from .samples import Interval, correlation, proportion_interval

Key = tuple[str, str]
"""A module's slug and the id of a question in it."""


@dataclass(frozen=True)
class Item:
    """A question as far as analysis goes: its choices and the right one, empty where it has none.

    `goal` is the number of the indicator that it measures.
    """

    key: Key
    goal: int
    choices: tuple[str, ...] = ()
    right: str = ""
    whole: bool = True
    """Right or wrong, no points between."""


@dataclass(frozen=True)
class Sheets:
    """The answer sheets of one form: a row of points (0 to 1) and of choices a person.

    Columns are those of `items`. An empty choice is no answer; its points are 0.
    """

    items: tuple[Item, ...]
    people: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]
    choices: tuple[tuple[str, ...], ...]

    @cached_property
    def totals(self) -> tuple[float, ...]:
        """Points of each person."""
        return tuple(map(sum, self.points))

    @cached_property
    def percents(self) -> Mapping[str, float]:
        """Points of each person in per cent of what there is to get."""
        whole = len(self.items)
        return {
            person: 100 * total / whole
            for person, total in zip(self.people, self.totals, strict=True)
            if whole
        }

    def column(self, place: int) -> tuple[float, ...]:
        """Points of all on one question."""
        return tuple(row[place] for row in self.points)


@dataclass(frozen=True)
class ItemFigures:
    """What a form's sheets say of one question."""

    item: Item
    people: int
    difficulty: Interval
    """Share of the points that were got (p): 1 is the easiest."""
    discrimination: float | None
    """Difference of p between the best and the worst (D)."""
    rest: float | None
    """Correlation with the points on all other questions (point-biserial)."""
    chosen: Mapping[str, int]
    """People by choice; of a question with choices alone."""
    blank: int
    """People without an answer, or without one that can be judged."""

    @property
    def judged(self) -> bool:
        """Are there enough people to call it anything?"""
        return enough(self.people)

    @property
    def idle(self) -> tuple[str, ...]:
        """Distractors that too few take; none is named while there are too few people."""
        return idle(self.chosen, self.item.right, self.people)


def idle(chosen: Mapping[str, int], right: str, people: int) -> tuple[str, ...]:
    """Wrong choices that too few of `people` took; none while there are too few people."""
    if not enough(people):
        return ()
    least = LEAST_DISTRACTOR.value * people
    return tuple(choice for choice, count in chosen.items() if choice != right and count < least)


def analysed(sheets: Sheets) -> tuple[ItemFigures, ...]:
    """The figures of every question of a form, in its order; none without people."""
    if not sheets.people:
        return ()
    weights = extremes(sheets.totals)
    return tuple(_figures(sheets, place, weights) for place in range(len(sheets.items)))


def _figures(sheets: Sheets, place: int, weights: Sequence[tuple[float, float]]) -> ItemFigures:
    points = sheets.column(place)
    rest = [total - own for total, own in zip(sheets.totals, points, strict=True)]
    given = Counter(row[place] for row in sheets.choices)
    choices, people = sheets.items[place].choices, len(points)
    return ItemFigures(
        sheets.items[place],
        people,
        proportion_interval(sum(points), people),
        _discrimination(points, weights),
        correlation(points, rest),
        {choice: given[choice] for choice in choices},
        people - sum(given[choice] for choice in choices) if choices else given[""],
    )


def _discrimination(
    points: Sequence[float], weights: Sequence[tuple[float, float]]
) -> float | None:
    size = sum(upper for upper, _ in weights)
    if len(points) < 2 or isclose(size, 0):
        return None
    pairs = zip(points, weights, strict=True)
    return sum(own * (upper - lower) for own, (upper, lower) in pairs) / size


def extremes(totals: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """How much each person belongs to the best and to the worst 27 per cent (Kelley, 1939).

    The groups have a whole number of people, rounded half up and at least one. Who is tied at a
    border belongs to the group in part, so that no order of names decides.
    """
    size = max(1, floor(EXTREME_SHARE.value * len(totals) + 0.5))
    upper = _belonging(totals, size)
    lower = _belonging([-total for total in totals], size)
    return tuple(zip(upper, lower, strict=True))


def _belonging(totals: Sequence[float], size: int) -> list[float]:
    rounded = [round(total, 9) for total in totals]  # sums of parts of points tie as they should
    counts = Counter(rounded)
    left = float(size)
    part: dict[float, float] = {}
    for total in sorted(counts, reverse=True):
        taken = min(left, counts[total])
        part[total] = taken / counts[total]
        left -= taken
    return [part[total] for total in rounded]


@dataclass(frozen=True)
class Reliability:
    """KR-20 of a form, and by how many points (of `items`) a person's score may be off."""

    items: int
    people: int
    value: float
    error: float
    """Standard error of measurement, in points."""


def reliability(sheets: Sheets) -> Reliability | None:
    """KR-20 over the questions that are right or wrong (Kuder and Richardson, 1937).

    None where there are too few people, fewer than two such questions, or all have one score.
    """
    places = [n for n, item in enumerate(sheets.items) if item.whole]
    if not enough(len(sheets.people)) or len(places) < 2:
        return None
    shares = [fmean(sheets.column(place)) for place in places]
    deviation = pstdev([sum(row[place] for place in places) for row in sheets.points])
    if isclose(deviation, 0, abs_tol=1e-12):
        return None
    count = len(places)
    value = count / (count - 1) * (1 - sum(p * (1 - p) for p in shares) / deviation**2)
    error = deviation * sqrt(max(0.0, 1 - value))
    return Reliability(count, len(sheets.people), value, error)
