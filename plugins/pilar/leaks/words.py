"""Texts as sequences of words, whatever their markup, case, hyphens and line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

WINDOW = 5
"""Words of a sequence that is looked for."""
SHORTEST = 3
"""Words of the shortest passage that is looked for as a whole."""
RARE = 5
"""Letters of the shortest word that is looked for alone."""

Gram = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010\ufffe\x02]\s*[\r\n]+\s*(?=\w)")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_LONG = 4
"""Letters that make a word say something; `1 a 2 b 3` may stand anywhere."""


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, those broken at a line's end made whole."""
    text = _INVISIBLE.sub("", _BROKEN.sub("", text))
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def grams_of(words: list[str], length: int) -> Iterator[Gram]:
    """Every run of `length` words."""
    return zip(*(words[start:] for start in range(length)), strict=False)


def telling(gram: Iterable[str]) -> bool:
    """Whether a sequence says enough to be known again: two words of some length."""
    return sum(len(word) >= _LONG and not word.isdigit() for word in gram) >= 2


def is_rare(word: str) -> bool:
    """Whether a word is long enough to stand for the passage it is from."""
    return len(word) >= RARE and not any(letter.isdigit() for letter in word)
