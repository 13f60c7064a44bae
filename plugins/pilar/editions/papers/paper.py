"""A paper: its row in the catalogue, what it is made from, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from pilar.assembly.day import Day
from pilar.assembly.materials import Class
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.editions.book.markup import pages_markup
from pilar.model.edition import Edition
from pilar.model.run import RunFile

PDF = "pdf"
"""Suffix of the file that every paper has, and the only one that participants get."""
FOR_TRAINERS = "dokumen-pelatih-pilar"
"""A keyword of all papers but the participants': many are made of words that participants have too,
and the leak gate (leaks/gate.py) knows them by it wherever they lie."""

FIRST_DAY, LAST_DAY, EACH_DAY = ("hari pertama",), ("hari terakhir",), ("setiap hari",)
"""When a paper is needed; ids on pages of each day's, `hari-1` or `sesi-1`, say of which day."""


@dataclass(frozen=True)
class BothEditions:
    """A run as its trainers have it and as its participants do."""

    trainers: EditionTree
    participants: EditionTree
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Labels of pages in the trainers' book, `BLC-12`, by slug of the module and code of block."""
    pages: Mapping[tuple[Edition, str], Mapping[str, str]] = field(default_factory=dict)
    """`pages_markup` by edition and slug, of modules of which books have made it already."""

    def pages_of(self, node: ModuleNode) -> Mapping[str, str]:
        """`pages_markup` of a module: what books have made of it, or made now."""
        return self.pages.get((node.edition, node.module.slug)) or pages_markup(node)

    @property
    def run(self) -> RunFile:
        """The run's file."""
        return self.trainers.run.file

    @property
    def days(self) -> tuple[Day, ...]:
        """The timetable with the steps that trainers see."""
        return self.trainers.days

    @property
    def people(self) -> int:
        """How many are trained."""
        return self.run.peserta.jumlah

    @property
    def whom(self) -> Class:
        """For how many things must lie ready."""
        return Class(self.people, self.run.groups)

    @property
    def sheet(self) -> tuple[int, int]:
        """Width and height of the run's paper in mm."""
        return self.run.sheet


def one(both: BothEditions) -> int:
    """A single copy, for the trainers or the office."""
    return 1


def each_person(both: BothEditions) -> int:
    """A copy for every participant."""
    return both.people


@dataclass(frozen=True)
class Paper:
    """A row of the catalogue.

    `data` computes what the template prints beside the run and its tree: `data(both)`, or
    `data(both, node)` of a paper that each module has; None where this run has no such paper.
    """

    stem: str
    """File name without suffix; with the module's code behind it where each has one: rbpmp-blc."""
    title: str
    data: Callable[..., Mapping[str, Any] | None] = lambda *_: {}
    form: str = ""
    """Name of its template, where it is not `stem`."""
    each: bool = False
    """One for every module."""
    copies: Callable[[BothEditions], int] = one
    duplex: bool = True
    landscape: bool = False
    sheet: str = ""
    """A4 or F4 where its form says so, whatever paper the run uses."""
    word: bool = False
    """Officials edit it: also as .docx."""
    workbook: bool = False
    """Its tables are lists: also as .xlsx."""
    participants: bool = False
    """Theirs as well; then made from their tree alone."""
    last: bool = False
    """Lists all the others: `data(both, printed)`."""
    needed: tuple[str, ...] = ()
    """Events at which it is needed, or one of the marks of days above."""

    @property
    def template(self) -> str:
        """File in overrides/kertas/."""
        return f"{self.form or self.stem}.html"

    @property
    def office(self) -> tuple[str, ...]:
        """Suffixes of its files that can be edited."""
        return tuple(filter(None, ("docx" * self.word, "xlsx" * self.workbook)))


@dataclass(frozen=True)
class Printed:
    """A finished paper, or a book: what downloads, lists for the copier and the manifest say."""

    stem: str
    title: str
    pages: int
    copies: int
    duplex: bool = True
    needed: tuple[str, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Bytes by suffix: pdf, docx, xlsx."""
    folder: str = "dokumen"
    module: str = ""
    """Slug of its module; empty where it is of the whole run."""
    participants: bool = False
    booklet: bool = False
    """A book imposed, `pages` being the sides of its sheets."""
    anchors: Mapping[str, int] = field(default_factory=dict)
    """Page, from 0, of each id."""
    quality: Mapping[str, Any] | None = None
    """What the pages of a book are like (editions/book/page_quality.py)."""

    @property
    def sheets(self) -> int:
        """Sheets of paper that all copies take."""
        return self.copies * (ceil(self.pages / 2) if self.duplex else self.pages)

    def path(self, suffix: str = PDF) -> str:
        """Where the file is, from the edition's folder."""
        return f"{self.folder}/{self.stem}.{suffix}"

    def entry(self) -> dict[str, Any]:
        """For the manifest: what it counts, no word of it, for the trainers' site may be sealed."""
        entry = {
            "berkas": [self.path(suffix) for suffix in self.sizes],
            "halaman": self.pages,
            "lembar": self.sheets,
            "salinan": self.copies,
            "bita": sum(self.sizes.values()),
        }
        return entry | {"mutu": self.quality} if self.quality else entry
