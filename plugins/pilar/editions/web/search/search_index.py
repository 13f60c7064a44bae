"""The index of a site's words: which section holds which word, and how much it is about it."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from sys import intern

from .page_sections import Section
from .word_families import entries, families, words_in

LEVELS = 15
"""Weights of a word in a section: 1 to this, letters of the alphabet in the index."""
MOST_PLACES = 250
"""Sections listed for a word, those where it weighs most: *dan* finds nothing by itself."""
_SATURATION, _LENGTH = 1.2, 0.5
"""k1 and b of BM25 (Robertson and Zaragoza 2009): a tenth mention adds little, length matters."""
_TITLE, _CHAPTER, _MODULE = 1.5, 0.5, 0.25
"""What a word in the title of a section, of its page and of its module adds to the saturated count
of 0 to 1; of a section's long title, each word less.
"""
_NEAR = 10
"""The average length of sections is rounded to so many words: a page weighs the same in all runs of
a curriculum then, and is not weighed again.
"""
_LISTS = 0.35
"""Lists lead to what the other pages say: those come first, unless a code is asked for."""


@dataclass(frozen=True)
class SitePage:
    """A finished page: its address in the site, what it is part of, what it shows."""

    address: str
    module: str
    """Title of its module; empty for a page of none."""
    title: str
    sections: tuple[Section, ...]
    is_list: bool = False
    """Glossary, bibliography, opening pages: entries about other pages."""

    @property
    def place(self) -> str:
        """Module and chapter, as a result names them."""
        return " › ".join(dict.fromkeys(filter(None, (self.module, self.title))))


@dataclass(frozen=True)
class Word:
    """A word as it is written, with the weight it has in sections, by their number."""

    form: str
    weights: Mapping[int, int]


@dataclass(frozen=True)
class Family:
    """Words of one root. `entries` are those by which a phone finds it."""

    entries: Sequence[str]
    words: Sequence[Word]


def index_of(pages: Iterable[SitePage]) -> list[Family]:
    """The words of all pages in families; sections count through from 0."""
    weights = _weights(list(pages))
    groups = families(weights)
    return [
        Family(names, [Word(form, weights[form]) for form in group])
        for group, names in zip(groups, entries(groups), strict=True)
    ]


def _weights(pages: Sequence[SitePage]) -> dict[str, dict[int, int]]:
    counts = [_counted(section.text).total() for page in pages for section in page.sections]
    average = sum(counts) / max(len(counts), 1)
    near = max(_NEAR, round(average / _NEAR) * _NEAR)
    found = defaultdict[str, dict[int, float]](dict)
    sections = chain.from_iterable(_weights_in(page, near) for page in pages)
    for number, (words, weights) in enumerate(sections):
        for word, weight in zip(words, weights, strict=True):
            found[word][number] = weight
    return {word: _strongest(by_section) for word, by_section in found.items()}


@lru_cache(maxsize=160)
def _weights_in(page: SitePage, average: int) -> list[tuple[tuple[str, ...], array[float]]]:
    """Of each section of a page its words and what they weigh. Most pages are those of the run
    before: a process keeps some 130,000 weights, hence the arrays.
    """
    found: list[tuple[tuple[str, ...], array[float]]] = []
    around = dict.fromkeys(words_in(page.module), _MODULE)
    around |= dict.fromkeys(words_in(page.title), _CHAPTER)
    for section in page.sections:
        count, title = _counted(section.text), list(words_in(section.title))
        dampened = _SATURATION * (1 - _LENGTH + _LENGTH * count.total() / average)
        in_title = _TITLE / (0.6 + 0.1 * len(title))
        words, weights = tuple({*count, *title, *around}), array("d")
        for word in words:
            weight = count[word] / (count[word] + dampened)
            weight += in_title * (word in title) + around.get(word, 0)
            weight *= _LISTS if page.is_list and not _is_code(word) else 1
            weights.append(weight)
        found.append((tuple(map(intern, words)), weights))
    return found


@lru_cache(maxsize=4096)
def _counted(text: str) -> Counter[str]:
    """The words of a text; most are in both editions, and in all runs."""
    return Counter(words_in(text))


def _strongest(weights: Mapping[int, float]) -> dict[int, int]:
    """Levels in MOST_PLACES sections at most, in the order of the site."""
    if len(weights) > MOST_PLACES:
        chosen = sorted(weights, key=lambda number: (-weights[number], number))[:MOST_PLACES]
        weights = {number: weights[number] for number in sorted(chosen)}
    full = (1 + 2 * _TITLE) / LEVELS
    return {number: max(1, round(weight / full)) for number, weight in weights.items()}


def _is_code(word: str) -> bool:
    return any(sign.isdigit() for sign in word) and not word.isdigit()
