"""Atomic writes: files and folders are made next to their place, then renamed into it.

A rename within one file system either happened or did not, whenever the process is killed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole, or leave the old one, whose permissions stay. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def rewrite(texts: Mapping[Path, bytes]) -> None:
    """Write text files, all of them or none; one that has CRLF keeps it. Raises OSError.

    A process that is killed between two of them leaves the later ones, in this order, as they were.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    try:
        for path, data in texts.items():
            windows = b"\r\n" in (before[path] or b"") and b"\r\n" not in data
            write_atomic(path, data.replace(b"\n", b"\r\n") if windows else data)
    except OSError:
        for path, old in before.items():
            if old is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != old:
                write_atomic(path, old)
        raise


def replace_folder(stage: Path, final: Path) -> None:
    """Move the finished folder `stage` to `final`, in place of what is there."""
    replaced = final.parent / f".{final.name}.lama"
    if final.exists():
        final.rename(replaced)
    stage.rename(final)
    shutil.rmtree(replaced, ignore_errors=True)


def staging_folder(folder: Path) -> Path:
    """Where the new content of `folder` is made: next to it, on the same file system."""
    return folder.with_name(f".{folder.name}.baru")


def empty_folder(folder: Path) -> Path:
    """The folder, created or emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def replace_folder_keeping_hidden(stage: Path, final: Path) -> None:
    """Move `stage` to `final`, whose hidden files at the top (`.git`, `.nojekyll`) stay.

    MkDocs leaves them alone too: they are not of the site.
    """
    for hidden in final.glob(".*"):
        if not (stage / hidden.name).exists():
            hidden.rename(stage / hidden.name)
    replace_folder(stage, final)


def recover(out: Path) -> None:
    """Clean up after a killed build: restore folders moved aside, remove unfinished ones."""
    for replaced in out.glob(".*.lama"):
        final = out / replaced.name[1:].removesuffix(".lama")
        if not final.exists():
            replaced.rename(final)
        shutil.rmtree(replaced, ignore_errors=True)
    for stage in out.glob(".*.baru"):
        shutil.rmtree(stage, ignore_errors=True)
