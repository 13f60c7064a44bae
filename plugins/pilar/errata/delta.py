"""What changed between the modules of a printed copy and those that take their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pilar.assembly.timetable import timetable
from pilar.changes.modules import compare
from pilar.model.changelog import Entry
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.run import Project, Run
from pilar.model.semver import order
from pilar.model.sources import Source

from .facts import Fact, facts


class State(StrEnum):
    """How a printed copy stands; the order is that of alarm."""

    BERLAKU = "berlaku"
    RALAT = "ralat"
    """A newer version sets words right; the copy can be used with the errata beside it."""
    DIGANTI = "diganti"
    """A newer version has other hours, activities, questions or pages."""


@dataclass(frozen=True)
class ModuleDelta:
    """One module of a copy, and what concerns an edition in its newer version."""

    before: Module
    after: Module
    facts: tuple[Fact, ...] = ()
    """Told by comparing the two."""
    entries: tuple[Entry, ...] = ()
    """Told by the authors; errors first, then newest version first."""

    @property
    def state(self) -> State:
        """How the copy of this module stands."""
        old, new = order(self.before.meta.versi), order(self.after.meta.versi)
        if new <= old:
            return State.BERLAKU
        return State.RALAT if new[:2] == old[:2] else State.DIGANTI

    @property
    def errors(self) -> int:
        """How many entries and facts are errors set right."""
        return sum(entry.urgent for entry in self.entries) + sum(f.urgent for f in self.facts)

    @property
    def changed(self) -> bool:
        """Is there another version at all?"""
        return self.before.meta.versi != self.after.meta.versi


@dataclass(frozen=True)
class RunDelta:
    """All modules of a copy, in the order in which the run teaches them."""

    run: Run
    edition: Edition
    modules: tuple[ModuleDelta, ...]
    curricula: tuple[str, str]
    """Version of the copy's curriculum, and the newer one (the same where there is none)."""
    since: Run | None = None
    """The run that was taught before, where two runs are compared."""
    added: tuple[Module, ...] = ()
    """Modules that the run before did not have."""
    removed: tuple[Module, ...] = ()

    @property
    def changed(self) -> tuple[ModuleDelta, ...]:
        """Modules with another version."""
        return tuple(delta for delta in self.modules if delta.changed)

    @property
    def state(self) -> State:
        """How the joined book stands: as its worst module does."""
        states = list(State)
        found = [delta.state for delta in self.modules]
        return max(found, key=states.index, default=State.BERLAKU)

    @property
    def errors(self) -> int:
        """How many errors are set right, in all modules."""
        return sum(delta.errors for delta in self.modules)

    def count(self, state: State) -> int:
        """How many modules stand like this."""
        return sum(delta.state == state for delta in self.modules)


def module_delta(
    before: Module, after: Module, edition: Edition, sources: Mapping[str, Source]
) -> ModuleDelta:
    """What concerns `edition` in `after`, read against `before`."""
    old, new = order(before.meta.versi), order(after.meta.versi)
    if old == new:
        return ModuleDelta(before, after)
    # The newer one serves both ways: what came, or, going back, what is not there yet.
    log = (after if new > old else before).changelog
    low, high = sorted((old, new))
    entries = [
        entry
        for section in log.sections
        if low < order(section.version) <= high
        for entry in section.seen(edition)
    ]
    entries.sort(key=lambda entry: not entry.urgent)
    found = tuple(facts(compare(before, after), edition, sources))
    return ModuleDelta(before, after, found, tuple(entries))


def run_delta(
    run: Run,
    edition: Edition,
    before: Project,
    after: Project,
    *,
    since: Run | None = None,
    curriculum: str = "",
) -> RunDelta:
    """What concerns `edition` in `run`: `before` is what a copy holds, `after` what is compared.

    `curriculum` is the newer version of it, where that is not the one of `after`.
    """
    modules = tuple(
        module_delta(before.modules[slug], after.modules[slug], edition, after.sources)
        for slug in _taught(run, after)
        if slug in before.modules
    )
    return RunDelta(
        run=run,
        edition=edition,
        modules=modules,
        curricula=(before.curriculum.versi, curriculum or after.curriculum.versi),
        since=since,
        added=tuple(m for slug, m in after.modules.items() if slug not in before.modules),
        removed=tuple(m for slug, m in before.modules.items() if slug not in after.modules),
    )


def _taught(run: Run, project: Project) -> list[str]:
    """Slugs in the order of the timetable; a newer version's other hours do not matter to it."""
    days, _ = timetable(run, project.modules)
    taught = (slot.module.slug for day in days for slot in day.slots if slot.module)
    order = dict.fromkeys([*taught, *project.curriculum.pins(), *project.modules])
    return [slug for slug in order if slug in project.modules]
