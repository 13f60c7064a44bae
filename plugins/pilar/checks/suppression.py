"""What an author sees at once: every error, and each warning that does not follow from one.

An author who corrects what is reported should not be met by a second wave. So warnings are
suppressed only where a file could not be read for certain, and there only those that rest on what
was not read. The rules say which (`model.rule`: `Basis`, `Hidden`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pilar.model.problem import Problem
from pilar.model.rule import Basis, Hidden
from pilar.model.run import Project


def reported(
    project: Project, errors: Iterable[Problem], warnings: Iterable[Problem]
) -> list[Problem]:
    """Errors, and the warnings that hold in spite of them, sorted."""
    errors = set(errors)
    first: dict[str, int] = {}
    for problem in errors:
        hidden = problem.rule.hidden
        if hidden is Hidden.FILE or (hidden is Hidden.BELOW and problem.path.endswith(".md")):
            first[problem.path] = min(problem.line, first.get(problem.path, problem.line))
    missing = {problem.path for problem in errors if problem.rule.hidden is Hidden.PAGE}
    folders = {_folder(path) for path in {*first, *missing} if path.startswith("modules/")}

    def holds(warning: Problem) -> bool:
        basis = warning.rule.basis
        if basis is Basis.PROJECT and (first or missing or project.broken):
            return False
        if basis is Basis.MODULE and _folder(warning.path) in folders:
            return False
        limit = first.get(warning.path)
        return limit is None or (warning.line < limit and basis is Basis.LINE)

    return sorted({*errors, *filter(holds, warnings)})


def _folder(path: str) -> str:
    return "/".join(path.split("/")[:2])
