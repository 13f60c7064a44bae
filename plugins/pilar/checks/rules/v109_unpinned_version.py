"""V109: the curriculum pins the version that modul.yml has."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.changes.pins import to_pin
from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.model.semver import order


def check_project(project: Project) -> Iterator[Problem]:
    """What a module says in a version that nobody pins reaches no run."""
    for group, pins in project.curriculum.struktur.items():
        for slug, pin in pins.items():
            module = project.modules.get(slug)
            if module is None or module.meta.versi == pin:
                continue
            version = module.meta.versi
            if order(pin) < order(version):
                message = f"kurikulum memakai `{slug}` {pin}, sedangkan modul.yml sudah {version}"
                changes = "; ".join(map(str, to_pin(project, slug, version)))
                hint = f"Ubah {changes}. Atau jalankan: pilar bump {slug}"
            else:
                message = f"kurikulum memakai `{slug}` {pin}, sedangkan modul.yml masih {version}"
                place = f"{module.source.path}:{module.source.line('versi')}"
                hint = f"Samakan: {place}: `versi` {version} → {pin}, atau ganti nomor di sini"
            yield project.curriculum_source.problem(
                ("struktur", group, slug), "V109", message, hint, at=pin, instead=version
            )
