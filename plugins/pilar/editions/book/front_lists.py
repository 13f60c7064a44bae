"""What front matter lists: contents, numbered blocks, pictures, the timetable, abbreviations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.html

from pilar.assembly.day import Day, Step
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.model.blocks import BLOCKS
from pilar.model.edition import Edition
from pilar.model.schedule import clock
from pilar.model.sources import Term
from pilar.syntax.render import plain

from .column_flow import text_height
from .markup import anchor

Label = Callable[[ModuleNode, str], str]
"""The printed number, `BLC-12`, of the page of an id in the body of a module."""

LISTED = ("kegiatan", "lembar-kerja", "latihan", "kasus", "diskusi", "kartu")
"""Numbered blocks that have a list of their own, in this order."""
CAPTIONS = {"gambar": "Gambar", "tabel": "Tabel"}
"""Classes of numbered figures, and what their lists are called."""
_OURS = (
    ("IHB", "indikator hasil belajar"),
    ("JP", "jam pelajaran"),
    ("P", "penugasan"),
    ("PL", "praktik lapangan"),
    ("T", "teori"),
)
"""Abbreviations of our own templates, in every book."""
_PAUSE = ("ISHOMA", "istirahat, salat, makan")
"""An abbreviation of timetables."""
_NUMBER, _HANGING = 14, 4
"""Width in mm that a row keeps free for the number of its page, and that its later lines are
indented by (muka.css, `.kolom li`)."""
_SHAPES = {"judul": (0, 5.0, 700), "tingkat-1": (0, 2.2, 700), "tingkat-3": (5, 0, 400)}
"""By kind of row: indent and room above it in mm, weight of its letters."""


@dataclass(frozen=True)
class Row:
    """A line of a list. A heading of kind `judul` has no page; without a `label` the page is in
    the front matter itself.
    """

    text: str
    anchor: str = ""
    label: str = ""
    kind: str = "tingkat-2"

    @property
    def is_title(self) -> bool:
        """Is it the heading of a list?"""
        return self.kind == "judul"

    @property
    def is_head(self) -> bool:
        """Does it announce what follows?"""
        return self.is_title or self.kind == "tingkat-1"


def row_height(row: Row, width: float) -> float:
    """Height in mm of a row in a column `width` mm wide."""
    indent, above, weight = _SHAPES.get(row.kind, (0, 0, 400))
    room = width - indent - (0 if row.kind == "judul" else _NUMBER + _HANGING)
    return above + text_height(row.text, room, weight=weight)


def chapters(node: ModuleNode, label: Label, level: int, sections: bool) -> Iterator[Row]:
    """The pages of a module, each with its activities, or its `sections`."""
    items = node.items("kegiatan")
    for page in node.pages:
        start = anchor(page.path)
        yield Row(page.title, start, label(node, start), f"tingkat-{level}")
        below = [
            (f"{item.code} {plain(item.block.title)}", item.anchor)
            for item in items
            if item.page is page.page
        ]
        if sections:
            below = [(h.text, h.anchor) for h in page.headings if h.level == 2 and h.section]
        for text, fragment in below:
            place = anchor(page.path, fragment)
            yield Row(text, place, label(node, place), "tingkat-3")


def numbered(nodes: Sequence[ModuleNode], label: Label) -> Iterator[Row]:
    """Every numbered block by its code, under a heading for each kind."""
    for name in LISTED:
        rows = [
            Row(f"{item.code} {plain(item.block.title)}", place, label(node, place))
            for node in _by_code(nodes)
            for item in node.items(name)
            for place in [anchor(f"{node.module.slug}/{item.page.name}.md", item.anchor)]
        ]
        if rows:
            yield Row(f"Daftar {BLOCKS[name].label}", kind="judul")
            yield from rows


def captioned(
    nodes: Sequence[ModuleNode], html: Callable[[ModuleNode], str], label: Label
) -> Iterator[Row]:
    """Every numbered figure and table of the bodies, whose `html` this is."""
    found: list[tuple[ModuleNode, Any]] = [
        (node, lxml.html.document_fromstring(html(node))) for node in _by_code(nodes)
    ]
    for name, title in CAPTIONS.items():
        rows = [
            Row(f"{node.module.meta.kode} {caption.removeprefix(f'{title} ')}", place, page)
            for node, body in found
            for figure in body.xpath(f".//figure[@class='{name}'][@id]")
            for caption in [" ".join("".join(figure.find("figcaption").itertext()).split())]
            for place, page in [(figure.get("id"), label(node, figure.get("id")))]
        ]
        if rows:
            yield Row(f"Daftar {title}", kind="judul")
            yield from rows


def _by_code(nodes: Sequence[ModuleNode]) -> list[ModuleNode]:
    return sorted(nodes, key=lambda node: node.module.meta.kode)


@dataclass(frozen=True)
class TimeRow:
    """A line of a day: a slot of the timetable, or (`langkah`) activities of a module within it."""

    kind: str
    time: str
    minutes: int | None
    items: tuple[Row, ...]
    """What is held then; the titles of pauses and events have no page."""


def timetable_rows(tree: EditionTree, day: Day, label: Label) -> Iterator[TimeRow]:
    """A day with the page of everything that has one.

    Participants see which activities a session has, not when each begins: that is the trainer's to
    decide in class.
    """
    for slot in day.slots:
        node = tree.by_slug[slot.module.slug] if slot.module else None
        steps = [(step, _activity(tree, node, step, label)) for step in slot.steps if node]
        row = Row(slot.title)
        if node:
            goes_on = steps and steps[0][0].activity is not node.module.activities[0]
            place = steps[0][1].anchor if goes_on else anchor(node.path)
            row = Row(slot.title, place, label(node, place))
        yield TimeRow(slot.kind, slot.time, slot.minutes, (row,))
        if tree.edition is Edition.PELATIH:
            for step, row in steps:
                time = f"{clock(step.start)}–{clock(step.end)}"
                yield TimeRow("langkah", time, step.end - step.start, (row,))
        elif steps:
            yield TimeRow("langkah", "", None, tuple(row for _, row in steps))


def _activity(tree: EditionTree, node: ModuleNode, step: Step, label: Label) -> Row:
    item = node.numbering.items[step.activity.page.name, step.activity.block.first]
    place = anchor(f"{node.module.slug}/{item.page.name}.md", item.anchor)
    title = f"{item.code} {plain(item.block.title)}"
    if step.parts > 1:
        title += f" (bagian {step.part} dari {step.parts})"
    if tree.edition is Edition.PELATIH and not step.activity.options.inti:
        title += ", boleh dilewati"
    return Row(title, place, label(node, place))


def abbreviations(terms: Iterable[Term], days: Sequence[Day] = ()) -> list[Term]:
    """Abbreviations and what they stand for: of the terms, of the templates, of a timetable."""
    found = dict(_OURS)
    if any(_PAUSE[0] in slot.title for day in days for slot in day.slots):
        found |= [_PAUSE]
    found |= {term.istilah: term.kepanjangan for term in terms if term.kepanjangan}
    pairs = sorted(found.items(), key=lambda pair: pair[0].casefold())
    return [Term(istilah=short, arti=full) for short, full in pairs]


def letters_of_codes() -> dict[str, str]:
    """What the letters of a code mean: `LK`, worksheet."""
    kinds: Mapping[str, str] = {BLOCKS[name].letter: BLOCKS[name].label for name in LISTED}
    return dict(kinds) | {"S": "Soal"}


def foreword(tree: EditionTree) -> str:
    """The foreword of an edition, in Markdown."""
    curriculum = tree.curriculum
    own = curriculum.pengantar_pelatih if tree.edition is Edition.PELATIH else ""
    return own or curriculum.pengantar


def term_height(term: Term, width: float) -> float:
    """Height in mm of an entry of the glossary in a column `width` mm wide."""
    full = f" ({term.kepanjangan})" if term.kepanjangan else ""
    return text_height(f"{term.istilah}{full} {term.arti}", width - 4, weight=600) + 0.6
