"""Keys of the tests with explanations, and the sheet on which scores are entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from markupsafe import Markup

from pilar.assembly.blockdata import printed_key
from pilar.assembly.exam import ExamItem, Form
from pilar.model.curriculum import Question

from .paper import BothEditions
from .tes import Printable, code, exams_of, markup, printable, title


@dataclass(frozen=True)
class Explained:
    """A question as the bank has it, its key and explanation, and where forms have it."""

    code: str
    item: ExamItem
    question: Printable
    key: Markup
    explanation: Markup
    places: tuple[tuple[str, int, str], ...]
    """Form, number and key there."""


def kunci_tes(both: BothEditions) -> dict[str, Any] | None:
    """The key of every form by number, every question explained once, rows for the scores."""
    exams = [sitting.exam for sitting in exams_of(both.trainers).values()]
    forms = [form for exam in exams for form in exam.forms]
    if not forms:
        return None
    answers = [[(code(item), short_key(item.printed)) for item in form.items] for form in forms]
    return {
        "naskah": [title(form.use, form.letter) for form in forms],
        "nomor": list(enumerate(zip_longest(*answers), 1)),
        "soal": list(_explained(both, forms)),
        "ujian": [(title(exam.use), exam.size) for exam in exams],
        "bentuk": {item.question.jenis for form in forms for item in form.items},
    }


def short_key(question: Question) -> str:
    """The key as it is compared with an answer sheet: `B`, `Salah`, `1–C 2–A`; the kind of what is
    answered in words.
    """
    if question.jenis in ("isian", "uraian"):
        return question.jenis
    if question.jenis == "menjodohkan":
        return " ".join(f"{n}–{letter}" for n, letter in enumerate(question.kunci, 1))
    return str(question.kunci).capitalize()


def _explained(both: BothEditions, forms: list[Form]) -> Iterator[Explained]:
    """Questions in the order of modules and banks."""
    items = {item.key: item for form in forms for item in form.items}
    for node in both.trainers.modules:
        slug = node.module.slug
        for question in node.module.questions:
            if item := items.get((slug, question.id)):
                yield Explained(
                    code(item),
                    item,
                    printable(question, slug),
                    markup(printed_key(question), slug),
                    markup(question.pembahasan, slug),
                    tuple(_places(item, forms)),
                )


def _places(item: ExamItem, forms: list[Form]) -> Iterator[tuple[str, int, str]]:
    for form in forms:
        for number, other in enumerate(form.items, 1):
            if other.key == item.key:
                yield title(form.use, form.letter), number, short_key(other.printed)
