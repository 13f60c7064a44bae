"""How heavy pages may be on a phone with little quota: checked with each build, in bytes of gzip.

What hosts send differs by a few bytes with their software and level; here it is level 9.
"""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pilar.assembly.tree import EditionTree
from pilar.model.problem import ContentError, Problem

FIRST = 40_000
"""Bytes of a page with all that it loads at once, where nothing is in the browser's cache."""
MEDIAN, MOST = 9_000, 14_000
"""Bytes of the HTML of a page: in the median over a site, and at most."""
_ASKED_FOR = frozenset({"cari", "tampilan", "istilah", "glosarium", "kirim"})
"""Scripts that are loaded when somebody opens what they show."""


@dataclass(frozen=True)
class Weights:
    """Bytes of a site after compression."""

    pages: dict[str, int]
    shared: dict[str, int]
    """Style sheet, icon and every script that a page may load by itself."""

    @property
    def first(self) -> int:
        """The first load of the heaviest page, which at the most has all scripts."""
        return max(self.pages.values()) + sum(self.shared.values())


def weights(folder: Path) -> Weights:
    """What the pages of the site in `folder` weigh. Packets to pass on are no pages."""
    files = (path for path in folder.rglob("*.html") if path.parent.name != "unduhan")
    pages = {path.relative_to(folder).as_posix(): _size(path) for path in sorted(files)}
    parts = sorted(p for kind in ("css", "js", "svg") for p in folder.glob(f"assets/*.{kind}"))
    shared = {f"assets/{p.name}": _size(p) for p in parts if p.stem not in _ASKED_FOR}
    return Weights(pages, shared)


def _size(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def check_weights(folder: Path, tree: EditionTree) -> None:
    """Raises ContentError that names what is too heavy in the site of `tree`, and a way out."""
    if problems := list(_heavy(weights(folder), tree)):
        raise ContentError(problems)


def _heavy(site: Weights, tree: EditionTree) -> Iterator[Problem]:
    split = "Bagilah halaman itu di salah satu judulnya, atau tabelnya yang panjang"
    for name, size in site.pages.items():
        if size > MOST:
            message = f"halaman ini {_kb(size)} (gzip); paling banyak {_kb(MOST)}"
            yield Problem(_source(name, tree), 1, "K104", message, split)
    if (middle := median(site.pages.values())) > MEDIAN:
        name = max(site.pages, key=site.pages.__getitem__)
        message = f"separuh halaman lebih berat dari {_kb(middle)} (gzip); batasnya {_kb(MEDIAN)}"
        yield Problem(_source(name, tree), 1, "K104", message, split)
    if site.first > FIRST:
        name, size = max(site.shared.items(), key=lambda item: item[1])
        message = (
            f"muatan pertama sebuah halaman {_kb(site.first)} (gzip); paling banyak {_kb(FIRST)}. "
            f"Yang terberat dipakai semua halaman: {_kb(size)}"
        )
        yield Problem(f"overrides/tema/{name}", 1, "K104", message, "Ringankan berkas itu")


def _source(name: str, tree: EditionTree) -> str:
    """The file that an author opens to mend a page of the site."""
    slug, stem = posixpath.split(posixpath.splitext(name)[0])
    node = tree.by_slug.get(slug)
    written = node and stem in {page.name for page in node.module.pages}
    return f"modules/{slug}/{stem}.md" if written else name


def _kb(size: float) -> str:
    return f"{size / 1000:.1f} KB".replace(".", ",")
