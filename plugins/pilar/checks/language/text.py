"""The text that people read on a page, passage by passage, in reading order.

A passage is what is read in one go: a paragraph, an item of a list, a title, a cell. Code,
options that are not printed, addresses and marks of Markdown are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property

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
_QUOTED = re.compile(r" *>[ >]*")
_RULE = re.compile(r"(?:[-*_] *){3,}")
_HEADING = re.compile(r"#{1,6} +(?P<text>.*?)(?: +#+)?(?: *\{:?[^{}]*\})? *")
_BOX = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]*)(?: +[\w -]+)?(?: *\"(?P<title>[^\"]*)\")? *")
_DEFINED_ADDRESS = re.compile(r"(?:\*\[[^\]]+\]|\[(?![\^@])[^\]]+\]):")
_CONTAINER = re.compile(
    r"(?P<mark>\[\^[^\]\s]+\]:|:(?= )|[-*+](?= )|\d+[.)](?= )) *(?:\[[ xX]\] +)?"
)
_SEPARATOR = re.compile(r"[ >]*+\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_OPTION = re.compile(r"[ >]*(?P<name>[a-z_]+):")
_CODE_INDENT = 4


@memoized
def page_pieces(document: Document) -> tuple[Piece, ...]:
    """Everything that is read on a page, in order; `audience` says who reads it."""
    splitter = _Splitter(document.path, document.lines)
    audiences = _audiences(document)
    heads = {block.first: block for block in document.walk()}
    closings = {block.last for block in document.walk()}
    number = 1
    while number <= len(document.lines):
        block = heads.get(number)
        if block or number in closings or number in document.literal:
            splitter.flush()
        splitter.audience = audiences[number]
        if block:
            splitter.pieces += _head(block, document, audiences[number])
            number = block.body
            continue
        if number not in closings and number not in document.literal:
            splitter.feed(number, document.lines[number - 1])
        number += 1
    splitter.flush()
    return tuple(splitter.pieces)


def text_passages(source: Located, keys: Keys, text: str, kind: Kind = Kind.PROSE) -> list[Passage]:
    """Passages of a Markdown value of a YAML file; all of them stand at its line and place."""
    splitter = _Splitter(source.path, text.split("\n"))
    for number, content in enumerate(splitter.lines, 1):
        splitter.feed(number, content)
    splitter.flush()
    return [
        replace(
            piece,
            line=source.line(*keys),
            text=piece.flat,
            kind=kind if piece.kind is Kind.PROSE else piece.kind,
            lines=source.text,
            place=source.ranges.get(keys),
        )
        for piece in splitter.pieces
        if isinstance(piece, Passage)
    ]


def _audiences(document: Document) -> list[Edition | None]:
    """Who sees each line; index 0 stands for no line."""
    audiences = [document.edition] * (len(document.lines) + 1)
    for block in document.walk():
        if audience := block.type.audience:
            for number in range(block.first, block.last + 1):
                audiences[number] = audience
    return audiences


def _head(block: Block, document: Document, audience: Edition | None) -> Iterator[Piece]:
    """What the header of a block prints: its title, and the words among its options."""
    if block.title and block.name not in GENERATED:
        place = document.path, block.first, block.title, Kind.TITLE
        yield from _passages(Passage(*place, audience, lines=document.lines))
    lines = {
        match["name"]: number
        for number in range(block.first + 1, block.body)
        if (match := _OPTION.match(document.lines[number - 1]))
    }
    for name, values in _printed_options(block):
        for value in values:
            place = document.path, lines.get(name, block.first), value, Kind.CELL
            yield from _passages(Passage(*place, audience, lines=document.lines))
    if block.name in GENERATED:
        yield block


def _printed_options(block: Block) -> Iterator[tuple[str, Iterable[str]]]:
    options = block.options
    if isinstance(options, ActivityOptions):
        yield "metode", options.metode
        yield "media", options.media
    if isinstance(options, WorksheetOptions):
        yield "kolom", options.kolom
        yield "baris", options.baris if isinstance(options.baris, tuple) else ()


def _passages(written: Passage) -> Iterator[Passage]:
    """What is read of a passage whose text is still Markdown."""
    inline = read_inline(written.text)
    if inline.text.strip():
        yield replace(written, text=inline.text, italics=inline.italics)
    for breaks, alt in inline.pictures:
        if alt.strip():
            yield replace(written, line=written.line + breaks, text=alt, kind=Kind.PROSE)


class _Splitter:
    """Takes a page line by line and puts passages together."""

    def __init__(self, path: str, lines: Iterable[str]) -> None:
        self.path = path
        self.lines = tuple(lines)
        self.pieces: list[Piece] = []
        self.audience: Edition | None = None
        self.open: list[str] = []
        """Lines of the paragraph that is being read."""
        self.first = 0
        self.is_item = False
        """Whether it began with the mark of a list or definition; else it may be a term."""
        self.kind = Kind.PROSE
        self.containers: list[int] = []
        """Indentation of the lists, definitions and boxes that the line stands in."""
        self.after_blank = True
        self.in_table = False
        self.in_code = False

    def flush(self, kind: Kind | None = None) -> None:
        """The paragraph ends here; `kind` says what it turned out to be."""
        if self.open:
            self.emit(self.first, "\n".join(self.open), kind or self.kind)
            self.open = []

    def emit(self, line: int, markup: str, kind: Kind) -> None:
        written = Passage(self.path, line, markup, kind, self.audience, lines=self.lines)
        self.pieces += _passages(written)

    def feed(self, number: int, line: str) -> None:
        """Read one line that is no code and no header or end of a block."""
        quoted = _QUOTED.match(line)
        rest = line[quoted.end() :] if quoted else line
        content = rest.strip()
        if not content:
            self.flush()
            self.after_blank, self.in_table = True, False
            return
        if self.is_code(len(rest) - len(rest.lstrip()), bool(quoted)):
            return
        self.after_blank = False
        if self.is_row(number, content):
            self.row(number, content)
        elif not self.stands_alone(number, content):
            self.paragraph(number, content, quoted is not None)

    def is_code(self, indent: int, quoted: bool) -> bool:
        """Whether a line is code by its indentation; keeps track of what contains it."""
        if self.after_blank:
            self.containers = [place for place in self.containers if place < indent]
        deep = not quoted and indent >= _CODE_INDENT * (len(self.containers) + 1)
        self.in_code = deep and (self.in_code or self.after_blank)
        self.indent = indent
        return self.in_code

    def is_row(self, number: int, content: str) -> bool:
        if "|" not in content:
            self.in_table = False
        elif not self.in_table and number < len(self.lines):
            below = self.lines[number]
            self.in_table = "|" in below and bool(_SEPARATOR.fullmatch(below))
        return self.in_table

    def row(self, number: int, content: str) -> None:
        self.flush()
        if not _SEPARATOR.fullmatch(content):
            for cell in _BETWEEN_CELLS.split(content):
                self.emit(number, cell.strip().replace("\\|", "|"), Kind.CELL)

    def stands_alone(self, number: int, content: str) -> bool:
        """Read a line that is not part of a paragraph; False when it is."""
        if match := _HEADING.fullmatch(content):
            self.flush()
            self.emit(number, match["text"], Kind.TITLE)
        elif match := _BOX.fullmatch(content):
            self.flush()
            self.enter(self.indent)
            self.emit(number, match["title"] or "", Kind.TITLE)
        elif _RULE.fullmatch(content) or _DEFINED_ADDRESS.match(content):
            self.flush()
        else:
            return False
        return True

    def paragraph(self, number: int, content: str, quoted: bool) -> None:
        place = self.indent
        while match := _CONTAINER.match(content):
            defines = match["mark"] == ":" and not self.is_item
            self.flush(Kind.TITLE if defines else None)
            self.is_item = True
            self.enter(place)
            place += match.end()
            content = content[match.end() :]
        kind = Kind.QUOTATION if quoted else Kind.PROSE
        if self.open and kind is not self.kind:
            self.flush()
        if not self.open:
            self.first, self.kind = number, kind
            self.is_item = place > self.indent
        self.open.append(content)

    def enter(self, indent: int) -> None:
        """A list, definition or box begins at this indentation."""
        self.containers = [place for place in self.containers if place < indent]
        self.containers.append(indent)
