"""Parses perubahan.md: a section per version, its entries, and who sees each of them.

Blocks `pelatih` and `peserta` mean the same as on a page, and fail closed as there.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise

from pilar.model.blocks import Block, Document, Heading
from pilar.model.changelog import Changelog, Entry, Section
from pilar.model.edition import Edition
from pilar.model.problem import Problem

from .page_parser import parse_page
from .source import mask_code_spans

_VERSION = re.compile(r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)]) +")
_LIST = re.compile(r"^(?![ \t]*(?:[-*+]|\d+[.)]) ).+$(?=\n[ \t]*(?:[-*+]|\d+[.)]) )", re.MULTILINE)
"""A line with a list right below it, which Markdown needs an empty line to recognize."""
_URGENT = re.compile(r"\*\*Ralat(?:[.:]\*\*|\*\*[.:]?) *")
_ELSEWHERE = re.compile(r"!\[|\[@|\[\^|\]\((?!https?://)")
ALLOWED = ("pelatih", "peserta")
"""Blocks that perubahan.md may hold."""
URGENT = "ralat"
"""Heading, in lower case, below which every entry is an error set right."""


def parse_changelog(text: str, path: str, problems: list[Problem]) -> Changelog:
    """Parse the text of perubahan.md; what is wrong with it goes to `problems`."""
    found: list[Problem] = []
    document = parse_page(text, path, found)
    problems += found
    if found:
        # With a mistake in its blocks, it is undefined who may see which text.
        return Changelog(path, readable=False)
    problems += _misplaced(document)
    versions = [heading for heading in document.headings if heading.level == 2]
    starts = [heading.line for heading in versions]
    ends = [*starts[1:], len(document.lines) + 1][: len(starts)]
    parser = _Parser(document)
    sections: list[Section] = []
    for heading, end in zip(versions, ends, strict=True):
        entries = parser.entries(heading.line + 1, end)
        if not _VERSION.fullmatch(heading.text):
            hint = "Tulis nomornya saja, misalnya ## 1.1.0"
            message = f"judul `{heading.text}` bukan nomor versi"
            problems.append(_problem(document, heading.line, message, hint, at=heading.text))
            continue
        if not entries:
            hint = "Tulis apa yang berubah, satu butir satu perubahan"
            message = f"versi {heading.text} tidak ada isinya"
            problems.append(_problem(document, heading.line, message, hint))
        sections.append(Section(heading.text, heading.line, entries))
    problems += _disorder(document, sections)
    return Changelog(path, tuple(sections), document=document)


def _problem(document: Document, line: int, message: str, hint: str, at: str = "") -> Problem:
    return document.problem(line, "V104", message, hint, at=at)


def _misplaced(document: Document) -> Iterator[Problem]:
    """What perubahan.md can not hold, for it is read apart from the module's pages."""
    if document.edition:
        yield _problem(document, 1, "berkas ini dibaca kedua edisi", "Hapus bagian awalnya (---)")
    for block in document.walk():
        if block.name not in ALLOWED:
            message = f"blok `{block.name}` tidak dipakai di perubahan.md"
            hint = "Yang dapat dipakai: pelatih, peserta"
            yield _problem(document, block.first, message, hint, at=block.name)
    for heading in document.headings:
        if heading.level == 3 and heading.text.casefold() != URGENT:
            if get_close_matches(heading.text.casefold(), [URGENT], cutoff=0.7):
                message = f"judul `{heading.text}` mirip `Ralat` tetapi bukan"
                yield _problem(document, heading.line, message, "Tulis ### Ralat", at=heading.text)
        elif heading.level > 3:
            hint = "Pakai ## untuk versi dan ### untuk kelompok di dalamnya"
            yield _problem(document, heading.line, "judul ini terlalu dalam", hint)
    first = next((h.line for h in document.headings if h.level == 2), len(document.lines) + 1)
    for number, line in document.text_lines():
        if number < first and line.strip() and not line.startswith("# "):
            hint = "Pindahkan ke bawah ## nomor versi"
            yield _problem(document, number, "teks di atas versi pertama tidak dipakai", hint)
            break
    for number, line in document.text_lines():
        if match := _ELSEWHERE.search(mask_code_spans(line)):
            message = f"gambar, kutipan, catatan kaki, atau tautan ke halaman (`{match[0]}`)"
            hint = "Di perubahan.md tulis namanya saja; tautan hanya ke alamat https://"
            yield _problem(document, number, message, hint, at=match[0])


def _disorder(document: Document, sections: list[Section]) -> Iterator[Problem]:
    for newer, older in pairwise(sections):
        if _order(older.version) >= _order(newer.version):
            message = f"versi {older.version} berada di bawah versi {newer.version}"
            hint = "Yang terbaru paling atas, masing-masing satu kali"
            yield _problem(document, older.line, message, hint)


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


@dataclass
class _Draft:
    """An entry whose last line has not come yet."""

    line: int
    audience: Edition | None
    urgent: bool
    item: bool
    lines: list[str]
    notes: list[_Draft] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """The last line that is not empty."""
        return next(line for line in reversed(self.lines) if line.strip())

    def takes(self, text: str) -> bool:
        """Does this line go on with the entry, or begin another?"""
        if not text.strip() or text.startswith(" "):
            return True
        if _ITEM.match(text):
            # What a paragraph announces with a colon stays below it.
            announced = self.rest.rstrip().endswith(":") or _ITEM.match(self.rest)
            return not self.item and bool(announced)
        return bool(self.lines[-1].strip())

    def done(self) -> Entry:
        text = textwrap.dedent("\n".join(self.lines[1:])).rstrip()
        text = f"{self.lines[0].strip()}\n{text}".strip()
        text = _LIST.sub(r"\g<0>\n", text)
        notes = tuple(note.done() for note in self.notes)
        if match := _URGENT.match(text):
            text = text[match.end() :]
            text = text[:1].upper() + text[1:]
        return Entry(text, self.line, self.urgent or bool(match), self.audience, notes)


class _Parser:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.owner: dict[int, Block] = {}
        self.audience: dict[int, Edition] = {}
        self.dropped: set[int] = set()
        for block in document.walk():
            lines = range(block.first, block.last + 1)
            self.owner |= dict.fromkeys(lines, block)
            if block.audience:
                self.audience |= dict.fromkeys(lines, block.audience)
            self.dropped.update(block.fences)
        self.headings: dict[int, Heading] = {h.line: h for h in document.headings}

    def entries(self, first: int, end: int) -> tuple[Entry, ...]:
        """Entries of the lines from `first` to before `end`."""
        found: list[_Draft] = []
        current: _Draft | None = None
        urgent = False
        block: Block | None = None
        for number in range(first, end):
            before, block = block, self.owner.get(number)
            line = self.document.lines[number - 1]
            text = line[len(block.prefix) :] if block else line
            if block is not before or number in self.dropped:
                current = None
            if number in self.dropped:
                continue
            if heading := self.headings.get(number):
                urgent, current = heading.text.casefold() == URGENT, None
                continue
            if current is None and block is None and found and text.startswith(" "):
                current = found[-1]  # the entry continues below a block nested in it
            if current is not None and current.takes(text):
                current.lines.append(text)
            elif text.strip():
                item = _ITEM.match(text)
                start = text[item.end() :] if item else text
                audience = self.audience.get(number)
                current = _Draft(number, audience, urgent, bool(item), [start])
                inside = block is not None and block.prefix and found
                (found[-1].notes if inside else found).append(current)
        return tuple(draft.done() for draft in found)
