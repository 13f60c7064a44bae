"""Hands the work items of a build to an Executor, and sees each of them to its end.

Where the work is done is a `Crew`: this process, others of this machine, or a cluster's. A worker
that is lost takes no other item with it than those at work: they are done again.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Protocol

from pilar.model.callback import Report
from pilar.model.problem import ContentError, Problem, StoppedError, cause, shown
from pilar.syntax.render import keep_html

TRIES = 3
"""How often an item may lose its worker before it is given up."""
LASTING = 24
"""Runs that a process makes before another takes its place, so that none of them grows."""
GLANCE = 5
"""Seconds to wait for any item before looking whether somebody is still at work."""
_NEEDED = ("pilar.build.run_folder", "pilar.editions.book.layout", "pilar.host.mkdocs")
"""Modules that take a second to import, by themselves and by what they import."""
_LOST = "prosesnya berulang kali dihentikan dari luar, mungkin karena memori habis"


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


@dataclass(frozen=True, eq=False)
class Item:
    """A piece of work. Its task can be pickled, and called again after it was cut off anywhere."""

    task: Callable[[], Any]
    runs: tuple[str, ...]
    """For which runs it is; empty for a task that nothing but speed depends on."""


@dataclass(frozen=True)
class Failure:
    """Why an item could not be done: problems of the content, or a `reason` (Indonesian)."""

    problems: tuple[Problem, ...] = ()
    reason: str = ""

    def __add__(self, other: Failure) -> Failure:
        return Failure(self.problems + other.problems, self.reason or other.reason)


class Crew(Protocol):
    """Those who do the work."""

    @property
    def size(self) -> int:
        """Items that can be at work at a time."""

    @property
    def room(self) -> int:
        """Items that they are to have at a time, so that none of them waits."""

    @property
    def batch(self) -> int:
        """Runs after which others are to take their place; 0: never."""

    def open(self) -> Executor:
        """A new Executor, after a loss too. Raises StoppedError where there is none any more."""

    def lost(self, error: BaseException) -> bool:
        """Whether an error of an item says that who worked on it is gone."""

    def failed(self, error: BaseException) -> str:
        """Why an item failed, where an error says so that only this crew knows; else empty."""

    def glance(self) -> None:
        """Called now and then while nothing is finished. Raises StoppedError where nobody can."""


@dataclass(frozen=True)
class Alone:
    """This process."""

    size = room = 1
    batch = 0

    def open(self) -> Executor:
        """One that has done the work when it is submitted."""
        return _AtOnce()

    def lost(self, error: BaseException) -> bool:
        """Never."""
        return False

    def failed(self, error: BaseException) -> str:
        """Nothing of its own."""
        return ""

    def glance(self) -> None:
        """Nothing can be amiss that no item says."""


class _AtOnce(Executor):
    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(task(*given, **named))
        except Exception as error:  # Future.result raises it again
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Processes:
    """As many processes of this machine."""

    size: int
    cache: Path | None = None

    @property
    def room(self) -> int:
        """One more than there are processes: it is packed while they work."""
        return self.size + 1

    @property
    def batch(self) -> int:
        """What lays out text, Pango and Fontconfig, keeps a quarter of a megabyte each time."""
        return LASTING * self.size

    def open(self) -> Executor:
        """A pool of new processes, forked from one that has imported what they need and no more."""
        context = get_context("forkserver" if _takes_a_socket(gettempdir()) else "spawn")
        context.set_forkserver_preload(list(_NEEDED))
        return ProcessPoolExecutor(
            self.size,
            mp_context=context,
            initializer=_start_worker,
            initargs=(self.cache,),
        )

    def lost(self, error: BaseException) -> bool:
        """A process that ends takes its pool along."""
        return isinstance(error, BrokenExecutor)

    def failed(self, error: BaseException) -> str:
        """Nothing of its own."""
        return ""

    def glance(self) -> None:
        """Nothing can be amiss that no item says."""


def _takes_a_socket(folder: str) -> bool:
    """Whether a socket of multiprocessing may lie below a folder: 108 bytes with its name, which
    takes 33 (unix(7)).
    """
    return len(os.fsencode(folder)) < 75


def _start_worker(cache: Path | None) -> None:
    """In each worker: use the cache of the build, and end with it, be it interrupted or killed."""
    keep_html(cache)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = parent_process()
    assert parent is not None

    def wait_for_parent() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait_for_parent, daemon=True).start()


class Workers:
    """A crew at work; a context manager, at whose end nothing is at work any more."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self._executor = crew.open()
        self._losses: Counter[Item] = Counter()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *exception: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def run(
        self, items: Iterable[Item], total: int, what: str, report: Report, batch: int = 0
    ) -> Iterator[tuple[Item, Any]]:
        """Each item with what it gave, or a Failure, in the order in which they finish.

        Items are taken when there is room for them. Before each `batch` of them the crew is a new
        one, for memory that earlier items have taken is not given back. Raises StoppedError where
        nobody is left to do the work.
        """
        report(what, 0, total)
        for done, finished in enumerate(self._by_batches(iter(items), batch), 1):
            yield finished
            report(what, done, total)

    def _by_batches(self, items: Iterator[Item], batch: int) -> Iterator[tuple[Item, Any]]:
        for first in items:
            if batch:
                self._reopen()
            yield from self._finished(chain([first], islice(items, batch - 1) if batch else items))

    def _finished(self, waiting: Iterator[Item]) -> Iterator[tuple[Item, Any]]:
        running: dict[Future[Any], Item] = {}
        suspects: deque[Item] = deque()
        while True:
            # One of those that were at work at a loss may be its cause: they go on one by one, so
            # that it takes none of the others along again.
            while item := self._next(running, suspects, waiting):
                running[self._submit(item)] = item
            if not running:
                return
            done = wait(running, GLANCE, return_when=FIRST_COMPLETED).done
            if not done:
                self.crew.glance()
            for future in done:
                if not self._is_lost(future):
                    yield running.pop(future), self._outcome(future)
            if any(future.done() and self._is_lost(future) for future in running):
                for item in running.values():
                    self._losses[item] += 1
                    if self._losses[item] < TRIES:
                        suspects.append(item)
                    else:
                        yield item, Failure(reason=_LOST)
                running.clear()
                self._reopen()

    def _next(
        self, running: dict[Future[Any], Item], suspects: deque[Item], waiting: Iterator[Item]
    ) -> Item | None:
        """What is to be submitted now, if anything."""
        if suspects or any(item in self._losses for item in running.values()):
            return None if running or not suspects else suspects.popleft()
        return next(waiting, None) if len(running) < self.crew.room else None

    def _submit(self, item: Item) -> Future[Any]:
        try:
            return self._executor.submit(item.task)
        except BaseException as error:
            # A worker may be gone that had nothing to do.
            if not self.crew.lost(error):
                raise
            self._reopen()
            return self._executor.submit(item.task)

    def _reopen(self) -> None:
        self._executor.shutdown(cancel_futures=True)
        self._executor = self.crew.open()

    def _is_lost(self, future: Future[Any]) -> bool:
        if future.cancelled():
            return True
        error = future.exception()
        return error is not None and self.crew.lost(error)

    def _outcome(self, future: Future[Any]) -> Any:
        try:
            return future.result()
        except ContentError as error:
            return Failure(error.problems)
        except StoppedError as error:
            return Failure(reason=str(error))
        except OSError as error:
            return Failure(reason=refused(error))
        except MemoryError:
            return Failure(reason="memori habis")
        except Exception as error:
            if reason := self.crew.failed(error):
                return Failure(reason=reason)
            raise


def refused(error: OSError) -> str:
    """What the system would not do, in Bahasa Indonesia: as where a disk is full."""
    place = error.filename2 or error.filename
    where = f" `{shown(str(place))}`" if place else ""
    return f"tidak dapat membaca atau menulis{where}: {cause(error)}"
