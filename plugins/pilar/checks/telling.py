"""What an author is told at once: every error, and each warning that does not follow from one.

Whoever mends what is told should not be met by a second wave. So warnings are held back only where
a file could not be read for certain, and there only those that rest on what was not read.
"""

from __future__ import annotations

from collections.abc import Iterable

from pilar.model.problem import Problem
from pilar.model.run import Project

UNREAD = frozenset({"F102", "F105", "F106", "Y101", "Y104", "Y105", "Y106"})
"""Errors that keep (a part of) a file from being read."""
UNSURE = UNREAD | {f"B{number}" for number in (*range(101, 112), 116, 117)}
"""Errors of a page below which nobody can tell what is text, and whose it is."""
MISSING = frozenset({"F101", "F103"})
"""Errors by which a module lacks a page."""
BY_LINE = frozenset(
    "B203 B204 B205 H201 H202 L101 L103 L104 L106 L107 P201 P202 P203 P204 T201 T202 T203".split()
)
"""Warnings that a line alone gives: above an error of their page they hold."""
BY_MODULE = frozenset({"F201", "L102", "L105", "M204", "S206", "T205", "T206", "T207"})
"""Warnings that rest on all files of a module together."""
UNUSED = "L100"
"""A comment that silences nothing: known for certain only where everything could be read."""


def told(project: Project, errors: Iterable[Problem], warnings: Iterable[Problem]) -> list[Problem]:
    """Errors and the warnings beside them, sorted, each at its exact place where that is known."""
    errors = set(errors)
    first: dict[str, int] = {}
    for problem in errors:
        if problem.code in (UNSURE if problem.path.endswith(".md") else UNREAD):
            first[problem.path] = min(problem.line, first.get(problem.path, problem.line))
    missing = {problem.path for problem in errors if problem.code in MISSING}
    folders = {_folder(path) for path in {*first, *missing} if path.startswith("modules/")}

    def holds(warning: Problem) -> bool:
        if warning.code == UNUSED and (first or missing or project.broken):
            return False
        if warning.code in BY_MODULE and _folder(warning.path) in folders:
            return False
        limit = first.get(warning.path)
        return limit is None or (warning.line < limit and warning.code in BY_LINE)

    return sorted({*errors, *filter(holds, warnings)})


def _folder(path: str) -> str:
    return "/".join(path.split("/")[:2])
