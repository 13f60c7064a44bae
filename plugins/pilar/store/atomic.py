"""Folders and files that appear whole: made beside their place, then moved there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole, or leave the old one, whose permissions stay. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def put_in_place(stage: Path, final: Path) -> None:
    """Move the finished folder `stage` to `final`, in place of what is there."""
    replaced = final.parent / f".{final.name}.lama"
    if final.exists():
        final.rename(replaced)
    stage.rename(final)
    shutil.rmtree(replaced, ignore_errors=True)


def beside(folder: Path) -> Path:
    """Where the new content of `folder` is made: next to it, so that it can be moved there."""
    return folder.with_name(f".{folder.name}.baru")


def emptied(folder: Path) -> Path:
    """The folder, made anew without content."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def put_beside_hidden(stage: Path, final: Path) -> None:
    """Move `stage` to `final`, where hidden files of the top level stay, as MkDocs keeps them.

    They are not of the site: `.git`, `.nojekyll`.
    """
    for hidden in final.glob(".*"):
        if not (stage / hidden.name).exists():
            hidden.rename(stage / hidden.name)
    put_in_place(stage, final)


def recover(out: Path) -> None:
    """Mend what a build killed half-way left: bring back folders moved aside, drop half ones."""
    for replaced in out.glob(".*.lama"):
        final = out / replaced.name[1:].removesuffix(".lama")
        if not final.exists():
            replaced.rename(final)
        shutil.rmtree(replaced, ignore_errors=True)
    for stage in out.glob(".*.baru"):
        shutil.rmtree(stage, ignore_errors=True)
