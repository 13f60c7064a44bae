"""S204: over a bank, keys are spread over the letters; else guessing one letter pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Project

FEWEST, SHARE = 8, 0.5
"""Questions from which on it counts, and the share of them that one letter may have."""


def check_module(module: Module, project: Project) -> Iterator[Problem]:
    """No letter is the key of more than SHARE of the questions with four choices or so."""
    chosen = [q for q in module.questions if q.jenis == "pilihan-ganda" and len(_pick(q)) > 2]
    places = Counter(str(question.kunci) for question in chosen)
    if len(chosen) < FEWEST:
        return
    letter, count = places.most_common(1)[0]
    if count > SHARE * len(chosen):
        yield Problem(
            module.questions_source.path,
            1,
            "S204",
            f"kunci {count} dari {len(chosen)} soal pilihan ganda adalah {letter}",
            "Pindahkan letak kunci sebagian soal",
        )


def _pick(question: object) -> tuple[str, ...]:
    choices = getattr(question, "pilihan", ())
    return choices if isinstance(choices, tuple) else ()
