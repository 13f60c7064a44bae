"""Locks that say of a commit what it does not hold: someone or something changed them.

Without this the content, which nobody touched, would be told to have changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from pilar.model.locked import Lock, LockedFile
from pilar.model.position import Keys
from pilar.model.problem import Problem
from pilar.model.run import Run

from .repository import DamagedObjectError, Repository

_FILES = ("kurikulum", "rujukan", "glosarium")


def untrue_parts(run: Run, lock: Lock, repository: Repository) -> dict[str, Problem]:
    """Problems of the parts whose commit is here and holds something else, by the part's name.

    `waktu` is one of the names where all commits are here and none is of that time.
    """
    found: dict[str, Problem] = {}
    parts = lock.parts()
    held: dict[str, Mapping[str, str]] = {}
    for name in {locked.commit for locked in parts.values()}:
        with suppress(DamagedObjectError):  # not here: it cannot be known
            held[name] = repository.content_hashes(name)
    for name, locked in parts.items():
        # A commit without modules/ is from before the project lay where it lies now.
        if content := held.get(locked.commit):
            actual = content.get(f"{name}.yml" if name in _FILES else name, "")
            if actual != locked.hash:
                found[name] = _other_content(run, name, locked, actual)
    known = not found and all(locked.commit in held for locked in parts.values())
    if known and int(lock.waktu.timestamp()) != max(map(repository.time, held)):
        message = "waktu ini bukan waktu komit terbaru yang dikunci"
        found["waktu"] = _problem(run, ("waktu",), message, "kurikulum")
    return found


def untrue_version(run: Run, name: str, told: str, held: str) -> Problem:
    """The problem of a part that holds another version than the lock says."""
    message = f"kunci menyebut {_called(name)} versi {told}, tetapi isi yang dikunci versi {held}"
    return _problem(run, (*_keys(name), "versi"), message, name)


def _other_content(run: Run, name: str, locked: LockedFile, actual: str) -> Problem:
    there = f"memuat {actual[:12]}" if actual else "tidak memuatnya"
    message = (
        f"hash {locked.hash[:12]} untuk {_called(name)} bukan isi komit {locked.commit[:12]}, yang "
        f"{there}; isinya sendiri tidak berubah, kuncinya yang keliru"
    )
    return _problem(run, (*_keys(name), "hash"), message, name)


def _problem(run: Run, keys: Keys, message: str, name: str) -> Problem:
    path = run.lock_source.path
    slug = "kurikulum" if name in _FILES else name
    hint = (
        f"Kembalikan berkas ini: git checkout -- {path}; atau kunci ulang: "
        f"pilar lock {run.id} --upgrade {slug}"
    )
    return run.lock_source.problem(keys, "V110", message, hint)


def _keys(name: str) -> Keys:
    return (name,) if name in _FILES else ("modul", name)


def _called(name: str) -> str:
    return name if name in _FILES else f"modul `{name}`"
