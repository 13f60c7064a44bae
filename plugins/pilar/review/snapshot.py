"""One of the two states that are compared: a commit (or the working tree), read and checked."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

import pilar
from pilar.assembly.timetable import Day, timetable
from pilar.checks import check_content, check_warnings
from pilar.checks.law import laws_in_force
from pilar.content.modules import read_module
from pilar.content.project import read_files
from pilar.content.tree import Files, blob_hash, tree_hash
from pilar.model.curriculum import Module
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project, Run
from pilar.versions.checkout import project_files
from pilar.versions.library import Library
from pilar.versions.missing import damaged
from pilar.versions.released import changed_releases
from pilar.versions.repository import DamagedObjectError, Repository

_PROBLEMS = TypeAdapter(set[Problem])


@dataclass(frozen=True)
class Pinned:
    """What a run is given: its content and timetable, or the problems that prevent it."""

    run: Run
    content: Project | None
    days: tuple[Day, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """A state of the project.

    `project` is None where curriculum, sources or terms cannot be read; `problems` has all that
    `pilar check` would say of this state, sorted, findings on language included.
    """

    commit: str
    """Id of the commit; empty for the working tree."""
    files: Files
    project: Project | None
    problems: tuple[Problem, ...]
    runs: Mapping[str, Pinned]

    @property
    def unfit(self) -> frozenset[str]:
        """Slugs of modules whose mistakes keep their pages from being rendered."""
        return frozenset(
            problem.path.split("/")[1]
            for problem in self.problems
            if problem.path.startswith("modules/")
            and problem.path.count("/") > 1
            and (problem.code[0] in "YFB" or problem.code in ("M102", "M103", "S103"))
        )

    @property
    def modules(self) -> Mapping[str, Module]:
        """Modules that could be read."""
        return self.project.modules if self.project else {}


class Reader:
    """Takes snapshots; what two of them share is read once."""

    def __init__(self, root: Path, repository: Repository, cache: Path) -> None:
        self.root = root
        self.repository = repository
        self.cache = cache
        self._modules: dict[tuple[str, str], tuple[Module | None, list[Problem]]] = {}
        self._pinned: dict[str, Pinned] = {}

    def commit(self, commit: str) -> Snapshot:
        """The state at a commit, by its id. Raises ContentError where git cannot read it."""
        problems: list[Problem] = []
        try:
            files = self.repository.content(commit, problems)
        except DamagedObjectError as error:
            raise ContentError([damaged(".git", f"komit {commit[:12]}", error)]) from None
        return self._snapshot(commit, files, problems)

    def worktree(self) -> Snapshot:
        """The state of the working tree, committed or not."""
        problems: list[Problem] = []
        return self._snapshot("", project_files(self.root, problems), problems)

    def _snapshot(self, commit: str, files: Files, problems: list[Problem]) -> Snapshot:
        project, found = read_files(files, problems, self._read)
        if project is None:
            return Snapshot(commit, files, None, tuple(found), {})
        repository = self.repository.at(commit) if commit else self.repository
        library = Library(self.root, project, self.cache, repository)
        runs = {run.id: self._pin(library, run) for run in project.runs.values()}
        checked = self._checked(files, project, library)
        own = (p for pinned in runs.values() for p in pinned.problems)
        everything = tuple(sorted({*found, *checked, *own}))
        faulty = {p.path for p in everything if not p.warning}
        shown = tuple(p for p in everything if not p.warning or p.path not in faulty)
        return Snapshot(commit, files, project, shown, runs)

    def _read(self, slug: str, files: Files, problems: list[Problem]) -> Module | None:
        key = slug, tree_hash(files)
        if key not in self._modules:
            own: list[Problem] = []
            self._modules[key] = read_module(slug, files, own), own
        module, own = self._modules[key]
        problems += own
        return module

    def _pin(self, library: Library, run: Run) -> Pinned:
        """What a run is given; a locked one is worked out once for all states that have it so."""
        key = f"{run.id} {run.digest} {run.lock.model_dump_json()}" if run.lock else ""
        if key not in self._pinned or not key:
            self._pinned[key] = _pinned(library, run)
        return self._pinned[key]

    def _checked(self, files: Files, project: Project, library: Library) -> Iterable[Problem]:
        """Problems that rules find; remembered, for the base of a review is seen many times."""
        released = set(changed_releases(project, library))
        total = hashlib.sha256(_fingerprint().encode())
        for path in sorted(files):
            total.update(f"{path}\0{blob_hash(files[path])}\n".encode())
        kept = self.cache / f"masalah-{total.hexdigest()}.json"
        if (known := _read_problems(kept)) is not None:
            return released | known
        found = {*check_content(project), *check_warnings(project)}
        self.cache.mkdir(parents=True, exist_ok=True)
        temporary = kept.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_bytes(_PROBLEMS.dump_json(found))
        temporary.replace(kept)
        return released | found


def _pinned(library: Library, run: Run) -> Pinned:
    try:
        content = library.pinned(run)
    except ContentError as error:
        return Pinned(run, None, (), error.problems)
    days, problems = timetable(run, content.modules)
    return Pinned(run, content, days, (*problems, *laws_in_force(content, run)))


def _fingerprint() -> str:
    """Identifies the rules: what other ones found is not remembered."""
    total = hashlib.sha256()
    for path in sorted(Path(pilar.__file__).parent.rglob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def _read_problems(path: Path) -> set[Problem] | None:
    try:
        return _PROBLEMS.validate_json(path.read_bytes())
    except (OSError, ValueError, KeyError):
        return None
