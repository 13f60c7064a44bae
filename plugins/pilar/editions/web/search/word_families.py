"""Words of a site in families (dilatih, melatih, pelatihan), and how a word leads to its own.

`folded`, `words_in` and `roots` are in overrides/tema/assets/cari.js too, to the letter: a phone
finds the family of a word that it has never seen. A test compares them on every word of a site.

Decision: no stemmer. Snowball's Indonesian splits *rujukan* from *dirujuk* and joins *tanya* with
*bertamu*, does not know what words there are, and would have to go to the phone as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

SHORTEST = 3
"""Letters that affixes leave of a word (*isi*: mengisi)."""
_SURE = 5
"""Letters of a root that joins two words on a phone without being one (*jang*-an, *jang*-ku)."""
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_JOINED = re.compile("[-/]")
_SUFFIXES = ("kan", "an", "i", "nya", "ku", "mu", "lah", "kah", "pun")
_PREFIXES = tuple(
    (re.compile(pattern), first)
    for pattern, first in (
        ("^(?:di|ke|se|ter|ber|per)", ""),
        ("^(?:be|pe(?=[^aeioumn])|[mp]e(?=[lrwy]|[mn][aeiou]|ny))", ""),
        ("^(?:[mp]em(?=[bfpv])|[mp]en(?=[cdjstz])|[mp]eng|[bp]el(?=ajar))", ""),
        ("^[mp]em(?=[aeiou])", "p"),
        ("^[mp]en(?=[aeiou])", "t"),
        ("^[mp]eny(?=[aeiou])", "s"),
        ("^[mp]eng(?=[aeiou])", "k"),
    )
)
"""Each with the first letter of a root that it takes the place of (*tulis*: menulis)."""
_DEEPEST = 4
"""Affixes of a word: *mem-per-guna-kan-nya*."""


def folded(text: str) -> str:
    """In small letters, without diacritics and apostrophes: *Jum’at* and *jumat* are one word."""
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return letters.translate(_WITHOUT_MARKS).lower()


class _WithoutMarks(dict[int, int | None]):
    """For `str.translate`: each sign for itself, and nothing for a mark; found out once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code))[0] == "M" else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def words_in(text: str) -> Iterator[str]:
    """The words of a text, folded. A code with a digit (BLC-LK2, 8/2012) is one, and its parts; a
    letter alone numbers a section.
    """
    for match in _WORD.finditer(folded(text)):
        parts = _JOINED.split(match[0])
        if len(parts) > 1 and any(sign.isdigit() for sign in match[0]):
            yield match[0]
        yield from (part for part in parts if len(part) > 1 or not part.isalpha())


@lru_cache(maxsize=1 << 16)
def roots(word: str) -> list[str]:
    """The word and what it may be derived from, be there such a word or not; longest first."""
    found = last = {word}
    for _ in range(_DEEPEST):
        last = {root for each in last for root in _stripped(each) if len(root) >= SHORTEST} - found
        found = found | last
    return sorted(found, key=lambda root: (-len(root), root))


def _stripped(word: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        if word.endswith(suffix):
            yield word[: -len(suffix)]
    for prefix, first in _PREFIXES:
        if match := prefix.match(word):
            yield first + word[match.end() :]


def families(words: Iterable[str]) -> list[list[str]]:
    """The words in families, shortest first; the families in the order of their first words.

    A word belongs to the root that most words have in common; where that is no word of the site,
    it has four letters or more.
    """
    known = set(words)
    support = Counter(
        root
        for word in known
        for root in (roots(word) if word.isalpha() else [word])
        if root in known or len(root) > SHORTEST
    )
    groups = defaultdict[str, list[str]](list)
    for word in known:
        best = max(roots(word), key=lambda root: (support[root], len(root), root))
        groups[best].append(word)
    return sorted(sorted(group, key=lambda word: (len(word), word)) for group in groups.values())


def entries(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """What a phone must know of each family: its first word, and those that the roots of first
    words do not lead to.
    """
    leads = _leads(groups)
    return [
        [group[0], *(word for word in group[1:] if _led(word, leads) != {number})]
        for number, group in enumerate(groups)
    ]


def _leads(groups: Sequence[Sequence[str]]) -> Mapping[str, set[int]]:
    """Families by the roots of their first words; what is no word itself has five letters."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for root in roots(group[0]):
            if root == group[0] or len(root) >= _SURE:
                found.setdefault(root, set()).add(number)
    return found


def _led(word: str, leads: Mapping[str, set[int]]) -> set[int]:
    return next((leads[root] for root in roots(word) if root in leads), set())
