"""T203: alternative text is short enough to be listened to."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.links import matches
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts
from pilar.syntax.references import PICTURE

LONGEST = 125
"""Characters; many screen readers stop or pause there."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No alternative text is longer than LONGEST."""
    for page, _, match in matches(module, PICTURE):
        length = len(" ".join(match["alt"].split()))
        if length > LONGEST:
            message = f"teks pengganti {length} huruf, paling banyak {LONGEST}"
            hint = "Sebut yang terpenting; uraikan sisanya di paragraf sesudah gambar"
            problem = Problem(page.document.path, 1, "T203", message, hint)
            yield problem.at_match(match, "alt")
