"""M206: an indicator asks for one thing, so that one question can measure it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.verbs import level_of
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_JOINED = re.compile(r"(?:\b(?:dan|serta|atau|lalu|kemudian)\b|[,/]) *(?P<verb>\w+)", re.I)

_DESCRIBES = re.compile(r"\b(?:yang|untuk|agar|supaya|dengan|berupa)\b", re.I)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No second verb of kko.txt is joined to the first."""
    for index, text in enumerate(module.meta.indikator):
        first = text.split()[0].casefold()
        # What follows “yang” or “untuk” describes; the participant is not asked for it.
        for match in _JOINED.finditer(_DESCRIBES.split(text)[0]):
            if level_of(first) and level_of(match["verb"]):
                yield module.source.problem(
                    ("indikator", index),
                    "M206",
                    f"indikator {index + 1} memuat dua kata kerja: {first} dan “{match['verb']}”",
                    "Bagi menjadi dua indikator, atau pakai kata kerja yang lebih tinggi saja",
                )
