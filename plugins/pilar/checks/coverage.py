"""What each indicator has: activities that work on it and questions that measure it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_TESTS = frozenset({"pretest", "posttest"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Covered:
    """An indicator (from 1) with the titles of its activities and the ids of its questions, those
    for tests and those for self-study among them.
    """

    number: int
    activities: tuple[str, ...]
    questions: tuple[str, ...]
    tests: tuple[str, ...]
    exercises: tuple[str, ...]


def coverage(module: Module) -> tuple[Covered, ...]:
    """One entry an indicator, in order."""
    return tuple(_covered(module, number) for number in range(1, len(module.meta.indikator) + 1))


def _covered(module: Module, number: int) -> Covered:
    asked = [question for question in module.questions if question.indikator == number]
    return Covered(
        number,
        tuple(a.block.title for a in module.activities if number in a.options.indikator),
        tuple(question.id for question in asked),
        tuple(question.id for question in asked if {*question.pakai} & _TESTS),
        tuple(question.id for question in asked if "latihan" in question.pakai),
    )


def words(module: Module) -> int:
    """Words of all pages: text and guidance together, code and options aside."""
    return sum(
        len(_WORD.findall(line))
        for page in module.pages
        for _, line in page.document.text_lines()
        if not line.lstrip(" >").startswith("///")
    )


def indicators_are_covered(module: Module, facts: Facts) -> Iterator[Problem]:
    """Every indicator has an activity and a question; a draft may still lack them."""
    if module.meta.status == "draf" or module.unread:
        return
    for covered in coverage(module):
        lacking = [
            name
            for name, found in (("kegiatan", covered.activities), ("soal", covered.questions))
            if not found
        ]
        if lacking:
            message = f"indikator {covered.number} belum punya {' dan '.join(lacking)}"
            hint = f"Sebut nomor {covered.number} di `indikator` pada {' dan '.join(lacking)}"
            yield module.source.problem(("indikator", covered.number - 1), "M105", message, hint)
