"""What a run is given by a state of the project: content, timetable, their problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from pilar.assembly.day import Day
from pilar.assembly.timetable import timetable
from pilar.assembly.tree import EditionTree, assemble
from pilar.checks.law import laws_in_force
from pilar.checks.memory import Memory
from pilar.checks.rendering import unrendered
from pilar.checks.rules import run_rules
from pilar.checks.run_file import is_edited, leaves_out_what_there_is
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem, nearest
from pilar.model.run import Project, Run
from pilar.model.schedule import EVENTS
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
    def mark(self) -> str:
        """The mark of a draft; empty for what is released. Raises ContentError."""
        return self._content()[1]

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
            return tuple(sorted({*error.problems, *self._found_without_content()}))

    @cached_property
    def warnings(self) -> Problems:
        """What no build stops for in the run's file and timetable. Sorted."""

        def find() -> Problems:
            return tuple(sorted({p for rule in run_rules() for p in rule(self.run, self.days)}))

        return self._remembered(find, "peringatan")

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
        found = {*self._planned[1], *laws_in_force(content, self.run), *self._of_file()}
        return tuple(sorted({*found, *leaves_out_what_there_is(self.run, content.curriculum)}))

    def _of_file(self) -> Iterator[Problem]:
        """Drafts may hold examples: they say on every page that they are drafts."""
        return iter(()) if self.draft else is_edited(self.run)

    def _found_without_content(self) -> Iterator[Problem]:
        """What is wrong for certain, whatever the content that cannot be had."""
        yield from self._of_file()
        present, file = self.library.project, self.run.file
        pins = file.pins(present.curriculum)
        modules = {slug: present.modules[slug] for slug in pins if slug in present.modules}
        unsure = {slug for slug, m in modules.items() if m.meta.versi != pins[slug]}
        if file.kurikulum == present.curriculum.versi:
            yield from leaves_out_what_there_is(self.run, present.curriculum)
            unsure |= pins.keys() - modules.keys()
        else:
            # It may have other modules, and these in other versions.
            named = {entry.modul or "" for day in file.jadwal.hari for entry in day}
            known = {*pins, *EVENTS}
            unsure = {*pins, *(name for name in named if not nearest(name, known))}
        yield from timetable(self.run, modules, unsure)[1]

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
