"""Results that live as long as what they were made from."""

from __future__ import annotations

import gc
import os
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

from pilar.model.memoize import memoized
from pilar.store.cache import LONGEST, prune, put, take


@dataclass(frozen=True)
class Thing:
    name: str


def test_the_same_object_is_asked_once_and_an_equal_one_anew() -> None:
    calls: list[tuple[str, int]] = []

    @memoized
    def repeated(thing: Thing, times: int) -> str:
        calls.append((thing.name, times))
        return thing.name * times

    one, twin = Thing("a"), Thing("a")
    assert [repeated(one, 2), repeated(one, 2), repeated(one, 3), repeated(twin, 2)] == [
        "aa",
        "aa",
        "aaa",
        "aa",
    ]
    assert calls == [("a", 2), ("a", 3), ("a", 2)]


def test_what_is_gone_takes_its_results_along() -> None:
    """Else a later object at the same address would be given them, and a server would grow."""
    results: list[weakref.ref[Thing]] = []

    @memoized
    def twin(thing: Thing) -> Thing:
        made = Thing(thing.name)
        results.append(weakref.ref(made))
        return made

    for number in range(1000):
        assert twin(Thing(str(number))).name == str(number)
    gc.collect()
    assert len(results) == 1000
    assert [result for result in results if result() is not None] == []


def test_what_nothing_uses_any_more_goes(tmp_path: Path) -> None:
    names = ["temuan-a.json", "temuan-b.json", "a.part", "b.part", "index.json"]
    for name in names:
        put(tmp_path / name, name.encode())
    (tmp_path / "a.part.12.tmp").write_bytes(b"")
    long_ago = time.time() - LONGEST - 60
    for path in tmp_path.iterdir():
        os.utime(path, (long_ago, long_ago))
    for name in ("temuan-a.json", "a.part"):
        assert take(tmp_path / name) == name.encode()
    prune(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"temuan-a.json", "a.part", "index.json"}
    prune(tmp_path / "tidak-ada")
