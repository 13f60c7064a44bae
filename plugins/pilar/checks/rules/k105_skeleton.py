"""K105: of what `pilar new module` writes, nothing stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.content.skeleton import MODULE, unedited_lines, unedited_values
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

HINT = "Ganti dengan isi Anda sendiri"


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No text of the module is one of the skeleton's."""
    for source in (module.source, module.questions_source):
        for keys, text in unedited_values(source, MODULE):
            yield source.problem(keys, "K105", _message(text), HINT, at=text)
    for page in module.pages:
        for line, text in unedited_lines(page.document, MODULE):
            problem = Problem(page.document.path, line, "K105", _message(text), HINT)
            yield problem.on_line(page.document.lines, at=text)


def _message(text: str) -> str:
    return f"“{text}” masih isi contoh dari kerangka modul"
