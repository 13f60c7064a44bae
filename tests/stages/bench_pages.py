"""What the pages of a run's books are like: how full, and what is cut or left alone on them.

python -m tests.stages.bench_pages FOLDER RUN [CODE…]

Of the modules of these codes, or of all, then of them together. Nothing is written; parts are
cached as `pilar build` does. Below each line what is behind it: pages that are less full than LOW,
activities on more than one opening, and what stands alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pilar.editions.book.page_quality import summary
from pilar.editions.book.part import cached_part
from pilar.editions.book.rendered import Part
from pilar.editions.book.volume import Bindery
from pilar.model.edition import Edition
from pilar.project.state import Workspace
from pilar.store import package

LOW = 0.8
HEAD = ("pages", "fill", "< half", "K", "1 page", "opening", "cut", "alone")
KEYS = ("isi", "lengang", "kegiatan", "satu_halaman", "satu_bukaan", "terpotong", "menyendiri")


def main(root: Path, run: str, *codes: str) -> None:
    """Print both editions."""
    state = Workspace(root).folder().runs[run]
    render = partial(cached_part, package.cache(root))
    for edition in Edition:
        bindery = Bindery(state.tree(edition), package.find(root, "overrides") / "buku", render)
        print(f"\n{edition.value:12}", *(f"{head:>8}" for head in HEAD), sep="")
        parts: dict[str, Part] = {}
        for node in bindery.tree.modules:
            code = node.module.meta.kode
            if not codes or code in codes:
                parts[code] = render(*bindery.body_inputs(node))
                _row(code, parts[code])
                print("".join(f"    {line}\n" for line in _behind(parts[code])), end="")
        _row("all", *parts.values())


def _row(name: str, *parts: Part) -> None:
    sums = summary((part.quality, str) for part in parts)
    figures = [sum(part.pages for part in parts), *(sums[key] for key in KEYS)]
    shown = (len(figure) if isinstance(figure, list) else figure for figure in figures)
    print(f"{name:12}", *(f"{figure!s:>8}" for figure in shown), sep="")


def _behind(part: Part) -> Iterator[str]:
    quality = part.quality
    fills = enumerate(quality.fills, 1)
    if low := [f"{page} ({fill:.2f})" for page, fill in fills if fill is not None and fill < LOW]:
        yield f"less full: {', '.join(low)}"
    if cut := [span for span in quality.activities if span.openings > 1]:
        yield f"cut: {', '.join(f'{s.code} {s.first + 1}–{s.last + 1}' for s in cut)}"
    if quality.lone:
        yield f"alone: {', '.join(f'{one.kind} {one.page + 1}' for one in quality.lone)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
