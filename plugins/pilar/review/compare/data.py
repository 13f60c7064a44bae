"""What a review says, as frozen data: no words for readers, no HTML."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pilar.changes.modules import Differences, ModuleChange
from pilar.checks.coverage import Covered
from pilar.model.curriculum import Curriculum, Hours, Module, Source, Term
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.project.run_state import RunState
from pilar.redline.moves import Move

from .turns import PageReview


@dataclass(frozen=True)
class Side:
    """One of the two states: commit id (empty: the working tree), its first line, its day."""

    commit: str
    title: str
    date: datetime.date

    @property
    def name(self) -> str:
        """Short id, or what stands for it."""
        return self.commit[:8] or "folder kerja"


_ARRANGEMENT = frozenset({"menit", "metode", "media", "indikator", "inti", "judul"})
"""Fields of an activity besides its text and its place."""

BumpState = Literal["tepat", "lebih", "kurang", "tetap", "terkunci", "turun", "tanpa-isi", "baru"]
"""The version fits; is raised more than needed; too little; stays, and may, for no run is locked to
it; stays though one is; is lower; is raised though nothing changed; is that of a new module."""


@dataclass(frozen=True)
class Bump:
    """The version a module had and has, and the one its change asks for, with the reason."""

    state: BumpState
    before: str
    after: str
    proposed: str
    reason: str
    pinned: str = ""
    """The version that the curriculum takes; empty where it does not name the module."""


@dataclass(frozen=True)
class CoverageChange:
    """An indicator's activities and questions before and after; None where it is not there."""

    before: Covered | None
    after: Covered | None

    @property
    def lost(self) -> bool:
        """Has it less of either than before, or nothing at all?"""
        if self.after is None or self.before is None:
            return self.after is None
        pairs = (
            (self.before.activities, self.after.activities),
            (self.before.questions, self.after.questions),
        )
        return any(len(new) < len(old) for old, new in pairs)

    @property
    def lacking(self) -> bool:
        """Has it less than before, or come without an activity or a question?"""
        bare = self.after and not (self.after.activities and self.after.questions)
        return self.lost or bool(bare and self.before is None)


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
    change: ModuleChange | None
    bump: Bump | None
    pages: tuple[PageReview, ...]
    coverage: tuple[CoverageChange, ...]
    pictures: tuple[PictureChange, ...]
    reordered: tuple[str, ...] = ()
    """`halaman`, `soal`, `kegiatan`: what only stands in another order."""
    rewritten: tuple[str, ...] = ()
    """YAML files that differ in bytes and say the same."""
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
class Slot:
    """A row of a timetable, as print has it."""

    time: str
    title: str
    steps: tuple[tuple[str, str], ...] = ()
    """Time and title of each activity in it."""


@dataclass(frozen=True)
class DayReview:
    """A day of a run; rows before and after side by side, None where there is none."""

    number: int
    rows: tuple[tuple[Slot | None, Slot | None], ...]

    @property
    def changed(self) -> bool:
        """Is any row different?"""
        return any(old != new for old, new in self.rows)


Effect = Literal[
    "baru",
    "dihapus",
    "terkunci",
    "dikunci",
    "kunci-baru",
    "terdampak",
    "ditata",
    "pulih",
    "rusak",
    "tetap",
]
"""New, gone, locked and the same, locked now with the same content, locked to something else,
not locked and given other content, given content that says the same, can be built again, cannot be
built, not touched."""
REACHED = frozenset({"baru", "kunci-baru", "terdampak", "pulih"})
"""Effects that give people other material than before."""


@dataclass(frozen=True)
class RunModule:
    """A module that a run is given otherwise; versions are empty where it has none."""

    code: str
    before: str
    after: str
    silent: bool = False
    """It says the same."""


@dataclass(frozen=True)
class RunReview:
    """What the change does to a run."""

    old: RunState | None
    new: RunState | None
    effect: Effect
    modules: tuple[RunModule, ...] = ()
    registries: tuple[str, ...] = ()
    """`kurikulum`, `rujukan`, `glosarium`: what differs for it, versions of modules aside."""
    file: bool = False
    """Does its own file differ?"""
    days: tuple[DayReview, ...] = ()

    @property
    def pinned(self) -> RunState:
        """The newer of the two."""
        pinned = self.new or self.old
        assert pinned is not None
        return pinned


@dataclass(frozen=True)
class Registries:
    """Curriculum, sources, terms and words before and after."""

    curriculum: tuple[Curriculum, Curriculum] | None
    """None where neither of them differs."""
    sources: Differences[Source] = field(default_factory=Differences)
    terms: Differences[Term] = field(default_factory=Differences)
    words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Words added to and taken from the word list."""

    def __bool__(self) -> bool:
        return bool(self.curriculum or self.sources or self.terms or any(self.words))


@dataclass(frozen=True)
class SheetPicture:
    """A printed page before and after as WebP; empty bytes where there is none."""

    before: bytes
    after: bytes
    label_before: str
    label_after: str


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
class Review:
    """Everything."""

    base: Side
    head: Side
    asked: str
    """Id of the base that was asked for, where `base` is the commit that both grew from."""
    modules: tuple[ModuleReview, ...]
    registries: Registries
    runs: tuple[RunReview, ...]
    moves: tuple[Move, ...]
    new: tuple[Problem, ...]
    solved: tuple[Problem, ...]
    remaining: tuple[Problem, ...]
    unreadable: tuple[str, ...] = ()
    """`base`, `head`: the states whose curriculum cannot be read at all."""
    relocated: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """Slug of the module that `soal` or `kegiatan` (kind, old slug, name) moved to."""
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
