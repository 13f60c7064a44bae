"""Results of a run that never took place, from parameters that are known.

Everything here is invented, and says so wherever it is printed. A person of ability t answers a
question of hardness b rightly with the probability of the logistic model, 1 / (1 + exp(b - t));
between the tests every ability grows by the same amount. So the true difficulty of a question, and
the true gain of an endless class, are integrals that can be computed without any data.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import exp, pi, sqrt
from statistics import fmean

GROWTH = 1.1
"""What teaching adds to every ability, in standard deviations of the abilities."""
_STEPS = 4_000
_REACH = 8.0
"""Abilities beyond it, in standard deviations, weigh nothing."""


def probability(ability: float, hardness: float) -> float:
    """Of a right answer."""
    return 1 / (1 + exp(hardness - ability))


def true_difficulty(hardness: float, growth: float = 0) -> float:
    """Share of an endless class with abilities of mean `growth` that answers rightly."""
    step = 2 * _REACH / _STEPS
    points = (-_REACH + (n + 0.5) * step for n in range(_STEPS))
    weigh = ((t, exp(-t * t / 2) / sqrt(2 * pi) * step) for t in points)
    return sum(weight * probability(t + growth, hardness) for t, weight in weigh)


def true_gain(hardnesses: Sequence[float], growth: float = GROWTH) -> float:
    """Gain of the two means of an endless class on a form with these questions."""
    before = fmean(true_difficulty(hardness) for hardness in hardnesses)
    after = fmean(true_difficulty(hardness, growth) for hardness in hardnesses)
    return (after - before) / (1 - before)


def abilities(people: int, chance: random.Random) -> list[float]:
    """Of a class: standard normal."""
    return [chance.gauss(0, 1) for _ in range(people)]


def right(
    known: Sequence[float], hardnesses: Sequence[float], chance: random.Random, growth: float = 0
) -> list[list[bool]]:
    """Who answered what rightly: a row a person."""
    return [[chance.random() < probability(t + growth, b) for b in hardnesses] for t in known]
