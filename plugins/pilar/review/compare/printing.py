"""Prints the books that a change reaches, as they were and as they are, and compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from pilar.assembly.tree import EditionTree, ModuleNode, assemble, assemble_module
from pilar.editions.book.part import cached_part
from pilar.editions.book.volume import Bindery, Book
from pilar.model.callback import Report, silent
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.project.run_state import RunState
from pilar.project.state import State
from pilar.syntax.render import LostBlockError

from .data import ModuleReview, Print, Review, SheetPicture
from .effects import REACHED, RunReview
from .page_pictures import Difference, Paper, differing

MOST = 40
"""Pairs of pages shown in a report; each weighs about 80 KB."""
_LEAST = 2
MOST_RUNS = 3
"""Runs whose joined books are counted, the newest first."""
_VERSION = re.compile(r"\b\d+\.\d+\.\d+\b")


@dataclass(frozen=True)
class _Press:
    """What books are printed with; parts are memoized in `cache`."""

    templates: Path
    cache: Path

    def bindery(self, tree: EditionTree) -> Bindery:
        """Makes the books of a tree."""
        return Bindery(tree, self.templates, partial(cached_part, self.cache))

    def joined(self, pinned: RunState | None, edition: Edition) -> Book | None:
        """The book of all modules of a run; None where there is none. Raises ContentError."""
        if pinned is None or pinned.content is None or pinned.problems:
            return None
        return self.bindery(assemble(pinned.content, pinned.run, edition)).joined_book()


@dataclass(frozen=True)
class _Copy:
    """A module in one state and one edition, to be printed."""

    press: _Press
    tree: EditionTree
    node: ModuleNode

    @cached_property
    def bindery(self) -> Bindery:
        """Makes its book."""
        return self.press.bindery(self.tree)

    @cached_property
    def inputs(self) -> tuple[str, str, str, dict[str, bytes]]:
        """What its body is printed from."""
        return self.bindery.body_inputs(self.node)

    @property
    def text(self) -> object:
        """Tells whether two bodies look the same, the version on them aside."""
        return _VERSION.sub("", self.inputs[1]), self.inputs[3]

    def book(self) -> Book:
        """Its book. Raises ContentError."""
        return self.bindery.module_book(self.node)

    def body(self) -> bytes:
        """The PDF of its body. Raises ContentError."""
        return cached_part(self.press.cache, *self.inputs).pdf


def printed(
    review: Review,
    base: State,
    head: State,
    templates: Path,
    cache: Path,
    report: Report = silent,
) -> Review:
    """The review with what the change does to paper.

    Printed are books of modules whose text or pictures differ, by edition, and the joined books of
    runs that are given other material.
    """
    press = _Press(templates, cache)
    unfit = base.unfit | head.unfit
    jobs: list[tuple[ModuleReview, Edition, _Copy | None, _Copy | None]] = []
    for module in review.modules:
        for edition in Edition if not module.unreadable and module.slug not in unfit else ():
            before = _copy(press, base, module.old, edition)
            after = _copy(press, head, module.new, edition)
            if (before and before.text) != (after and after.text):
                jobs.append((module, edition, before, after))
    runs = [run for run in review.runs if run.effect in REACHED][:MOST_RUNS]
    most = max(_LEAST, MOST // len(jobs)) if jobs else 0
    prints: dict[str, tuple[Print, ...]] = {}
    joined: dict[str, tuple[Print, ...]] = {}
    total = len(jobs) + len(runs)
    for done, (module, edition, before, after) in enumerate(jobs):
        report("Mencetak modul", done, total)
        part = _print(edition, before, after, most, bool(module.pictures))
        prints[module.slug] = (*prints.get(module.slug, ()), part)
    for done, run in enumerate(runs, len(jobs)):
        report("Mencetak modul", done, total)
        joined[run.pinned.run.id] = tuple(_joined(press, run, edition) for edition in Edition)
    report("Mencetak modul", total, total)
    return replace(review, prints=prints, joined=joined)


def _copy(press: _Press, snapshot: State, module: Module | None, edition: Edition) -> _Copy | None:
    """A module as it stands in a state; None where there is nothing to print."""
    project = snapshot.project
    if module is None or project is None or not project.runs:
        return None
    node = assemble_module(module, project, edition)
    run = next(iter(project.runs.values()))
    # The run does not go into a module's book; the tree only wants one.
    others = [ModuleNode(m, edition, node.numbering, (), (), ()) for m in project.modules.values()]
    copy = _Copy(press, EditionTree(run, edition, project.curriculum, (node, *others), ()), node)
    try:
        return copy if copy.inputs else None
    except LostBlockError:
        return None


def _print(
    edition: Edition, before: _Copy | None, after: _Copy | None, most: int, looks: bool
) -> Print:
    try:
        old, new = (copy.book() if copy else None for copy in (before, after))
        counted = _counted(edition, old, new)
        if before is None or after is None:
            return counted
        papers = Paper(before.body()), Paper(after.body())
    except ContentError as error:
        return _failed(edition, error)
    try:
        found = differing(*papers, looks)
        # What has most words of its own says most.
        shown = sorted(found, key=lambda entry: -len(entry[1]) - len(entry[2]))[:most]
        pictures = tuple(_pictures(papers, [entry for entry in found if entry in shown]))
    finally:
        for paper in papers:
            paper.close()
    return replace(counted, pictures=pictures, more=len(found) - len(pictures))


def _joined(press: _Press, run: RunReview, edition: Edition) -> Print:
    try:
        return _counted(edition, press.joined(run.old, edition), press.joined(run.new, edition))
    except ContentError as error:
        return _failed(edition, error)
    except LostBlockError:
        return Print(edition, (0, 0), (0, 0), failed="sebuah blok tidak dapat disusun")


def _counted(edition: Edition, old: Book | None, new: Book | None) -> Print:
    pages = old.pages if old else 0, new.pages if new else 0
    return Print(edition, pages, (len(old.pdf) if old else 0, len(new.pdf) if new else 0))


def _failed(edition: Edition, error: ContentError) -> Print:
    return Print(edition, (0, 0), (0, 0), failed=error.problems[0].message)


def _pictures(papers: tuple[Paper, Paper], found: Sequence[Difference]) -> Iterator[SheetPicture]:
    old, new = papers
    for pair, gone, come in found:
        yield SheetPicture(
            old.picture(pair.old, gone, "old") if pair.old is not None else b"",
            new.picture(pair.new, come, "new") if pair.new is not None else b"",
            pair.old + 1 if pair.old is not None else 0,
            pair.new + 1 if pair.new is not None else 0,
        )
