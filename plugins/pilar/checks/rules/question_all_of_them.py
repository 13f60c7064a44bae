"""S201: “semua benar” measures luck: who knows two choices knows the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.curriculum import Module, Pairs
from pilar.model.problem import Problem
from pilar.model.run import Facts

_ALL = re.compile(
    r"(?:(?:semua|seluruh|semuanya)\b.*\b(?:benar|betul|salah|keliru)|"
    r"(?:tidak|tak) (?:satu pun|ada)\b.*\b(?:benar|betul|tepat)|"
    r"[a-e] (?:dan|,) ?[a-e](?: (?:benar|betul|salah))?)[.]?",
    re.I,
)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No choice speaks of all others."""
    for index, question in enumerate(module.questions):
        if question.jenis != "pilihan-ganda" or isinstance(question.pilihan, Pairs):
            continue
        for place, choice in enumerate(question.pilihan):
            if _ALL.fullmatch(choice.strip()):
                yield module.questions_source.problem(
                    (index, "pilihan", place),
                    "S201",
                    f"pilihan “{choice.strip()}” mencakup pilihan lain",
                    "Ganti dengan pengecoh yang berdiri sendiri",
                )
