"""S203: the key is not given away by its length."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module, letters
from pilar.model.problem import Problem
from pilar.model.run import Facts

RATIO, CHARACTERS = 1.5, 20
"""The key may be this much longer than the longest other choice: both must be passed. So may the
shortest other choice be longer than the key.
"""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """The key of a multiple-choice question is neither by far the longest nor the shortest one."""
    for index, question in enumerate(module.questions):
        if not question.choices:
            continue
        others = [len(choice) for choice in question.choices]
        place = letters(len(others)).index(str(question.kunci))
        key = others.pop(place)
        for longer, shorter, end, other in (
            (key, max(others), "panjang", max(others)),
            (min(others), key, "pendek", min(others)),
        ):
            if longer > RATIO * shorter and longer - shorter > CHARACTERS:
                yield module.questions_source.problem(
                    (index, "pilihan", place),
                    "S203",
                    f"kunci {key} huruf, sedangkan pilihan lain paling {end} {other} huruf",
                    "Samakan panjang pilihan, agar kunci tidak tertebak dari panjangnya",
                )
