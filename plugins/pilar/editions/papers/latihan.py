"""Exercises, cases, discussions and chapter questions without the text around; their keys apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lxml.html import HtmlElement
from markupsafe import Markup

from pilar.assembly.tree import EditionTree, ModuleNode

from .excerpts import alone, excerpts, label_of, markup, pages_with
from .paper import BothEditions

_TASKS = ("latihan", "kasus", "diskusi", "soal")
_KEYS = "descendant-or-self::*[@class='blok kunci' or @class='kunci-soal']"
_OWNERS = (
    "ancestor::section[@data-kode][not(contains(@class, 'kegiatan'))][1]",
    "preceding-sibling::section[@data-kode][1]",
    "ancestor::section[@data-kode][1]",
)
"""Whose a key is: of the task it stands in, else of the block before, else of the activity."""


@dataclass(frozen=True)
class Keys:
    """The keys of one block, under the name that the book has for it: `Kasus BLC-KS1`."""

    label: str
    """Empty for keys of no numbered block, as `title` is for those of questions."""
    title: str
    content: Markup


def latihan(both: BothEditions) -> dict[str, Any] | None:
    """By module and chapter the tasks of the participants; None where there are none."""
    return _by_module(both, both.participants, _tasks)


def kunci_latihan(both: BothEditions) -> dict[str, Any] | None:
    """By module and chapter every key that pages have, and whose it is; None without any.

    Questions that no page shows are not among them: those are for tests.
    """
    return _by_module(both, both.trainers, _keys)


_Chapters = Iterator[tuple[str, list[Any]]]


def _by_module(
    both: BothEditions, tree: EditionTree, chapters: Callable[[BothEditions, ModuleNode], _Chapters]
) -> dict[str, Any] | None:
    found = [(node, [found for found in chapters(both, node) if found[1]]) for node in tree.modules]
    return {"modul": filled} if (filled := [pair for pair in found if pair[1]]) else None


def _tasks(both: BothEditions, node: ModuleNode) -> _Chapters:
    for title, found in groupby(excerpts(both, node, *_TASKS), key=lambda task: task.page.title):
        yield title, list(found)


def _keys(both: BothEditions, node: ModuleNode) -> _Chapters:
    for page, body in pages_with(both, node, "kunci", "soal"):
        found = [(_owner(key), alone(key, body)) for key in body.xpath(_KEYS)]
        groups = groupby(found, key=lambda pair: pair[0])
        yield page.title, [_joined(owner, [key for _, key in group]) for owner, group in groups]


def _owner(key: HtmlElement) -> HtmlElement | None:
    return next((found[0] for path in _OWNERS if (found := key.xpath(path))), None)


def _joined(owner: HtmlElement | None, keys: Iterable[HtmlElement]) -> Keys:
    content = Markup("").join(map(_content, keys))
    if owner is None:
        return Keys("", "", content)
    return Keys(label_of(owner), label_of(owner, "nama"), content)


def _content(key: HtmlElement) -> Markup:
    """A key without the word `Kunci` above it, but with its title where it has one."""
    label, *parts = key
    return markup(*([label] if label.find("./*[@class='judul']") is not None else []), *parts)
