"""What to leave out of a session that begins late, computed from its activities.

First whole activities that may be dropped (`inti: false`), then minutes of the others, down to
their `minimum`. A core activity is never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from pilar.model.curriculum import Activity

from .day import Step

LATE = (15, 30, 60)
"""Minutes late for which a trainer is told what to leave out."""


@dataclass(frozen=True)
class Cut:
    """An activity that takes `after` minutes instead of `before`; 0: it is dropped."""

    activity: Activity
    before: int
    after: int

    @property
    def saved(self) -> int:
        """Minutes that it saves."""
        return self.before - self.after


@dataclass(frozen=True)
class Plan:
    """How to make up for `late` minutes."""

    late: int
    cuts: tuple[Cut, ...]

    @property
    def saved(self) -> int:
        """Minutes that all cuts save together."""
        return sum(cut.saved for cut in self.cuts)

    @property
    def short(self) -> int:
        """Minutes that the session cannot make up for."""
        return max(0, self.late - self.saved)


def plan(late: int, steps: Iterable[Step]) -> Plan:
    """What to leave out of these steps to begin `late` minutes late, in their order.

    Of the activities that may be dropped the fewest that are enough, of as few the ones that cost
    the least time; all of them where they are not enough, and then minutes of the activity that
    can give most.
    """
    whole = _whole(steps)
    dropped = _fewest(late, [cut for cut in whole if not cut.activity.options.inti])
    missing = late - sum(cut.saved for cut in dropped)
    shortened = _shortened(missing, [cut for cut in whole if cut.activity.options.inti])
    cuts = {id(cut.activity): cut for cut in (*dropped, *shortened)}
    return Plan(late, tuple(cuts[id(c.activity)] for c in whole if id(c.activity) in cuts))


def _whole(steps: Iterable[Step]) -> list[Cut]:
    """Each activity as if it were dropped, with the minutes that it has in these steps."""
    minutes: dict[int, tuple[Activity, int]] = {}
    for step in steps:
        # By identity: the hash of a whole page would be that of its text.
        _, before = minutes.get(id(step.activity), (step.activity, 0))
        minutes[id(step.activity)] = step.activity, before + step.end - step.start
    return [Cut(activity, before, 0) for activity, before in minutes.values()]


def _fewest(late: int, optional: Sequence[Cut]) -> tuple[Cut, ...]:
    """The fewest that save `late` minutes, of as few those that save least; else all."""
    by_minutes: dict[int, tuple[Cut, ...]] = {0: ()}
    """The fewest activities, by the minutes that they save together."""
    for cut in optional:
        for saved, chosen in list(by_minutes.items()):
            known = by_minutes.get(saved + cut.saved)
            if known is None or len(chosen) + 1 < len(known):
                by_minutes[saved + cut.saved] = (*chosen, cut)
    enough = [(len(chosen), saved) for saved, chosen in by_minutes.items() if saved >= late]
    return by_minutes[min(enough)[1]] if enough else tuple(optional)


def _shortened(missing: int, core: Sequence[Cut]) -> Iterator[Cut]:
    """Core activities cut by `missing` minutes in all, those that can give most first."""
    for cut in sorted(core, key=lambda cut: _floor(cut) - cut.before):
        given = min(missing, cut.before - _floor(cut))
        if given > 0:
            missing -= given
            yield Cut(cut.activity, cut.before, cut.before - given)


def _floor(cut: Cut) -> int:
    """Minutes that a core activity needs; of one that lies here in part, its share of them."""
    options = cut.activity.options
    if options.minimum is None:
        return cut.before
    return min(cut.before, ceil(options.minimum * cut.before / options.menit))
