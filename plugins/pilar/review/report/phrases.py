"""Words of a review (Bahasa Indonesia) that its lines, its summary and its report share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pilar.editions.words import number
from pilar.model.sources import Source
from pilar.redline.diff import Run, word_runs
from pilar.redline.nodes import Word, parse
from pilar.review.compare.codes import CodeChange
from pilar.review.compare.data import ModuleReview
from pilar.review.compare.effects import Bump, CoverageChange
from pilar.syntax.render import LostBlockError, render

LOST = "Cakupan kurang"
"""Label of an indicator that has fewer activities or questions than before, or none of them."""
LONGEST = 280
"""Characters of a quoted text; the report shows all of it."""


@dataclass(frozen=True)
class Line:
    """A statement below a label: what it is about, then what there is to say of it.

    `name` leads to the report's part of the id `part`, which shows more.
    """

    label: str
    text: str
    name: str = ""
    part: str = ""
    also: tuple[tuple[str, str], ...] = ()
    """Other names, with their parts, of which the same is to be said."""
    rank: int = 1
    """1 what decides, 2 what pages and pictures show, 3 lists, 4 what a reviewer may pass over."""

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """All that it is about, each with its part; nothing where it is about nothing named."""
        return ((self.name, self.part), *self.also) if self.name else ()

    @property
    def heading(self) -> str:
        """The label, and how many it is about where these are several."""
        return f"{self.label} ({len(self.names)} kali)" if self.also else self.label

    @property
    def after(self) -> str:
        """What follows the name."""
        gap = "" if not self.name or self.text[:1] in ("", ":", ",") else " "
        return gap + self.text


def grouped(lines: Iterable[Line]) -> list[Line]:
    """Lines that say the same of several things as one, where the first of them stands."""
    found: dict[object, Line] = {}
    for line in lines:
        same = (line.label, line.text) if line.name else len(found)
        first = found.get(same)
        found[same] = replace(first, also=(*first.also, *line.names)) if first else line
    return list(found.values())


def plain(markdown: str) -> str:
    """Markdown as it is read, on one line: half of a link or a mark would be left by any cut."""
    text = _CITATION.sub(r"\1", " ".join(markdown.split()))
    if not _MARKUP.search(text):
        return text
    try:
        # A letter before it keeps `1.` from being a list.
        words = parse(render(f"x {text}"), "", {}, {}).all_words()
    except LostBlockError:
        return text
    return " ".join(spaced(tuple(words)))[2:]


def quoted(markdown: str, longest: int = LONGEST) -> str:
    """What an author's text says, in quotation marks, cut at a word where it is long."""
    return cited(plain(markdown), longest)


def cited(text: str, longest: int = LONGEST) -> str:
    """Text in quotation marks, cut at a word where it is long; an address is not cut amid."""
    if len(text) > longest:
        text = _ADDRESS.sub(r"\1…", text)
    if len(text) > longest:
        text = text[:longest].rpartition(" ")[0] or text[:longest]
        bracket = text.rfind("[")
        text = (text[:bracket].rstrip() if bracket > text.rfind("]") else text) + " …"
    return f"“{text}”"


T = TypeVar("T")
OUT, IN, END = "\ue000", "\ue001", "\ue002"
"""Marks in a line's text: what follows was deleted, was inserted, ends. Writers replace them."""
Runs = Sequence[tuple[str, Sequence[Word]]]
"""Words by their fate: `same`, `in` or `out`."""
_MARKUP = re.compile(r"[\[\]<>`*_~\\&^=]")
"""Signs without which Markdown is what it says."""
_CITATION = re.compile(r"\[@#?([^\]]*)\]")
_ADDRESS = re.compile(r"(\b[a-z]+://[^/\s]*/?)\S+")
_CONTEXT = 6
"""Unchanged words shown on each side of a change."""
_EDITED = 0.5


def edited(before: str, after: str) -> str:
    """What changed in a text: the changed words with some around them, or both texts whole."""
    read = plain(before), plain(after)
    if read[0] == read[1]:
        return f"{cited(read[1])} (tautan atau tampilannya lain)"
    runs = text_runs(*read)
    kept = sum(len(words) for fate, words in runs if fate == "same")
    if kept < _EDITED * max(len(text.split()) for text in read):
        return became(*map(cited, read))
    return marked(runs)


def text_runs(before: str, after: str) -> tuple[Run, ...]:
    """Words of two plain texts by their fate."""
    return word_runs(*([Word(word) for word in text.split()] for text in (before, after)))


def marked(runs: Runs) -> str:
    """The changed words in quotation marks, with some around them."""
    text = ""
    for index, (fate, run) in enumerate(runs):
        words = spaced(run)
        if fate == "same":
            first, last = index == 0, index == len(runs) - 1
            most = _CONTEXT * (1 if first or last else 2)
            if len(words) > most:
                start = [] if first else words[:_CONTEXT]
                end = [] if last else words[-_CONTEXT:]
                words = [*start, "…", *end]
            piece = " ".join(words)
        else:
            piece = f"{OUT if fate == 'out' else IN}{' '.join(words)}{END}"
        # Marks beside a letter would be no marks in Markdown.
        glued = fate == "same" and run[0].glued
        text += piece if glued or not index else f" {piece}"
    return f"“{text}”"


def spaced(words: Sequence[Word]) -> list[str]:
    """Words as they are read, punctuation at the word before it."""
    text: list[str] = []
    for word in words:
        if word.glued and text:
            text[-1] += word.text
        else:
            text.append(word.text)
    return text


