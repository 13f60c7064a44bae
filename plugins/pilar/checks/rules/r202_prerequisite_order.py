"""R202: what a module builds on is taught before it."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.problem import Problem
from pilar.model.run import Project


def check_project(project: Project) -> Iterator[Problem]:
    """In every timetable a module comes after those of its `prasyarat`."""
    for run in project.runs.values():
        named = [
            (entry.modul, ("jadwal", "hari", day, place))
            for day, entries in enumerate(run.file.jadwal.hari)
            for place, entry in enumerate(entries)
            if entry.modul in project.modules
        ]
        firsts = {slug: index for index, (slug, _) in reversed(list(enumerate(named)))}
        for slug, index in firsts.items():
            for needed in project.modules[slug or ""].meta.prasyarat:
                if firsts.get(needed, -1) > index:
                    message = f"modul `{slug}` dijadwalkan sebelum prasyaratnya, `{needed}`"
                    hint = "Tukar urutannya"
                    yield run.source.problem(named[index][1], "R202", message, hint, at=slug or "")
