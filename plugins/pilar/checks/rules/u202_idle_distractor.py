"""U202: before teaching, some take each wrong choice of a question."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.evidence.pooled import Pool
from pilar.model.curriculum import Module
from pilar.model.problem import Problem

from .u201_known_before import people


def check_evidence(module: Module, pool: Pool) -> Iterator[Problem]:
    """No distractor is idle; where nearly all know the question (U201), all of them are."""
    for index, question in enumerate(module.questions):
        found = pool.question(module.slug, question).get("pretest")
        if not found or found.known_before or not question.choices or not found.idle:
            continue
        taken = ", ".join(f"{letter} oleh {found.chosen[letter]}" for letter in found.idle)
        yield module.questions_source.problem(
            (index, "pilihan", ord(found.idle[0]) - ord("A")),
            "U202",
            f"pengecoh hampir tidak dipilih sebelum pelatihan: {taken} dari {people(found)}",
            "Tulis kekeliruan yang memang dibuat orang, atau abaikan dengan alasan",
        )
