"""What a command costs: seconds of the processors and of the clock, and its largest process.

Linux alone: processes that a command leaves to end after it are adopted, so that theirs count too.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_SET_CHILD_SUBREAPER = 36
"""Of prctl(2): orphans become children of this process instead of those of init."""


@dataclass(frozen=True)
class Spent:
    """One measurement, or several of one thing as their medians."""

    processors: float
    """Seconds that all processors were busy with it, in the program and in the kernel."""
    clock: float
    """Seconds that passed."""
    memory: float
    """Bytes that the largest of its processes had in memory at once."""

    def __add__(self, other: Spent) -> Spent:
        """One after the other."""
        return Spent(
            self.processors + other.processors,
            self.clock + other.clock,
            max(self.memory, other.memory),
        )


def middle(all_: Iterable[Spent]) -> Spent:
    """The median of each figure."""
    rows = [(one.processors, one.clock, one.memory) for one in all_]
    return Spent(*(median(column) for column in zip(*rows, strict=True)))


def spend(
    command: Sequence[str | Path], folder: Path, log: Path, **environment: str | Path
) -> Spent:
    """Run a command to its end, and all that it started. Raises CalledProcessError.

    What it prints goes into `log`, for to print on a terminal costs time of its own.
    """
    start = time.perf_counter()
    process = begin(command, folder, log, environment)
    try:
        used, status = _wait(process.pid)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    clock = time.perf_counter() - start
    used += left_behind(process.pid)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text("utf-8", "replace")[-3000:]
        raise subprocess.CalledProcessError(process.returncode, list(command), said)
    return Spent(used.processors, clock, used.memory)


def begin(
    command: Sequence[str | Path], folder: Path, log: Path, environment: Mapping[str, str | Path]
) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    values = os.environ | {name: str(value) for name, value in environment.items()}
    with log.open("wb") as said:
        return subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            env=values,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            process_group=0,
        )


def left_behind(group: int) -> Spent:
    """Wait for all that is left of a process group; gives what it has spent."""
    used = Spent(0, 0, 0)
    with suppress(ChildProcessError):
        while True:
            used += _wait(-group)[0]
    return used


def _wait(which: int) -> tuple[Spent, int]:
    _, status, usage = os.wait4(which, 0)
    return Spent(usage.ru_utime + usage.ru_stime, 0, usage.ru_maxrss * 1024), status
