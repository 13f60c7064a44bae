"""M203: no heading stands over nothing, in either edition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.links import editions
from pilar.model.curriculum import Module, Page
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.run import Facts
from pilar.syntax.audience import filtered


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Below each heading there is text, a block, or a deeper heading."""
    for page in module.pages:
        empty: dict[int, list[Edition]] = {}
        for edition in editions(page):
            for line in _empty(page, edition):
                empty.setdefault(line, []).append(edition)
        texts = {heading.line: heading.text for heading in page.document.headings}
        for line, found in empty.items():
            where = "" if len(found) == len(list(editions(page))) else f" di edisi {found[0]}"
            message = f"bagian “{texts[line]}” kosong{where}"
            hint = "Tulis isinya di luar blok pelatih, atau hapus judulnya"
            yield page.document.problem(line, "M203", message, hint, at=texts[line])


def _says(line: str) -> bool:
    """Whether a line has something to read: rules and marks of empty items have nothing."""
    return bool(re.sub(r"^[ >]*(?:[-*+]|\d+[.)])? *$|^[ >]*(?:[-*_] ?){3,}$|^[ >/]*$", "", line))


def _empty(page: Page, edition: Edition) -> Iterator[int]:
    lines = filtered(page.document, edition)
    headings = [h for h in page.document.headings if lines[h.line - 1].strip()]
    for index, heading in enumerate(headings):
        after = headings[index + 1] if index + 1 < len(headings) else None
        end = after.line - 1 if after else len(lines)
        if after and after.level > heading.level:
            continue
        if not any(map(_says, lines[heading.line : end])):
            yield heading.line
