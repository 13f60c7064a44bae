"""T207: a footnote that no text refers to is printed nowhere, without a word."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.links import editions
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts
from pilar.syntax.audience import filtered


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Each footnote is left in some edition; the audience filter takes out what nothing uses."""
    for page in module.pages:
        document = page.document
        shown = [filtered(document, edition) for edition in editions(page)]
        for note in document.footnotes:
            if not any(lines[note.first - 1].strip(" >") for lines in shown):
                mark = f"[^{note.name}]"
                message = f"catatan kaki `{mark}` tidak dirujuk, jadi tidak tercetak"
                hint = f"Tulis {mark} di kalimat yang dijelaskannya, atau hapus catatannya"
                yield document.problem(note.first, "T207", message, hint, at=mark)
