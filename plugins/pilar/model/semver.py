"""Version numbers: three numbers, each of which says how much changed."""

from __future__ import annotations


def order(version: str) -> tuple[int, ...]:
    """Sorts versions: 1.10.0 after 1.9.0."""
    return tuple(map(int, version.split(".")))


LEVELS = ("besar", "tambahan", "ralat")
"""What a version is raised by: its first, second or third number."""


def raised(version: str, level: str) -> str:
    """The next version of a level; the numbers after it begin anew."""
    numbers = order(version)
    place = LEVELS.index(level)
    return ".".join(map(str, (*numbers[:place], numbers[place] + 1, 0, 0)[:3]))


def level_between(old: str, new: str) -> str:
    """The level of the first number that differs between two versions."""
    differing = (a != b for a, b in zip(order(old), order(new), strict=True))
    return next(level for level, differs in zip(LEVELS, differing, strict=True) if differs)
