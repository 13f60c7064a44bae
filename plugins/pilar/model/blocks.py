"""A page as its author structured it: lines, headings and blocks, before any edition is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationInfo,
    field_validator,
)

from .edition import Edition
from .problem import Problem


def _words(value: object) -> object:
    """`a, b` and `[a, b]` mean the same list."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
IndicatorNumbers = tuple[Annotated[int, Field(ge=1, strict=True)], ...]


class Frozen(BaseModel):
    """Base of everything read from YAML: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Text = Annotated[str, Field(min_length=1)]


class NoOptions(Frozen):
    """A block that takes no options."""


class ItemOptions(Frozen):
    """Options that every numbered block takes."""

    id: Identifier | None = None
    """Name to refer to the block with `[@#id]`."""
    indikator: IndicatorNumbers = ()
    """Numbers of the indicators it serves, from 1."""


Share = Literal["orang", "kelompok", "kelas"]
"""Who gets one: each participant, each group, the class."""


class Material(Frozen):
    """Something that must lie ready for an activity: `jumlah` of it for each person, group, class.

    `per` has no default: a sheet for each person and one for the class are forty apart.
    """

    nama: Text
    jumlah: Annotated[float, Field(gt=0, le=1000, strict=True, allow_inf_nan=False)]
    per: Share


class ActivityOptions(ItemOptions):
    """Options of `kegiatan`."""

    menit: Annotated[int, Field(ge=1, le=600, strict=True)]
    """Planned minutes."""
    metode: Words = ()
    media: Words = ()
    inti: StrictBool = True
    """False: may be dropped when the session runs late."""
    minimum: Annotated[int, Field(ge=1, strict=True)] | None = None
    """Minutes it can be cut to when the session runs late; None: it can't."""
    bahan: tuple[Material, ...] = ()
    kelompok: Annotated[int, Field(ge=1, le=100, strict=True)] | None = None
    """People a group."""

    @field_validator("minimum")
    @classmethod
    def _fits(cls, value: int | None, info: ValidationInfo) -> int | None:
        planned = info.data.get("menit")
        if value and planned and value > planned:
            raise ValueError(f"paling besar {planned}, yaitu `menit` kegiatan ini")
        return value


FOR_TRAINERS = ("bahan", "kelompok", "minimum")
"""Options of `kegiatan` that only trainers read."""


class CardOptions(ItemOptions):
    """Options of `kartu`."""

    set: Share = "kelas"
    """Who gets a set of the cards."""
    lebar: Annotated[int, Field(ge=2, le=4, strict=True)] = 2
    """Cards in a row."""
    untuk: Literal["semua"] | None = None
    """None: the trainers alone see them."""


class WorksheetOptions(ItemOptions):
    """Options of `lembar-kerja`: an empty table (`kolom`, `baris`) or ruled lines (`garis`)."""

    kolom: tuple[str, ...] = ()
    baris: Annotated[int, Field(ge=1, le=40, strict=True)] | tuple[str, ...] = 4
    """Number of empty rows, or the rows' labels."""
    garis: Annotated[int, Field(ge=1, le=40, strict=True)] | None = None
    dikumpulkan: StrictBool = False
    """True: participants hand it in, so that their book has it on a sheet of its own."""


class ObjectiveOptions(Frozen):
    """Options of `tujuan`."""

    indikator: IndicatorNumbers = ()
    """Indicators to show; empty: the learning result and all of them."""


@dataclass(frozen=True)
class BlockType:
    """The type of a block.

    `audience` is the only edition that sees it (None: both), unless an option of the block says
    otherwise: ask `Block.audience`. `label` is how it is called in
    print. `letter` numbers it within its module (BLC-LK1); blocks without one have no number.
    `title` says whether text behind `|` is required (True), refused (False) or free (None).
    `holds` names the blocks that may be nested in it (None: any).
    """

    label: str
    audience: Edition | None = None
    letter: str = ""
    title: bool | None = None
    options: type[Frozen] = NoOptions
    holds: frozenset[str] | None = None
    nested: bool = True
    """Whether it may be nested in another block."""


_AUDIENCE = frozenset({"pelatih", "peserta", "kunci"})
_ALL = frozenset(
    "pelatih peserta kunci kegiatan kartu latihan kasus diskusi lembar-kerja rangkuman refleksi "
    "tujuan modul soal caption figure-caption table-caption".split()
)
_NOTHING: frozenset[str] = frozenset()
_SHOWN = _ALL - _AUDIENCE

