"""Sentences are short (issue 3: median at most 18 words, none over 40)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from pilar.model.problem import Problem

from .reading import Reading
from .text import Kind, Passage

LONGEST = 40
"""Words of a sentence, quotations aside."""
MEDIAN = 18
"""Words of the sentence in the middle, of all sentences of a module."""

_WORD = re.compile(r"[^\W_]+(?:[-.,’'/][^\W_]+)*")
_END = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s+[“‘\"'(\[]*[^\W_a-z])")
_SHORTENED = re.compile(
    r"(?:^|[\s(“‘\"'])(?:[A-Z]|No|Jl|Gg|Dr|dr|Drs|Dra|Ir|Hj|Prof|Bpk|Sdr|hlm|Kec|Kel|Kab|a\.n|u\.p)\.$"
)
_ENDED = re.compile(r"[.!?…][”’\"')\]]*\s*$")


def sentences(passage: Passage) -> Iterator[tuple[int, str]]:
    """Offset and text of each sentence of a passage."""
    text = passage.flat
    start = 0
    for match in _END.finditer(text):
        if not _SHORTENED.search(text[start : match.start() + 1]):
            yield start, text[start : match.end()]
            start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def length(sentence: str) -> int:
    """Words of a sentence; numbers and hours count as words."""
    return len(_WORD.findall(sentence))


def none_too_long(reading: Reading) -> Iterator[Problem]:
    """L101."""
    for passage in reading.passages():
        if passage.kind is not Kind.PROSE:
            continue
        for start, sentence in sentences(passage):
            if (count := length(sentence)) > LONGEST:
                words = _WORD.findall(sentence)
                offset = start + len(sentence) - len(sentence.lstrip())
                yield passage.problem(
                    (offset, start + len(sentence)),
                    "L101",
                    f"kalimat {count} kata, paling banyak {LONGEST}: “{' '.join(words[:6])} …”",
                    "Bagi menjadi dua kalimat atau lebih, atau jadikan daftar",
                    at="",
                )


def median_is_short(reading: Reading) -> Iterator[Problem]:
    """L102: over what ends like a sentence; items of lists that do not would lower it."""
    lengths = [
        length(sentence)
        for passage in reading.taught()
        if passage.kind is Kind.PROSE
        for _, sentence in sentences(passage)
        if _ENDED.search(sentence)
    ]
    if lengths and (middle := median(lengths)) > MEDIAN:
        source = reading.module.source
        yield source.problem(
            ("judul",),
            "L102",
            f"separuh kalimat modul ini lebih panjang dari {middle:g} kata, "
            f"paling banyak {MEDIAN}".replace(".", ","),
            "Bagi kalimat yang panjang; satu kalimat satu pikiran",
        )
