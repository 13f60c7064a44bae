"""Kisi-kisi: which question of which form measures which indicator at which level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilar.assembly.exam import LEVELS, Exam
from pilar.assembly.page_nodes import USES
from pilar.model.curriculum import Module

from .paper import BothEditions
from .tes import code, exams_of

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


@dataclass(frozen=True)
class Blueprint:
    """The kisi-kisi of one test. `levels`: number of questions of a form by level."""

    title: str
    exam: Exam
    indicators: int
    """How many the run's modules have."""
    rows: tuple[tuple[Module, tuple[Row, ...]], ...]
    levels: tuple[tuple[str, int], ...]
    uncovered: tuple[tuple[Module, tuple[tuple[int, bool], ...]], ...]
    """Numbers of indicators without a question, and whether the bank has one."""

    @property
    def gaps(self) -> bool:
        """Lacks the bank a question for any indicator?"""
        return bool(self.exam.unasked)


def kisi_kisi(both: BothEditions) -> dict[str, Any] | None:
    """One blueprint a test."""
    modules = [node.module for node in both.trainers.modules]
    exams = [sitting.exam for sitting in exams_of(both.trainers).values()]
    return {"kisi": [_blueprint(exam, modules) for exam in exams]} if exams else None


def _blueprint(exam: Exam, modules: list[Module]) -> Blueprint:
    rows = ((module, _rows(exam, module)) for module in modules)
    counts: Counter[str] = Counter(item.question.tingkat or "" for item in exam.forms[0].items)
    missing = ((module, tuple(_uncovered(exam, module.slug))) for module in modules)
    named = [(level, counts[level]) for level in LEVELS]
    return Blueprint(
        USES[exam.use].capitalize(),
        exam,
        sum(len(module.meta.indikator) for module in modules),
        tuple((module, found) for module, found in rows if found),
        tuple([*named, ("tanpa tingkat", counts[""])] if counts[""] else named),
        tuple((module, found) for module, found in missing if found),
    )


def _uncovered(exam: Exam, module: str) -> Iterator[tuple[int, bool]]:
    for slug, number in exam.uncovered:
        if slug == module:
            yield number, (slug, number) not in exam.unasked


def _rows(exam: Exam, module: Module) -> tuple[Row, ...]:
    cells = sorted(cell for cell in exam.forms[0].cells if cell[0] == module.slug)
    return tuple(
        Row(
            module,
            number,
            level,
            tuple(
                tuple(
                    (place, code(item), item.question.jenis.replace("-", " "))
                    for place, item in enumerate(form.items, 1)
                    if item.cell == (slug, number, level)
                )
                for form in exam.forms
            ),
        )
        for slug, number, level in cells
    )
