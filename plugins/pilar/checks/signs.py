"""Signs on pages that no font of the books has; in YAML the reader tells them."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.content.glyphs import unprintable
from pilar.content.source import plain
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def signs_are_printable(module: Module, facts: Facts) -> Iterator[Problem]:
    """Every sign of pages, and of what errata say of them, has a glyph."""
    documents = [page.document for page in module.pages]
    if module.changelog.document:
        documents.append(module.changelog.document)
    for document in documents:
        # What only looks like a fence is told as that (B106).
        shown = ["" if "///" in plain(line) else line for line in document.lines]
        yield from unprintable(document.path, shown, document.literal)
