"""Measures the index of versions for scripts/bench: `python -m tests.stages.bench_versions`."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from pilar.versions.history import history
from pilar.versions.opened import open_repository

from .histories import large, module

MODULES, COMMITS = 200, 5000


def measure(root: Path, cache: Path) -> tuple[float, int]:
    """Seconds to list all versions of a repository, and how many there are."""
    start = time.perf_counter()
    repository = open_repository(root)
    assert repository is not None
    found = history(repository, cache)
    return time.perf_counter() - start, sum(map(len, found.modules.values()))


def main() -> None:
    """Print seconds: cold, warm, and after HEAD has moved by one commit."""
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder, "repo"), Path(folder, "cache")
        maker = large(root, MODULES, COMMITS)
        # As a clone has it: packed.
        subprocess.run(["git", "-C", str(root), "repack", "-adq"], check=True)
        cold, count = measure(root, cache)
        warm, _ = measure(root, cache)
        head = str(maker.git.head.target)
        maker.commit({"modules": {"modul-000": module("9.0.0")}}, head)
        moved, _ = measure(root, cache)
        print(f"versions of {MODULES} modules in {COMMITS} commits: {count}")
        for name, seconds in (("cold", cold), ("warm", warm), ("HEAD moved by one", moved)):
            print(f"{'versions, ' + name:<34} {seconds:7.3f} s")


if __name__ == "__main__":
    main()
