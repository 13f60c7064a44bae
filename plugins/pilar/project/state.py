"""A state of the project, be it a folder or a commit: read, checked, its runs resolved.

    state = Workspace(root, cache).folder()
    state.problems                       # what `pilar check` reports
    state.tree("", Edition.PESERTA)      # what the newest run's sites and books are made from

Every command goes this way, so that no two of them can judge the same content differently. All of
it is computed when asked for, and once.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path

from pilar.assembly.tree import EditionTree
from pilar.checks.apply import (
    check_content,
    check_warnings,
    errors_of,
    warnings_by_evidence,
    warnings_of,
)
from pilar.checks.memory import Memory
from pilar.checks.rendering import loose_texts, unreadable
from pilar.checks.result_data import invented_in, result_problems
from pilar.checks.settling import BY_EVIDENCE, unsettled
from pilar.checks.suppression import reported
from pilar.content.files import Files
from pilar.content.module_store import ModuleStore
from pilar.content.project import read_files
from pilar.content.results.results_reader import Reading
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project, Run
from pilar.store import package
from pilar.versions.library import Library
from pilar.versions.missing import undamaged
from pilar.versions.opened import open_repository, unusable
from pilar.versions.released import changed_releases, lost_commits, unfit_bumps, untold_changes
from pilar.versions.repository import Repository

from .folder import project_files
from .run_results import Evidence, evidence, identity, misplaced, named, readings
from .run_state import Problems, RunState, module_unrendered


class Workspace:
    """The states of one project; what several of them share is read and checked once.

    Findings are remembered in the folder `cache` (default: the project's) from one command to the
    next; without `remember`, as long as the workspace lives.
    """

    def __init__(self, root: Path, cache: Path | None = None, *, remember: bool = True) -> None:
        self.root = root
        self.cache = cache or package.cache(root)
        self.store = ModuleStore()
        self.memory = Memory(self.cache if remember else None)
        self._locked: dict[str, RunState] = {}

    def anew(self) -> Workspace:
        """The same project as git has it now; only what has changed since is read and checked."""
        other = Workspace(self.root, self.cache)
        self.store.forget()
        other.store, other.memory = self.store, self.memory
        return other

    @cached_property
    def repository(self) -> Repository | None:
        """The git repository, None without one that can be opened."""
        return open_repository(self.root)

    def folder(self, draft: bool = False) -> State:
        """The working tree, committed or not. Raises ContentError where git's HEAD stands in for
        it and cannot be read.

        A `draft` gives every run the working tree as it is, whatever versions it pins.
        """
        problems: list[Problem] = []
        files = project_files(self.root, problems, self.repository)
        return State(self, files, problems, self.repository, draft=draft)

    def commit(self, commit: str) -> State:
        """The state at a commit, by its id. Raises ContentError where git cannot read it."""
        assert self.repository is not None
        problems: list[Problem] = []
        with undamaged(f"komit {commit[:12]}"):
            files = self.repository.content(commit, problems)
        return State(self, files, problems, self.repository.at(commit), commit)

    def run_state(self, run: Run, library: Library, draft: bool) -> RunState:
        """What a run is given; a locked one is worked out once for all states that have it so."""
        if draft or not run.lock:
            return RunState(run, library, self.memory, draft)
        key = f"{run.id} {run.digest} {run.lock.model_dump_json()}"
        return self._locked.setdefault(key, RunState(run, library, self.memory))


class State:
    """The project as a folder or a commit has it.

    `commit` is the id of the commit, empty for the working tree; `unread` what is wrong with
    `files` before any of them is read.
    """

    def __init__(
        self,
        workspace: Workspace,
        files: Files,
        unread: Sequence[Problem],
        repository: Repository | None,
        commit: str = "",
        *,
        draft: bool = False,
    ) -> None:
        self.workspace = workspace
        self.files = files
        self.unread = tuple(unread)
        self.repository = repository
        self.commit = commit
        self.draft = draft

    def changed(self, files: Files) -> State:
        """The same state with these files in place of its own, or besides them."""
        files = {**self.files, **files}
        return State(
            self.workspace, files, self.unread, self.repository, self.commit, draft=self.draft
        )

    @cached_property
    def _read(self) -> tuple[Project | None, list[Problem]]:
        return read_files(self.files, list(self.unread), self.workspace.store.read)

    @property
    def project(self) -> Project | None:
        """The project; None where curriculum, sources or terms cannot be read."""
        return self._read[0]

    def unread_of(self, slug: str) -> Problems:
        """Why the version of a module cannot be raised: what is wrong with its own files, or with
        those that all else stands on. What its perubahan.md lacks does not count.
        """
        project, problems = self._read
        if project is None:
            return tuple(problems)
        module = project.modules.get(slug)
        folder = f"modules/{slug}/"
        lacking = module.changelog.path if module and module.changelog.readable else ""
        return tuple(p for p in problems if p.path.startswith(folder) and p.path != lacking)

    @property
    def sound(self) -> Project:
        """The project, or ContentError with every problem of reading it."""
        project, problems = self._read
        if project is None or problems:
            raise ContentError(problems)
        return project

    @property
    def modules(self) -> Mapping[str, Module]:
        """Modules that could be read."""
        return self.project.modules if self.project else {}

    @cached_property
    def library(self) -> Library:
        """All versions that can be had here; of a project that could be read."""
        assert self.project is not None
        workspace = self.workspace
        return Library(
            workspace.root,
            self.files,
            self.project,
            workspace.cache,
            self.repository,
            workspace.store.read,
        )

    @cached_property
    def runs(self) -> Mapping[str, RunState]:
        """What each run is given."""
        runs = self.project.runs.values() if self.project else ()
        return {run.id: self.workspace.run_state(run, self.library, self.draft) for run in runs}

    @cached_property
    def _ruled(self) -> Problems:
        """Errors of single files, and between them."""
        project, misread = self._read
        if project is None:
            return tuple(misread)
        memory = self.workspace.memory
        found = {*misread, *check_content(project, memory.of(errors_of))}
        if not self.draft:
            found.update(changed_releases(project, self.library))
            found.update(unfit_bumps(project, self.library, memory.problems))
            found.update(untold_changes(project))
        return tuple(sorted(found))

    @property
    def _sound_modules(self) -> bool:
        """Is nothing wrong but what single runs say? Then all else can be told with that."""
        return all(problem.path.startswith("runs/") for problem in self._ruled)

    @cached_property
    def faults(self) -> Problems:
        """Errors of the content itself, sorted: as long as there is one, no run is built."""
        if not self._sound_modules or self.project is None:
            return self._ruled
        memory = self.workspace.memory
        texts = loose_texts(self.project)
        unread = memory.problems(partial(unreadable, texts), "teks", json.dumps(texts))
        found = {*self._ruled, *unread}
        for module in self.project.modules.values():
            found.update(module_unrendered(module, self.project, memory))
        return tuple(sorted(found))

    @cached_property
    def failed(self) -> Mapping[str, Problems]:
        """Runs that cannot be built: what they pin is not to be had, or their timetable does not
        hold. Errors of modules aside, for such mistakes would follow from those.
        """
        runs = self.runs if self._sound_modules else {}
        found = {name: (*run.problems, *run.unrendered) for name, run in runs.items()}
        return {name: problems for name, problems in found.items() if problems}

    @cached_property
    def _half_read(self) -> Problems:
        """What else is wrong with the runs whose files have mistakes."""
        half_read = self.project.half_read if self.project and self._sound_modules else ()
        states = (self.workspace.run_state(run, self.library, self.draft) for run in half_read)
        return tuple(problem for state in states for problem in state.problems)

    @cached_property
    def errors(self) -> list[Problem]:
        """All errors, sorted; with them the warnings of locks whose commits are gone (V108) and of
        a repository that cannot be opened (G103).
        """
        failed = {problem for found in self.failed.values() for problem in found}
        failed.update(self._half_read)
        known = self.project if self._sound_modules else None
        lost = lost_commits(known, self.library) if known else []
        closed = unusable(self.workspace.root) if self.repository is None else None
        return sorted({*self.faults, *failed, *lost, *([closed.warning] if closed else [])})

    @cached_property
    def results(self) -> Mapping[str, Reading]:
        """What came back from each run that has results and whose content is to be had."""
        return readings(self.files, self.runs) if self._sound_modules else {}

    @cached_property
    def result_problems(self) -> Mapping[str, Problems]:
        """What is wrong with the results of runs. No build stops for it: none is made from them."""
        found: dict[str, Problems] = {}
        for run, reading in self.results.items():
            content = self.runs[run].content
            assert content
            invented = invented_in(content.cast, content.modules.values())
            found[run] = tuple(sorted(result_problems(reading, invented)))
        return found

    @cached_property
    def problems(self) -> Problems:
        """Errors and warnings, sorted, each with its exact place where that is known."""
        if self.project is None:
            return tuple(self.errors)
        memory = self.workspace.memory
        runs = self.runs.values() if self._sound_modules else ()
        of_runs = {problem for run in runs for problem in run.warnings}

        def between(project: Project) -> set[Problem]:
            return {*memory.between(project), *of_runs, *self._spoken_against}

        unasked = (BY_EVIDENCE,) * bool(self.uncounted) + ("R2",) * (not self._sound_modules)
        warnings = check_warnings(self.project, memory.of(warnings_of), between, unasked)
        of_results = {problem for found in self.result_problems.values() for problem in found}
        errors = {*self.errors, *misplaced(self.files), *of_results}
        if self._sound_modules:  # else results have not been read
            modules, pool = self.modules.values(), self.evidence.real
            errors.update(unsettled(modules, pool, warnings, self.uncounted))
        return tuple(reported(self.project, errors, warnings))

    @cached_property
    def evidence(self) -> Evidence:
        """What results show; those with mistakes show nothing until these are corrected."""
        return evidence(self.results, self.runs, self.uncounted)

    @cached_property
    def uncounted(self) -> tuple[str, ...]:
        """Runs whose results are no evidence, for what is wrong with them or with the content."""
        wrong = self.result_problems
        return tuple(run for run in named(self.files) if wrong.get(run, True))

    @cached_property
    def _spoken_against(self) -> Problems:
        """Warnings that rest on results, those that a comment silences among them."""
        if self.project is None or not self.results:
            return ()
        modules = self.project.modules.values()
        given = identity(self.files, [self.runs[run] for run in self.results])
        return self.workspace.memory.problems(
            lambda: sorted(warnings_by_evidence(modules, self.evidence.real)),
            *("bukti", self.project.made_of, given),
        )

    @property
    def unfit(self) -> frozenset[str]:
        """Slugs of modules whose mistakes keep their pages from being rendered."""
        return frozenset(
            problem.path.split("/")[1]
            for problem in self.errors
            if problem.path.startswith("modules/")
            and problem.path.count("/") > 1
            and problem.rule.hidden
        )

    def tree(self, name: str, edition: Edition) -> EditionTree:
        """One edition of a run, the newest one for an empty name.

        Raises ContentError with every problem, UnknownNameError.
        """
        if self.project is None:
            raise ContentError(self.faults)
        run = self.project.run(name).id
        if self.faults:
            raise ContentError([*self.faults, *self.failed.get(run, ())])
        if run in self.failed:
            raise ContentError(self.failed[run])
        return self.runs[run].tree(edition)


@contextmanager
def uncollected() -> Iterator[None]:
    """Run without the garbage collector: nearly all that is read stays to the end of the command,
    and looking for cycles in it takes a quarter of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()
