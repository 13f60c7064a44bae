"""Words that have a better one: Indonesian, respectful, or as the glossary has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pilar.model.problem import Problem
from pilar.model.run import Facts

from . import lists
from .inline import Span
from .reading import Reading
from .text import Kind, Passage

_EXPLAINS = re.compile(r"[”\"’]?,? (?:\(|yaitu|yakni|adalah|ialah|artinya|berarti)")
_FORMER = re.compile(
    r"\b(?:dahulu|dulu|dulunya|sebelumnya|semula|lama|diganti|menggantikan|pengganti)\b", re.I
)
"""Words that mark a name as a former one."""
_FORMER_NAMES = frozenset({"pmks", "penyandang masalah kesejahteraan sosial"})


def is_indonesian(reading: Reading) -> Iterator[Problem]:
    """L103: names, terms of the glossary, and explained words in italics are no mistake."""
    terms = _term_names(reading.facts)
    explained: set[str] = set()
    for passage in reading.passages():
        explained |= explained_words(passage)
        yield from _with_prefixes(passage)
        for found in lists.search("inggris", passage):
            if (
                is_name(passage, found.start)
                or _is_within(found, (match.span() for match in _matches(terms, passage)))
                or (found.entry in explained and _is_within(found, passage.italics))
            ):
                continue
            yield passage.problem(
                (found.start, found.end),
                "L103",
                f"“{found.text}” ada padanannya dalam bahasa Indonesia",
                f"Tulis “{found.instead}”; bila kata asingnya perlu dikenal, "
                f"“{found.instead} (*{found.entry}*)”",
                instead=found.instead,
            )


def _with_prefixes(passage: Passage) -> Iterator[Problem]:
    for found in lists.foreign_verbs(passage):
        yield passage.problem(
            (found.start, found.end),
            "L103",
            f"“{found.text}” ada padanannya dalam bahasa Indonesia",
            f"Tulis “{found.instead}”",
            instead=found.instead,
        )


def explained_words(passage: Passage) -> set[str]:
    """Words in italics that stand in brackets after, or before, what they mean."""
    text = passage.flat
    return {
        text[start:end].casefold()
        for start, end in passage.italics
        if re.search(r"\([^()]*$", text[:start]) or _EXPLAINS.match(text[end:])
    }


def is_name(passage: Passage, offset: int) -> bool:
    """Whether the word there is written like a name: a capital inside a sentence."""
    return (
        passage.kind is not Kind.TITLE
        and passage.text[offset].isupper()
        and not begins_sentence(passage.flat, offset)
    )


def begins_sentence(text: str, offset: int) -> bool:
    """Whether the word at `offset` takes a capital because of its place."""
    before = text[:offset].rstrip()
    return (
        not before
        or before[-1] in ".!?…:;“‘\"'([–—•=→"
        or bool(re.search(r"[.!?…:][”’\"')\]]+$", before))
    )


def is_respectful(reading: Reading) -> Iterator[Problem]:
    """L104; the former name of PPKS may be named as such."""
    for passage in reading.passages():
        for found in lists.search("hormat", passage):
            if found.entry in _FORMER_NAMES and _FORMER.search(passage.flat):
                continue
            yield passage.problem(
                (found.start, found.end),
                "L104",
                f"“{found.text}” tidak dipakai untuk menyebut orang",
                f"Tulis “{found.instead}”",
                instead=found.instead,
            )


def follows_glossary(reading: Reading) -> Iterator[Problem]:
    """L107, for the terms that the glossary has."""
    terms = _term_names(reading.facts)
    for passage in reading.passages():
        for found in lists.search("istilah", passage):
            if found.instead.casefold() in terms:
                yield passage.problem(
                    (found.start, found.end),
                    "L107",
                    f"glosarium tidak memakai “{found.text}”",
                    f"Tulis “{found.instead}”",
                    instead=found.instead,
                    safe=True,  # the glossary has one word for one thing
                )


def _is_within(found: lists.Found, spans: Iterable[Span]) -> bool:
    return any(start <= found.start and found.end <= end for start, end in spans)


def _term_names(facts: Facts) -> frozenset[str]:
    names = (name for term in facts.terms for name in (term.istilah, term.kepanjangan))
    return frozenset(name.casefold() for name in names if name)


def _matches(names: frozenset[str], passage: Passage) -> Iterator[re.Match[str]]:
    """Where terms of the glossary stand."""
    if names:
        yield from lists.phrases(names).finditer(passage.flat)
