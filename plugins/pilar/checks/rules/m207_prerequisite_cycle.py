"""M207: no module is, by a detour, its own prerequisite."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.problem import Problem
from pilar.model.run import Project


def check_project(project: Project) -> Iterator[Problem]:
    """The prerequisites of all modules have an order."""
    for slug, module in project.modules.items():
        if path := _way_back(project, slug):
            yield module.source.problem(
                ("prasyarat", module.meta.prasyarat.index(path[1])),
                "M207",
                f"prasyarat melingkar: {' → '.join(path)}",
                "Hapus salah satu prasyarat di lingkaran itu",
            )


def _way_back(project: Project, start: str) -> list[str]:
    """A way from a module over prerequisites to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for needed in project.modules[way[-1]].meta.prasyarat:
            if needed == start:
                return [*way, start]
            if needed in project.modules and needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return []
