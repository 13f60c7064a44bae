"""manifes.json: what a run's folder holds, to the byte, and what it was made from."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
import sys
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .fonts import DISTRIBUTIONS

MANIFEST = "manifes.json"
TOOLS = (
    *"pilar-kessos mkdocs mkdocs-material properdocs mkdocs-materialx".split(),
    *"markdown pymdown-extensions weasyprint pikepdf".split(),
    *"fonttools nh3 pillow lxml segno python-docx openpyxl cssselect2 tinycss2 pyphen".split(),
    *DISTRIBUTIONS,
)
"""Distributions whose version can change a byte of the output, of those that are installed: there
is more than one host and theme.
"""


MACHINE = frozenset({"fontconfig", "harfbuzz", "pango", "zlib"})
"""Tools that come with the machine and follow its release: WeasyPrint sets and packs books with
them, and no lock pins them.
"""


@cache
def tools() -> Mapping[str, str]:
    """Versions of everything that has a hand in the output; loads Pango, in some milliseconds."""
    return {
        "python": platform.python_version(),
        **{name: found for name in TOOLS if (found := _version(name))},
        "fontconfig": _fontconfig(),
        "harfbuzz": _text(_library("harfbuzz", 0).hb_version_string),
        "pango": _text(_library("pango-1.0", 0).pango_version_string),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _version(name: str) -> str:
    """Of a distribution; empty where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _library(name: str, number: int) -> ctypes.CDLL:
    """The shared library that WeasyPrint loads too. Raises OSError."""
    darwin = sys.platform == "darwin"
    return ctypes.CDLL(f"lib{name}.{number}.dylib" if darwin else f"lib{name}.so.{number}")


def _text(function: Any) -> str:
    """What a C function without arguments that returns a string says."""
    function.restype = ctypes.c_char_p
    return bytes(function()).decode()


def _fontconfig() -> str:
    """Fontconfig gives its version as one number: 21401 is 2.14.1."""
    number = _library("fontconfig", 1).FcGetVersion()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What desktops leave in every folder that is looked at; nobody misses it."""


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder, sorted."""
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path.is_file())


def stays(name: str) -> bool:
    """Whether an entry at the top of an output is its host's (`.git`, `.nojekyll`, `CNAME`)."""
    return name.startswith(".") or name == "CNAME"


def entries(folder: Path) -> dict[str, Path]:
    """Every file and link below a folder by its path there; without the manifest, what is the
    host's, and litter.
    """
    found: dict[str, Path] = {}
    for place, folders, names in os.walk(folder):
        if Path(place) == folder:
            folders[:] = [name for name in folders if not stays(name)]
            names = [name for name in names if not stays(name) and name != MANIFEST]
        names += [name for name in folders if Path(place, name).is_symlink()]
        paths = (Path(place, name) for name in names if name not in LITTER)
        found |= {path.relative_to(folder).as_posix(): path for path in paths}
    return found


def intact(folder: Path, manifest: dict[str, Any], below: str = "") -> bool:
    """Whether the folder holds what its manifest says, no more, no less, byte for byte.

    `below` (`peserta/`) looks at a part of it.
    """
    actual = {name: path for name, path in entries(folder).items() if name.startswith(below)}
    said = {k: v for k, v in manifest.get("berkas", {}).items() if k.startswith(below)}
    return actual.keys() == said.keys() and all(
        not path.is_symlink() and sha256(path) == said[name] for name, path in actual.items()
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a built run; empty where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return manifest if isinstance(manifest.get("berkas"), dict) else {}
    except (OSError, ValueError, AttributeError):
        return {}


def manifest_text(facts: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """A manifest: `facts`, and the SHA-256 of every file by its path."""
    said = {**facts, "berkas": files}
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    """Say in a finished folder what it was made from (`facts`) and which files it has."""
    files = {name: sha256(path) for name, path in entries(folder).items()}
    (folder / MANIFEST).write_text(manifest_text(facts, files), "utf-8")


def digest(folder: Path, *endings: str) -> str:
    """Identifies the files below a folder whose names end so, all without `endings`: SHA-256 of
    their names and bytes.
    """
    total = hashlib.sha256()
    for path in files_below(folder):
        if not endings or path.name.endswith(endings):
            total.update(f"{path.relative_to(folder).as_posix()}\0{sha256(path)}\n".encode())
    return total.hexdigest()


def sha256_of(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
