"""An abbreviation is spelled out where a reader first meets it in a module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pilar.model.edition import Edition
from pilar.model.problem import Problem

from . import lists
from .reading import Reading
from .text import Kind, Passage

_ABBREVIATION = r"(?:[A-Z][A-Z0-9]*-)?[A-Z0-9]*[A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*"
_MARKS = '[“”"’‘]*'
_ROMAN = re.compile(r"[IVXLC]+(?:-[IVXLC]+)?")
_ITEM = re.compile(r"[A-Z][A-Z0-9]*-[A-Z]{0,2}\d+")
"""Codes of items and page numbers: BLC-LK1, BLC-12."""


@dataclass(frozen=True)
class _Expansions:
    """Abbreviations of the glossary with what they stand for."""

    longs: Mapping[str, str]
    pattern: re.Pattern[str]


def are_spelled_out(reading: Reading) -> Iterator[Problem]:
    """L105, in each order in which an edition may read the module; titles are too short for it.

    perubahan.md is read by who knows the module: it only may not use what no glossary explains.
    """
    expansions = _expansions(reading)
    terms = {term.istilah for term in reading.facts.terms}
    general = lists.words("singkatan-umum") | {reading.module.meta.kode}
    unexplained: dict[tuple[str, int, str], tuple[Passage, int, set[Edition]]] = {}
    for edition in Edition:
        for order in reading.orders(edition):
            for passage, offset, short in _unexplained(order, expansions, general):
                place = (passage.path, passage.line_at(offset), short)
                unexplained.setdefault(place, (passage, offset, set()))[2].add(edition)
    for passage, offset, short in _unexplained(reading.changes, expansions, general):
        if short not in terms:
            place = (passage.path, passage.line_at(offset), short)
            unexplained.setdefault(place, (passage, offset, set()))
    for (_, _, short), (passage, offset, editions) in unexplained.items():
        span = offset, offset + len(short)
        if long := expansions.longs.get(short):
            readers = " dan ".join(sorted(editions))
            message = f"“{short}” belum dijelaskan ketika pertama dibaca {readers} di modul ini"
            new = f"{long} ({short})"
            yield passage.problem(span, "L105", message, f"Tulis “{new}”", instead=new, at=short)
        else:
            what = "kepanjangan singkatan" if short in terms else "singkatan"
            message = f"{what} “{short}” tidak ada di modules/glosarium.yml"
            hint = "Tambahkan di sana, atau tulis kepanjangannya saja"
            yield passage.problem(span, "L105", message, hint, at=short)


def _expansions(reading: Reading) -> _Expansions:
    longs = {t.istilah: t.kepanjangan for t in reading.facts.terms if t.kepanjangan}
    ordered = sorted(longs, key=lambda short: (-len(short), short))
    loose = (
        re.escape(s) if sum(map(str.isupper, s)) > 1 else f"(?i:{re.escape(s)})" for s in ordered
    )
    either = "|".join((*loose, _ABBREVIATION))
    return _Expansions(longs, re.compile(rf"(?<![\w-])(?:{either})(?![\w]|-[A-Z0-9])"))


def _unexplained(
    order: Sequence[Passage], expansions: _Expansions, general: frozenset[str]
) -> Iterator[tuple[Passage, int, str]]:
    """First uses, in reading order, of abbreviations that are not spelled out there."""
    by_name = {short.casefold(): short for short in expansions.longs}
    seen: set[str] = set()
    for passage in order:
        if passage.kind is Kind.TITLE:
            continue
        text = passage.flat
        for match in expansions.pattern.finditer(text):
            short = by_name.get(match[0].casefold(), match[0])
            long = expansions.longs.get(short)
            if short in seen or (not long and _is_general(short, general)):
                continue
            seen.add(short)
            if not long or not _is_spelled_out(text, match.span(), long):
                yield passage, match.start(), short


def _is_general(short: str, general: frozenset[str]) -> bool:
    """Whether everybody knows it, or it is no abbreviation at all."""
    capitals = sum(map(str.isupper, short))
    return (
        capitals < 2 or short in general or bool(_ROMAN.fullmatch(short) or _ITEM.fullmatch(short))
    )


def _is_spelled_out(text: str, place: tuple[int, int], long: str) -> bool:
    """Whether “long (SHORT)”, “SHORT (long)”, “long, disingkat SHORT” or the like stands there."""
    words = r"\s+".join(map(re.escape, long.split()))
    before = rf"(?i:{words}){_MARKS}(?:\s*\(|,? (?:yang )?(?:disingkat|atau) ){_MARKS}$"
    after = (
        rf"{_MARKS}(?:\s*\(|(?: adalah| ialah)? singkatan (?:dari )?| berarti ){_MARKS}(?i:{words})"
    )
    return bool(re.search(before, text[: place[0]]) or re.match(after, text[place[1] :]))
