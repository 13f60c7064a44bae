"""Locks a run to what can be built from it, and to nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pilar.model.locked import Lock, LockedFile
from pilar.model.problem import ContentError
from pilar.store.atomic import write_atomic
from pilar.versions.lockfile import lock_text
from pilar.versions.locking import new_lock

from .state import State


@dataclass(frozen=True)
class Locking:
    """The lock's file, what it held before (None: it was not there) and what it holds."""

    path: Path
    old: Lock | None
    new: Lock
    changed: bool

    def lines(self) -> Iterator[str]:
        """What went from what to what, what is new, what is the same (Indonesian)."""
        before, after = self.old.parts() if self.old else {}, self.new.parts()
        same = []
        for name in (*after, *(name for name in before if name not in after)):
            old, new = before.get(name), after.get(name)
            if old and new and old.hash == new.hash and _version(old) == _version(new):
                same.append(_called(name, new))
            elif new is None:
                yield f"{_called(name, old)}: tidak dipakai lagi"
            elif old is None:
                yield f"{_called(name, new)}: baru"
            elif _version(old) != _version(new):
                yield f"{name} {_version(old)} → {_version(new)}"
            else:
                yield f"{_called(name, new)}: isi {old.hash[:8]} → {new.hash[:8]}"
        if same:
            yield f"tetap: {', '.join(same)}"


def _version(part: LockedFile | None) -> str:
    return getattr(part, "versi", "")


def _called(name: str, part: LockedFile | None) -> str:
    return f"{name} {_version(part)}".rstrip()


def lock_run(state: State, name: str, upgrade: Sequence[str] = ()) -> Locking:
    """Lock a run, unless it could not be built then.

    Raises UnknownNameError for an unknown run or part, ContentError with all that is in the way.
    """
    run = state.sound.run(name)
    lock = new_lock(state.library, run, upgrade)
    path = f"runs/{run.id}.lock"
    data = lock_text(lock).encode()
    locked = state.changed({path: data})
    if problems := locked.faults or locked.failed.get(run.id, ()):
        raise ContentError(problems)
    changed = state.files.get(path) != data
    if changed:
        place = state.workspace.root / path
        place.parent.mkdir(exist_ok=True)
        write_atomic(place, data)
    return Locking(state.workspace.root / path, run.lock, lock, changed)
