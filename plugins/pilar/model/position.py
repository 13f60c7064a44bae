"""Where in a YAML file each value stands, so that a problem can mark it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .problem import Fix, Problem

Keys = tuple[str | int, ...]
Range = tuple[int, int, int, int]
"""Line and column of the first character, line and column after the last; all count from 1."""


@dataclass(frozen=True)
class Located:
    """A YAML file's path (relative to the project) and the line of each value by its keys."""

    path: str
    lines: Mapping[Keys, int] = field(default_factory=dict, repr=False)
    unread: frozenset[Keys] = frozenset()
    """Keys of values that could not be read, their mistake told already; `()` is the whole."""
    text: tuple[str, ...] = field(default=(), repr=False)
    """Lines of the file."""
    ranges: Mapping[Keys, Range] = field(default_factory=dict, repr=False)
    """What to mark for each value: itself, or its key where it is a list over several lines."""
    names: Mapping[Keys, Range] = field(default_factory=dict, repr=False)
    """The key of each value, as written."""

    def line(self, *keys: str | int) -> int:
        """Line of the value at `keys`, or of the nearest one that holds it."""
        return self.lines.get(self._nearest(keys), 1)

    def problem(
        self,
        keys: Keys,
        code: str,
        message: str,
        hint: str = "",
        *,
        fix: Fix | None = None,
        name: bool = False,
    ) -> Problem:
        """A problem of the value at `keys`, or of the nearest one that holds it; `name`: of its
        key.
        """
        found = self._nearest(keys)
        line = self.lines.get(found, 1)
        place = self.names.get(found) if name else self.ranges.get(found)
        if place is None:
            return Problem(self.path, line, code, message, hint, fix=fix)
        line, column, end_line, end_column = place
        return Problem(self.path, line, code, message, hint, column, end_line, end_column, fix)

    def _nearest(self, keys: Keys) -> Keys:
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return keys

    def is_unread(self, keys: Keys) -> bool:
        """Whether the value at `keys`, or one that holds it, could not be read."""
        return any(keys[:length] in self.unread for length in range(len(keys) + 1))
