"""How heavy pages may be on a phone with little quota: checked with each build, in bytes of gzip.

What hosts send differs by a few bytes with their software and level; here it is level 9.
"""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pilar.model.problem import Problem

FIRST = 40_000
"""Bytes of a page with all that it loads at once, where nothing is in the browser's cache."""
MEDIAN, MOST = 9_000, 14_000
"""Bytes of the HTML of a page: in the median over a site, and at most."""
_ASKED_FOR = frozenset({"cari", "tampilan", "istilah", "glosarium", "kirim"})
"""Scripts that are loaded when somebody opens what they show."""
_FRAME = "assets/pilar.js"
_SERVES = re.compile(r"const serves = \{(.*?)\}")
_SCRIPT = re.compile(r"\"?([\w-]+)\"?: \"\W*([\w-]+)")
"""In the frame's script: a script, and the name by which it knows pages that need it."""


@dataclass(frozen=True)
class Weights:
    """Bytes of a site after compression."""

    pages: dict[str, int]
    shared: dict[str, int]
    """Style sheet, icon and the scripts that pages may load by themselves."""
    first: dict[str, int]
    """Of each page, with those of the shared files that it loads."""


def weights(folder: Path) -> Weights:
    """What the pages of the site in `folder` weigh. Packets to pass on are no pages."""
    files = sorted(path for path in folder.rglob("*.html") if path.parent.name != "unduhan")
    texts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    pages = {name: compressed(text) for name, text in texts.items()}
    parts = sorted(p for kind in ("css", "js", "svg") for p in folder.glob(f"assets/*.{kind}"))
    shared = {
        f"assets/{path.name}": compressed(path.read_bytes())
        for path in parts
        if path.stem not in _ASKED_FOR
    }
    served = _SERVES.search((folder / _FRAME).read_text("utf-8"))
    marks = {
        f"assets/{name}.js": mark for name, mark in _SCRIPT.findall(served[1] if served else "")
    }
    first = {
        name: pages[name]
        + sum(size for part, size in shared.items() if marks.get(part, "").encode() in text)
        for name, text in texts.items()
    }
    return Weights(pages, shared, first)


def compressed(data: bytes, level: int = 9) -> int:
    """Bytes after compression."""
    return len(gzip.compress(data, level, mtime=0))


def too_heavy(folder: Path, root: Path) -> Iterator[Problem]:
    """Warnings of what is too heavy in the site in `folder`, made of the project in `root`.

    Warnings, for a locked run must be built whatever its pages weigh.
    """
    site = weights(folder)
    split = "Bagilah halaman itu di salah satu judulnya, atau tabelnya yang panjang"
    for name, size in site.pages.items():
        if size > MOST:
            message = f"halaman ini {_kb(size)} (gzip); paling banyak {_kb(MOST)}"
            yield Problem(_source(name, root), 1, "K201", message, split)
    if (middle := median(site.pages.values())) > MEDIAN:
        name = max(site.pages, key=site.pages.__getitem__)
        message = f"separuh halaman lebih berat dari {_kb(middle)} (gzip); batasnya {_kb(MEDIAN)}"
        yield Problem(_source(name, root), 1, "K201", message, split)
    if (most := max(site.first.values())) > FIRST:
        name, size = max(site.shared.items(), key=lambda item: item[1])
        message = (
            f"muatan pertama sebuah halaman {_kb(most)} (gzip); paling banyak {_kb(FIRST)}. "
            f"Yang terberat dipakai semua halaman: {_kb(size)}"
        )
        yield Problem(f"overrides/tema/{name}", 1, "K201", message, "Ringankan berkas itu")


def _source(name: str, root: Path) -> str:
    """The file that an author opens to mend a page of the site."""
    written = f"modules/{posixpath.splitext(name)[0]}.md"
    return written if (root / written).is_file() else name


def _kb(size: float) -> str:
    return f"{size / 1000:.1f} KB".replace(".", ",")
