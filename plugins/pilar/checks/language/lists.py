"""The lists of words in `daftar/`: one entry a line, `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .text import Passage

_FOLDER = Path(__file__).parent / "daftar"
NAMES = ("inggris", "hormat", "istilah", "salah-eja", "kata-kerja")
"""The lists of pairs."""
_VERBS = "kata-kerja"
"""English verbs → passive and active Indonesian ones."""
_CLITICS = ("nya", "ku", "mu", "lah", "kah")

Pairs = dict[str, str]
"""What is not to be written → what to write instead."""


@cache
def words(name: str) -> frozenset[str]:
    """Entries of `daftar/<name>.txt`."""
    return frozenset(_entries(name))


@cache
def pairs(name: str) -> Pairs:
    """Entries `this = that` of `daftar/<name>.txt`."""
    return {wrong.strip(): right.strip() for wrong, right in map(_split, _entries(name))}


@dataclass(frozen=True)
class Found:
    """An entry of a list of pairs in a text: where, as written there, and what to write instead."""

    start: int
    end: int
    text: str
    entry: str
    instead: str


def search(name: str, passage: Passage) -> Iterator[Found]:
    """Entries of `daftar/<name>.txt` in a passage, as whole words; the longest one wins."""
    if _heads(name).isdisjoint(passage.words):
        return
    for match in _pattern(name).finditer(passage.flat):
        entry = " ".join(match["entry"].casefold().split())
        yield Found(match.start(), match.end(), match[0], entry, pairs(name)[entry])


def foreign_verbs(passage: Passage) -> Iterator[Found]:
    """English verbs with Indonesian prefixes: *di-share*, *mengupdate* (kata-kerja.txt)."""
    for match in _affixed().finditer(passage.flat):
        base = " ".join(match["base"].casefold().split())
        passive, _, active = pairs(_VERBS)[base].partition(", ")
        instead = passive if match["prefix"].casefold() == "di" else active
        yield Found(match.start(), match.end(), match[0], base, instead)


@cache
def _affixed() -> re.Pattern[str]:
    ordered = sorted(pairs(_VERBS), key=lambda base: (-len(base), base))
    either = "|".join(r"\s+".join(map(re.escape, base.split())) for base in ordered)
    prefix = r"(?P<prefix>di|meng|meny|mem|men|me|nge|ng)"
    return re.compile(
        rf"(?<![\w-]){prefix}-?(?P<base>{either})(?:-?(?:kan|in|i|{'|'.join(_CLITICS)}))?(?!\w)",
        re.I,
    )


def phrases(entries: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the entries as whole words, also before -nya and other clitics."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    either = "|".join(r"\s+".join(map(re.escape, entry.split())) for entry in ordered)
    clitic = f"(?:-?(?:{'|'.join(_CLITICS)}))?"
    return re.compile(rf"(?<![\w-])(?P<entry>{either}){clitic}(?!\w)", re.I)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return phrases(pairs(name))


@cache
def _heads(name: str) -> frozenset[str]:
    """First words of the entries: a text without any of them need not be searched."""
    first = {re.split(r"\W", entry, maxsplit=1)[0] for entry in pairs(name)}
    return frozenset(word + clitic for word in first for clitic in ("", *_CLITICS))


def _split(entry: str) -> tuple[str, str]:
    wrong, _, right = entry.partition("=")
    return wrong, right


def _entries(name: str) -> Iterator[str]:
    for line in (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if entry := line.partition("#")[0].strip():
            yield entry
