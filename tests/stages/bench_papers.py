"""What the papers of a run cost, and those of another run of the same versions: seconds.

Of the clock, and of all processors. The books are made before, as `pilar build` does it: the HTML
of the pages is theirs.

python -m tests.stages.bench_papers FOLDER RUN
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pilar.assembly.tree import assemble
from pilar.build.options import Options
from pilar.build.output import PaperWork, all_papers, paper_work, print_papers
from pilar.build.workers import Item, Processes, Workers
from pilar.editions.papers.paper import BothEditions
from pilar.model.callback import silent
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
        "peserta": run.file.peserta.model_copy(update={"asal": "Kota Lain"}),
    }
    return replace(run, id="lain", file=run.file.model_copy(update=changed))


def main(root: Path, name: str) -> None:
    """Print both, each with the processes that `pilar build` would take."""
    state = Workspace(root).folder().runs[name]
    content = state.content
    assert content
    runs = {"papers, cold": state.run, "papers, another run": elsewhere(state.run)}
    with TemporaryDirectory() as folder, Workers(Processes(JOBS)) as workers:
        options = Options(root=root, out=Path(folder), jobs=JOBS, parts=Path(folder) / "cache")
        list(workers.run([Item(_import, ())] * JOBS * 2, 0, "", silent))
        for what, run in runs.items():
            both = BothEditions(*(assemble(content, run, edition) for edition in Edition))
            work = paper_work(both, {e: Path(folder) / run.id / e for e in Edition}, {})
            processors, clock = _timed(partial(_all, workers, options, work))
            print(f"{what:34} {clock:7.2f} s, {processors:.2f} s of processors")


def _all(workers: Workers, options: Options, work: PaperWork) -> float:
    """Print them; the seconds that processors were busy with it."""
    tasks = [partial(print_papers, options, work, share, JOBS) for share in range(JOBS)]
    items = [Item(partial(_timed, task, time.process_time), ()) for task in tasks]
    shares = [outcome for _, outcome in workers.run(items, JOBS, "", silent)]
    rows = {row: printed for share, _ in shares for row, printed in share.items()}
    work = replace(work, printed=tuple(done for row in sorted(rows) for done in rows[row]))
    _, last = _timed(partial(all_papers, options, work, Edition.PELATIH, ()), time.process_time)
    return sum(busy for _, busy in shares) + last


def _import() -> None:
    """Start a worker as the build has started it before it comes to papers."""
    import pilar.editions.papers.press

    time.sleep(0.2)
    del pilar


def _timed(
    do: Callable[[], Any], clock: Callable[[], float] = time.perf_counter
) -> tuple[Any, float]:
    start = clock()
    return do(), clock() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
