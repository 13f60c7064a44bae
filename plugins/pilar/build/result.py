"""What became of each folder that a build was asked for; loads nothing that makes anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pilar.editions.address import EDITIONS
from pilar.model.problem import Problem


@dataclass(frozen=True)
class Cost:
    """What work took."""

    seconds: float = 0
    taken: int = 0
    """What the cache gave."""
    made: int = 0
    """What it did not have."""
    memory: int = 0
    """The most that a process which did it has had in memory since it began, in bytes."""

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.seconds + other.seconds,
            self.taken + other.taken,
            self.made + other.made,
            max(self.memory, other.memory),
        )


FREE = Cost()
"""Of what was there already."""


@dataclass(frozen=True)
class Result:
    """A folder that stands in the output folder; `built` is false where nothing had changed."""

    run: str
    folder: Path
    built: bool
    unsealed: bool = False
    """Was the trainer edition in it sealed, and is no more?"""
    hindrance: str = ""
    """Why it could not be made anew (Indonesian); what stood there before still does."""
    problems: tuple[Problem, ...] = ()
    """Of the content, for which it could not be made."""
    cost: Cost = FREE

    @property
    def sealable(self) -> bool:
        """Does it hold a trainer edition? The public pages do not."""
        return self.run != EDITIONS
