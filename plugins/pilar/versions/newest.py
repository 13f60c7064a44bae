"""The newest version of what a run was given."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pilar.model.curriculum import Module
from pilar.model.semver import order

from .library import Library

_RELEASE = re.compile(r"\d+\.\d+\.\d+")


def released(library: Library, slug: str) -> list[str]:
    """Versions of a module in git's history, newest first; without git, that of the folder."""
    found = set(library.history.modules.get(slug, {}))
    if library.repository is None and slug in library.project.modules:
        found.add(library.project.modules[slug].meta.versi)
    return _newest_first(found)


def released_curricula(library: Library) -> list[str]:
    """Versions of the curriculum, newest first."""
    found = set(library.history.curriculum)
    if library.repository is None:
        found.add(library.project.curriculum.versi)
    return _newest_first(found)


def newest(library: Library, module: Module) -> Module:
    """The newest version of `module` that takes its place; itself where there is none.

    A draft takes no released version's place. What git cannot give, or cannot be read, is left
    out: no reader could get it.
    """
    releases = library.history.modules.get(module.slug, {})
    for version in released(library, module.slug):
        if order(version) <= order(module.meta.versi):
            break
        if version in releases:
            found = library.sound(module.slug, releases[version].hash)
        else:
            found = library.project.modules[module.slug]
        if found and (found.meta.status != "draf" or module.meta.status == "draf"):
            return found
    return module


def _newest_first(versions: Iterable[str]) -> list[str]:
    return sorted((v for v in versions if _RELEASE.fullmatch(v)), key=order, reverse=True)
