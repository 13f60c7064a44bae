"""Measures the leak gate for scripts/bench: `python -m tests.stages.bench_leaks FOLDER [RUN…]`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pilar.build import runs
from pilar.errata import public


@contextmanager
def counted(seconds: list[float]) -> Iterator[None]:
    """Note how long the gate takes, each time that a build in this process asks it."""

    def timed(check: Callable[..., None]) -> Callable[..., None]:
        def measured(*arguments: Any) -> None:
            start = time.process_time()
            try:
                check(*arguments)
            finally:
                seconds.append(time.process_time() - start)

        return measured

    with (
        patch.object(runs, "check_output", timed(runs.check_output)),
        patch.object(public, "check_public", timed(public.check_public)),
    ):
        yield


def measure(options: runs.Options) -> tuple[float, float]:
    """Processor seconds of a build in this one process, and those of the gate in it."""
    seconds: list[float] = []
    with counted(seconds):
        start = time.process_time()
        runs.build(options)
        return time.process_time() - start, sum(seconds)


def main(root: Path, names: tuple[str, ...]) -> None:
    """Print the gate's share of a build of both editions with books: cold, then warm."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cold", "warm"):
            out = Path(folder, name)
            # Nothing is there already, but for rendered parts the second time.
            options = runs.Options(root, out, names, parts=Path(folder, "cache"))
            whole, gate = measure(options)
            share = f"{gate:5.2f} of {whole:6.2f} s"
            print(f"{'leak gate, ' + name + ' build':<34} {gate / whole:7.1%}   {share}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."), tuple(sys.argv[2:]))
