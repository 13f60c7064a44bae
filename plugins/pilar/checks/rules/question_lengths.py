"""S203: the key is not given away by its length."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module, Pairs, Question, letters
from pilar.model.problem import Problem
from pilar.model.run import Project

RATIO, CHARACTERS = 1.5, 20
"""The key may be this much longer than the longest other choice: both must be passed."""


def check_module(module: Module, project: Project) -> Iterator[Problem]:
    """The key of a multiple-choice question is not by far the longest choice."""
    for index, question in enumerate(module.questions):
        if question.jenis != "pilihan-ganda" or isinstance(question.pilihan, Pairs):
            continue
        key, others = _lengths(question)
        if key > RATIO * max(others) and key - max(others) > CHARACTERS:
            yield Problem(
                module.questions_source.path,
                module.questions_source.line(index, "pilihan"),
                "S203",
                f"kunci {key} huruf, sedangkan pilihan lain paling panjang {max(others)} huruf",
                "Samakan panjang pilihan, agar kunci tidak tertebak dari panjangnya",
            )


def _lengths(question: Question) -> tuple[int, list[int]]:
    choices = dict(zip(letters(len(question.pilihan)), map(str, question.pilihan), strict=True))  # type: ignore[arg-type]
    key = str(question.kunci)
    return len(choices[key]), [len(text) for letter, text in choices.items() if letter != key]
