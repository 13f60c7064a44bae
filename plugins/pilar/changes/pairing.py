"""Which thing became which, whatever it is called: the one way in which two states are paired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from pilar.model.curriculum import Module, Page

T = TypeVar("T")

ALIKE = 0.6
"""Share of common words from which on two things without a common name are one.

Unrelated pages of one curriculum share up to half of their words: every Indonesian text is full of
`yang`, `dan` and `peserta`.
"""
_SAME_FILE = 0.25
"""Likeness that two pages of the same file have in advance: a page that was split stays the part
that keeps its name."""


class Pairs(Generic[T]):
    """Things before and after, each paired at most once: by the first step that finds a partner."""

    def __init__(self, before: Iterable[T], after: Iterable[T]) -> None:
        self.before, self.after = tuple(before), tuple(after)
        self._partners: dict[int, int] = {}
        """Place before of what is at a place after."""
        self._removed, self._added = dict(enumerate(self.before)), dict(enumerate(self.after))
        """What has no partner, by its place."""

    def by(
        self, key: Callable[[T], Hashable], before: Callable[[T], Hashable] | None = None
    ) -> Self:
        """Pair what has the same key, in order; `before` gives that of old things, if otherwise."""
        waiting: dict[Hashable, list[int]] = {}
        for place, thing in self._removed.items():
            waiting.setdefault((before or key)(thing), []).append(place)
        for place, thing in list(self._added.items()):
            if found := waiting.get(key(thing)):
                self._pair(found.pop(0), place)
        return self

    def alike(
        self, words: Callable[[T], Iterable[str]], bonus: Callable[[T, T], float] = lambda *_: 0.0
    ) -> Self:
        """Pair what shares most `words` (`bonus`, 0 to 1, added), if that is enough."""
        gone = [(place, thing, Counter(words(thing))) for place, thing in self._removed.items()]
        come = [(place, thing, Counter(words(thing))) for place, thing in self._added.items()]
        scored = (
            (-overlap(bag, new_bag) - bonus(old, new), place, new_place)
            for place, old, bag in gone
            for new_place, new, new_bag in come
        )
        for unlike, place, new_place in sorted(scored):
            if -unlike >= ALIKE and place in self._removed and new_place in self._added:
                self._pair(place, new_place)
        return self

    def _pair(self, place: int, new_place: int) -> None:
        self._partners[new_place] = place
        del self._removed[place], self._added[new_place]

    @property
    def matched(self) -> list[tuple[T, T]]:
        """What is there before and after, in the new order."""
        return [(self.before[old], self.after[new]) for new, old in sorted(self._partners.items())]

    @property
    def added(self) -> list[T]:
        """What is there after alone."""
        return list(self._added.values())

    @property
    def removed(self) -> list[T]:
        """What is there before alone."""
        return list(self._removed.values())

    @property
    def everything(self) -> list[tuple[T | None, T | None]]:
        """What is there before or after, with its partner, in the new order; removed ones last."""
        old = {place: self.before[partner] for place, partner in self._partners.items()}
        both = [(old.get(place), thing) for place, thing in enumerate(self.after)]
        return [*both, *((thing, None) for thing in self.removed)]

    @property
    def reordered(self) -> bool:
        """Do the things that both have stand in another order?"""
        places = [old for _, old in sorted(self._partners.items())]
        return places != sorted(places)


def overlap(old: Counter[str], new: Counter[str]) -> float:
    """Share of elements that both have, 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


def letters(title: str) -> list[str]:
    """Every three letters in a row, for titles are too short to share words."""
    text = title.casefold()
    return [text[place : place + 3] for place in range(len(text) - 2)]


def renamed_modules(before: Mapping[str, Module], after: Mapping[str, Module]) -> dict[str, str]:
    """Old slug of each new one that has any: that of the same folder, code or lines."""
    pairs = Pairs(before.values(), after.values())
    pairs.by(lambda module: module.slug).by(lambda module: module.meta.kode).alike(_lines)
    return {new.slug: old.slug for old, new in pairs.matched}


def _lines(module: Module) -> list[str]:
    """Lines, for modules are so long that any two of them share half of their words."""
    lines = (line.strip() for page in module.pages for _, line in page.document.text_lines())
    return [line for line in lines if line]


@dataclass(frozen=True, eq=False)
class PlacedPage:
    """A page and the module that it stands in."""

    module: Module
    page: Page


P = TypeVar("P", bound=PlacedPage)


def paired_pages(before: Iterable[P], after: Iterable[P], modules: Mapping[str, str]) -> Pairs[P]:
    """Pages of two states, of one module or of many; `modules` has the old slug of each new one."""

    def old_place(placed: P) -> tuple[str, str]:
        return placed.module.slug, placed.page.name

    def place(placed: P) -> tuple[str, str]:
        return modules.get(placed.module.slug, ""), placed.page.name

    def lines(placed: P) -> tuple[str, ...]:
        return placed.page.document.lines

    pairs = Pairs(before, after)
    pairs.by(lambda new: (place(new), lines(new)), lambda old: (old_place(old), lines(old)))
    pairs.alike(page_words, lambda old, new: _SAME_FILE * (old_place(old) == place(new)))
    return pairs.by(place, old_place)


def page_words(placed: PlacedPage) -> list[str]:
    """Words of a page's text, code aside."""
    return [word for _, line in placed.page.document.text_lines() for word in line.split()]
