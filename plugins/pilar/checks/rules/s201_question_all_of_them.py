"""S201: “semua benar” measures luck: who knows two choices knows the answer."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.assembly.exam_choices import covers_others
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No choice speaks of all others."""
    for index, question in enumerate(module.questions):
        for place, choice in enumerate(question.choices):
            if covers_others(choice):
                yield module.questions_source.problem(
                    (index, "pilihan", place),
                    "S201",
                    f"pilihan “{choice.strip()}” mencakup pilihan lain",
                    "Ganti dengan pengecoh yang berdiri sendiri",
                    at=choice,
                )
