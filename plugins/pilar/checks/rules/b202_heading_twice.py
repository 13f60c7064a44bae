"""B202: no two headings of a page say the same below the same heading."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Headings are unique among their siblings."""
    for page in module.pages:
        above: list[str] = []
        known: dict[tuple[str, ...], int] = {}
        for heading in page.document.headings:
            above = [*above[: heading.level - 1], heading.text.casefold()]
            first = known.setdefault(tuple(above), heading.line)
            if first != heading.line:
                message = f"judul “{heading.text}” sudah dipakai di baris {first}"
                hint = "Beri judul yang menyebut bedanya"
                at = heading.text
                yield page.document.problem(heading.line, "B202", message, hint, at=at)
