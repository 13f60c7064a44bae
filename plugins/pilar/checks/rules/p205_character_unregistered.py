"""P205: invented people stand in one register, so that a name can be given once."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.mentions import mentions
from pilar.model.problem import Problem
from pilar.model.run import Project


def check_project(project: Project) -> Iterator[Problem]:
    """Whoever is addressed by name in a module is in the register; once a name and module."""
    known = project.cast.by_name
    for module in project.modules.values() if known else ():
        first = {mention.name: mention for mention in reversed(mentions(module))}
        for mention in sorted(first.values(), key=lambda found: found.passage.line):
            if mention.name not in known:
                message = f"nama “{mention.text}” belum ada di {project.cast.source.path}"
                hint = "Daftarkan di sana, atau pakai nama yang sudah terdaftar untuk orang itu"
                yield mention.passage.problem(mention.span, "P205", message, hint)
