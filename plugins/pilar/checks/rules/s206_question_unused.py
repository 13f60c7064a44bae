"""S206: a question that no test takes and no page shows measures nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Every question has a use, or a page that shows it."""
    shown = {block.title for _, block in module.blocks("soal")}
    for index, question in enumerate(module.questions):
        if not question.pakai and question.id not in shown:
            yield module.questions_source.problem(
                (index, "id"),
                "S206",
                f"soal `{question.id}` tidak dipakai di mana pun",
                "Isi `pakai`, tampilkan dengan blok `soal`, atau hapus",
                at=question.id,
            )
