"""T203: alternative text is short enough to be listened to."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.links import editions, matches
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts
from pilar.syntax.references import PICTURE

LONGEST = 125
"""Characters; many screen readers stop or pause there."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No alternative text is longer than LONGEST."""
    for page in module.pages:
        found: set[Problem] = set()
        for edition in editions(page):
            for _, match in matches(page, edition, PICTURE):
                length = len(" ".join(match["alt"].split()))
                if length > LONGEST:
                    message = f"teks pengganti {length} huruf, paling banyak {LONGEST}"
                    hint = "Sebut yang terpenting; uraikan sisanya di paragraf sesudah gambar"
                    problem = Problem(page.document.path, 1, "T203", message, hint)
                    found.add(problem.at_match(match, "alt"))
        yield from found
