"""Problems that only rendering shows, of the modules that a review compares."""

from __future__ import annotations

from dataclasses import replace

from pilar.checks.telling import told
from pilar.project.folder import unrendered

from .state import Snapshot


def rendered(snapshot: Snapshot, other: Snapshot) -> Snapshot:
    """`snapshot` with B115 and B116 of the modules that `other` does not have the same.

    Those alone: to render all modules takes a second, and what both states have changes nothing.
    """
    project = snapshot.project
    if project is None:
        return snapshot
    theirs = {module.digest for module in other.modules.values()}
    lost = {
        problem
        for slug, module in project.modules.items()
        if module.digest not in theirs and slug not in snapshot.unfit
        for problem in unrendered(module, project)
    }
    if not lost:
        return snapshot
    errors = lost | {problem for problem in snapshot.problems if not problem.warning}
    problems = told(project, errors, (p for p in snapshot.problems if p.warning))
    return replace(snapshot, problems=tuple(problems))
