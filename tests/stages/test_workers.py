"""Items of work that lose their workers, or fail: the others are done, each is accounted for."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pilar.build.cluster import Cluster, differing
from pilar.build.options import Options
from pilar.build.workers import TRIES, Alone, Failure, Item, Workers
from pilar.model.callback import silent
from pilar.model.problem import ContentError, Problem, StoppedError

PROBLEM = Problem("modules/x/x.md", 3, "C101", "tidak muat")

UNWRITTEN = "tidak dapat membaca atau menulis"


@dataclass(frozen=True)
class Fragile(Alone):
    """A crew whose pool takes no more work once an item has killed a worker of it."""

    room = 3

    def open(self) -> Executor:
        return _Pool(super().open())

    def lost(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)


class _Pool(Executor):
    def __init__(self, inner: Executor) -> None:
        self.inner, self.broken = inner, False

    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        if self.broken:
            raise BrokenExecutor
        future = self.inner.submit(task)
        self.broken = isinstance(future.exception(), BrokenExecutor)
        return future


class Work:
    """Items that count how often they are done; one of them kills its worker, so many times."""

    def __init__(self, deadly: int, times: int) -> None:
        self.done, self.deadly, self.times = Counter[int](), deadly, times

    def do(self, number: int) -> int:
        self.done[number] += 1
        if number == self.deadly and self.done[number] <= self.times:
            raise BrokenExecutor
        return number * 10

    def items(self, count: int) -> list[Item]:
        return [Item(partial(self.do, number), (f"lari-{number}",)) for number in range(count)]


def outcomes(items: list[Item]) -> dict[str, Any]:
    seen: list[tuple[int, int]] = []
    with Workers(Fragile()) as workers:
        found = {
            item.runs[0]: outcome
            for item, outcome in workers.run(
                iter(items),
                len(items),
                "Mencetak",
                lambda _, done, total: seen.append((done, total)),
            )
        }
    assert seen == [(done, len(items)) for done in range(len(items) + 1)]
    return found


@pytest.mark.parametrize("deadly", range(5))
def test_what_loses_its_worker_is_done_again(deadly: int) -> None:
    work = Work(deadly, TRIES - 1)
    assert outcomes(work.items(5)) == {f"lari-{number}": number * 10 for number in range(5)}
    assert work.done[deadly] == TRIES


@pytest.mark.parametrize("deadly", range(5))
def test_what_always_kills_its_worker_is_given_up_alone(deadly: int) -> None:
    work = Work(deadly, 1000)
    found = outcomes(work.items(5))
    assert isinstance(failure := found.pop(f"lari-{deadly}"), Failure)
    assert "dihentikan dari luar" in failure.reason
    assert found == {f"lari-{n}": n * 10 for n in range(5) if n != deadly}
    assert work.done[deadly] == TRIES


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ContentError([PROBLEM]), Failure((PROBLEM,))),
        (StoppedError("pekerja lain"), Failure(reason="pekerja lain")),
        (
            OSError(errno.ENOSPC, "No space left on device", "a\x1b[31m"),
            Failure(
                reason=r"tidak dapat membaca atau menulis `a\x1b[31m`: ruang penyimpanan penuh"
            ),
        ),
        (MemoryError(), Failure(reason="memori habis")),
    ],
)
def test_what_fails_says_why_and_the_rest_is_done(error: Exception, said: Failure) -> None:
    def fail() -> None:
        raise error

    found = outcomes([Item(fail, ("gagal",)), Item(lambda: 1, ("lain",))])
    assert found == {"gagal": said, "lain": 1}


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with Workers(Alone()) as workers, pytest.raises(ZeroDivisionError):
        list(workers.run([Item(lambda: 1 / 0, ())], 1, "", silent))


def test_items_are_taken_when_there_is_room() -> None:
    """However many runs there are, few are at hand at a time."""
    taken = 0

    def items() -> Any:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield Item(partial(int, number), ())

    with Workers(Fragile()) as workers:
        for done, _ in enumerate(workers.run(items(), 50, "", silent), 1):
            assert taken - done < Fragile.room
    assert taken == 50


def test_a_crew_is_replaced_before_each_batch_and_no_item_is_lost() -> None:
    opened: list[_Pool] = []

    class Watched(Fragile):
        def open(self) -> Executor:
            opened.append(_Pool(Alone().open()))
            return opened[-1]

    work = Work(deadly=0, times=0)
    with Workers(Watched()) as workers:
        list(workers.run(work.items(2), 2, "", silent))
        assert len(opened) == 1
        ended, crews = [], []
        for _, outcome in workers.run(work.items(10), 10, "", silent, batch=4):
            ended.append(outcome)
            crews.append(len(opened))
    assert sorted(ended) == [number * 10 for number in range(10)]
    assert crews == [2] * 4 + [3] * 4 + [4] * 2, "none that made anything before, or too much"


def test_who_differs_is_told_in_what() -> None:
    here = {"kode Pilar": "a", "templat dan mkdocs.yml": "b", "python": "3.11.2", "pango": "1.50"}
    assert differing(here, dict(here)) == ""
    assert differing(here, {**here, "kode Pilar": "x"}) == "kode Pilar lain"
    assert differing(here, {**here, "templat dan mkdocs.yml": "x"}) == "templat dan mkdocs.yml lain"
    other = {**here, "kode Pilar": "x", "python": "3.12.1"}
    assert differing(here, other) == "python 3.12.1, bukan 3.11.2"
    del other["pango"]
    assert differing(here, other).endswith("; pango tidak ada, bukan 1.50")


class _Nobody:
    """A client whose scheduler has no workers."""

    def scheduler_info(self, n_workers: int) -> dict[str, dict[str, object]]:
        return {"workers": {}}


def test_work_is_divided_for_somebody_while_a_worker_is_restarted(tmp_path: Path) -> None:
    cluster = Cluster(Options(tmp_path, tmp_path), _client=_Nobody())
    assert (cluster.room, cluster.size) == (2, 1)
