"""Kisi-kisi: which question of which form measures which indicator at which level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilar.assembly.exam import LEVELS, Cell, Exam, Form
from pilar.model.curriculum import Module

from .paper import BothEditions
from .tes import code, exams_of, title

Place = tuple[int, str, str]
"""Number on a form, code and kind of the question there."""


@dataclass(frozen=True)
class Row:
    """An indicator at one level: what stands where on forms A and B."""

    module: Module
    number: int
    level: str
    places: tuple[tuple[Place, ...], ...]

    @property
    def indicator(self) -> str:
        """Its text."""
        return self.module.meta.indikator[self.number - 1]

    @property
    def kinds(self) -> str:
        """Its kinds of questions: the same on both forms, or one after the other."""
        return ", ".join(dict.fromkeys(kind for form in self.places for _, _, kind in form))


def kisi_kisi(both: BothEditions) -> dict[str, Any] | None:
    """One blueprint a test."""
    modules = [node.module for node in both.trainers.modules]
    exams = [sitting.exam for sitting in exams_of(both.trainers).values()]
    return {"kisi": [_blueprint(exam, modules) for exam in exams]} if exams else None


def _blueprint(exam: Exam, modules: list[Module]) -> dict[str, Any]:
    """Rows by module, questions of a form by level, indicators that no question measures."""
    counts: Counter[str] = Counter(i.question.tingkat or "" for i in exam.forms[0].items)
    levels = [(level, counts[level]) for level in LEVELS]
    missing = [(m, [n for slug, n in exam.uncovered if slug == m.slug]) for m in modules]
    return {
        "judul": title(exam.use),
        "ujian": exam,
        "indikator": sum(len(module.meta.indikator) for module in modules),
        "baris": [(module, rows) for module in modules if (rows := _rows(exam, module))],
        "tingkat": [*levels, ("", counts[""])] if counts[""] else levels,
        "luput": [(module, numbers) for module, numbers in missing if numbers],
    }


def _rows(exam: Exam, module: Module) -> list[Row]:
    cells = sorted(cell for cell in exam.forms[0].cells if cell[0] == module.slug)
    return [
        Row(module, cell[1], cell[2], tuple(tuple(_places(form, cell)) for form in exam.forms))
        for cell in cells
    ]


def _places(form: Form, cell: Cell) -> Iterator[Place]:
    for number, item in enumerate(form.items, 1):
        if item.cell == cell:
            yield number, code(item), item.question.jenis.replace("-", " ")
