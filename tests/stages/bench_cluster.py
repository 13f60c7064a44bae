"""The same runs built by one worker of a Dask cluster and by two, as processes of this machine."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen

from .bench_place import PILAR, Place
from .bench_spent import Spent, begin, left_behind

DASK = PILAR.with_name("dask")
PATIENCE = 60
"""Seconds until a scheduler or a worker is there, at the most."""
_STARTED = {"scheduler": "Scheduler at:", "worker": "Registered to:"}
"""What they print then."""


def workers(place: Place, runs: int) -> Iterator[tuple[str, Spent]]:
    """Cost of building so many runs from nothing; nothing where Dask is not installed."""
    if not DASK.is_file():
        return
    for count in (1, 2):
        place.cold(runs)
        with _cluster(place, count) as (address, processes):
            client = place.build("--all", "--scheduler", address)
            at_work = [_stopped(process) for process in processes]
        yield f"workers {count}", sum(at_work, client)


@contextmanager
def _cluster(place: Place, count: int) -> Iterator[tuple[str, list[Popen[bytes]]]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    worker = ("worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard")
    with ExitStack() as stack:
        processes = []
        for number, arguments in enumerate([scheduler, *[worker] * count]):
            log = place.root.with_name(f"dask-{number}.log")
            around = {"PILAR_CACHE": place.cache, "DASK_TEMPORARY_DIRECTORY": log.parent}
            processes.append(begin((DASK, *arguments), place.root, log, around))
            stack.callback(_stopped, processes[-1])
            _wait_for(_STARTED[arguments[0]], log)
        yield address, processes[::-1]


def _wait_for(text: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while text not in log.read_text("utf-8", "replace"):
        if time.monotonic() > end:
            raise TimeoutError(log.read_text("utf-8", "replace"))
        time.sleep(0.1)


def _stopped(process: Popen[bytes]) -> Spent:
    """Stop a process and all of its group; what they have spent, without time of the clock."""
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGTERM)
        process.returncode = 0
        return left_behind(process.pid)
    return Spent(0, 0, 0)
