"""What a change means: the version it needs, coverage, and the runs that it reaches."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import zip_longest

from pilar.assembly.timetable import Day
from pilar.assembly.timetable import Slot as Planned
from pilar.changes.bump import order, proposed
from pilar.checks.coverage import Covered, coverage
from pilar.content.files import below
from pilar.model.curriculum import Curriculum, Hours, Module
from pilar.model.run import Project, clock
from pilar.project.run_state import RunState
from pilar.project.state import State
from pilar.redline.align import spans

from .data import Bump, BumpState, CoverageChange, DayReview, Effect, RunModule, RunReview, Slot

Silent = Container[tuple[str, str]]
"""Digests before and after of modules that say the same in both states."""


def bump(old: Module | None, new: Module, head: Project, changed: bool) -> Bump:
    """The version of a module against what its change asks for.

    `changed`: does it say anything else than before?
    """
    after = new.meta.versi
    pinned = head.curriculum.pins().get(new.slug, "")
    if old is None:
        return Bump("baru", "", after, after, "modul baru", pinned)
    before = old.meta.versi
    wanted, reason = proposed(old, new)
    state: BumpState
    if not changed:
        state = "tanpa-isi" if before != after else "tepat"
        return Bump(state, before, after, before, "isinya tidak berubah", pinned)
    if before == after:
        state = "terkunci" if _is_locked(new.slug, after, head) else "tetap"
    elif order(after) < order(before):
        state = "turun"
    elif order(after) < order(wanted):
        state = "kurang"
    else:
        state = "tepat" if _kind(before, after) == _kind(before, wanted) else "lebih"
    return Bump(state, before, after, wanted, reason, pinned)


def _kind(before: str, after: str) -> int:
    """0 for a major step, 1 for a minor one, 2 for a patch."""
    pairs = zip(order(before), order(after), strict=True)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), 3)


def _is_locked(slug: str, version: str, project: Project) -> bool:
    locks = (run.lock for run in project.runs.values() if run.lock)
    return any(slug in lock.modul and lock.modul[slug].versi == version for lock in locks)


def coverage_changes(old: Module | None, new: Module | None) -> Iterator[CoverageChange]:
    """Indicators whose activities or questions are others; told apart by their words."""
    before = _by_text(old)
    after = _by_text(new)
    left = [text for text in before if text not in after]
    come = [text for text in after if text not in before]
    # An indicator that was reworded stands where it stood.
    reworded = {
        b: a for a, b in zip(left, come, strict=False) if before[a].number == after[b].number
    }
    for text, covered in after.items():
        earlier = before.get(text) or before.get(reworded.get(text, ""))
        if earlier is None or _counts(earlier) != _counts(covered):
            yield CoverageChange(earlier, covered)
    for text in left:
        if text not in reworded.values():
            yield CoverageChange(before[text], None)


def _by_text(module: Module | None) -> dict[str, Covered]:
    if module is None:
        return {}
    return dict(zip(module.meta.indikator, coverage(module), strict=True))


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
        yield _run_review(base.runs.get(name), head.runs.get(name), silent)


def _run_review(old: RunState | None, new: RunState | None, silent: Silent) -> RunReview:
    if old is None or new is None:
        days = tuple(_days(old.days if old else (), new.days if new else ()))
        return RunReview(old, new, "dihapus" if new is None else "baru", days=days)
    file = old.run.digest != new.run.digest
    if old is new:
        return RunReview(old, new, "tetap" if new.problems or not new.run.lock else "terkunci")
    modules = tuple(_modules(old.content, new.content, silent))
    registries = tuple(_registries(old.content, new.content))
    days = tuple(_days(old.days, new.days))
    changed = bool(modules or registries or file or any(day.changed for day in days))
    said = registries or file or any(day.changed for day in days)
    effect: Effect
    if new.content is None or new.problems:
        effect = "rusak" if new.problems != old.problems or changed else "tetap"
    elif new.run.lock and old.run.lock != new.run.lock:
        effect = "kunci-baru" if old.run.lock or changed else "dikunci"
    elif old.content is None or old.problems:
        effect = "pulih"
    elif changed:
        effect = "terdampak" if said or not all(m.silent for m in modules) else "ditata"
    else:
        effect = "terkunci" if new.run.lock else "tetap"
    return RunReview(old, new, effect, modules, registries, file, days if changed else ())


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
    """The curriculum without the versions of its modules: those are told one by one."""
    return curriculum.model_copy(update={"struktur": {}})


def _modules(old: Project | None, new: Project | None, silent: Silent) -> Iterator[RunModule]:
    before: Mapping[str, Module] = old.modules if old else {}
    after: Mapping[str, Module] = new.modules if new else {}
    if old is None or new is None:
        return
    # A module keeps its code when its folder gets another name.
    codes = {module.meta.kode: slug for slug, module in after.items()}
    renamed = {slug: codes.get(m.meta.kode, slug) for slug, m in before.items()}
    before = {renamed[slug]: module for slug, module in before.items()}
    for slug in dict.fromkeys([*after, *before]):
        a, b = before.get(slug), after.get(slug)
        if a and b and a.digest == b.digest:
            continue
        code = (after if b else before)[slug].meta.kode
        same = bool(a and b and (a.digest, b.digest) in silent)
        yield RunModule(code, a.meta.versi if a else "", b.meta.versi if b else "", same)


def _days(old: tuple[Day, ...], new: tuple[Day, ...]) -> Iterator[DayReview]:
    for number, (before, after) in enumerate(zip_longest(old, new), 1):
        a = [_slot(slot) for slot in before.slots] if before else []
        b = [_slot(slot) for slot in after.slots] if after else []
        rows: list[tuple[Slot | None, Slot | None]] = []
        for span in spans([slot.title for slot in a], [slot.title for slot in b]):
            pairs = zip_longest(a[span.first : span.last], b[span.start : span.end])
            rows += pairs
        yield DayReview(number, tuple(rows))


def _slot(slot: Planned) -> Slot:
    steps = tuple(
        (f"{clock(step.start)}–{clock(step.end)}", step.activity.block.title) for step in slot.steps
    )
    return Slot(slot.time, slot.title, steps)


def file_of(snapshot: State, slug: str, name: str) -> bytes:
    """Bytes of a module's file, empty where there is none."""
    return below(snapshot.files, f"modules/{slug}").get(name, b"")
