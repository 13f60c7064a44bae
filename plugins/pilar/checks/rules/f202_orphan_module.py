"""F202: a finished module that neither curriculum nor run names reaches nobody."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.problem import Problem
from pilar.model.run import Project


def check_project(project: Project) -> Iterator[Problem]:
    """Every module that is no draft is part of the curriculum or of a run."""
    named = set(project.curriculum.pins())
    for run in project.runs.values():
        named |= set(run.file.modul)
    for slug, module in project.modules.items():
        if slug not in named and module.meta.status != "draf":
            message = f"modul `{slug}` tidak disebut di kurikulum.yml dan di pelatihan mana pun"
            hint = "Sebut di `struktur` pada kurikulum.yml, atau jadikan `status: draf`"
            yield module.source.problem(("status",), "F202", message, hint)