BLOCKS: dict[str, BlockType] = {
    "pelatih": BlockType("Pelatih", audience=Edition.PELATIH, holds=_SHOWN),
    # Trainers would not see cards in it, and they cut them out.
    "peserta": BlockType("Peserta", audience=Edition.PESERTA, holds=_SHOWN - {"kartu"}),
    "kunci": BlockType("Kunci", audience=Edition.PELATIH, holds=_SHOWN),
    "kegiatan": BlockType(
        "Kegiatan", letter="K", title=True, options=ActivityOptions, nested=False
    ),
    "kartu": BlockType(
        "Kartu",
        audience=Edition.PELATIH,
        letter="KT",
        title=True,
        options=CardOptions,
        holds=_NOTHING,
    ),
    "latihan": BlockType("Latihan", letter="L", title=True, options=ItemOptions),
    "kasus": BlockType("Kasus", letter="KS", title=True, options=ItemOptions),
    "diskusi": BlockType("Diskusi", letter="D", title=True, options=ItemOptions),
    "lembar-kerja": BlockType("Lembar Kerja", letter="LK", title=True, options=WorksheetOptions),
    "rangkuman": BlockType("Rangkuman"),
    "refleksi": BlockType("Refleksi"),
    "tujuan": BlockType("Tujuan Pembelajaran", options=ObjectiveOptions, holds=_NOTHING),
    "modul": BlockType("Modul", title=True, holds=_NOTHING),
    "soal": BlockType("Soal", title=True, holds=_AUDIENCE),
    "caption": BlockType("", title=False, holds=_NOTHING),
    "figure-caption": BlockType("Gambar", title=False, holds=_NOTHING),
    "table-caption": BlockType("Tabel", title=False, holds=_NOTHING),
}
"""Every block an author may use. Anything else stops the build."""


@dataclass(frozen=True)
class Block:
    """One block of a page. Line numbers count from 1 and include the fences."""

    name: str
    title: str
    options: Frozen
    first: int
    body: int
    """First line after header and options."""
    last: int
    prefix: str
    """Text before the fence: indentation of a list, `>` of a quotation."""
    fence: str
    """Its slashes, three or more; a nested block has another number of them."""
    heading_level: int
    """Level (2..6) of a title of this block: one below the heading before it."""
    children: tuple[Block, ...] = ()

    @property
    def type(self) -> BlockType:
        """The registry entry of this block's name."""
        return BLOCKS[self.name]

    @property
    def audience(self) -> Edition | None:
        """The only edition that sees it, None for both: that of its type, unless it is opened."""
        opened = isinstance(self.options, CardOptions) and self.options.untuk == "semua"
        return None if opened else self.type.audience

    @property
    def fences(self) -> tuple[int, ...]:
        """Lines of its header, options and closing."""
        return (*range(self.first, self.body), self.last)

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Heading:
    """An ATX heading; `anchor` is its id in every edition, unique in the page."""

    level: int
    text: str
    anchor: str
    line: int
    trailer: str = ""
    """Attribute list without id, as written."""


@dataclass(frozen=True)
class Footnote:
    """A footnote's text, from its first line to its last; `prefix` is what containers put before
    it."""

    name: str
    first: int
    last: int
    prefix: str


@dataclass(frozen=True)
class Ignore:
    """A comment `<!-- pilar: abaikan CODE reason -->`; without a code it says something else."""

    line: int
    code: str = ""
    reason: str = ""
    column: int = 0
    text: str = ""
    """The comment as written; it is alone on its line, from `column` on."""


@dataclass(frozen=True)
class Document:
    """A parsed page.

    `lines` has comments and front matter blanked and tabs expanded, so that line n of the file
    is `lines[n - 1]`; `literal` holds the numbers of lines inside code fences, fences included.
    `ignores` is what remains of comments meant for `pilar check`.
    """

    path: str
    lines: tuple[str, ...]
    literal: frozenset[int]
    edition: Edition | None
    title: str
    blocks: tuple[Block, ...] = ()
    headings: tuple[Heading, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    comments: tuple[tuple[str, int], ...] = ()
    """Text and line of every comment, also of the front matter. No output may hold them."""

    def walk(self) -> Iterator[Block]:
        """All blocks in reading order."""
        for block in self.blocks:
            yield from block.walk()

    @property
    def fences(self) -> frozenset[int]:
        """Lines of headers, options and closings of all blocks."""
        return frozenset(number for block in self.walk() for number in block.fences)

    def problem(
        self, line: int, code: str, message: str, hint: str, *, at: str = "", instead: str = ""
    ) -> Problem:
        """A problem of a line, or of the words `at` in it; `instead` is a fix for them."""
        return Problem(self.path, line, code, message, hint).on_line(self.lines, at, instead)

    def text_lines(self) -> Iterator[tuple[int, str]]:
        """Number and text of every line that is not code."""
        for number, line in enumerate(self.lines, 1):
            if number not in self.literal:
                yield number, line
