"""What one run is made of, as pieces of work that any process can do: its papers, its editions.

Each piece is made in a folder of its own below the stage of the run, so that one that is cut off
and done again never meets its remains, nor a worker that was given up for lost.
"""

from __future__ import annotations

import gc
import pickle
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from pilar.assembly.tree import EditionTree, assemble
from pilar.build.options import Options
from pilar.build.output import BodyKey, build_edition, pages_of, paper_work, print_papers
from pilar.build.result import Cost
from pilar.build.seal import Seal
from pilar.editions.papers.paper import BothEditions, Printed
from pilar.model.edition import Edition
from pilar.model.run import Project, Run
from pilar.store.atomic import linked
from pilar.store.cache import counts

WORK = "kerja"
"""Below the stage of a run, until it is finished."""
Places = Mapping[BodyKey, Mapping[str, int]]
"""Page, from 0, of each id in the bodies of modules."""


class Content:
    """The project as runs have it. To other processes it goes packed once, for however many runs,
    and each of them unpacks it once: what is found out of it there holds for all these runs.
    """

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps(self.project)

    def __reduce__(self) -> tuple[object, tuple[bytes]]:
        return _unpacked, (self._packed,)


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Content:
    content = Content(pickle.loads(packed))
    gc.freeze()  # it stays: the garbage collector need not look through it again and again
    return content


@dataclass(frozen=True)
class Job:
    """A run to be made: its content, and how."""

    options: Options
    run: Run
    content: Content
    mark: str
    """Of a draft; empty for what is released."""
    stage: Path
    seal: Seal | None = None

    def tree(self, edition: Edition) -> EditionTree:
        """One edition of the run. Raises ContentError."""
        return assemble(self.content.project, self.run, edition, self.mark)

    def both(self) -> BothEditions:
        """Both editions, as papers need them. Raises ContentError."""
        return BothEditions(self.tree(Edition.PELATIH), self.tree(Edition.PESERTA))

    def place(self) -> Path:
        """A new folder for a piece of the work."""
        (self.stage / WORK).mkdir(exist_ok=True)  # no parents: they are there, or not to be seen
        return Path(tempfile.mkdtemp(dir=self.stage / WORK))


@dataclass(frozen=True)
class Papers:
    """A share of a run's papers: below `folder`, a folder for each edition."""

    folder: Path
    printed: Mapping[int, Sequence[Printed]]
    """By the place of their row in the catalogue."""
    cost: Cost


@dataclass(frozen=True)
class Made:
    """A finished edition in its folder, and what was printed."""

    edition: Edition
    folder: Path
    printed: Sequence[Printed]
    cost: Cost


class _Meter:
    """Counts what the work of this process takes from now on."""

    def __init__(self) -> None:
        self._began, self._before = time.monotonic(), counts.copy()

    def cost(self) -> Cost:
        now = counts - self._before
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        unit = 1 if sys.platform == "darwin" else 1024
        return Cost(time.monotonic() - self._began, now["taken"], now["made"], most * unit)


def make_share(job: Job, places: Places, share: int, shares: int) -> Papers:
    """Print one of so many shares of a run's papers. Raises ContentError."""
    meter, folder = _Meter(), job.place()
    folders = {edition: folder / edition for edition in job.options.editions}
    work = paper_work(job.both(), folders, places, pages_of(job.options))
    printed = print_papers(job.options, work, share, shares)
    return Papers(folder, printed, meter.cost())


def make_edition(
    job: Job, edition: Edition, places: Places, papers: Sequence[Papers] | None
) -> Made:
    """Make an edition: its site, and with all shares of `papers` also those and its books.

    Raises ContentError.
    """
    meter, place, work = _Meter(), job.place(), None
    folder = place / edition
    if papers is None:
        tree = job.tree(edition)
    else:
        both, theirs = job.both(), place / "kertas"
        tree = both.trainers if edition is Edition.PELATIH else both.participants
        for share in papers:
            _gather(share.folder / edition, theirs)
        work = paper_work(both, {edition: theirs}, places, pages_of(job.options))
        work = replace(work, printed=in_order(papers))
    printed = build_edition(job.options, tree, folder, work, job.seal)
    return Made(edition, folder, printed, meter.cost())


def make_run(job: Job, places: Places) -> list[Made]:
    """All that a run is asked to be, in this process: papers, then editions."""
    papers = [make_share(job, places, 0, 1)] if job.options.books else None
    made = [make_edition(job, edition, places, papers) for edition in job.options.editions]
    if papers:
        made[0] = replace(made[0], cost=made[0].cost + papers[0].cost)
    return made


def in_order(papers: Iterable[Papers]) -> tuple[Printed, ...]:
    """What shares printed, in the order of the catalogue."""
    rows = {row: printed for share in papers for row, printed in share.printed.items()}
    return tuple(done for row in sorted(rows) for done in rows[row])


def _gather(source: Path, target: Path) -> None:
    """Let `target` hold the files of `source`, which stay there for one who begins anew."""
    if source.is_dir():
        target.mkdir(exist_ok=True)
        for path in source.iterdir():
            linked(path, target / path.name)


def take_up(stage: Path, made: Iterable[Made]) -> None:
    """Put finished editions in their places, and clear away what else the work left."""
    for each in made:
        each.folder.rename(stage / each.edition)
    shutil.rmtree(stage / WORK, ignore_errors=True)
