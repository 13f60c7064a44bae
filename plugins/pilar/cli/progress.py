"""Shows how far a long task is: bars on a terminal, else one line a step on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function to tell what is being done, how many steps are done, and of how many."""
    from rich import progress as bar  # not before there is something to show
    from rich.console import Console

    console = Console(stderr=True)
    bars: dict[str, bar.TaskID] = {}
    with bar.Progress(
        bar.TextColumn("{task.description:<24}"),
        bar.BarColumn(),
        bar.MofNCompleteColumn(),
        bar.TimeElapsedColumn(),
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
