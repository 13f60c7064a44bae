"""Results that live as long as what they were made from."""

from __future__ import annotations

import gc
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
    calls: list[str] = []

    @kept
    def named(thing: Thing) -> str:
        calls.append(thing.name)
        return thing.name

    for number in range(1000):
        assert named(Thing(str(number))) == str(number)
    gc.collect()
    assert len(calls) == 1000
    (cells,) = (
        cell.cell_contents
        for cell in named.__closure__ or ()  # type: ignore[attr-defined]
        if isinstance(cell.cell_contents, dict)
    )
    assert cells == {}
