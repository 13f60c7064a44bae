"""The progress callback of long work."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[str, int, int], None]
"""Called with what is being done (Bahasa Indonesia), how many steps are done, and of how many."""


def silent(what: str, done: int, total: int) -> None:
    """Report nothing."""
