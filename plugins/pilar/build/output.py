"""What one run's folder is made of: bodies of books, papers, and each edition with its site."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.build.options import Options
from pilar.build.seal import Seal
from pilar.build.workers import collected_later
from pilar.editions.book.booklet import STEM, booklet
from pilar.editions.book.join import cached_book
from pilar.editions.book.markup import cached_pages, pages_markup
from pilar.editions.book.part import cached_part
from pilar.editions.book.rendered import Part
from pilar.editions.book.volume import Bindery, Book, page_labels
from pilar.editions.papers.catalogue import PAPERS
from pilar.editions.papers.paper import PDF, BothEditions, Printed
from pilar.editions.papers.paper_files import cached_bound, cached_office_file
from pilar.editions.papers.press import Press
from pilar.leaks.gate import check_output
from pilar.model.edition import Edition
from pilar.store import package

BodyKey = tuple[str, Edition, str]
"""Digest of a module, the edition that its body is of, and the paper that it is printed on."""
_ROWS = [paper for paper in PAPERS if not paper.last]


@dataclass(frozen=True)
class PaperWork:
    """The papers of one run while they are made: `folders` hold those of each edition."""

    both: BothEditions
    folders: Mapping[Edition, Path]
    printed: tuple[Printed, ...] = ()


def paper_work(
    both: BothEditions,
    folders: Mapping[Edition, Path],
    places: Mapping[BodyKey, Mapping[str, int]],
    pages_of: Callable[[ModuleNode], Mapping[str, str]] = pages_markup,
) -> PaperWork:
    """The papers of a run whose module bodies are laid out; `places`: pages, from 0, of their ids.

    The pages' HTML, which `pages_of` gives, goes with them: books have just been made of it.
    """
    paper = both.run.kertas
    labels = {
        node.module.slug: page_labels(
            node, places.get((node.module.digest, Edition.PELATIH, paper), {})
        )
        for node in both.trainers.modules
    }
    pages = {
        (node.edition, node.module.slug): pages_of(node)
        for tree in (both.trainers, both.participants)
        for node in tree.modules
    }
    return PaperWork(replace(both, places=labels, pages=pages), folders)


def part_tasks(
    options: Options, trees: Iterable[EditionTree]
) -> tuple[list[BodyKey], list[Callable[[], Any]]]:
    """One task a module body, largest first; the same body of two runs only once.

    Each gives the page, from 0, of each id in the body of the key at the same place.
    """
    tasks: dict[tuple[str, Edition, str], tuple[int, BodyKey, Callable[[], Any]]] = {}
    for tree in trees:
        bindery = _bindery(options, tree)
        for node in tree.modules:
            inputs = bindery.body_inputs(node)
            digest = hashlib.sha256("".join(inputs[1:3]).encode()).hexdigest()
            task = partial(_render_body, options.cache, *inputs)
            body = (node.module.digest, tree.edition, tree.run.file.kertas)
            tasks[inputs[0], tree.edition, digest] = len(inputs[1]), body, task
    ordered = sorted(tasks.values(), key=lambda entry: -entry[0])
    return [key for _, key, _ in ordered], [task for _, _, task in ordered]


def _render_body(cache: Path, *inputs: Any) -> dict[str, int]:
    return dict(_part(cache, *inputs).anchors)


def _part(cache: Path, *inputs: Any) -> Part:
    with collected_later():
        return cached_part(cache, *inputs)


def print_papers(
    options: Options, work: PaperWork, share: int = 0, shares: int = 1
) -> dict[int, list[Printed]]:
    """A share of the papers, by the place of their row; dealt forth and back, for like ones stand
    together. Raises ContentError.
    """
    press, printed, turn = _press(options, work), {}, 2 * shares
    for row, paper in enumerate(_ROWS):
        if row % turn in (share, turn - 1 - share):
            with collected_later():
                printed[row] = list(press.print(paper))
    return printed


def all_papers(
    options: Options, work: PaperWork, edition: Edition, books: Sequence[Printed]
) -> list[Printed]:
    """The papers of an edition; those that list all others are made now, of the trainers."""
    if edition is Edition.PESERTA:
        theirs = [printed for printed in work.printed if printed.participants]
        return [replace(printed, sizes={PDF: printed.sizes[PDF]}) for printed in theirs]
    press, others = _press(options, work), [*books, *work.printed]
    with collected_later():
        last = [done for paper in PAPERS if paper.last for done in press.print(paper, others)]
    return [*work.printed, *last]


def _press(options: Options, work: PaperWork) -> Press:
    templates = package.find(options.root, "overrides") / "kertas"
    cached = (partial(make, options.cache) for make in (cached_bound, cached_office_file))
    return Press(work.both, templates, partial(cached_part, options.cache), work.folders, *cached)


def _bindery(
    options: Options,
    tree: EditionTree,
    pages: Callable[[ModuleNode], Mapping[str, str]] | None = None,
) -> Bindery:
    templates = package.find(options.root, "overrides") / "buku"
    address = "" if tree.draft else options.address
    render, bind = partial(_part, options.cache), partial(cached_book, options.cache)
    return Bindery(tree, templates, render, address, pages or pages_of(options), bind)


def pages_of(options: Options) -> Callable[[ModuleNode], Mapping[str, str]]:
    """What reads the pages of a module once for all runs."""
    return lambda node: cached_pages(node, options.cache)


def build_edition(
    options: Options,
    tree: EditionTree,
    folder: Path,
    work: PaperWork | None = None,
    seal: Seal | None = None,
) -> list[Printed]:
    """One edition of a run, site, books and papers, into an empty folder; the trainers' one sealed.

    Gives what was printed, in the order of printing. `work` is None where nothing is to be.
    Raises ContentError, also where the leak gate finds anything of the trainers in a participants'.
    """
    if seal and tree.edition is Edition.PELATIH:
        templates = package.find(options.root, "overrides") / "segel"
        with seal.sealed(folder, options.cache, templates, tree.run.id) as plain:
            return build_edition(options, tree, plain, work)
    # MkDocs is slow to import and only needed in the processes that build a site.
    from pilar.host.mkdocs import build_site

    books = list(_bindery(options, tree, work.both.pages_of).books()) if work else []
    printed, booklets = list(map(_printed, books)), list[Book]()
    if work:
        printed += all_papers(options, work, tree.edition, printed)
        if options.booklets:
            booklets = [_booklet(book, work.both.sheet) for book in books]
            printed += [replace(_printed(made), booklet=True) for made in booklets]
    beside = options.beside(tree.run.id)
    build_site(options.root, tree, tuple(printed), folder, beside=beside, cache=options.cache)
    for book in (*books, *booklets):
        path = folder / "buku" / f"{book.stem}.pdf"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(book.pdf)
    if work and work.folders[tree.edition].is_dir():
        shutil.move(work.folders[tree.edition], folder / "dokumen")
    check_output(tree, folder, options.root, options.cache)
    return printed


def _booklet(book: Book, sheet: tuple[int, int]) -> Book:
    """The book imposed on the run's paper; its pages are the sides of the sheets."""
    title = f"{book.title} (buklet)"
    made = booklet(book.pdf, title, sheet)
    return replace(
        book, stem=STEM.format(book.stem), title=title, pages=ceil(book.pages / 4) * 2, pdf=made
    )


def _printed(book: Book) -> Printed:
    """A book among what was printed: who wants it on paper prints it, so no copies are counted."""
    return Printed(
        book.stem,
        book.title,
        book.pages,
        0,
        sizes={PDF: len(book.pdf)},
        folder="buku",
        module=book.module,
        quality=book.quality,
    )
