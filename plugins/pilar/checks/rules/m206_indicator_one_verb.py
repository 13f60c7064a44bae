"""M206: an indicator asks for one thing, so that one question can measure it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.verbs import first_verb, level_of
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_JOINED = re.compile(
    r"(?:\b(?:dan|serta|atau|lalu|kemudian|sekaligus)\b|[,/;&]) *"
    r"(?:(?:dan|serta|lalu|kemudian|dapat|mampu) )*(?P<verb>\w+)",
    re.I,
)
_DESCRIBES = re.compile(
    r"\b(?:yang|untuk|agar|supaya|dengan|berupa|cara|langkah(?:-langkah)?|teknik|tata cara)\b", re.I
)
_SUFFIX = re.compile(r"nya$", re.I)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No second verb of kko.txt is joined to the first."""
    for index, text in enumerate(module.meta.indikator):
        first = first_verb(text)
        # What follows “yang”, “untuk” or “cara” describes; the participant is not asked for it.
        for match in _JOINED.finditer(_DESCRIBES.split(text)[0]):
            if level_of(first) and level_of(_SUFFIX.sub("", match["verb"])):
                yield module.source.problem(
                    ("indikator", index),
                    "M206",
                    f"indikator {index + 1} memuat dua kata kerja: {first} dan “{match['verb']}”",
                    "Bagi menjadi dua indikator, atau pakai kata kerja yang lebih tinggi saja",
                    at=match["verb"],
                )
