"""S209: over a bank, who knows how questions are written does not beat who knows the matter."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.test_wise import MOST_LONGEST, MOST_SOLVED, is_longest, solved, wiseness
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

FEWEST = 8
"""Questions from which on shares say something."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Neither length alone nor all cues together solve much more of a bank than chance does."""
    found = wiseness(module.questions)
    if found.questions < FEWEST:
        return
    long = [
        index
        for index, question in enumerate(module.questions)
        if question.choices and is_longest(question)
    ]
    if found.share_longest > MOST_LONGEST:
        message = (
            f"kunci {found.longest} dari {found.questions} soal pilihan ganda adalah pilihan "
            f"terpanjang; paling banyak {float(MOST_LONGEST):.0%}"
        )
        hint = "Panjangkan pengecoh, atau pendekkan kunci, pada sebagian soal"
        at = long[int(MOST_LONGEST * found.questions)]  # the first one too many
        yield module.questions_source.problem((at, "pilihan"), "S209", message, hint)
    elif found.share_solved > MOST_SOLVED:
        message = (
            f"{float(found.share_solved):.0%} soal pilihan ganda terjawab dari bentuk pilihannya "
            f"saja (paling banyak {float(MOST_SOLVED):.0%})"
        )
        easy = [q.id for q in module.questions if q.choices and solved(q) == 1]
        hint = f"Samakan panjang, nada, dan rincian pilihan, misalnya soal {', '.join(easy[:5])}"
        yield module.questions_source.problem((0, "pilihan"), "S209", message, hint)
