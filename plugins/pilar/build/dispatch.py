"""In which pieces, and in which order, the workers make the runs that are to be made.

What several runs share is expensive, and made first: each body of a module once. Of few runs,
papers and editions are pieces then, so that everybody has something to do. Of many, the first of
each kind is made so, and each other one is a piece that finds in the cache what it shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pilar.build.options import Options
from pilar.build.output import BodyKey, part_tasks
from pilar.build.result import FREE, Cost
from pilar.build.run_folder import (
    Content,
    Job,
    Made,
    Papers,
    Places,
    make_edition,
    make_run,
    make_share,
)
from pilar.build.seal import Seal
from pilar.build.workers import Failure, Item, Workers
from pilar.model.callback import Report
from pilar.model.characters import NOBODY
from pilar.model.edition import Edition
from pilar.model.run import WordList
from pilar.project.run_state import RunState
from pilar.store.atomic import Workshop

SHARES = 3
"""Of a run's papers for each worker: some take thrice the time of others."""
MANY = 4
"""Runs for each worker from which on a run is one piece: the last ones leave few workers idle."""


@dataclass(frozen=True)
class Finished:
    """A run that was made, or why it could not be, and what that took."""

    run: str
    failure: Failure | None
    cost: Cost = FREE


Outcome = Iterator[Finished]
"""Runs as they are finished."""


@dataclass
class Making:
    """A run while it is made: its pieces, and what they have given so far."""

    job: Job
    shop: Workshop
    papers: list[Papers] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    failure: Failure | None = None

    @property
    def cost(self) -> Cost:
        """What it has taken so far, but for the bodies that it shares with others."""
        return sum((*(p.cost for p in self.papers), *(m.cost for m in self.made)), FREE)

    def take(self, outcome: Any) -> None:
        """What a piece of it, or all of them, came to."""
        match outcome:
            case Failure():
                self.failure = (self.failure or Failure()) + outcome
            case Papers():
                self.papers.append(outcome)
            case Made():
                self.made.append(outcome)
            case _:
                self.made += outcome


