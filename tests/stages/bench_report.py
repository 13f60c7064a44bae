"""What the report of a run of forty people costs: seconds of the clock, and of processors.

The results are simulated, in a clone that is thrown away. The second call is the one to compare:
the first one checks all content.

python -m tests.stages.bench_report FOLDER RUN
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from .simulated import write


def main(root: Path, run: str) -> None:
    """Print both calls."""
    pilar = Path(sys.executable).with_name("pilar")
    with TemporaryDirectory() as folder:
        clone = Path(folder) / "proyek"
        subprocess.run(["git", "clone", "--quiet", root, clone], check=True)
        write(clone, run)
        environment = os.environ | {"PILAR_CACHE": str(Path(folder) / "cache")}
        for what in ("report, cold", "report, content checked"):
            before, start = os.times(), time.perf_counter()
            subprocess.run(
                [pilar, "report", run], cwd=clone, env=environment, check=True, capture_output=True
            )
            clock, after = time.perf_counter() - start, os.times()
            processors = sum(after[2:4]) - sum(before[2:4])
            print(f"{what:34} {clock:7.2f} s, {processors:.2f} s of processors")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
