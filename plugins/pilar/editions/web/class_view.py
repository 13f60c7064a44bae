"""Class view of the trainers' site: the timetable by the clock, and each activity by its steps.

Pages: `kelas.html` (“Sekarang”), and `kelas/BLC.html` with the activities of a module. Scripts take
what they need from these pages: instants in `<time>`, minutes in `data-menit`.
"""

from __future__ import annotations

import datetime
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import inf
from urllib.parse import urlsplit

import lxml.html
from markupsafe import Markup

from pilar.assembly.day import Day, Slot, Step
from pilar.assembly.lateness import LATE, Cut, Plan, plan
from pilar.assembly.materials import Class, Need, needs, sheets
from pilar.assembly.numbering import Item
from pilar.assembly.sessions import Session, sessions
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.editions.papers.acara import shares
from pilar.editions.papers.guidance import Guidance, guidance, other_notes
from pilar.model.curriculum import Activity, Module
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.run import RunFile
from pilar.syntax.audience import sees, visible_blocks
from pilar.syntax.references import NOW

FILES = frozenset({"assets/kelas.js", "assets/kelas.css"})
"""Scripts and styles of these pages, which participants' sites do not have."""


def class_page(module: Module) -> str:
    """Path in the tree of a module's class view. In capitals no page of an author is called so."""
    return f"kelas/{module.meta.kode}.md"


@dataclass(frozen=True)
class Turn:
    """When an activity, or a part of it, is held; `over`: minutes of it that are done then."""

    day: Day
    step: Step
    over: int


@dataclass(frozen=True)
class Lesson:
    """An activity as its trainer has it in class."""

    node: ModuleNode
    guide: Guidance
    turns: tuple[Turn, ...]

    @property
    def activity(self) -> Activity:
        """Its block and page."""
        return self.guide.activity

    @property
    def path(self) -> str:
        """Its place in the class view."""
        return f"{class_page(self.node.module)}#{self.guide.item.anchor}"

    @property
    def notes(self) -> str:
        """Its place among the pages of its module, the same in both editions."""
        return f"{self.node.module.slug}/{self.activity.page.name}.md#{self.guide.item.anchor}"

    @property
    def is_public(self) -> bool:
        """Whether participants have it on a page of theirs."""
        page = self.activity.page
        seen = visible_blocks(page.document, Edition.PESERTA)
        return sees(Edition.PESERTA, page.edition) and any(b is self.activity.block for b in seen)

    def needs(self, run: RunFile) -> tuple[Need, ...]:
        """What must lie ready."""
        return needs(self.node, [self.activity], Class(run.peserta.jumlah, run.groups))

    @property
    def worksheets(self) -> tuple[Item, ...]:
        """Those that must lie ready."""
        return tuple(sheets(self.node, [self.activity], "lembar-kerja"))


@memoized
def lessons(tree: EditionTree) -> tuple[Lesson, ...]:
    """All activities that trainers see, in the order of the timetable; what it lacks, last."""
    turns = _turns(tree)
    found = (
        Lesson(node, guide, tuple(turns[id(activity)]))
        for node in tree.modules
        if (seen := {item.code for item in node.items("kegiatan")})
        for activity in node.module.activities
        if (guide := guidance(node, activity)).item.code in seen
    )
    return tuple(sorted(found, key=_first))


def _turns(tree: EditionTree) -> defaultdict[int, list[Turn]]:
    """By the identity of an activity: the hash of a whole page would be that of its text."""
    turns: defaultdict[int, list[Turn]] = defaultdict(list)
    for day in tree.days:
        for step in (step for slot in day.slots for step in slot.steps):
            held = turns[id(step.activity)]
            before = held[-1].over if held else 0
            held.append(Turn(day, step, before + step.end - step.start))
    return turns


def _first(lesson: Lesson) -> tuple[float, int]:
    turn = next(iter(lesson.turns), None)
    return (turn.day.number, turn.step.start) if turn else (inf, 0)


def has_class_view(tree: EditionTree) -> bool:
    """Whether the site of an edition has these pages."""
    return tree.edition is Edition.PELATIH


def class_pages(tree: EditionTree) -> Iterator[tuple[str, str]]:
    """Path and title of each; none in participants' sites."""
    if has_class_view(tree):
        yield NOW, "Sekarang"
        taught = {lesson.node.module.slug for lesson in lessons(tree)}
        for node in tree.modules:
            if node.module.slug in taught:
                yield class_page(node.module), f"Di kelas: {node.module.meta.judul}"


