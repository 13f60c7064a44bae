"""S202: a reader in a hurry overlooks a negation that is not in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts

_NEGATION = re.compile(
    r"(?<![*\w])(?P<word>kecuali|bukan|tidak (?:termasuk|benar|tepat|sesuai|perlu|boleh))(?![*\w])",
    re.I,
)
_LAST_SENTENCE = re.compile(r"[^.!?]*[.!?…:]*[”\"')]*\s*$")


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """What a multiple-choice question asks holds no negation that is not in bold."""
    for index, question in enumerate(module.questions):
        if question.jenis != "pilihan-ganda":
            continue
        asked = _LAST_SENTENCE.search(question.teks.strip())
        for match in _NEGATION.finditer(asked[0] if asked else ""):
            word = match["word"]
            yield module.questions_source.problem(
                (index, "teks"),
                "S202",
                f"kata “{word}” dalam pertanyaan tidak ditebalkan",
                f"Tulis **{word}**, atau tanyakan yang benar",
                fix=Fix(word, f"**{word}**", safe=True),
            )
