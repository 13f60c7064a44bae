"""Kurikulum of a run: aims, competence, structure with hours, the way, summaries, evaluation.

The table as in curricula of training centres: No, Mata Pelatihan, T, P, PL, JPL; groups A Dasar,
B Inti, C Penunjang with subtotals, and JUMLAH.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilar.assembly.exam import EXAMS
from pilar.assembly.numbering import letter
from pilar.assembly.tree import EditionTree
from pilar.model.curriculum import GROUPS, Hours, Module

from .paper import BothEditions

_EVALUATIONS = (*EXAMS, "evaluasi-penyelenggaraan")
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


def kurikulum(both: BothEditions) -> dict[str, Any]:
    """Groups and hours of what the run teaches, what it leaves out and why, how it evaluates."""
    tree = both.trainers
    return {
        "golongan": list(groups(tree)),
        "jumlah": tree.hours,
        "menit": sum(node.module.meta.jp.minutes for node in tree.modules),
        "alur": list(tree.first_days()),
        "tanpa": {slug.replace("-", " "): why for slug, why in both.run.tanpa.items()},
        "acara": [
            (day, slot) for day in tree.days for slot in day.slots if slot.event in _EVALUATIONS
        ],
        "diukur": [
            (
                node.module,
                len(node.module.questions),
                len(node.items("latihan", "kasus", "diskusi")),
                len(node.items("lembar-kerja")),
            )
            for node in tree.modules
        ],
    }


def groups(tree: EditionTree) -> Iterator[Group]:
    """The structure of what a run teaches."""
    structure = tree.structure()
    for number, title in enumerate(GROUPS.values(), 1):
        if title in structure:
            yield Group(letter(number), title, tuple(structure[title]))
