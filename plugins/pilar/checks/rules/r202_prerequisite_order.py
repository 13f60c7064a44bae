"""R202: what a module builds on is taught before it."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.problem import Problem
from pilar.model.run import Project, Run


def check_project(project: Project) -> Iterator[Problem]:
    """A module comes after those of its `prasyarat`, and none of these is left out."""
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
        yield from _left_out(project, run)


def _left_out(project: Project, run: Run) -> Iterator[Problem]:
    taught = {slug for slug in run.file.pins(project.curriculum) if slug in project.modules}
    for left in run.file.tanpa:
        if needy := sorted(s for s in taught if left in project.modules[s].meta.prasyarat):
            names = " dan ".join(f"`{slug}`" for slug in needy)
            message = f"modul `{left}` ditinggalkan, padahal prasyarat {names}"
            hint = "Ajarkan juga, atau pastikan peserta sudah menguasainya"
            yield run.source.problem(("tanpa", left), "R202", message, hint, name=True)
