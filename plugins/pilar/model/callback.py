"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[str, int, int], None]
"""Called with what is being done (Bahasa Indonesia), how many steps are done, and of how many."""


def silent(what: str, done: int, total: int) -> None:
    """Report to nobody."""
