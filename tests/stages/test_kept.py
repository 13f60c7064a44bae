"""Results that live as long as what they were made from."""

from __future__ import annotations

import gc
import os
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

import pytest

from pilar.model.memoize import memoized
from pilar.store import cache
from pilar.store.cache import LONGEST, kept, prune, put, software, take


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


def test_of_too_much_that_goes_which_was_of_use_longest_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    for age, name in enumerate("abcd"):
        put(tmp_path / f"{name}.part", name.encode() * 1000)
        os.utime(tmp_path / f"{name}.part", (now - age, now - age))
    monkeypatch.setattr(cache, "LARGEST", 3000)
    prune(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"a.part", "b.part"}


def test_the_same_inputs_are_made_of_once_by_all_processes(tmp_path: Path) -> None:
    calls: list[tuple[str, ...]] = []

    def make(*inputs: str) -> bytes:
        def made() -> bytes:
            calls.append(inputs)
            return " ".join(inputs).encode()

        return kept(tmp_path, made, *inputs)

    asked = [("a", "b"), ("a", "b"), ("ab",), ("a", "b", ""), ("b", "a")]
    assert [make(*inputs) for inputs in asked] == [" ".join(one).encode() for one in asked]
    assert calls == list(dict.fromkeys(asked))


def test_other_code_and_another_tool_make_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, asked = tmp_path / "kode", iter(range(9))

    def make() -> bytes:
        cache.software.cache_clear()
        return kept(tmp_path / "tembolok", lambda: str(next(asked)).encode(), "a", code=code)

    code.mkdir()
    found = [make(), make()]
    for name in ("a.py", "hyph.dic", "huruf.conf", "daftar.txt", "kata.yml"):
        (code / name).write_text("lain", "utf-8")
        found += [make(), make()]
    monkeypatch.setattr(cache, "tools", lambda: {"pango": "lain"})
    found += [make(), make()]
    monkeypatch.undo()
    software.cache_clear()
    assert found == [str(number).encode() for number in range(7) for _ in range(2)]


def test_what_cannot_be_kept_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    assert kept(tmp_path / "berkas", lambda: b"jadi", "a") == b"jadi"
    assert kept(None, lambda: b"jadi", "a") == b"jadi"
