"""Results that live as long as what they were made from."""

from __future__ import annotations

import gc
import weakref
from dataclasses import dataclass

from pilar.model.kept import kept


@dataclass(frozen=True)
class Thing:
    name: str


def test_the_same_object_is_asked_once_and_an_equal_one_anew() -> None:
    calls: list[tuple[str, int]] = []

    @kept
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

    @kept
    def twin(thing: Thing) -> Thing:
        made = Thing(thing.name)
        results.append(weakref.ref(made))
        return made

    for number in range(1000):
        assert twin(Thing(str(number))).name == str(number)
    gc.collect()
    assert len(results) == 1000
    assert [result for result in results if result() is not None] == []
