"""A version that some run was locked to never changes."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project

from .library import Library
from .semver import order, proposed


def changed_releases(project: Project, library: Library) -> Iterator[Problem]:
    """Modules of the working tree that say they are a locked version and are not.

    The message proposes the version that the change needs.
    """
    for run in project.runs.values():
        for slug, locked in run.lock.modul.items() if run.lock else ():
            module = project.modules.get(slug)
            if module is None or module.meta.versi != locked.versi or module.digest == locked.hash:
                continue
            try:
                old = library.module(slug, locked.hash)
            except ContentError:
                old = None
            hint = "Naikkan `versi`"
            if old:
                version, reason = proposed(old, module)
                hint = f"Naikkan `versi` menjadi {version}: {reason}"
            yield Problem(
                module.source.path,
                module.source.line("versi"),
                "V103",
                f"versi {locked.versi} sudah dikunci oleh {run.id}, tetapi isinya berubah",
                hint,
            )


def untold_changes(project: Project) -> Iterator[Problem]:
    """Modules past a locked version whose perubahan.md does not tell of the version they are."""
    for slug, module in project.modules.items():
        meta, changelog = module.meta, module.changelog
        locked = [
            (order(run.lock.modul[slug].versi), run.id)
            for run in project.runs.values()
            if run.lock and slug in run.lock.modul
        ]
        older = [name for version, name in locked if version < order(meta.versi)]
        told = [section.version for section in changelog.sections]
        for section in changelog.sections:
            if order(section.version) > order(meta.versi):
                message = f"versi {section.version} lebih baru daripada modul.yml ({meta.versi})"
                hint = "Samakan `versi` di modul.yml, atau ganti nomor di sini"
                yield Problem(changelog.path, section.line, "V104", message, hint)
        if older and changelog.readable and meta.versi not in told:
            message = f"versi {meta.versi} tidak ada di perubahan.md"
            hint = (
                f"Pelatihan {older[-1]} memakai versi yang lebih lama; tulis di "
                f"modules/{slug}/perubahan.md, di bawah ## {meta.versi}, apa yang berubah sejak itu"
            )
            yield Problem(module.source.path, module.source.line("versi"), "V105", message, hint)
