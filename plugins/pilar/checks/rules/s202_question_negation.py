"""S202: a reader in a hurry overlooks a negation that is not in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_NEGATION = re.compile(
    r"(?<![\w*])(?:(?P<word>kecuali|bukan(?:lah)?"
    r"|(?:tidak|tak) (?:termasuk|benar|tepat|sesuai|perlu|boleh)|kurang (?:tepat|sesuai))"
    r"|(?:mana(?:kah)?|apa(?:kah)?|ini|hal|sikap|perilaku|tindakan|langkah|pernyataan|contoh"
    r"|^\W*) ?"
    r"yang (?:sebaiknya |seharusnya )?"
    r"(?P<what>(?:tidak|tak)(?: (?:termasuk|benar|tepat|sesuai|perlu|boleh))?|salah|keliru))"
    r"(?![\w*])",
    re.I,
)
"""What is asked for is what is not so; of people *yang tidak mau* much else may be asked."""
_BOLD = re.compile(r"(\*\*|__)(?=\S).+?(?<=\S)\1")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_WHY = re.compile(r"(?:mengapa|kenapa|apa (?:sebab|alasan)\w*)\b", re.I)
"""Asks for the reason of what is not so; the negation is given, not asked for."""
_SENTENCE = re.compile(r"[^.!?]*(?:[.!?…:](?:[ .…]*[.…])?)*[”\"')]*\s*")


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """What a multiple-choice question asks holds no negation that is not in bold."""
    for index, question in enumerate(module.questions):
        if question.jenis != "pilihan-ganda":
            continue
        for word in _unmarked(question.teks):
            yield module.questions_source.problem(
                (index, "teks"),
                "S202",
                f"kata “{word}” dalam pertanyaan tidak ditebalkan",
                f"Tulis **{word}**, atau tanyakan yang benar",
                at=word,
                instead=f"**{word}**",
                safe=True,
            )


def _unmarked(text: str) -> Iterator[str]:
    """The negations of what is asked: the last sentence, an instruction in brackets aside."""
    shown = _QUOTED.sub(_blank, _BOLD.sub(_blank, text))
    shown = re.sub(r"\s*\([^()]*\)[.\s]*$", "", shown)
    sentences = [match[0] for match in _SENTENCE.finditer(shown) if match[0].strip(" .…")]
    asked = sentences[-1] if sentences else ""
    if not _WHY.match(asked.strip()):
        yield from (match["word"] or match["what"] for match in _NEGATION.finditer(asked))


def _blank(match: re.Match[str]) -> str:
    return "-" * len(match[0])
