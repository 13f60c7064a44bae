"""Texts as n-grams of words, independent of markup, case, hyphenation and line breaks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Any

WINDOW = 5
"""Words in a sequence that is searched for."""
SHORTEST = 3
"""Words in the shortest passage that is searched for as a whole."""
RARE = 5
"""Letters in the shortest word that is searched for alone."""

Gram = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"[-\u00ad\u2010\ufffe\x02](?<=\w.)\s*[\r\n]+\s*(?=\w)")
# PDFium has U+FFFE for a hyphen at the end of a line: of a broken word, but of SIKS-NG too.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]|\ufffe(?![A-Z\d])")
_MARKS = re.compile(r"[\u00a0\u00b7\u00d7\u2010-\u2015\u2018-\u201f\u2022\u2026\u2192\u2212]")
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_LONG = 4
"""Letters of a content word; `1 a 2 b 3` may occur anywhere."""


def words_of(text: str) -> list[str]:
    """The words of a text, case-folded, those hyphenated at a line's end joined."""
    if "\n" in text or "\r" in text:
        text = _BROKEN.sub("", text)
    if not text.isascii():
        text = _MARKS.sub(" ", _INVISIBLE.sub("", text))
    if text.isascii():
        # Five times as fast as the general case below, with the same result.
        return text.translate(_PLAIN).split()
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def grams_of(words: list[str], length: int) -> Iterator[Gram]:
    """Every run of `length` words. An iterator: building a set costs ten times the look-ups."""
    return zip(*(words[start:] for start in range(length)), strict=False)


class Sequences:
    """A set of sequences to search texts for."""

    def __init__(self, grams: Iterable[Gram]) -> None:
        wanted = frozenset(grams)
        self._starts = frozenset(gram[:SHORTEST] for gram in wanted)
        self._by_length = {
            length: frozenset(gram for gram in wanted if len(gram) == length)
            for length in {len(gram) for gram in wanted}
        }

    def found(self, words: list[str]) -> Iterator[Gram]:
        """Those that occur in a text, once each."""
        if self._starts.isdisjoint(grams_of(words, SHORTEST)):
            return
        for length, grams in self._by_length.items():
            yield from grams.intersection(grams_of(words, length))


class Memory:
    """What texts hold of a set of words and sequences. Outputs of one process repeat each other's
    texts, and are searched for nearly the same: what was found once is remembered by the text.
    """

    def __init__(self, words: Set[str], grams: Set[Gram]) -> None:
        self.words, self.grams = frozenset(words), frozenset(grams)
        self._sequences = Sequences(self.grams)
        self._found: dict[str | bytes, tuple[Set[str], Set[Gram]]] = {}

    def found(self, text: str) -> tuple[Set[str], Set[Gram]]:
        """Those words and sequences that are in a text."""
        # Bytes for a digest, so that no text can pass for another.
        key = text if len(text) < _SHORT else hashlib.sha256(text.encode(*_ANY)).digest()
        if (known := self._found.get(key)) is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            words = words_of(text)
            grams = frozenset(self._sequences.found(words))
            known = self._found[key] = self.words.intersection(words) or _NONE, grams or _NONE
        return known


_NONE: frozenset[Any] = frozenset()
_SHORT = 200
"""Characters of a text that is remembered as it is; a longer one by its digest."""
_REMEMBERED = 100_000
"""Texts; of a run there are 20,000."""
_ANY = "utf-8", "surrogatepass"
_last = Memory(_NONE, _NONE)


def memory_of(words: Set[str], grams: Set[Gram]) -> Memory:
    """A memory for all these, and for others: who asks leaves out what else it found.

    It is that of the search before, unless that did not know of one of them.
    """
    global _last
    if not (words <= _last.words and grams <= _last.grams):
        _last = Memory(_last.words | words, _last.grams | grams)
    return _last


def is_distinctive(gram: Iterable[str]) -> bool:
    """Whether a sequence identifies its passage: has two content words or more."""
    return sum(map(_is_content, gram)) >= 2


@lru_cache(maxsize=1 << 16)
def _is_content(word: str) -> bool:
    return len(word) >= _LONG and not word.isdigit()


def is_rare(word: str) -> bool:
    """Whether a word is long enough to identify the passage it is from."""
    return len(word) >= RARE and not any(letter.isdigit() for letter in word)
