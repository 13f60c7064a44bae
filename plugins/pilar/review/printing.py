"""Prints the bodies of the modules that changed, as they were and as they are, and compares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pilar.assembly.tree import EditionTree, ModuleNode, assemble_module
from pilar.editions.book.cache import cached_part
from pilar.editions.book.part import Part
from pilar.editions.book.volume import Bindery
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.syntax.render import LostBlockError

from .data import ModuleReview, Print, Review, SheetPicture
from .paper import Difference, Paper, differing
from .snapshot import Snapshot

MOST = 40
"""Pairs of pages shown in a report; each weighs about 80 KB."""
_LEAST = 2
_VERSION = re.compile(r"\b\d+\.\d+\.\d+\b")

Inputs = tuple[str, str, str, dict[str, bytes]]
Report = Callable[[str, int, int], None]


def printed(
    review: Review,
    base: Snapshot,
    head: Snapshot,
    templates: Path,
    cache: Path,
    report: Report = lambda *_: None,
) -> Review:
    """The review with what the change does to paper.

    Only editions of modules whose text or pictures differ are printed; parts are kept in `cache`.
    """
    unfit = base.unfit | head.unfit
    wanted = [m for m in review.modules if not m.unreadable and m.slug not in unfit]
    jobs: list[tuple[ModuleReview, Edition, Inputs | None, Inputs | None]] = []
    for module in wanted:
        for edition in Edition:
            before = _inputs(base, module.old, edition, templates)
            after = _inputs(head, module.new, edition, templates)
            if _text(before) != _text(after):
                jobs.append((module, edition, before, after))
    most = max(_LEAST, MOST // len(jobs)) if jobs else 0
    prints: dict[str, tuple[Print, ...]] = {}
    for done, (module, edition, before, after) in enumerate(jobs):
        report("Mencetak modul", done, len(jobs))
        looks = bool(module.pictures)
        part = _print(edition, before, after, cache, most, looks)
        prints[module.slug] = (*prints.get(module.slug, ()), part)
    report("Mencetak modul", len(jobs), len(jobs))
    return replace(review, prints=prints)


def _inputs(
    snapshot: Snapshot, module: Module | None, edition: Edition, templates: Path
) -> Inputs | None:
    """What the module's body is printed from; None where there is nothing to print."""
    project = snapshot.project
    if module is None or project is None or not project.runs:
        return None
    node = assemble_module(module, project, edition)
    run = next(iter(project.runs.values()))
    # The run does not go into a module's body; the tree only wants one.
    others = [ModuleNode(m, edition, node.numbering, (), (), ()) for m in project.modules.values()]
    tree = EditionTree(run, edition, project.curriculum, (node, *others), ())
    bindery = Bindery(tree, templates, _unused)
    try:
        return bindery.body_inputs(node)
    except LostBlockError:
        return None


def _unused(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    raise AssertionError("nothing is rendered here")


def _text(inputs: Inputs | None) -> object:
    return inputs and (_VERSION.sub("", inputs[1]), inputs[3])


def _print(
    edition: Edition,
    before: Inputs | None,
    after: Inputs | None,
    cache: Path,
    most: int,
    looks: bool,
) -> Print:
    render = partial(cached_part, cache)
    try:
        old = render(*before) if before else None
        new = render(*after) if after else None
    except ContentError as error:
        return Print(edition, (0, 0), (0, 0), failed=error.problems[0].message)
    pages = (old.pages if old else 0, new.pages if new else 0)
    size = (len(old.pdf) if old else 0, len(new.pdf) if new else 0)
    if old is None or new is None:
        return Print(edition, pages, size)
    papers = Paper(old.pdf), Paper(new.pdf)
    try:
        found = differing(*papers, looks)
        # What has most words of its own says most.
        shown = sorted(found, key=lambda entry: -len(entry[1]) - len(entry[2]))[:most]
        pictures = tuple(_pictures(papers, [entry for entry in found if entry in shown]))
    finally:
        for paper in papers:
            paper.close()
    return Print(edition, pages, size, pictures, len(found) - len(pictures))


def _pictures(papers: tuple[Paper, Paper], found: Sequence[Difference]) -> Iterator[SheetPicture]:
    old, new = papers
    for pair, gone, come in found:
        yield SheetPicture(
            old.picture(pair.old, gone, "old") if pair.old is not None else b"",
            new.picture(pair.new, come, "new") if pair.new is not None else b"",
            f"halaman {pair.old + 1}" if pair.old is not None else "",
            f"halaman {pair.new + 1}" if pair.new is not None else "",
        )
