"""S201: “semua benar” measures luck: who knows two choices knows the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_RIGHT = r"(?:benar|betul|tepat|salah|keliru)"
_ABOVE = r"(?:(?:yang )?(?:(?:di|ter)? ?(?:atas|sebut)|tersedia|ada))"
_THEM = r"(?:jawaban|pilihan|pernyataan|opsi|butir|hal)"
_LETTER = r"\(?(?:[a-e]|[1-5]|i{1,3}|iv|v)\)?[.]?"
_LETTERS = rf"{_LETTER}(?:(?:,| dan| atau| &|, dan|/) ?{_LETTER})+"
_ALL = re.compile(
    rf"(?:(?:semua|seluruh)(?:nya)?(?: {_THEM})?(?: (?:itu|ini))?(?: {_ABOVE})?"
    rf"(?: (?:adalah )?{_RIGHT})?"
    rf"|{_RIGHT} semua(?:nya)?"
    rf"|(?:ketiga|kedua|keempat)(?:nya| {_THEM})(?: {_ABOVE})?(?: {_RIGHT})"
    rf"|(?:tidak|tak|bukan) (?:ada |satu ?pun|ada satu ?pun|salah satu|semua)"
    rf"(?: ?{_THEM})?(?: ?(?:yang )?(?:di )?(?:antara(?:nya)?|dari)?)?(?: ?{_THEM})?"
    rf"(?: ?{_ABOVE})?(?: ?(?:yang )?{_RIGHT})?"
    rf"|(?:hanya )?(?:{_THEM} )?{_LETTERS}(?: (?:keduanya|semuanya|sama-sama))?"
    rf"(?: {_RIGHT})?(?: semua(?:nya)?)?)",
    re.I,
)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No choice speaks of all others."""
    for index, question in enumerate(module.questions):
        for place, choice in enumerate(question.choices):
            said = " ".join(re.sub(r"[*_“”\"]", "", choice).split()).rstrip(" .")
            if _ALL.fullmatch(said) and not said.isdigit():
                yield module.questions_source.problem(
                    (index, "pilihan", place),
                    "S201",
                    f"pilihan “{choice.strip()}” mencakup pilihan lain",
                    "Ganti dengan pengecoh yang berdiri sendiri",
                    at=choice,
                )
