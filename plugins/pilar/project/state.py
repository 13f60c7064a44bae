"""One of the two states that are compared: a commit (or the working tree), read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pilar.assembly.timetable import Day, timetable
from pilar.checks import check_content, check_warnings, errors_of, warnings_of
from pilar.checks.law import laws_in_force
from pilar.checks.memory import Memory
from pilar.checks.telling import told
from pilar.content.files import Files
from pilar.content.module_store import ModuleStore
from pilar.content.project import read_files
from pilar.model.curriculum import Module
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project, Run
from pilar.versions.checkout import project_files
from pilar.versions.library import Library
from pilar.versions.missing import all_here, damaged
from pilar.versions.released import changed_releases, unfit_bumps, untold_changes
from pilar.versions.repository import DamagedObjectError, Repository


@dataclass(frozen=True, eq=False)
class Pinned:
    """What a run is given: its content and timetable, or the problems that prevent it.

    What a lock holds is read only when somebody asks for it; its problems may be remembered.
    """

    run: Run
    library: Library
    memory: Memory

    @property
    def content(self) -> Project | None:
        """The project as the run has it; None where something is missing or unfit."""
        return self._given if isinstance(self._given, Project) else None

    @property
    def days(self) -> tuple[Day, ...]:
        """The timetable; empty without content."""
        return self._planned[0] if self.content else ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Why there is no content; else what is wrong with timetable and laws."""
        lock = self.run.lock
        try:
            if lock and all_here(lock, self.library.repository):
                made_from = "pelatihan", self.run.id, self.run.digest, lock.model_dump_json()
                return self.memory.problems(self._found, *made_from)
            return tuple(self._found())
        except ContentError as error:
            return error.problems

    def _found(self) -> Iterator[Problem]:
        if isinstance(self._given, ContentError):
            raise self._given
        yield from self._planned[1]
        yield from laws_in_force(self._given, self.run)

    @cached_property
    def _given(self) -> Project | ContentError:
        try:
            return self.library.pinned(self.run)
        except ContentError as error:
            return error

    @cached_property
    def _planned(self) -> tuple[tuple[Day, ...], list[Problem]]:
        assert isinstance(self._given, Project)
        return timetable(self.run, self._given.modules)


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
            if not problem.warning
            and problem.path.startswith("modules/")
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
        self._store = ModuleStore()
        self._memory = Memory(cache)
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
        project, found = read_files(files, problems, self._store.read)
        if project is None:
            return Snapshot(commit, files, None, tuple(found), {})
        repository = self.repository.at(commit) if commit else self.repository
        library = Library(self.root, project, self.cache, repository, self._store.read)
        runs = {run.id: self._pin(library, run) for run in project.runs.values()}
        checked = self._checked(project, library)
        own = (p for pinned in runs.values() for p in pinned.problems)
        everything = {*found, *checked, *own}
        errors = {problem for problem in everything if not problem.warning}
        shown = told(project, errors, everything - errors)
        return Snapshot(commit, files, project, tuple(shown), runs)

    def _pin(self, library: Library, run: Run) -> Pinned:
        """What a run is given; a locked one is worked out once for all states that have it so."""
        key = f"{run.id} {run.digest} {run.lock.model_dump_json()}" if run.lock else ""
        if key not in self._pinned or not key:
            self._pinned[key] = Pinned(run, library, self._memory)
        return self._pinned[key]

    def _checked(self, project: Project, library: Library) -> Iterator[Problem]:
        """Problems that rules find; what they found in a module is remembered."""
        yield from changed_releases(project, library)
        yield from unfit_bumps(project, library, self._memory.problems)
        yield from untold_changes(project)
        yield from check_content(project, self._memory.of(errors_of))
        yield from check_warnings(project, self._memory.of(warnings_of))
