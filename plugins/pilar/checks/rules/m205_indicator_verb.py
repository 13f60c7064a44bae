"""M205: an indicator begins with what can be seen and measured."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.verbs import first_verb, level_of
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """The first word of each indicator is a verb of kko.txt."""
    for index, text in enumerate(module.meta.indikator):
        verb = first_verb(text)
        if not level_of(verb):
            message = f"indikator {index + 1} diawali “{verb}”, yang tidak dapat diukur"
            hint = "Mulai dengan kata kerja operasional, misalnya menjelaskan, menyusun, menilai"
            yield module.source.problem(("indikator", index), "M205", message, hint, at=verb)
