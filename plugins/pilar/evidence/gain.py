"""What a class learnt between two tests: normalized gain (Hake 1998, Am. J. Phys. 66, 64-74)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .samples import Interval, mean_interval, ratio_interval

FULL = 100.0
"""Per cent of the points of a test."""


@dataclass(frozen=True)
class Pair:
    """A person's scores before and after, in per cent."""

    person: str
    before: float
    after: float

    @property
    def gain(self) -> float | None:
        """The share of what was left to learn that was learnt; None where nothing was left."""
        room = FULL - self.before
        return None if room < 1e-9 else (self.after - self.before) / room


@dataclass(frozen=True)
class Gain:
    """Gain of a class from its pairs, who sat both tests."""

    pairs: tuple[Pair, ...]
    before: Interval
    after: Interval
    difference: Interval
    """In points of a hundred."""
    of_means: Interval | None
    """Gain of the class: of its two means; None where all knew everything before."""
    of_singles: Interval | None
    """Mean of the gains of single people, those left out who had nothing left to learn."""

    @property
    def full_before(self) -> tuple[str, ...]:
        """Who had every point before: without a gain of their own."""
        return tuple(pair.person for pair in self.pairs if pair.gain is None)

    @property
    def fallen(self) -> tuple[str, ...]:
        """Who had more points before than after."""
        return tuple(pair.person for pair in self.pairs if pair.after < pair.before - 1e-9)


def paired(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Pair, ...]:
    """The scores of those who sat both tests, in the order of the first."""
    return tuple(Pair(one, score, after[one]) for one, score in before.items() if one in after)


def gain_of(pairs: Iterable[Pair]) -> Gain | None:
    """The gain of a class; None where nobody sat both tests."""
    known = tuple(pairs)
    if not known:
        return None
    differences = [pair.after - pair.before for pair in known]
    singles = [pair.gain for pair in known if pair.gain is not None]
    return Gain(
        known,
        mean_interval([pair.before for pair in known]),
        mean_interval([pair.after for pair in known]),
        mean_interval(differences),
        _capped(ratio_interval(differences, [FULL - pair.before for pair in known])),
        _capped(mean_interval(singles) if singles else None),
    )


def _capped(gain: Interval | None) -> Interval | None:
    """The interval as far as gains go: nobody learns more than there was to learn."""
    if gain is None or gain.high is None:
        return gain
    return replace(gain, high=min(gain.high, 1.0))
