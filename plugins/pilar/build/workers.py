"""Runs the tasks of a build in as many processes as are wanted."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from pilar.model.callback import Report
from pilar.model.problem import ContentError, Problem, StoppedError
from pilar.syntax.render import keep_html


@contextmanager
def collected_later() -> Iterator[None]:
    """Lay out one document without the garbage collector, which would look through all that is
    known of the run for each of its boxes: a quarter to a third of the time. What the document
    leaves is collected before the next has grown.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _start_worker(cache: Path | None) -> None:
    """In each worker: use the cache of the build, and end with it, be it interrupted or killed."""
    keep_html(cache)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = parent_process()
    assert parent is not None

    def wait_for_parent() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait_for_parent, daemon=True).start()


class Workers:
    """Runs tasks in processes, or right here when one job is enough."""

    def __init__(self, jobs: int, cache: Path | None = None) -> None:
        context = get_context("spawn")
        self.pool = (
            ProcessPoolExecutor(
                jobs, mp_context=context, initializer=_start_worker, initargs=(cache,)
            )
            if jobs > 1
            else None
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *exception: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def run(self, tasks: Sequence[Callable[[], Any]], what: str, report: Report) -> list[Any]:
        """What each task gives, in their order; problems of several tasks are raised together."""
        problems: list[Problem] = []
        results: list[Any] = [None] * len(tasks)
        report(what, 0, len(tasks))
        for done, (index, finish) in enumerate(self._finished(tasks), 1):
            try:
                results[index] = finish()
            except ContentError as error:
                problems += error.problems
            except BrokenProcessPool:
                raise StoppedError(
                    "Salah satu proses dihentikan dari luar, mungkin karena memori habis. "
                    "Coba lagi dengan --jobs 1."
                ) from None
            report(what, done, len(tasks))
        if problems:
            raise ContentError(problems)
        return results

    def _finished(
        self, tasks: Sequence[Callable[[], Any]]
    ) -> Iterator[tuple[int, Callable[[], Any]]]:
        if self.pool is None:
            yield from enumerate(tasks)
            return
        futures: dict[Future[Any], int] = {
            self.pool.submit(task): index for index, task in enumerate(tasks)
        }
        for future in as_completed(futures):
            yield futures[future], future.result
