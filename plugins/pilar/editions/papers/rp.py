"""RP, Rencana Pembelajaran: what trainer and participants do, stage by stage.

Columns as in two official forms: No, Tahapan Kegiatan, Kegiatan Fasilitator, Kegiatan Peserta,
Metode, Media/Alat Bantu, Alokasi Waktu (Menit); rows Pendahuluan, one a materi pokok, Penutup;
then Bentuk Evaluasi, Referensi, place and date, name, NIP.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.html

from pilar.assembly.tree import ModuleNode
from pilar.editions.page_fit import whole_sentences
from pilar.model.curriculum import Activity
from pilar.syntax.render import plain, render

from .guidance import Guidance, Move, composed, guidance, one_line
from .lesson_stages import Stage, stages
from .paper import BothEditions

_LETTERS = 120
"""Of a step: as many whole sentences as have no more together, the first in any case."""
_MOST = 8
"""Steps of an activity."""
_TALL = 350
"""Letters of a column from which on its row may be divided between pages."""
_EXERCISES = ("latihan", "kasus", "diskusi", "lembar-kerja")


@dataclass(frozen=True)
class Action:
    """An activity: the trainer's moves and the participants' steps, a sentence each."""

    guide: Guidance
    trainer: tuple[Move, ...]
    participants: tuple[str, ...]

    @property
    def tall(self) -> bool:
        """Is it long enough to be divided between pages?"""
        columns = [move.text for move in self.trainer], self.participants
        return any(sum(map(len, column)) > _TALL for column in columns)


@dataclass(frozen=True)
class Row:
    """A stage. Without an activity it has no time of its own; `parts` then say what its chapters
    are about.
    """

    stage: Stage
    actions: tuple[Action, ...]
    parts: tuple[str, ...]
    chapters: tuple[str, ...]
    reflects: bool
    """Whether its pages ask participants to reflect."""


def rp(both: BothEditions, node: ModuleNode) -> dict[str, Any]:
    """The stages of a module, and what it is evaluated with."""
    theirs = both.participants.by_slug[node.module.slug]
    found = stages(node.module)
    rows = [_row(node, theirs, stage) for stage in found]
    return {
        "baris": rows,
        "menit": sum(stage.minutes for stage in found),
        "soal": Counter(question.jenis.replace("-", " ") for question in node.module.questions),
        "tugas": [(name, node.items(name)) for name in _EXERCISES if node.items(name)],
        "pengajar": both.run.trainers_of(node.module.slug),
    }


def _row(node: ModuleNode, theirs: ModuleNode, stage: Stage) -> Row:
    shared = [page for page in stage.pages if page.edition is None]
    return Row(
        stage,
        tuple(_action(node, theirs, activity) for activity in stage.activities),
        tuple(plain(h.text) for page in shared for h in page.document.headings if h.level == 2),
        tuple(stage.chapters(node)),
        any(block.name == "refleksi" for page in shared for block in page.document.walk()),
    )


def _action(node: ModuleNode, theirs: ModuleNode, activity: Activity) -> Action:
    guide = guidance(node, activity)
    moves = tuple(Move(move.minutes, _short(move.text)) for move in guide.moves)
    return Action(guide, moves, tuple(_steps(theirs, activity)))


def _steps(theirs: ModuleNode, activity: Activity) -> Iterator[str]:
    """Each step that the participants' book numbers, with the paragraphs that lead to its list or
    follow it; where it numbers none, each paragraph.

    A list of more items is none of steps: cards, situations, rules. Of an activity that their book
    lacks there are none.
    """
    if all(page.page.name != activity.page.name for page in theirs.pages):
        return
    source = composed(theirs, activity.page, activity.block)
    body = lxml.html.fragment_fromstring(render(source), "div")
    for block in body.xpath(".//section"):
        block.drop_tree()
    lists = [found for found in body.iterchildren("ol") if len(found) <= _MOST]
    for element in body.iterchildren("p", "ol"):
        if element in lists:
            yield from (_short(one_line(item)) for item in element)
        elif element.tag == "p" and (not lists or _goes_with_list(element, lists)):
            yield _short(one_line(element))


def _goes_with_list(text: lxml.html.HtmlElement, lists: Sequence[lxml.html.HtmlElement]) -> bool:
    return one_line(text).endswith(":") or text.getprevious() in lists


def _short(text: str) -> str:
    return whole_sentences(Move(None, text).sentences, _LETTERS)
