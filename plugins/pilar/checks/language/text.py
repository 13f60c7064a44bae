"""The text that people read on a page, passage by passage, in reading order.

A passage is what is read in one go: a paragraph, an item of a list, a title, a cell. Code,
options that are not printed, addresses and marks of Markdown are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property, partial

from pilar.checks.markdown.commonmark import Reading, Token, inline, read
from pilar.checks.markdown.regions import folded, region
from pilar.model.blocks import ActivityOptions, Block, Document, WorksheetOptions
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.position import Keys, Located
from pilar.model.problem import Problem
from pilar.model.span import Range

from .inline import Span, read_inline


class Kind(Enum):
    """What a passage is to its readers."""

    PROSE = auto()
    TITLE = auto()
    """Heading, title of a block or box, term of a definition list."""
    CELL = auto()
    """Cell of a table or worksheet, choice of a question."""
    QUOTATION = auto()
    """Blockquote: a law or a voice, not the author's own words."""


@dataclass(frozen=True)
class Passage:
    """Text as read; its line breaks are those of the source, so that each word has its line."""

    path: str
    line: int
    """Line of the file at which `text` begins."""
    text: str
    kind: Kind = Kind.PROSE
    audience: Edition | None = None
    """The only edition that sees it, None for both."""
    italics: tuple[Span, ...] = ()
    lines: Sequence[str] = field(default=(), repr=False, compare=False)
    """Lines of its file."""
    place: Range | None = field(default=None, compare=False)
    """The whole value, where it stands in a YAML file."""

    def problem(
        self,
        span: Span,
        code: str,
        message: str,
        hint: str,
        *,
        at: str | None = None,
        instead: str = "",
        safe: bool = False,
    ) -> Problem:
        """A problem of the words at `span` of `text`, at their exact place as far as it is known.

        Marks of Markdown between the words belong to it. `at` is what to look for in the file
        instead of those words; `instead` a fix for it, with a capital where the text has one.
        """
        start, end = span
        problem = Problem(self.path, self.line_at(start), code, message, hint)
        place = self.place or self._place(start, end)
        number = problem.line
        area = place
        if area is None and number <= len(self.lines):
            area = number, 1, number, len(self.lines[number - 1]) + 1
        if self.text[start].isupper():
            instead = instead[:1].upper() + instead[1:]
        problem = problem.at(place) if place else problem
        words = self.flat[start:end] if at is None else at
        areas = [area] if area else []
        return problem.at_words(words, self.lines, *areas, instead=instead, safe=safe)

    def _place(self, start: int, end: int) -> Range | None:
        """Where in the page the text from `start` to `end` stands; None where that is not known."""
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        if last > len(self.lines):
            return None
        words = self.flat[start:end].split()
        head = self._column(words[0], first, start)
        tail = self._column(words[-1], last, start + self.text[start:end].rfind(words[-1]))
        return (first, head, last, tail + len(words[-1])) if head and tail else None

    def _column(self, word: str, line: int, offset: int) -> int | None:
        """Column in the file of the word that stands at `offset` of the text."""
        earlier = self.text.count(word, self.text.rfind("\n", 0, offset) + 1, offset)
        places = [match.start() for match in re.finditer(re.escape(word), self.lines[line - 1])]
        return places[min(earlier, len(places) - 1)] + 1 if places else None

    def line_at(self, offset: int) -> int:
        """Line of the file in which the character at `offset` stands."""
        return self.line + self.text.count("\n", 0, offset)

    @cached_property
    def flat(self) -> str:
        """`text` on one line, offsets unchanged."""
        return self.text.replace("\n", " ")

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in it, in lower case, hyphened ones in their parts."""
        return frozenset(_WORD.findall(self.text.casefold()))


Piece = Passage | Block
"""Text of a page, or a block that prints what stands elsewhere (soal, tujuan, modul)."""

GENERATED = frozenset({"soal", "tujuan", "modul"})
"""Blocks whose text comes from modul.yml and soal.yml."""

_WORD = re.compile(r"[^\W\d_]+")
_OPTION = re.compile(r"[ >]*(?P<name>[a-z_]+):")


@memoized
def page_pieces(document: Document) -> tuple[Piece, ...]:
    """Everything that is read on a page, in order; `audience` says who reads it."""
    return tuple(_in_region(document, None, document.edition))


def text_passages(source: Located, keys: Keys, text: str, kind: Kind = Kind.PROSE) -> list[Passage]:
    """Passages of a Markdown value of a YAML file; all of them stand at its line and place."""
    written = Passage(source.path, source.line(*keys), "", lines=source.text)
    return [
        replace(
            piece,
            line=written.line,
            text=piece.flat,
            kind=kind if piece.kind is Kind.PROSE else piece.kind,
            place=source.ranges.get(keys),
        )
        for piece in _in_reading(read(text), written, lambda line: 1)
        if isinstance(piece, Passage)
    ]


def _in_region(
    document: Document, block: Block | None, audience: Edition | None
) -> Iterator[Piece]:
    """What is read of the page, or of the text of a block, those nested in it in their places."""
    area = region(document, block)
    nested = {child.first: child for child in (block.children if block else document.blocks)}
    written = Passage(document.path, 0, "", audience=audience, lines=document.lines)
    for piece in _in_reading(read(area.text), written, area.numbers.__getitem__):
        child = folded(piece.text) if isinstance(piece, Passage) else None
        if child is None:
            yield piece
        elif inner := nested.get(child):
            seen_by = inner.audience or audience
            yield from _head(inner, document, seen_by)
            if inner.body < inner.last:
                yield from _in_region(document, inner, seen_by)


def _in_reading(
    reading: Reading, written: Passage, number: Callable[[int], int]
) -> Iterator[Piece]:
    """Passages of a text, with what `written` says of all of them; `number` gives the line of the
    file for one of the text, from 0.
    """
    inside: list[str] = []
    line = 0
    for token in reading.tokens:
        if token.map:
            line = reading.numbers[min(token.map[0], len(reading.numbers) - 1)]
        if token.nesting:
            inside = [*inside, token.type] if token.nesting > 0 else inside[:-1]
        elif token.type == "inline" and (box := reading.box(token.content)):
            title = replace(written, line=number(line), kind=Kind.TITLE)
            yield from _passages(title, inline(box.title or ""))
            inner = read("\n".join(box.text))
            yield from _in_reading(inner, written, partial(_further, number, box.first))
        elif token.type == "inline":
            passage = replace(written, line=number(line), kind=_kind(inside))
            yield from _passages(passage, token.children or ())


def _further(number: Callable[[int], int], first: int, line: int) -> int:
    return number(first + line)


def _kind(inside: Sequence[str]) -> Kind:
    """What a passage is by the blocks that it stands in."""
    kinds = {"heading_open": Kind.TITLE, "dt_open": Kind.TITLE, "blockquote_open": Kind.QUOTATION}
    cells = {"th_open": Kind.CELL, "td_open": Kind.CELL}
    return next((found for name in inside if (found := (kinds | cells).get(name))), Kind.PROSE)


def _passages(written: Passage, tokens: Sequence[Token]) -> Iterator[Passage]:
    """What is read of inline Markdown."""
    found = read_inline(tokens)
    if found.text.strip():
        yield replace(written, text=found.text, italics=found.italics)
    for breaks, alt in found.pictures:
        if alt.strip():
            yield replace(written, line=written.line + breaks, text=alt, kind=Kind.PROSE)


def _head(block: Block, document: Document, audience: Edition | None) -> Iterator[Piece]:
    """What the header of a block prints: its title, and the words among its options."""
    if block.title and block.name not in GENERATED:
        place = document.path, block.first, "", Kind.TITLE
        yield from _passages(Passage(*place, audience, lines=document.lines), inline(block.title))
    lines = {
        match["name"]: number
        for number in range(block.first + 1, block.body)
        if (match := _OPTION.match(document.lines[number - 1]))
    }
    for name, values in _printed_options(block):
        first = lines.get(name, block.first)
        for value in values:
            below = (n for n in range(first, block.body) if value in document.lines[n - 1])
            place = document.path, next(below, first), "", Kind.CELL
            yield from _passages(Passage(*place, audience, lines=document.lines), inline(value))
    if block.name in GENERATED:
        yield block


def _printed_options(block: Block) -> Iterator[tuple[str, Iterable[str]]]:
    options = block.options
    if isinstance(options, ActivityOptions):
        yield "metode", options.metode
        yield "media", options.media
        yield "bahan", (material.nama for material in options.bahan)
    if isinstance(options, WorksheetOptions):
        yield "kolom", options.kolom
        yield "baris", options.baris if isinstance(options.baris, tuple) else ()
