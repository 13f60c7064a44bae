"""Problems as a review lists them: what is said of several places is said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pilar.model.problem import Problem


@dataclass(frozen=True)
class Notice:
    """One problem and every place that has it."""

    problem: Problem
    places: tuple[str, ...]
    """`path:line`, each once."""
    count: int
    """How often it was found: a line may have it twice."""


def grouped_problems(problems: Sequence[Problem]) -> list[Notice]:
    """Problems by what they say, errors first: warnings stop nothing."""
    found: dict[object, list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: (problem.warning, problem)):
        found.setdefault((problem.warning, problem.code, problem.text), []).append(problem)
    return [
        Notice(same[0], tuple(dict.fromkeys(f"{p.path}:{p.line}" for p in same)), len(same))
        for same in found.values()
    ]