@dataclass
class Dispatch:
    """Makes these runs, all of which can be assembled.

    `finish` makes the output of a run of its editions; `shops` is left after `workers`.
    """

    options: Options
    runs: Mapping[str, RunState]
    workers: Workers
    shops: ExitStack
    finish: Callable[[Making], Failure | None]
    report: Report
    _contents: dict[object, Content] = field(default_factory=dict)
    _places: dict[BodyKey, Mapping[str, int]] = field(default_factory=dict)

    def outcomes(self) -> Outcome:
        """Make them."""
        alike = self._alike()
        failed = self._print_bodies(alike) if self.options.books else {}
        yield from (Finished(name, failure) for name, failure in failed.items())
        names = [name for name in self.runs if name not in failed]
        enough = MANY * self.workers.crew.size
        if len(names) < enough:
            yield from self._make_pieces(names)
            return
        # What else they share, as papers and books of modules, is made with the first of each kind.
        first = {of[0] for of in alike.values()} if len(alike) < enough else set()
        yield from self._make_pieces([name for name in names if name in first])
        yield from self._make_whole([name for name in names if name not in first])

    def _alike(self) -> dict[object, list[str]]:
        """The runs by all that bodies of modules are made from."""
        alike: dict[object, list[str]] = {}
        for name, state in self.runs.items():
            key = id(self._content(state)), state.run.file.kertas, state.mark
            alike.setdefault(key, []).append(name)
        return alike

    def _print_bodies(self, alike: Mapping[object, Sequence[str]]) -> dict[str, Failure]:
        """Lay out each body once, though many runs have it; gives the runs whose one cannot be."""
        trees = [
            (self._job(names[0]).tree(edition), names)
            for names in alike.values()
            for edition in self.options.editions
        ]
        owners: dict[BodyKey, list[str]] = {}
        for tree, names in trees:
            for node in tree.modules:
                body = node.module.digest, tree.edition, tree.run.file.kertas
                owners.setdefault(body, []).extend(names)
        keys, tasks = part_tasks(self.options, [tree for tree, _ in trees])
        items = {Item(task, tuple(owners[key])): key for key, task in zip(keys, tasks, strict=True)}
        failed: dict[str, Failure] = {}
        for item, outcome in self.workers.run(items, len(items), "Mencetak modul", self.report):
            if isinstance(outcome, Failure):
                failed |= {run: failed.get(run, Failure()) + outcome for run in item.runs}
            else:
                self._places[items[item]] = outcome
        return failed

    def _make_whole(self, names: Sequence[str]) -> Outcome:
        """A run is one piece; only those at work have a folder, and are known of here."""
        makings: dict[str, Making] = {}

        def items() -> Iterator[Item]:
            for name in names:
                making = makings[name] = self._making(name)
                yield Item(partial(make_run, making.job, self._places_of(making.job)), (name,))

        batch = self.workers.crew.batch
        for name, outcome in self._run(items(), len(names), "Menyusun pelatihan", batch):
            making = makings.pop(name)
            making.take(outcome)
            yield self._finished(making)

    def _make_pieces(self, names: Sequence[str]) -> Outcome:
        """Papers by shares, then editions."""
        makings = {name: self._making(name) for name in names}
        shares = SHARES * self.workers.crew.size if self.options.books else 0
        items = [
            Item(partial(make_share, each.job, self._places_of(each.job), share, shares), (name,))
            for name, each in makings.items()
            for share in range(shares)
        ]
        for name, outcome in self._run(items, len(items), "Mencetak kertas"):
            makings[name].take(outcome)
        items = [
            Item(self._edition(making, edition), (name,))
            for name, making in makings.items()
            for edition in self.options.editions
            if not making.failure
        ]
        yield from (self._finished(each) for each in makings.values() if each.failure)
        left = Counter(item.runs[0] for item in items)
        for name, outcome in self._run(items, len(items), "Menyusun situs dan buku"):
            makings[name].take(outcome)
            left[name] -= 1
            if not left[name]:
                yield self._finished(makings.pop(name))

    def _edition(self, making: Making, edition: Edition) -> Callable[[], Made]:
        papers = making.papers if self.options.books else None
        return partial(make_edition, making.job, edition, self._places_of(making.job), papers)

    def _run(
        self, items: Iterable[Item], total: int, what: str, batch: int = 0
    ) -> Iterator[tuple[str, Any]]:
        """The run of each item, and what came of it."""
        if total:
            for item, outcome in self.workers.run(items, total, what, self.report, batch):
                yield item.runs[0], outcome

    def _finished(self, making: Making) -> Finished:
        """Nothing is left of the work on it but its output, if it could be made."""
        with making.shop:
            if not making.failure:
                making.failure = self.finish(making)
        return Finished(making.job.run.id, making.failure, making.cost)

    def _making(self, name: str) -> Making:
        shop = self.shops.enter_context(Workshop(self.options.out / name))
        return Making(self._job(name, shop.stage), shop)

    def _job(self, name: str, stage: Path = Path()) -> Job:
        state, passphrase = self.runs[name], self.options.passphrase
        seal = Seal.fresh(passphrase) if passphrase and stage.name else None
        content = self._content(state)
        return Job(self.options, state.run, content, state.mark, stage, seal)

    def _content(self, state: RunState) -> Content:
        """One for all runs with the same content; of the project, what they are assembled from."""
        given = state.content
        assert given is not None
        parts = (given.curriculum, given.sources, given.terms, *given.modules.values())
        key = (*given.modules, *map(id, parts))
        if key not in self._contents:
            project = replace(given, runs={}, half_read=(), cast=NOBODY, word_list=WordList())
            self._contents[key] = Content(project)
        return self._contents[key]

    def _places_of(self, job: Job) -> Places:
        """Of the bodies of its modules alone."""
        digests = {module.digest for module in job.content.project.modules.values()}
        return {key: pages for key, pages in self._places.items() if key[0] in digests}
