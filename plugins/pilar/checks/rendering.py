"""From a folder to what is asked of it: the checked project, a run, its tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from pilar.assembly.page_nodes import PageNode
from pilar.assembly.tree import EditionTree, ModuleNode, assemble, assemble_module
from pilar.checks import check_content, check_warnings, errors_of, warnings_of
from pilar.checks.law import laws_in_force
from pilar.checks.memory import Memory
from pilar.checks.telling import told
from pilar.content.module_store import ModuleStore
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem, of_line, unknown_run
from pilar.model.run import Project, Run
from pilar.store import package
from pilar.syntax.render import LostBlockError, UnreadableTextError, render
from pilar.versions.checkout import read_checkout
from pilar.versions.library import Library
from pilar.versions.missing import all_here
from pilar.versions.released import (
    anew,
    changed_releases,
    lost_commits,
    unfit_bumps,
    untold_changes,
)


@dataclass(frozen=True)
class Checkout:
    """A checked folder.

    `problems` are those of the working tree, `failed` those of single runs: what a run pins cannot
    be found, or its timetable does not hold. `pinned` has the content of each sound run, and
    the mark it carries when that is a draft.
    """

    project: Project | None
    problems: tuple[Problem, ...]
    pinned: Mapping[str, tuple[Project, str]] = field(default_factory=dict)
    failed: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    lost: tuple[Problem, ...] = ()
    """Warnings: locks whose commits are gone while their content is here."""

    @property
    def all_problems(self) -> list[Problem]:
        """Everything that is wrong, sorted."""
        failed = (problem for found in self.failed.values() for problem in found)
        return sorted({*self.problems, *failed, *self.lost})


def check_project(root: Path, worktree: bool = False, memory: Memory | None = None) -> Checkout:
    """Read and check everything below `root`.

    Runs are laid out only when the working tree is sound, for their mistakes would follow from
    those. `worktree` gives every run the working tree as it is, marked as a draft. What a `memory`
    knows of is not looked at again; `pinned` is without the locked runs then, which are not read.
    """
    read = ModuleStore().read
    project, found = read_checkout(root, read)
    if project is None:
        return Checkout(None, tuple(found))
    library = Library(root, project, package.cache(root), read=read)
    known = memory.problems if memory else anew
    problems = {*found, *check_content(project, memory.of(errors_of) if memory else errors_of)}
    if not worktree:
        problems |= {*changed_releases(project, library), *unfit_bumps(project, library, known)}
        problems |= set(untold_changes(project))
    if problems:
        return Checkout(project, tuple(sorted(problems)))
    rendered: set[str] = set()
    pinned: dict[str, tuple[Project, str]] = {}
    failed: dict[str, tuple[Problem, ...]] = {}
    for run in project.runs.values():
        try:
            if memory and not worktree and run.lock and all_here(run.lock, library.repository):
                made_from = "tampilan", run.id, run.digest, run.lock.model_dump_json()
                found = list(memory.problems(partial(_of_locked, run, library), *made_from))
                rendered |= {module.hash for module in run.lock.modul.values()}
            else:
                content, mark = library.draft(run) if worktree else (library.pinned(run), "")
                found = list(_of_run(run, content))
                rendered |= {module.digest for module in content.modules.values()}
                if not found:
                    pinned[run.id] = content, mark
            if found:
                raise ContentError(found)
        except ContentError as error:
            failed[run.id] = error.problems
    lost = tuple(lost_commits(project, library))
    unread = {*_unreadable_texts(project)}
    for slug, module in project.modules.items():
        if module.digest not in rendered:
            find = partial(unrendered, module, project)
            unread.update(known(find, "blok", slug, module.digest, project.facts.digest))
    return Checkout(project, tuple(sorted(unread)), pinned, failed, lost)


def everything(checkout: Checkout, memory: Memory | None = None) -> list[Problem]:
    """Errors and warnings of a checkout, sorted, each with its exact place where that is known."""
    if project := checkout.project:
        find = memory.of(warnings_of) if memory else warnings_of
        return told(project, checkout.all_problems, check_warnings(project, find))
    return checkout.all_problems


def _of_locked(run: Run, library: Library) -> Iterator[Problem]:
    return _of_run(run, library.pinned(run))


def _of_run(run: Run, content: Project) -> Iterator[Problem]:
    """What is wrong with a run, given its content. Raises ContentError."""
    yield from laws_in_force(content, run)
    for edition in Edition:
        yield from lost_blocks(assemble(content, run, edition).modules)


def unrendered(module: Module, project: Project) -> Iterator[Problem]:
    """What of a module Markdown does not take as it is meant; only rendering shows that."""
    for edition in Edition:
        yield from lost_blocks([assemble_module(module, project, edition)])


def lost_blocks(nodes: Iterable[ModuleNode]) -> list[Problem]:
    """Blocks that Markdown does not take for such where they stand."""
    problems: list[Problem] = []
    for node in nodes:
        for page in node.pages:
            try:
                _rendered(page.source)
            except UnreadableTextError as error:
                above = _lines_above(page)
                problems += [unreadable(page.page.document.path, n + above) for n in error.lines]
            except LostBlockError as error:
                problems += [
                    of_line(
                        page.page.document.path,
                        page.page.document.lines,
                        line,
                        "B115",
                        "Markdown tidak mengenali blok ini di tempatnya",
                        "Beri baris kosong di atasnya, dan pastikan indentasinya sama dengan "
                        "isi daftar atau kotak yang memuatnya",
                    )
                    for line in error.lines
                ]
    return problems


@lru_cache(maxsize=1024)
def _rendered(source: str) -> None:
    """Editions and versions of a module have many pages alike. Raises what `render` does."""
    render(source)


def unreadable(path: str, line: int) -> Problem:
    """What is wrong with a text that Markdown stumbles over."""
    message = "Markdown tidak dapat membaca paragraf ini"
    hint = "Pasangkan setiap tanda * _ ~ ^ = di dalamnya, atau beri tanda \\ di depannya"
    return Problem(path, line, "B116", message, hint)


def _lines_above(page: PageNode) -> int:
    """How many lines of the file are not in the composed text: comments and front matter."""
    first = next((h.line for h in page.page.document.headings), 1)
    lines = page.source.split("\n")
    return first - next((n for n, line in enumerate(lines, 1) if line.startswith("#")), first)


def _unreadable_texts(project: Project) -> Iterator[Problem]:
    """Texts that stand on no page: those of the curriculum, and what changed in modules."""
    curriculum, source = project.curriculum, project.curriculum_source
    texts = [(source.path, source.line("pengantar"), curriculum.pengantar)]
    if curriculum.petunjuk:
        texts += [
            (source.path, source.line("petunjuk", edition), getattr(curriculum.petunjuk, edition))
            for edition in map(str, Edition)
        ]
    texts += [
        (module.changelog.path, entry.line, entry.text)
        for module in project.modules.values()
        for section in module.changelog.sections
        for whole in section.entries
        for entry in (whole, *whole.notes)
    ]
    for path, line, text in texts:
        try:
            render(text)
        except LostBlockError:
            yield unreadable(path, line)


def find_run(project: Project, name: str) -> Run:
    """The run called `name`, or the newest one for an empty name.

    Raises UnknownNameError.
    """
    if project.runs and not name:
        return max(project.runs.values(), key=lambda run: (run.file.tanggal.mulai, run.id))
    if name not in project.runs:
        raise unknown_run(name, project.runs)
    return project.runs[name]


def load_tree(root: Path, name: str, edition: Edition, worktree: bool = False) -> EditionTree:
    """The tree of one edition of a run. Raises ContentError with every problem."""
    checkout = check_project(root, worktree)
    if checkout.project is None or checkout.problems:
        raise ContentError(checkout.problems)
    run = find_run(checkout.project, name)
    if run.id in checkout.failed:
        raise ContentError(checkout.failed[run.id])
    content, draft = checkout.pinned[run.id]
    return assemble(content, run, edition, draft)
