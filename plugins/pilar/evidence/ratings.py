"""Forms of evaluation: how many gave which rating, and the mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

from .samples import Interval, mean_interval

LOWEST, HIGHEST = 1, 4
"""Ratings of both forms of evaluation (overrides/kertas/evaluasi.html)."""


@dataclass(frozen=True)
class Ratings:
    """All ratings of one item."""

    counts: tuple[int, ...]
    """People by rating, from the lowest."""
    mean: Interval
    median: float

    @property
    def people(self) -> int:
        """How many rated it."""
        return sum(self.counts)


def rated(values: Iterable[int]) -> Ratings | None:
    """The ratings of an item; None where nobody rated it."""
    known = list(values)
    if not known:
        return None
    counts = Counter(known)
    return Ratings(
        tuple(counts[rating] for rating in range(LOWEST, HIGHEST + 1)),
        mean_interval(known),
        float(median(known)),
    )


def overall(items: Iterable[Ratings]) -> float | None:
    """Mean of all ratings of several items together; None without any."""
    known = [
        rating
        for item in items
        for rating, count in enumerate(item.counts, LOWEST)
        for _ in range(count)
    ]
    return fmean(known) if known else None
