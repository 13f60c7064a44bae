"""Keys of the tests with explanations, and the sheet on which scores are entered."""

from __future__ import annotations

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
class Answer:
    """A number of a form: its question's code and key in short."""

    code: str
    key: str


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
    sittings = exams_of(both.trainers).values()
    forms = [form for sitting in sittings for form in sitting.exam.forms]
    if not forms:
        return None
    answers = [[Answer(code(i), short_key(i.printed)) for i in form.items] for form in forms]
    return {
        "naskah": [title(form) for form in forms],
        "nomor": list(enumerate(zip_longest(*answers), 1)),
        "soal": _explained(both, forms),
        "ujian": [sitting.exam for sitting in sittings],
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


def _explained(both: BothEditions, forms: list[Form]) -> list[Explained]:
    """Questions in the order of modules and banks."""
    places: dict[tuple[str, str], list[tuple[str, int, str]]] = {}
    items = {item.key: item for form in forms for item in form.items}
    for form in forms:
        for number, item in enumerate(form.items, 1):
            place = (title(form), number, short_key(item.printed))
            places.setdefault(item.key, []).append(place)
    keys = [(n.module.slug, q.id) for n in both.trainers.modules for q in n.module.questions]
    return [_explain(items[key], places[key]) for key in keys if key in items]


def _explain(item: ExamItem, places: list[tuple[str, int, str]]) -> Explained:
    question, slug = item.question, item.module.slug
    return Explained(
        code(item),
        item,
        printable(question, slug),
        markup(printed_key(question), slug),
        markup(question.pembahasan, slug),
        tuple(places),
    )
