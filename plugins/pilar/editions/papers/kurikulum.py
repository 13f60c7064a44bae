"""Kurikulum of a run: aims, competence, structure with hours, the way, summaries, evaluation.

The table as in curricula of training centres: No, Mata Pelatihan, T, P, PL, JPL; groups A Dasar,
B Inti, C Penunjang with subtotals, and JUMLAH.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilar.assembly.numbering import letter
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.model.curriculum import GROUPS, Hours, Module

from .paper import BothEditions

_EVALUATIONS = ("pretest", "posttest", "evaluasi-penyelenggaraan")
"""Events that evaluate."""


@dataclass(frozen=True)
class Group:
    """A group of the structure; its letter is the same where a run leaves a group out."""

    letter: str
    title: str
    modules: tuple[Module, ...]

    @property
    def hours(self) -> Hours:
        """Of its modules together."""
        return sum((module.meta.jp for module in self.modules), Hours())


@dataclass(frozen=True)
class Measured:
    """What a module is evaluated with: how many questions, exercises and worksheets."""

    module: Module
    questions: int
    exercises: int
    worksheets: int


def kurikulum(both: BothEditions) -> dict[str, Any]:
    """Groups and hours of what the run teaches, what it leaves out and why, how it evaluates."""
    tree = both.trainers
    measured = [_measured(node) for node in tree.modules]
    return {
        "golongan": list(groups(tree)),
        "jumlah": tree.hours,
        "menit": sum(node.module.meta.jp.minutes for node in tree.modules),
        "alur": list(tree.first_days()),
        "tanpa": {slug.replace("-", " "): why for slug, why in both.run.tanpa.items()},
        "acara": [
            (day, slot) for day in tree.days for slot in day.slots if slot.event in _EVALUATIONS
        ],
        "diukur": measured,
        "banyaknya": [
            sum(row.questions for row in measured),
            sum(row.exercises for row in measured),
            sum(row.worksheets for row in measured),
        ],
    }


def groups(tree: EditionTree) -> Iterator[Group]:
    """The structure of what a run teaches."""
    structure = tree.structure()
    for number, title in enumerate(GROUPS.values(), 1):
        if title in structure:
            yield Group(letter(number), title, tuple(structure[title]))


def _measured(node: ModuleNode) -> Measured:
    exercises = len(node.items("latihan", "kasus", "diskusi"))
    return Measured(
        node.module, len(node.module.questions), exercises, len(node.items("lembar-kerja"))
    )
