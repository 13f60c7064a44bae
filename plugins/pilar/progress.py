"""Shows how far a long task is: bars on a terminal, else one line a step on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function to tell what is being done, how many steps are done, and of how many."""
    console = Console(stderr=True)
    bars: dict[str, TaskID] = {}
    with Progress(
        TextColumn("{task.description:<24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as shown:

        def report(what: str, done: int, total: int) -> None:
            if what not in bars:
                bars[what] = shown.add_task(what, total=total)
                if not console.is_terminal:
                    print(f"{what} …", file=sys.stderr, flush=True)
            shown.update(bars[what], completed=done, total=total)

        yield report
