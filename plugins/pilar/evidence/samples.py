"""Means of a sample and how sure they are: Student's t, the ratio of two means, a proportion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import atan, cos, isclose, pi, sin, sqrt
from statistics import NormalDist, fmean, stdev

from .cutoffs import CONFIDENCE

_HALVINGS = 200
"""Of an interval of floats; after fewer there is nothing left to halve."""


@dataclass(frozen=True)
class Interval:
    """A figure and the bounds of its confidence interval; None where the sample gives none."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def bounded(self) -> bool:
        """Does the sample say how sure the figure is?"""
        return self.low is not None

    def holds(self, value: float) -> bool:
        """May the true figure be `value`? Also where nothing is known of it."""
        return self.low is None or self.high is None or self.low <= value <= self.high


def spread(values: Sequence[float]) -> float | None:
    """Standard deviation of a sample (n - 1); None of a single value."""
    return stdev(values) if len(values) > 1 else None


def mean_interval(values: Sequence[float]) -> Interval:
    """The mean with Student's t interval. Raises statistics.StatisticsError for no values."""
    mean = fmean(values)
    return _around(mean, [value - mean for value in values])


def ratio_interval(above: Sequence[float], below: Sequence[float]) -> Interval | None:
    """The ratio of two means over the same people, with the t interval of its linear part.

    Each person counts with (y - Rx) / mean x, the large-sample variance of a ratio estimator
    (Cochran, Sampling Techniques, 1977, chapter 6). None where the mean below is zero.
    """
    mean = fmean(below)
    if isclose(mean, 0, abs_tol=1e-12):
        return None
    ratio = fmean(above) / mean
    return _around(ratio, [(y - ratio * x) / mean for y, x in zip(above, below, strict=True)])


def proportion_interval(hits: float, people: int) -> Interval:
    """The share of `people` with Wilson's interval (1927), which stays between 0 and 1."""
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE.value / 2)
    share, square = hits / people, z * z
    middle = (share + square / (2 * people)) / (1 + square / people)
    half = sqrt(share * (1 - share) / people + square / (4 * people**2)) * z
    half /= 1 + square / people
    # At none and at all the bound is the share itself, but for the last digit.
    return Interval(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one of the two is constant."""
    a, b = fmean(first), fmean(second)
    x, y = [value - a for value in first], [value - b for value in second]
    size = sqrt(sum(v * v for v in x) * sum(v * v for v in y))
    if isclose(size, 0, abs_tol=1e-12):
        return None
    return sum(v * w for v, w in zip(x, y, strict=True)) / size


def _around(value: float, parts: Sequence[float]) -> Interval:
    """An interval from what each person adds to a figure: parts of mean zero."""
    people = len(parts)
    if people < 2:
        return Interval(value)
    half = t_quantile(0.5 + CONFIDENCE.value / 2, people - 1) * stdev(parts) / sqrt(people)
    return Interval(value, value - half, value + half)


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """The quantile of Student's t above its median, for whole degrees of freedom."""
    low, high = 0.0, 1.0
    while _t_below(high, freedom) < probability:
        high *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if _t_below(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def _t_below(t: float, freedom: int) -> float:
    """P(T <= t), a finite sum (Abramowitz and Stegun, 26.7.3 and 26.7.4)."""
    angle = atan(t / sqrt(freedom))
    squared = cos(angle) ** 2
    odd = freedom % 2
    term = total = 1.0
    for k in range(1 + odd, freedom - 2, 2):
        term *= squared * k / (k + 1)
        total += term
    if not odd:
        return 0.5 + sin(angle) * total / 2
    sines = sin(angle) * cos(angle) * total if freedom > 1 else 0.0
    return 0.5 + (angle + sines) / pi
