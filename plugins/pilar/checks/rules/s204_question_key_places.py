"""S204: over a bank, keys are spread over the letters; else guessing one letter pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pilar.model.curriculum import Module, letters
from pilar.model.problem import Problem
from pilar.model.run import Facts

FEWEST, SHARE = 8, 0.5
"""Questions from which on it counts, and the share of them that one letter may have."""
ALL_LETTERS = 12
"""Questions from which on every letter should be the key of one."""
LONGEST_CYCLE = 4
"""A row of letters that returns: ABCDABCD."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No letter is the key of more than SHARE of the questions with four choices or so, none is
    never one, and the keys are no row that returns.
    """
    chosen = [
        (index, str(question.kunci), len(question.choices))
        for index, question in enumerate(module.questions)
        if len(question.choices) > 2
    ]
    found = _uneven(chosen) if len(chosen) >= FEWEST else None
    if found:
        index, message = found
        hint = "Pindahkan letak kunci sebagian soal"
        yield module.questions_source.problem((index, "kunci"), "S204", message, hint)


def _uneven(chosen: Sequence[tuple[int, str, int]]) -> tuple[int, str] | None:
    """What is wrong with these keys, and the question at which it begins to show."""
    total = len(chosen)
    keys = [key for _, key, _ in chosen]
    letter, count = Counter(keys).most_common(1)[0]
    if count > SHARE * total:
        same = [index for index, key, _ in chosen if key == letter]
        message = f"kunci {count} dari {total} soal pilihan ganda adalah {letter}"
        return same[int(SHARE * total)], message  # the first one too many
    for length in range(2, LONGEST_CYCLE + 1):
        if keys[length:] == keys[:-length]:
            row = "".join(keys[:length])
            return chosen[length][0], f"kunci soal pilihan ganda berulang menurut pola {row}"
    offered = [letters(choices) for _, _, choices in chosen]
    for letter in letters(min(choices for _, _, choices in chosen)):
        if letter not in keys and sum(letter in names for names in offered) >= ALL_LETTERS:
            return chosen[0][0], f"tidak satu pun dari {total} soal pilihan ganda berkunci {letter}"
    return None
