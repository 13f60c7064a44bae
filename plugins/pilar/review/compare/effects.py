"""What a change means: the version it needs, coverage, and the runs that it reaches."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from pilar.assembly.day import Day
from pilar.assembly.day import Slot as Planned
from pilar.changes.bump import proposed
from pilar.changes.modules import ModuleChange
from pilar.changes.pairing import renamed_modules
from pilar.changes.run_files import FieldChange, run_changes
from pilar.checks.coverage import Covered, coverage
from pilar.model.curriculum import Curriculum, Hours, Module
from pilar.model.run import Project
from pilar.model.schedule import clock
from pilar.model.semver import order
from pilar.project.run_state import RunState
from pilar.project.state import State
from pilar.redline.align import spans

BumpState = Literal["tepat", "lebih", "kurang", "tetap", "terkunci", "turun", "tanpa-isi", "baru"]
"""The version fits; is raised more than needed; too little; stays, and may, for no run is locked to
it; stays though one is; is lower; is raised though nothing changed; is that of a new module."""


@dataclass(frozen=True)
class Bump:
    """The version a module had and has, and the one its change asks for, with the reason."""

    state: BumpState
    before: str
    after: str
    proposed: str = ""
    """Empty where nothing changed, and for a new module; so is `reason`."""
    reason: str = ""
    pinned: str = ""
    """The version that the curriculum takes; empty where it does not name the module."""


@dataclass(frozen=True)
class CoverageChange:
    """An indicator's activities and questions before and after; None where it is not there."""

    before: Covered | None
    after: Covered | None

    @property
    def lacking(self) -> bool:
        """Has it less of either than before, or come without an activity or a question?"""
        if self.after is None:
            return True
        activities, questions = _counts(self.after)
        if self.before is None:
            return not (activities and questions)
        had = _counts(self.before)
        return activities < had[0] or questions < had[1]


@dataclass(frozen=True)
class Slot:
    """A row of a timetable, as print has it."""

    time: str
    title: str
    steps: tuple[tuple[str, str], ...] = ()
    """Time and title of each activity in it."""


@dataclass(frozen=True)
class DayReview:
    """A day of a run; rows before and after side by side, None where there is none."""

    number: int
    date: datetime.date
    """The newer one where it is on another date now."""
    rows: tuple[tuple[Slot | None, Slot | None], ...]

    @property
    def changed(self) -> bool:
        """Is any row different?"""
        return any(old != new for old, new in self.rows)


Effect = Literal[
    "baru",
    "dihapus",
    "terkunci",
    "dikunci",
    "kunci-baru",
    "terdampak",
    "ditata",
    "pulih",
    "rusak",
    "tetap",
]
"""New, gone, locked and the same, locked now with the same content, locked to something else,
not locked and given other content, given content that says the same, can be built again, cannot be
built, not touched."""
REACHED = frozenset({"baru", "kunci-baru", "terdampak", "pulih"})
"""Effects that give people other material than before."""


@dataclass(frozen=True)
class RunModule:
    """A module that a run is given otherwise; versions are empty where it has none."""

    code: str
    before: str
    after: str
    silent: bool = False
    """It says the same."""


@dataclass(frozen=True)
class RunReview:
    """What the change does to a run."""

    old: RunState | None
    new: RunState | None
    effect: Effect
    modules: tuple[RunModule, ...] = ()
    registries: tuple[str, ...] = ()
    """`kurikulum`, `rujukan`, `glosarium`: what differs for it, versions of modules aside."""
    fields: tuple[FieldChange, ...] = ()
    """What its own file says otherwise; all that it says of a run that is new."""
    days: tuple[DayReview, ...] = ()

    @property
    def pinned(self) -> RunState:
        """The newer of the two."""
        pinned = self.new or self.old
        assert pinned is not None
        return pinned


Silent = Container[tuple[str, str]]
"""Digests before and after of modules that say the same in both states."""


def bump(new: Module, change: ModuleChange | None, head: Project, silent: bool) -> Bump:
    """The version of a module against what its change asks for; without one it is new.

    `silent`: does it say the same as before?
    """
    after = new.meta.versi
    pinned = head.curriculum.pins().get(new.slug, "")
    if change is None:
        return Bump(state="baru", before="", after=after, pinned=pinned)
    before = change.before.meta.versi
    if silent:
        state: BumpState = "tanpa-isi" if before != after else "tepat"
        return Bump(state=state, before=before, after=after, pinned=pinned)
    wanted, reason = proposed(change)
    if before == after:
        locked = any(version.versi == after for version in head.locks(new.slug).values())
        state = "terkunci" if locked else "tetap"
    elif order(after) < order(before):
        state = "turun"
    elif order(after) < order(wanted):
        state = "kurang"
    else:
        state = "tepat" if _kind(before, after) == _kind(before, wanted) else "lebih"
    return Bump(state, before, after, wanted, reason, pinned=pinned)


def _kind(before: str, after: str) -> int:
    """0 for a major step, 1 for a minor one, 2 for a patch."""
    pairs = zip(order(before), order(after), strict=True)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), 3)


