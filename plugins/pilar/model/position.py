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
    unread: frozenset[Keys] = frozenset()
    """Keys of values that could not be read, their mistake told already; `()` is the whole."""
    text: tuple[str, ...] = field(default=(), repr=False)
    """Lines of the file."""

    def line(self, *keys: str | int) -> int:
        """Line of the value at `keys`, or of the nearest one that holds it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def is_unread(self, keys: Keys) -> bool:
        """Whether the value at `keys`, or one that holds it, could not be read."""
        return any(keys[:length] in self.unread for length in range(len(keys) + 1))
