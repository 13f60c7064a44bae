"""S205: a question has one key, so no two choices say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_MARKS = re.compile(r"[*_“”\"]")


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """All choices of a multiple-choice question differ."""
    for index, question in enumerate(module.questions):
        known: set[str] = set()
        for place, choice in enumerate(question.choices):
            same = " ".join(_MARKS.sub("", choice).casefold().rstrip(". ").split())
            if same in known:
                yield module.questions_source.problem(
                    (index, "pilihan", place),
                    "S205",
                    f"pilihan “{choice.strip()}” ditulis dua kali",
                    "Ganti salah satunya dengan pengecoh lain",
                    at=choice,
                )
            known.add(same)
