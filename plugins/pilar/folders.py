"""Folders that appear whole: made beside their place, then moved there."""

from __future__ import annotations

import shutil
from pathlib import Path


def put_in_place(stage: Path, final: Path) -> None:
    """Move the finished folder `stage` to `final`, in place of what is there."""
    replaced = final.parent / f".{final.name}.lama"
    if final.exists():
        final.rename(replaced)
    stage.rename(final)
    shutil.rmtree(replaced, ignore_errors=True)


def recover(out: Path) -> None:
    """Mend what a build killed half-way left: bring back folders moved aside, drop half ones."""
    for replaced in out.glob(".*.lama"):
        final = out / replaced.name[1:].removesuffix(".lama")
        if not final.exists():
            replaced.rename(final)
        shutil.rmtree(replaced, ignore_errors=True)
    for stage in out.glob(".*.baru"):
        shutil.rmtree(stage, ignore_errors=True)
