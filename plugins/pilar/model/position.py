"""Where in a YAML file each value stands, so that a problem can name its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Located:
    """A YAML file's path (relative to the project) and the line of each value by its keys."""

    path: str
    lines: Mapping[Keys, int] = field(default_factory=dict, repr=False)

    def line(self, *keys: str | int) -> int:
        """Line of the value at `keys`, or of the nearest one that holds it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)
