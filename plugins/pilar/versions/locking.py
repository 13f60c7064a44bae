"""What a run is locked to: each part in the newest content that git has of its version."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from pilar.content.files import blob_hash
from pilar.content.project import REGISTRIES, TERMS
from pilar.model.locked import Lock, LockedFile, LockedVersion
from pilar.model.problem import ContentError, Problem, UnknownNameError, suggestion
from pilar.model.run import Run

from .history import Release
from .library import Library, unfilled_lock, unfit, unfit_lock
from .missing import collecting
from .opened import Unusable
from .repository import Repository

_SHARED = frozenset({"kurikulum", "rujukan"})
"""Parts that are locked together, from one commit, with the glossary of that."""
_TERMS = "glosarium"
"""May be locked anew by itself: a later glossary explains and finds the same text better."""


def new_lock(library: Library, run: Run, upgrade: Sequence[str] = ()) -> Lock:
    """The lock of a run as git's history has it now.

    What is locked already stays as it is, unless its name is in `upgrade`. `kurikulum` there means
    curriculum, sources and terms, and the modules that the curriculum now pins otherwise;
    `glosarium` the terms alone, as the newest curriculum has them. Raises UnknownNameError, and
    ContentError for what git does not have, or what would change unasked.
    """
    repository = _repository(library, run)
    old, file = run.lock, run.file
    asked = frozenset("kurikulum" if name in _SHARED else name for name in upgrade)
    problems: list[Problem] = []
    if old and "kurikulum" not in asked and old.kurikulum.versi == file.kurikulum:
        base = _with_newest_terms(library, run, old, problems) if _TERMS in asked else old
    else:
        release = library.history.curriculum.get(file.kurikulum)
        if release is None:
            raise ContentError([_uncommitted(run, "kurikulum", file.kurikulum)])
        problems += _edited_registries(library, run, release)
        base = unfilled_lock(run, release)
    project = library.registries(run.source.path, base, problems)
    if project is None:
        raise ContentError(problems)
    pins = run.file.pins(project.curriculum)
    _all_known(asked, {"kurikulum", _TERMS, *pins, *(old.modul if old else ())})
    if old and (changed := _unasked(old, unfit(project, run, old), asked)):
        raise unfit_lock(run, changed)
    modules: dict[str, LockedVersion] = {}
    for slug, version in pins.items():
        locked = old.modul.get(slug) if old and slug not in asked else None
        if locked and locked.versi == version:
            modules[slug] = locked
        elif release := library.history.modules.get(slug, {}).get(version):
            present = library.project.modules.get(slug)
            if present and present.meta.versi == version and present.digest != release.hash:
                problems.append(_uncommitted(run, f"modul `{slug}`", version, edited=True))
            # A lock must be able to keep what it promises.
            with collecting(problems, run.source.path, f"modul `{slug}`"):
                library.module(slug, release.hash)
            modules[slug] = LockedVersion(commit=release.commit, hash=release.hash, versi=version)
        else:
            problems.append(_uncommitted(run, f"modul `{slug}`", version))
    if problems:
        raise ContentError(problems)
    lock = base.model_copy(update={"modul": modules})
    newest = max(repository.time(part.commit) for part in lock.parts().values())
    when = datetime.datetime.fromtimestamp(newest, datetime.UTC)
    return lock.model_copy(update={"waktu": when})


def _repository(library: Library, run: Run) -> Repository:
    if isinstance(library.git, Unusable):
        raise ContentError([library.git.error])
    if library.repository is None or not library.repository.head:
        message = "belum ada riwayat git untuk mengunci versi"
        raise ContentError([Problem(run.source.path, 1, "V102", message, "Jalankan git commit")])
    return library.repository


def _all_known(asked: frozenset[str], known: set[str]) -> None:
    if unknown := sorted(asked - known):
        hint = suggestion(unknown[0], known)
        raise UnknownNameError(f"modul `{unknown[0]}` tidak dikenal. {hint}.")


def _unasked(old: Lock, changed: Sequence[str], asked: frozenset[str]) -> list[str]:
    """What the lock has and would have otherwise, though nobody asked for it."""
    if "kurikulum" in asked:
        return []
    return [n for n in changed if (n == "kurikulum" or n in old.modul) and n not in asked]


def _with_newest_terms(library: Library, run: Run, lock: Lock, problems: list[Problem]) -> Lock:
    version = library.project.curriculum.versi
    release = library.history.curriculum.get(version)
    if release is None or blob_hash(library.files.get(TERMS, b"")) != release.registries[1]:
        problems.append(_uncommitted(run, TERMS, version, edited=release is not None))
        return lock
    newest = LockedFile(commit=release.commit, hash=release.registries[1])
    return lock.model_copy(update={"glosarium": newest})


def _edited_registries(library: Library, run: Run, release: Release) -> Iterator[Problem]:
    """The folder's curriculum, sources and terms where they are of this version, but not as
    committed: whoever locks them expects what lies there.
    """
    if library.project.curriculum.versi != run.file.kurikulum:
        return
    for path, committed in zip(REGISTRIES, (release.hash, *release.registries), strict=True):
        data = library.files.get(path)
        if data is not None and blob_hash(data) != committed:
            yield _uncommitted(run, path, run.file.kurikulum, edited=True)


def _uncommitted(run: Run, what: str, version: str, *, edited: bool = False) -> Problem:
    place = "di folder kerja lain daripada di riwayat git" if edited else "tidak ada di riwayat git"
    hint = "Simpan dahulu dengan git commit"
    if edited:
        hint += ", atau kembalikan isinya; yang dikunci adalah isi komit"
    return run.source.problem(("kurikulum",), "R105", f"{what} versi {version} {place}", hint)
