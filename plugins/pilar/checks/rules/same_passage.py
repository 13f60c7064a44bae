"""M208: what two modules both say is written once, and linked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.language.reading import read_module
from pilar.model.problem import Problem
from pilar.model.run import Project

WORDS = 30
"""Words in a row from which on two passages count as the same."""

_WORD = re.compile(r"\w+(?:-\w+)*")


def check_project(project: Project) -> Iterator[Problem]:
    """No WORDS words in a row stand in two modules; told once a passage, in the later module."""
    known: dict[tuple[str, ...], tuple[str, str, int]] = {}
    for slug, module in project.modules.items():
        for passage in read_module(module, project.facts).passages():
            words = [match[0].casefold() for match in _WORD.finditer(passage.flat)]
            windows = [tuple(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)]
            others = (known[window] for window in windows if window in known)
            if other := next((place for place in others if place[0] != slug), None):
                yield Problem(
                    passage.path,
                    passage.line,
                    "M208",
                    f"paragraf ini sama dengan {other[1]}:{other[2]}",
                    "Tulis di satu modul saja, lalu tautkan dari yang lain",
                )
            for window in windows:
                known.setdefault(window, (slug, passage.path, passage.line))
