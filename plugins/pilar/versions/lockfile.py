"""Writes runs/<id>.lock."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pilar.model.locked import Lock
from pilar.model.problem import UnknownNameError, suggestion
from pilar.model.run import Run
from pilar.store.atomic import write_atomic

from .library import Library

_HEADER = "# Ditulis oleh `pilar lock`; jangan disunting. Satu baris satu modul.\n"


def lock_run(library: Library, run: Run, upgrade: Sequence[str] = ()) -> tuple[Path, bool]:
    """Lock a run; gives the lock's path and whether it changed.

    Raises UnknownNameError for an unknown slug, ContentError where a version is not in git's
    history.
    """
    known = {*library.project.curriculum.pins(), *run.file.modul, "kurikulum"}
    if unknown := [slug for slug in upgrade if slug not in known]:
        raise UnknownNameError(
            f"modul `{unknown[0]}` tidak dikenal. {suggestion(unknown[0], known)}."
        )
    path = library.root / "runs" / f"{run.id}.lock"
    text = lock_text(library.lock(run, upgrade))
    changed = not path.exists() or path.read_text("utf-8") != text
    if changed:
        path.parent.mkdir(exist_ok=True)
        write_atomic(path, text.encode())
    return path, changed


def lock_text(lock: Lock) -> str:
    """The lock as YAML; the same lock gives the same text."""
    lines = [
        _HEADER + f"pelatihan: {lock.pelatihan}",
        f"waktu: {lock.waktu:%Y-%m-%dT%H:%M:%SZ}",
        f"kurikulum: {{versi: {lock.kurikulum.versi}, commit: '{lock.kurikulum.commit}', "
        f"hash: '{lock.kurikulum.hash}'}}",
        *(
            f"{name}: {{commit: '{locked.commit}', hash: '{locked.hash}'}}"
            for name, locked in (("rujukan", lock.rujukan), ("glosarium", lock.glosarium))
        ),
        "modul:",
    ]
    lines += [
        f"  {slug}: {{versi: {locked.versi}, commit: '{locked.commit}', hash: '{locked.hash}'}}"
        for slug, locked in sorted(lock.modul.items())
    ]
    return "\n".join(lines) + "\n"