def coverage_changes(change: ModuleChange) -> Iterator[CoverageChange]:
    """Indicators whose activities or questions are others in number."""
    before, after = coverage(change.before), coverage(change.after)
    indicators = change.indicators
    added = {indicator.number for indicator in indicators.added}
    numbers = {pair.after.number: pair.before.number for pair in indicators.changed}
    for covered in after:
        number = numbers.get(covered.number, covered.number)
        earlier = before[number - 1] if covered.number not in added else None
        if earlier is None or _counts(earlier) != _counts(covered):
            yield CoverageChange(earlier, covered)
    for indicator in indicators.removed:
        yield CoverageChange(before[indicator.number - 1], None)


def _counts(covered: Covered) -> tuple[int, int]:
    return len(covered.activities), len(covered.questions)


def hours(project: Project) -> Hours | None:
    """Hours of all modules that the curriculum names; None where one of them cannot be read."""
    modules = [project.modules.get(slug) for slug in project.curriculum.pins()]
    known = [module.meta.jp for module in modules if module]
    return sum(known, Hours()) if len(known) == len(modules) else None


def run_reviews(base: State, head: State, silent: Silent) -> Iterator[RunReview]:
    """Every run of either state, the newest first. `silent`: modules that say the same."""
    names = {*base.runs, *head.runs}
    for name in sorted(names, reverse=True):
        old, new = base.runs.get(name), head.runs.get(name)
        if old and not new and old.run.source.path in head.files:
            yield RunReview(old, None, "rusak")  # its file is there, but cannot be read
        elif new and not old and new.run.source.path in base.files:
            yield RunReview(None, new, "pulih")
        else:
            yield _run_review(old, new, silent)


def _run_review(old: RunState | None, new: RunState | None, silent: Silent) -> RunReview:
    if old is None or new is None:
        days = tuple(_days(old.days if old else (), new.days if new else ()))
        fields = run_changes(None, new.run.file) if new else ()
        return RunReview(old, new, "baru" if new else "dihapus", fields=fields, days=days)
    if old is new:
        return RunReview(old, new, "tetap" if new.problems or not new.run.lock else "terkunci")
    modules = tuple(_modules(old.content, new.content, silent))
    registries = tuple(_registries(old.content, new.content))
    days = tuple(_days(old.days, new.days))
    fields = run_changes(old.run.file, new.run.file)
    content = bool(registries or fields or any(day.changed for day in days))
    changed = content or bool(modules) or old.run.digest != new.run.digest
    effect: Effect
    if new.content is None or new.problems:
        effect = "rusak" if new.problems != old.problems or changed else "tetap"
    elif new.run.lock and old.run.lock != new.run.lock:
        effect = "kunci-baru" if old.run.lock or changed else "dikunci"
    elif old.content is None or old.problems:
        effect = "pulih"
    elif changed:
        effect = "terdampak" if content or not all(m.silent for m in modules) else "ditata"
    else:
        effect = "terkunci" if new.run.lock else "tetap"
    shown = days if changed else ()
    return RunReview(old, new, effect, modules, registries, fields=fields, days=shown)


def _registries(old: Project | None, new: Project | None) -> Iterator[str]:
    if old is None or new is None:
        return
    for name, a, b in (
        ("kurikulum", _words(old.curriculum), _words(new.curriculum)),
        ("rujukan", old.sources, new.sources),
        ("glosarium", old.terms, new.terms),
    ):
        if a != b:
            yield name


def _words(curriculum: Curriculum) -> object:
    """The curriculum without the versions of its modules: those are listed one by one."""
    return curriculum.model_copy(update={"struktur": {}})


def _modules(old: Project | None, new: Project | None, silent: Silent) -> Iterator[RunModule]:
    if old is None or new is None:
        return
    slugs = renamed_modules(old.modules, new.modules)
    pairs = [(old.modules.get(slugs.get(slug, "")), new.modules[slug]) for slug in new.modules]
    removed = [module for slug, module in old.modules.items() if slug not in slugs.values()]
    for a, b in [*pairs, *((module, None) for module in removed)]:
        if a and b and a.digest == b.digest:
            continue
        same = bool(a and b and (a.digest, b.digest) in silent)
        newer = b or a
        assert newer is not None
        versions = a.meta.versi if a else "", b.meta.versi if b else ""
        yield RunModule(newer.meta.kode, *versions, silent=same)


def _days(old: tuple[Day, ...], new: tuple[Day, ...]) -> Iterator[DayReview]:
    for number, (before, after) in enumerate(zip_longest(old, new), 1):
        a = [_slot(slot) for slot in before.slots] if before else []
        b = [_slot(slot) for slot in after.slots] if after else []
        rows: list[tuple[Slot | None, Slot | None]] = []
        for span in spans([slot.title for slot in a], [slot.title for slot in b]):
            pairs = zip_longest(a[span.first : span.last], b[span.start : span.end])
            rows += pairs
        newer = after or before
        assert newer is not None
        yield DayReview(number, newer.date, tuple(rows))


def _slot(slot: Planned) -> Slot:
    steps = tuple(
        (f"{clock(step.start)}–{clock(step.end)}", step.activity.block.title) for step in slot.steps
    )
    return Slot(slot.time, slot.title, steps)