@dataclass(frozen=True)
class Row:
    """A row of a day: an activity or a part of it (`lesson`), or an event, pause or module."""

    slot: Slot
    start: int
    end: int
    lesson: Lesson | None = None
    step: Step | None = None


def agenda(tree: EditionTree) -> list[tuple[Day, list[Row]]]:
    """Every day with its rows in order of time."""
    by_activity = {id(lesson.activity): lesson for lesson in lessons(tree)}

    def rows(slot: Slot) -> Iterator[Row]:
        for step in slot.steps:
            yield Row(slot, step.start, step.end, by_activity[id(step.activity)], step)
        if not slot.steps:
            yield Row(slot, slot.start, slot.end)

    return [(day, [row for slot in day.slots for row in rows(slot)]) for day in tree.days]


@dataclass(frozen=True)
class LateStart:
    """A session, and for each of `LATE` what to leave out when it begins so many minutes late."""

    session: Session
    day: Day
    plans: tuple[Plan, ...]


@memoized
def late_starts(tree: EditionTree) -> tuple[LateStart, ...]:
    """Of each session of a module that has activities; what session sheets print (`sesi`)."""
    return tuple(
        LateStart(
            session,
            tree.days[session.day - 1],
            tuple(plan(late, (*session.steps, *session.later)) for late in LATE),
        )
        for session in sessions(tree.days)
        if session.steps
    )


def steps_after(tree: EditionTree, cut: Cut) -> list[int]:
    """New minutes of each step of an activity that is shortened; none where one has no minutes."""
    lesson = next(found for found in lessons(tree) if found.activity is cut.activity)
    minutes = [move.minutes for move in lesson.guide.moves if move.minutes]
    if not cut.after or len(minutes) < len(lesson.guide.moves):
        return []
    return shares(cut.activity.options.menit - cut.saved, minutes)


def in_order(tree: EditionTree, path: str) -> list[tuple[Lesson | None, Lesson, Lesson | None]]:
    """The activities on a class page, each between those before and after it in the whole run."""
    every = lessons(tree)
    near = zip((None, *every), every, (*every[1:], None), strict=False)
    return [found for found in near if class_page(found[1].node.module) == path]


def template_of(path: str, tree: EditionTree) -> tuple[str, dict[str, object]] | None:
    """Template of a page of the class view and its variables; None for any other page."""
    if path not in dict(class_pages(tree)):
        return None
    late = late_starts(tree)
    shared: dict[str, object] = {
        "saat": partial(instant, tree),
        "langkah_baru": partial(steps_after, tree),
    }
    if path == NOW:
        return "halaman/kelas.html", shared | {"hari_hari": agenda(tree), "terlambat": late}
    shared |= {"kegiatan": in_order(tree, path), "catatan": further_notes}
    shared["terlambat"] = [one for one in late if class_page(one.session.module) == path]
    return "halaman/kelas-modul.html", shared


def further_notes(lesson: Lesson, link: Callable[[str], str]) -> Markup:
    """What its notes say besides opening and steps; `link` gives addresses of paths in the tree.

    Cards are on paper in class: the list of materials leads to them.
    """
    notes = other_notes(lesson.node, lesson.activity)
    for card in notes.find_class("kartu"):
        card.drop_tree()
    here, _, _ = lesson.notes.partition("#")

    def moved(target: str) -> str:
        path, mark, anchor = target.partition("#")
        if urlsplit(target).scheme:
            return target
        place = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        return link(place + mark + anchor)

    notes.rewrite_links(moved, resolve_base_href=False)
    for element in notes.iter("*"):
        element.attrib.pop("id", None)
        if element.tag in ("h1", "h2", "h3", "h5", "h6"):
            element.tag = "h4"
    # Our own renderer made it, of sanitized text.
    return Markup("".join(lxml.html.tostring(part, encoding="unicode") for part in notes))


def instant(tree: EditionTree, day: Day, minutes: int) -> str:
    """A time of the run as HTML's `datetime` has it: `2025-10-13T08:45+07:00`."""
    zone = datetime.timezone(datetime.timedelta(hours=tree.run.file.tempat.hours_ahead))
    midnight = datetime.datetime.combine(day.date, datetime.time(), zone)
    return (midnight + datetime.timedelta(minutes=minutes)).isoformat(timespec="minutes")
