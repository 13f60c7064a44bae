"""What joining the parts of a book saves, and what it costs in bytes.

python -m tests.stages.bench_joining FOLDER RUN
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from pilar.assembly.tree import EditionTree
from pilar.model.edition import Edition
from pilar.project.state import Workspace

from .joining import at_once, joined

T = TypeVar("T")


def compared(tree: EditionTree, root: Path, cache: Path) -> Iterator[tuple[str, int, float]]:
    """Bytes and seconds of processor of a book joined from cached parts, and of one render."""
    joined(tree, root, cache)
    (book, inputs), seconds = _timed(lambda: joined(tree, root, cache))
    yield "joined", len(book.pdf), seconds
    alone, seconds = _timed(lambda: at_once(inputs))
    yield "one render", len(alone.pdf), seconds


def _timed(do: Callable[[], T]) -> tuple[T, float]:
    start = process_time()
    return do(), process_time() - start


def main(root: Path, run: str) -> None:
    """Print the joined book of each edition beside one render of all."""
    with TemporaryDirectory() as folder:
        state = Workspace(root, Path(folder)).folder().runs[run]
        for edition in Edition:
            for name, size, spent in compared(state.tree(edition), root, Path(folder)):
                print(f"{edition.value} {name:12} {size / 1000:8.0f} kB {spent:7.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
