"""What the papers of a run cost, and those of another run of the same versions: seconds.

python -m tests.stages.bench_papers FOLDER RUN
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pilar.assembly.tree import assemble
from pilar.build.options import Options
from pilar.build.output import PaperWork, all_papers, in_order, paper_tasks
from pilar.build.workers import Workers
from pilar.editions.papers.paper import BothEditions
from pilar.model.edition import Edition
from pilar.model.run import Run
from pilar.project.state import Workspace

JOBS = 2
ELSEWHERE = {"nama": "Balai Lain", "kota": "Kota Lain", "provinsi": "Jawa Timur", "zona": "WIB"}


def elsewhere(run: Run) -> Run:
    """The run in another place, a week later: what most runs of a year differ in."""
    week = datetime.timedelta(days=7)
    dates, place = run.file.tanggal, run.file.tempat
    changed = {
        "tanggal": dates.model_copy(
            update={"mulai": dates.mulai + week, "selesai": dates.selesai + week}
        ),
        "tempat": place.model_copy(update=ELSEWHERE),
    }
    return replace(run, id="lain", file=run.file.model_copy(update=changed))


def main(root: Path, name: str) -> None:
    """Print both, each with the processes that `pilar build` would take."""
    state = Workspace(root).folder().runs[name]
    content = state.content
    assert content
    runs = {"papers, cold": state.run, "papers, another run": elsewhere(state.run)}
    with TemporaryDirectory() as folder, Workers(JOBS) as workers:
        options = Options(root=root, out=Path(folder), jobs=JOBS, parts=Path(folder) / "cache")
        workers.run([_import] * JOBS * 2, "", _silent)
        for what, run in runs.items():
            both = BothEditions(*(assemble(content, run, edition) for edition in Edition))
            work = PaperWork(both, {e: Path(folder) / run.id / e for e in Edition})
            print(f"{what:34} {_seconds(lambda work=work: _all(workers, options, work)):7.2f} s")


def _all(workers: Workers, options: Options, work: PaperWork) -> None:
    (printed,) = in_order(options, workers.run(paper_tasks(options, [work]), "", _silent))
    all_papers(options, replace(work, printed=printed), Edition.PELATIH, ())


def _import() -> None:
    """Start a worker as the build has started it before it comes to papers."""
    import pilar.editions.papers.press

    time.sleep(0.2)
    del pilar


def _silent(what: str, done: int, total: int) -> None:
    pass


def _seconds(do: Callable[[], None]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
