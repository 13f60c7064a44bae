"""Files that come with Pilar: templates, styles and the default mkdocs.yml."""

from __future__ import annotations

import os
from pathlib import Path

import pilar

ROOT = Path(pilar.__file__).parent
"""The package: its code, lists and rule pages."""


def cache(root: Path) -> Path:
    """Folder for what can be made anew at any time."""
    return Path(os.environ.get("PILAR_CACHE") or root / ".cache" / "pilar")


def find(root: Path, name: str) -> Path:
    """`name` (`overrides`, `mkdocs.yml`) of the project, else the one that Pilar brings along.

    An installed package carries them inside; a checkout has them two folders up.
    """
    for folder in (root, ROOT, ROOT.parent.parent):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(name)
