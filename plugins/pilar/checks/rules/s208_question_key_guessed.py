"""S208: the key is not given away by its form to those who do not know the matter."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.test_wise import key_place, pointers
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

FEWEST = 2
"""Cues that must agree: one alone points at a wrong choice as often as not."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Of a multiple-choice question, no two cues agree on the key with none against them."""
    for index, question in enumerate(module.questions):
        if len(question.choices) < FEWEST + 1:
            continue
        found, key = pointers(question), key_place(question)
        if len(found) >= FEWEST and set(found.values()) == {key}:
            yield module.questions_source.problem(
                (index, "pilihan", key),
                "S208",
                f"kunci tertebak tanpa tahu isinya: {', '.join(found)}",
                "Beri pengecoh tanda yang sama, atau hilangkan dari kunci",
            )
