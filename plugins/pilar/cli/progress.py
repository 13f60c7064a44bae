"""Shows how far a long task is: bars on a terminal, else one line a step on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pilar.model.callback import Report


@contextmanager
def progress() -> Iterator[Report]:
    """A `Report` that shows what it is called with."""
    from rich import progress as bar  # not before there is something to show
    from rich.console import Console

    console = Console(stderr=True)
    bars: dict[str, bar.TaskID] = {}
    with bar.Progress(
        bar.TextColumn("{task.description:<24}"),
        bar.BarColumn(),
        bar.MofNCompleteColumn(),
        bar.TimeElapsedColumn(),
        bar.TextColumn("sisa"),
        bar.TimeRemainingColumn(),
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
