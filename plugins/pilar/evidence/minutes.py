"""Minutes planned and minutes taken, by activity."""

from __future__ import annotations

from dataclasses import dataclass

from .cutoffs import OVERRUN


@dataclass(frozen=True)
class Taken:
    """An activity with the minutes that its module plans and those that it took."""

    code: str
    planned: int
    real: float

    @property
    def difference(self) -> float:
        """Minutes over the plan; negative below it."""
        return self.real - self.planned

    @property
    def ratio(self) -> float:
        """What it took of what was planned: 1 is as planned."""
        return self.real / self.planned

    @property
    def over(self) -> bool:
        """Did it take more than the plan by more than the cut-off?"""
        return self.ratio > 1 + OVERRUN.value + 1e-9

    @property
    def under(self) -> bool:
        """Did it take less than the plan by more than the cut-off?"""
        return self.ratio < 1 - OVERRUN.value - 1e-9
