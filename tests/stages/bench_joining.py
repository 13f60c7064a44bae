"""What joining the parts of a book saves, and what it costs in bytes.

python -m tests.stages.bench_joining FOLDER RUN
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from pilar.model.edition import Edition
from pilar.project.state import Workspace

from .joining import at_once, joined


def main(root: Path, run: str) -> None:
    """Print the joined book of each edition, its parts being cached, beside one render of all."""
    with TemporaryDirectory() as folder:
        cache = Path(folder)
        state = Workspace(root, cache).folder().runs[run]
        for edition in Edition:
            joined(state.tree(edition), root, cache)
            start = process_time()
            book, inputs = joined(state.tree(edition), root, cache)
            middle = process_time()
            alone = at_once(inputs)
            seconds = (middle - start, process_time() - middle)
            for name, data, spent in zip(
                ("joined", "one render"), (book.pdf, alone.pdf), seconds, strict=True
            ):
                print(f"{edition.value} {name:12} {len(data) / 1000:8.0f} kB {spent:7.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
