"""Codes that mean something else now: printed cards, sheets and books go on calling it by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pilar.assembly.numbering import Item, number_module
from pilar.changes.pairing import Pairs
from pilar.model.curriculum import Module


@dataclass(frozen=True)
class CodeChange:
    """A code and what it meant and means: titles, or ids of questions."""

    code: str
    before: str
    after: str
    now: str
    """The code that the old thing has now; empty where it is gone."""


def code_changes(old: Module, new: Module) -> Iterator[CodeChange]:
    """Codes of blocks and questions that both versions have, and that mean another thing now."""
    before, after = number_module(old), number_module(new)
    items = {item.code: item for item in before.items.values()}
    became = {id(a): b.code for a, b in _paired(list(items.values()), list(after.items.values()))}
    for item in after.items.values():
        was = items.get(item.code)
        if was and became.get(id(was)) != item.code:
            yield CodeChange(item.code, _called(was), _called(item), became.get(id(was), ""))
    ids = {code: name for name, code in before.questions.items()}
    for name, code in after.questions.items():
        if code in ids and ids[code] != name:
            yield CodeChange(code, ids[code], name, after.questions.get(ids[code], ""))


def _paired(old: list[Item], new: list[Item]) -> Iterator[tuple[Item, Item]]:
    """Which item became which: by its words, its id or its title; a letter stays its letter."""
    for kind in dict.fromkeys(item.block.name for item in new):
        sides = ([item for item in side if item.block.name == kind] for side in (old, new))
        pairs = Pairs(*sides).by(_says).by(_id).by(_title).alike(_words)
        yield from pairs.matched


def _says(item: Item) -> tuple[str, ...]:
    return item.page.document.lines[item.block.first - 1 : item.block.last]


def _id(item: Item) -> object:
    return getattr(item.block.options, "id", None) or id(item)


def _title(item: Item) -> object:
    return item.block.title or id(item)


def _words(item: Item) -> list[str]:
    return " ".join(_says(item)).split()


def _called(item: Item) -> str:
    return item.block.title or item.page.title
