"""B201: headings go down one level at a time, so that contents and screen readers can follow."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Each heading is at most one level below the heading, or block title, above it."""
    for page in module.pages:
        for line, level, above in _steps(page.document):
            if level > above + 1:
                marks = "#" * level
                message = f"judul {marks} langsung di bawah tingkat {'#' * above}"
                hint = f"Pakai {'#' * (above + 1)}, atau tulis judul di antaranya"
                yield page.document.problem(line, "B201", message, hint)


def _steps(document: Document) -> Iterator[tuple[int, int, int]]:
    """Line and level of each heading, and the level of what stands above it."""
    levels: dict[int, int] = {0: 0}  # last level seen, by the block that it stands in (its line)
    for heading in document.headings:
        inside = [b for b in document.walk() if b.first < heading.line <= b.last]
        owner = inside[-1].first if inside else 0
        above = levels.get(owner, inside[-1].heading_level if inside else 0)
        yield heading.line, heading.level, above
        levels[owner] = heading.level
