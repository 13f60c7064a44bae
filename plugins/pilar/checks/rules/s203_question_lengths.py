"""S203: the key is not given away by its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilar.model.curriculum import Module, Pairs, letters
from pilar.model.problem import Problem
from pilar.model.run import Facts

RATIO, CHARACTERS = 1.5, 20
"""The key may be this much longer than the longest other choice: both must be passed. So may the
shortest other choice be longer than the key.
"""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """The key of a multiple-choice question is neither by far the longest nor the shortest one."""
    for index, question in enumerate(module.questions):
        if question.jenis != "pilihan-ganda" or isinstance(question.pilihan, Pairs):
            continue
        key, others = _lengths(question.pilihan, str(question.kunci))
        place = letters(len(question.pilihan)).index(str(question.kunci))
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


def _lengths(choices: Sequence[str], key: str) -> tuple[int, list[int]]:
    lengths = dict(zip(letters(len(choices)), map(len, choices), strict=True))
    return lengths.pop(key), list(lengths.values())
