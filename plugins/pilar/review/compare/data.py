"""What a review says, as frozen data: no words for readers, no HTML."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pilar.changes.modules import Differences, ModuleChange
from pilar.model.blocks import ActivityOptions
from pilar.model.curriculum import Activity, Curriculum, Hours, Module, Question
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.sources import Source, Term
from pilar.project.run_results import Evidence

from .changelog_review import NoteChange
from .codes import CodeChange
from .effects import Bump, CoverageChange, RunReview
from .page_review import PageReview
from .touched import Touched


@dataclass(frozen=True)
class Side:
    """One of the two states: short id of the commit (or a name), its first line, its day."""

    name: str
    title: str
    date: datetime.date


_ARRANGEMENT = {*ActivityOptions.model_fields, "judul"} - {"id"}
"""Fields of an activity besides its text and its place."""


@dataclass(frozen=True)
class PictureChange:
    """A picture of a module before and after; empty bytes where it is not there."""

    path: str
    before: bytes
    after: bytes


@dataclass(frozen=True)
class ModuleReview:
    """What became of a module. `old` or `new` is None for one that is new or gone."""

    old: Module | None
    new: Module | None
    change: ModuleChange | None = None
    bump: Bump | None = None
    pages: tuple[PageReview, ...] = ()
    coverage: tuple[CoverageChange, ...] = ()
    pictures: tuple[PictureChange, ...] = ()
    notes: tuple[NoteChange, ...] = ()
    """What perubahan.md says otherwise, version by version."""
    codes: tuple[CodeChange, ...] = ()
    """Codes that mean something else now."""
    rewritten: tuple[str, ...] = ()
    """YAML files that differ in bytes and say the same."""
    evidence: tuple[Touched, ...] = ()
    """What runs showed of its questions and activities that came, went or changed."""
    unreadable: bool = False
    """It is there in both states, but one of them cannot be read."""

    @property
    def module(self) -> Module:
        """The newer of the two."""
        module = self.new or self.old
        assert module is not None
        return module

    @property
    def slug(self) -> str:
        """Folder name of the newer one."""
        return self.module.slug

    @property
    def questions(self) -> Differences[Question]:
        """Questions that came, went or changed: all of a module that is new or gone."""
        if self.change is not None:
            return self.change.questions
        old, new = self.old, self.new
        return Differences(new.questions if new else (), old.questions if old else ())

    @property
    def activities(self) -> Differences[Activity]:
        """Activities that came, went or changed: all of a module that is new or gone."""
        if self.change is not None:
            return self.change.activities
        old, new = self.old, self.new
        return Differences(new.activities if new else (), old.activities if old else ())

    @property
    def reordered(self) -> tuple[str, ...]:
        """`halaman`, `soal`, `kegiatan`, `indikator`: what stands in another order."""
        change = self.change
        if change is None:
            return ()
        kinds = (
            ("halaman", change.pages.reordered),
            ("soal", change.questions.reordered),
            ("kegiatan", change.activities.reordered),
            ("indikator", change.indicators.reordered),
        )
        return tuple(name for name, reordered in kinds if reordered)

    @property
    def renamed(self) -> bool:
        """Has its folder another name?"""
        return bool(self.old and self.new and self.old.slug != self.new.slug)

    @property
    def real(self) -> tuple[PageReview, ...]:
        """Pages that say something else, or stand elsewhere."""
        return tuple(page for page in self.pages if not page.trivial)

    @property
    def structural(self) -> bool:
        """Are hours, results, indicators, topics or coverage others?"""
        change = self.change
        return bool(self.coverage) or bool(
            change and (change.hours or change.result or change.indicators or change.topics)
        )

    @property
    def silent(self) -> bool:
        """Does it say the same as before, whatever it and its pages are called?"""
        return (
            self.change is not None
            and not any(page.redline or page.turned for page in self.pages)
            and not self.pictures
            and not self.reordered
            and not (self.change.fields - {"halaman"} or self.change.questions)
            and not self.repaged
        )

    @property
    def trivial(self) -> bool:
        """Does it say the same as before, under the same names?"""
        return self.silent and not self.renamed and not self.real

    @property
    def told(self) -> bool:
        """Is there anything of it to read?"""
        return not self.trivial or bool(self.notes)

    @property
    def repaged(self) -> bool:
        """Did pages come or go, if only to another module?"""
        return bool(self.change and (self.change.pages.added or self.change.pages.removed))

    @property
    def textual(self) -> bool:
        """Is all that is different what pages say?"""
        change = self.change
        return (
            change is not None
            and any(page.redline for page in self.real)
            and not any(page.old is None or page.new is None for page in self.real)
            and not any(page.opened or page.closed or page.turned for page in self.real)
            and not self.renamed
            and not self.coverage
            and not self.pictures
            and not self.reordered
            and not (change.fields - {"halaman"} or change.questions or change.sources)
            and not change.cards
            and not self.rearranged
            and not self.repaged
        )

    @property
    def rearranged(self) -> bool:
        """Did activities come or go, or are they others in more than their text?"""
        if self.change is None:
            return False
        found = self.change.activities
        arranged = any(_ARRANGEMENT & pair.fields for pair in found.changed)
        return bool(arranged or found.added or found.removed)


@dataclass(frozen=True)
class Registries:
    """Curriculum, sources, terms and words before and after."""

    curriculum: tuple[Curriculum, Curriculum] | None
    """None where neither of them differs."""
    sources: Differences[Source] = field(default_factory=Differences)
    terms: Differences[Term] = field(default_factory=Differences)
    competences: Differences[str] = field(default_factory=Differences)
    words: Differences[str] = field(default_factory=Differences)
    """Of the word list."""

    def __bool__(self) -> bool:
        return bool(self.curriculum or self.sources or self.terms or self.words)


@dataclass(frozen=True)
class SheetPicture:
    """A printed page before and after as WebP; empty bytes where there is none."""

    before: bytes
    after: bytes
    page_before: int
    """Its number, from 1; 0 where there is none."""
    page_after: int


@dataclass(frozen=True)
class Print:
    """A book of one edition, from cover to glossary, before and after."""

    edition: Edition
    pages: tuple[int, int]
    size: tuple[int, int]
    """Bytes, without the QR codes that only a build with an address has."""
    pictures: tuple[SheetPicture, ...] = ()
    """Changed pages of its body."""
    more: int = 0
    """Changed pages that are not shown."""
    failed: str = ""
    """Why it could not be printed (Indonesian)."""

    @property
    def sheets(self) -> tuple[int, int]:
        """Sheets of paper, printed on both sides."""
        before, after = self.pages
        return -(-before // 2), -(-after // 2)


@dataclass(frozen=True)
class Relocation:
    """A question or an activity that left one module and stands in another."""

    kind: Literal["soal", "kegiatan"]
    name: str
    """Id or title."""
    source: str
    """Old slug of the module that it left."""
    target: str
    """Slug of the module that has it now."""


@dataclass(frozen=True)
class Review:
    """Everything."""

    base: Side
    head: Side
    asked: str
    """Id of the base that was asked for, where `base` is the commit that both grew from."""
    authors: tuple[tuple[str, int], ...] = ()
    """Who wrote the commits in between, and how many of them."""
    modules: tuple[ModuleReview, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)
    """Of the newer state; of the older one where the newer shows none."""
    registries: Registries = Registries(None)
    runs: tuple[RunReview, ...] = ()
    new: tuple[Problem, ...] = ()
    """Problems of the new state alone; `solved` of the old one, `remaining` of both."""
    solved: tuple[Problem, ...] = ()
    remaining: tuple[Problem, ...] = ()
    unreadable: tuple[str, ...] = ()
    """`base`, `head`: the states whose curriculum cannot be read at all."""
    relocated: tuple[Relocation, ...] = ()
    source_names: Mapping[str, str] = field(default_factory=dict)
    """How text cites each source of either state, by id."""
    hours: tuple[Hours, Hours] | None = None
    """Of all modules that the curriculum names; None where one of them cannot be read."""
    prints: Mapping[str, tuple[Print, ...]] | None = None
    """Books of modules by slug; None when nothing was printed."""
    joined: Mapping[str, tuple[Print, ...]] = field(default_factory=dict)
    """Books of all modules of a run, by its id."""

    def __bool__(self) -> bool:
        """Did any content change?"""
        runs = any(run.effect not in ("tetap", "terkunci") for run in self.runs)
        return bool(
            self.modules or self.registries or runs or self.new or self.solved or self.unreadable
        )
