"""Pretest and post-test: the printed forms of each, and what its papers have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from pilar.assembly.exam import ExamItem, Use
from pilar.assembly.numbering import number_module
from pilar.assembly.page_nodes import USES
from pilar.assembly.sittings import Sitting, sittings
from pilar.assembly.tree import EditionTree
from pilar.editions.book.markup import text_markup
from pilar.model.curriculum import Module, Pairs, Question
from pilar.model.memoize import memoized

from .paper import BothEditions

_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>\s*", re.S)


@memoized
def exams_of(tree: EditionTree) -> dict[Use, Sitting]:
    """The tests that the timetable names and the banks have questions for; each is sat once."""
    found: dict[Use, Sitting] = {}
    for sitting in sittings(tree.run.file, [node.module for node in tree.modules]):
        if sitting.exam.available:
            found.setdefault(sitting.exam.use, sitting)
    return found


def title(use: Use, letter: str = "") -> str:
    """How papers name a test, `Post-test`, or a form of it, `Pretest A`."""
    return f"{USES[use].capitalize()} {letter}".rstrip()


def code(item: ExamItem) -> str:
    """How the question bank names its question: `BLC-S15`."""
    return _codes(item.module)[item.question.id]


@memoized
def _codes(module: Module) -> dict[str, str]:
    return dict(number_module(module).questions)


@lru_cache(maxsize=4096)
def markup(source: str, slug: str) -> Markup:
    """Markdown of a question of the module `slug`; without `<p>` where it is one paragraph."""
    html = text_markup(source, slug).strip()
    only = _PARAGRAPH.fullmatch(html)
    return Markup(only[1] if only else html)


@dataclass(frozen=True)
class Printable:
    """A question as a form prints it, its texts as HTML."""

    kind: str
    text: Markup
    choices: tuple[Markup, ...]
    left: tuple[Markup, ...] = ()


def printable(question: Question, slug: str) -> Printable:
    """The question in the order of its choices; `choices` of a matching one: its right column."""
    pairs = question.pilihan
    right = pairs.kanan if isinstance(pairs, Pairs) else pairs
    left = pairs.kiri if isinstance(pairs, Pairs) else ()
    return Printable(
        question.jenis,
        markup(question.teks, slug),
        tuple(markup(text, slug) for text in right),
        tuple(markup(text, slug) for text in left),
    )


def tes(both: BothEditions, use: Use, letter: str) -> dict[str, Any] | None:
    """The questions of a form and its hours; None where the run has no such test."""
    if (sitting := exams_of(both.trainers).get(use)) is None:
        return None
    form = next(form for form in sitting.exam.forms if form.letter == letter)
    return {
        "naskah": letter,
        "ujian": sitting,
        "nama_tes": title(use),
        "waktu": sitting.slot(both.days),
        "butir": [printable(item.printed, item.module.slug) for item in form.items],
    }


def half_a(both: BothEditions) -> int:
    """Copies of a form A: people beside each other have different ones."""
    return (both.people + 1) // 2


def half_b(both: BothEditions) -> int:
    """Copies of a form B; a class of one has it as well, for the trainers."""
    return max(1, both.people // 2)