def became(before: object, after: object) -> str:
    """`A menjadi B`."""
    return f"{before} menjadi {after}"


def step(before: T, after: T, shown: Callable[..., str] = number) -> str:
    """`18 → 19`, or `18` where nothing changed; `–` for what is not there."""
    first, last = shown(before), shown(after)
    if first == last:
        return last
    return f"{first if before else '–'} → {last if after else '–'}"


def counted(count: int, what: str) -> str:
    """`3 halaman`, `1.200 kata`."""
    return f"{count:,}".replace(",", ".") + f" {what}"


def counts(*found: tuple[int, str]) -> list[str]:
    """`3 halaman` of each thing that there are any of."""
    return [counted(count, what) for count, what in found if count]


def listed(items: Sequence[str], most: int = 8) -> str:
    """Items as a list in a sentence; past `most` they are only counted."""
    if len(items) > most:
        return ", ".join(cut(items, most, "lainnya"))
    return ", ".join(items[:-1]) + f" dan {items[-1]}" if len(items) > 1 else "".join(items)


def cut(items: Sequence[str], most: int, others: str) -> list[str]:
    """Items; past `most` there is but one more, `dan 3 …`, with the word for the `others`."""
    more = len(items) - most
    return [*items[:most], *[f"dan {more} {others}"] * (more > 0)]


def title(review: ModuleReview) -> str:
    """`BLC Membangun Komitmen Belajar`."""
    meta = review.module.meta
    return f"{meta.kode} {meta.judul}"


def state(review: ModuleReview) -> str:
    """Versions, or what happened to the module as a whole."""
    if review.unreadable:
        return "baru sekarang dapat dibaca" if review.old is None else "tidak dapat dibaca"
    if review.old is None:
        return f"modul baru, {review.module.meta.versi}"
    if review.new is None:
        return "modul dihapus"
    before, after = review.old.meta.versi, review.new.meta.versi
    return after if before == after else f"{before} → {after}"


def codes_line(codes: Sequence[CodeChange], most: int) -> str:
    """What each code meant and means, and where what it meant is found now."""
    facts = []
    for code in codes:
        now = f"kini {code.now}" if code.now else "tidak ada lagi"
        before, after = (quoted(name, 90) for name in (code.before, code.after))
        facts.append(f"{code.code} dahulu {before} ({now}), sekarang {after}")
    return "; ".join(cut(facts, most, "kode lainnya"))


def coverage_line(item: CoverageChange) -> str:
    """How an indicator's activities and questions changed in number; empty where it is gone."""
    if item.after is None:
        return ""
    before, after = item.before, item.after
    amounts = (
        ("kegiatan", len(before.activities) if before else 0, len(after.activities)),
        ("soal", len(before.questions) if before else 0, len(after.questions)),
    )
    if before is None:
        found = [counted(count, name) if count else f"tanpa {name}" for name, _, count in amounts]
        return f"IHB {after.number} (baru): {', '.join(found)}"
    steps = [f"{name} {old} → {new}" for name, old, new in amounts if old != new]
    return f"IHB {after.number}: {', '.join(steps)}"


def bump_line(bump: Bump) -> str:
    """Whether the version fits the change, and whether the curriculum takes it."""
    if bump.pinned in ("", bump.after):
        return _bump(bump)
    return f"{_bump(bump)}; kurikulum masih memakai {bump.pinned}"


def _bump(bump: Bump) -> str:
    step = f"{bump.before} → {bump.after}"
    wanted = f"perubahannya meminta {bump.proposed} ({bump.reason})"
    match bump.state:
        case "tepat" if bump.before == bump.after:
            return f"tetap {bump.after}, sebab isinya tidak berubah"
        case "tepat":
            return f"{step}, sesuai dengan perubahannya ({bump.reason})"
        case "lebih":
            return f"{step}, lebih tinggi daripada yang diminta: {wanted}"
        case "kurang":
            return f"{step} belum cukup: {wanted}"
        case "turun":
            return f"{step} turun: {wanted}"
        case "terkunci":
            return f"masih {bump.after}, padahal versi itu sudah dikunci: {wanted}"
        case "tetap":
            text = f"tetap {bump.after}, dan belum ada pelatihan yang dikunci padanya"
            return f"{text}; bila dinaikkan: {bump.proposed} ({bump.reason})"
        case "tanpa-isi":
            return f"{step}, padahal isinya tidak berubah"
    return f"{bump.after} (modul baru)"


_TRIVIAL = {
    "baris": "hanya ditata ulang barisnya",
    "nomor": "hanya bergeser nomornya",
    "tampilan": "hanya berbeda penulisan atau tampilan hurufnya",
    "tersembunyi": "hanya berubah pada komentar, yang tidak tampil",
}


def trivial_facts(review: ModuleReview) -> list[str]:
    """What differs in bytes and says the same."""
    facts = []
    for reason, words in _TRIVIAL.items():
        if count := sum(page.trivial == reason for page in review.pages):
            facts.append(f"{count} halaman {words}")
    facts += [f"{name} hanya ditata ulang" for name in review.rewritten]
    if review.bump and review.bump.state == "tanpa-isi":
        facts.append(f"versinya {bump_line(review.bump)}")
    return facts


def source_force(source: Source, names: Mapping[str, str]) -> str:
    """How long a law is in force, and what replaces it."""
    until = f"berlaku sampai {source.berlaku_sampai}" if source.berlaku_sampai else "berlaku"
    by = source.diganti_oleh
    return f"{until}, diganti oleh {names.get(by, by)}" if by else until
