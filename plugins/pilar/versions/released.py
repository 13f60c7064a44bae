"""A version that some run was locked to never changes."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project

from .library import Library
from .semver import proposed


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
