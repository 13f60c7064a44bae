"""What a run is given by a state of the project: content, timetable, their problems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from pilar.assembly.timetable import Day, timetable
from pilar.assembly.tree import EditionTree, assemble
from pilar.checks.law import laws_in_force
from pilar.checks.memory import Memory
from pilar.checks.rendering import unrendered
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project, Run
from pilar.versions.library import Library
from pilar.versions.missing import all_here

Problems = tuple[Problem, ...]


@dataclass(frozen=True, eq=False)
class RunState:
    """What a run is given: content and timetable, or the problems that prevent it.

    What a lock holds is read only when somebody asks for it; its problems may be remembered.
    """

    run: Run
    library: Library
    memory: Memory
    draft: bool = False

    @property
    def content(self) -> Project | None:
        """The project as the run has it; None where something is missing or unfit."""
        return None if isinstance(self._given, ContentError) else self._given[0]

    @property
    def days(self) -> tuple[Day, ...]:
        """The timetable; empty without content."""
        return self._planned[0] if self.content else ()

    @cached_property
    def problems(self) -> Problems:
        """Why there is no content; else what is wrong with timetable and laws. Sorted."""
        try:
            return self._remembered(self._found, "pelatihan")
        except ContentError as error:
            return error.problems

    @cached_property
    def unrendered(self) -> Problems:
        """What Markdown does not read as meant; nothing without content. Sorted."""
        try:
            return self._remembered(self._unrendered, "tampilan")
        except ContentError:
            return ()

    def tree(self, edition: Edition) -> EditionTree:
        """One edition of the run. Raises ContentError."""
        content, mark = self._content()
        return assemble(content, self.run, edition, mark)

    def _remembered(self, find: Callable[[], Problems], what: str) -> Problems:
        """What a lock names cannot change: all of it here, the findings hold without reading it."""
        if not self._locked:
            return find()
        return self.memory.problems(find, what, self.run.id, self.run.digest, self._locked)

    def _found(self) -> Problems:
        content, _ = self._content()
        return tuple(sorted({*self._planned[1], *laws_in_force(content, self.run)}))

    def _unrendered(self) -> Problems:
        content, _ = self._content()
        modules = content.modules.values()
        return tuple(
            sorted({p for m in modules for p in module_unrendered(m, content, self.memory)})
        )

    @cached_property
    def _locked(self) -> str:
        """What the lock names, if all of that is in git; else empty."""
        lock = None if self.draft else self.run.lock
        here = lock and all_here(lock, self.library.repository)
        return lock.model_dump_json() if lock and here else ""

    def _content(self) -> tuple[Project, str]:
        if isinstance(self._given, ContentError):
            raise self._given
        return self._given

    @cached_property
    def _given(self) -> tuple[Project, str] | ContentError:
        """Content, and the mark that it carries when it is a draft."""
        try:
            if self.draft:
                return self.library.draft(self.run)
            return self.library.pinned(self.run), ""
        except ContentError as error:
            return error

    @cached_property
    def _planned(self) -> tuple[tuple[Day, ...], list[Problem]]:
        return timetable(self.run, self._content()[0].modules)


def module_unrendered(module: Module, project: Project, memory: Memory) -> Problems:
    """B115 and B116 of a module with the registries of `project`, remembered."""
    find = partial(unrendered, module, project)
    return memory.problems(find, "blok", module.slug, module.digest, project.facts.digest)
