"""Compares two states of the project."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pilar.changes.modules import ModuleChange, compare, differences, differing
from pilar.changes.pairing import Pairs, paired_pages, renamed_modules
from pilar.checks.coverage import coverage
from pilar.model.curriculum import Activity, Module, Question
from pilar.model.run import Project
from pilar.model.sources import Source
from pilar.project.run_results import Evidence
from pilar.project.state import State

from .changelog_review import note_changes
from .codes import code_changes
from .data import ModuleReview, PictureChange, Registries, Relocation, Review, Side
from .effects import CoverageChange, bump, coverage_changes, hours, run_reviews
from .page_review import PageReview, page_reviews
from .page_state import PageState, page_states
from .touched import touched


def review(base: State, head: State, sides: tuple[Side, Side], asked: str = "") -> Review:
    """What changed from `base` to `head`. Prints nothing: see `printing`."""
    # A line that shifted makes no problem new.
    problems = Pairs(base.problems, head.problems).by(lambda p: (p.path, p.code, p.message))
    empty = Review(
        *sides,
        asked,
        new=tuple(problems.added),
        solved=tuple(sorted(problems.removed)),
        remaining=tuple(problem for _, problem in problems.matched),
    )
    if base.project is None or head.project is None:
        states = (("base", base.project), ("head", head.project))
        return replace(empty, unreadable=tuple(name for name, project in states if project is None))
    renamed = renamed_modules(base.modules, head.modules)
    same = _same_modules(base, head)
    pages = _paired_pages(base, head, renamed, same)
    shown = head.evidence if head.evidence.shown else base.evidence
    modules = tuple(
        _with_evidence(found, shown) for found in _module_reviews(base, head, renamed, same, pages)
    )
    silent = {(m.old.digest, m.new.digest) for m in modules if m.silent and m.old and m.new}
    totals = hours(base.project), hours(head.project)
    return replace(
        empty,
        modules=modules,
        evidence=shown,
        registries=_registries(base.project, head.project),
        runs=tuple(run_reviews(base, head, silent)),
        relocated=tuple(_relocated(modules)),
        source_names={
            source.id: source.short
            for project in (base.project, head.project)
            for source in project.sources.values()
        },
        hours=(totals[0], totals[1]) if totals[0] and totals[1] else None,
    )


def _same_modules(base: State, head: State) -> set[str]:
    """Modules that both states have the same, what they cite included."""
    return {
        slug
        for slug, module in base.modules.items()
        if (other := head.modules.get(slug))
        and module.digest == other.digest
        # What cites a source or shows a term can change with the registry alone.
        and _cited(base, module) == _cited(head, other)
    }


def _paired_pages(
    base: State, head: State, renamed: Mapping[str, str], same: Container[str]
) -> Pairs[PageState]:
    """Pages of all modules but those that are the same."""
    plain = {*base.unfit, *head.unfit}
    for new, old in renamed.items():
        if {new, old} & plain:
            plain |= {new, old}
    before = page_states(base, [slug for slug in base.modules if slug not in same], plain)
    after = page_states(head, [slug for slug in head.modules if slug not in same], plain)
    return paired_pages(before, after, renamed)


def _cited(snapshot: State, module: Module) -> list[Source | None]:
    assert snapshot.project is not None
    return [snapshot.project.sources.get(citation.id) for citation in module.meta.rujukan]


def _module_reviews(
    base: State,
    head: State,
    renamed: Mapping[str, str],
    same: Container[str],
    pairs: Pairs[PageState],
) -> Iterator[ModuleReview]:
    """Modules that are not the same, in the order of the curriculum; those that are gone last."""
    assert base.project is not None
    assert head.project is not None
    pages = page_reviews(pairs)
    for slug in dict.fromkeys([*head.project.curriculum.pins(), *head.modules]):
        if slug in head.modules and slug not in same:
            old, new = base.modules.get(renamed.get(slug, "")), head.modules[slug]
            change = compare(old, new, pairs.matched) if old else None
            draft = ModuleReview(
                old=old,
                new=new,
                change=change,
                pages=_pages_of(pages, old, new),
                coverage=tuple(coverage_changes(change)) if change is not None else (),
                pictures=tuple(_pictures(old, new)),
                notes=note_changes(old.changelog, new.changelog) if old else (),
                codes=tuple(code_changes(old, new)) if old else (),
                rewritten=tuple(_rewritten(base, head, change)) if change is not None else (),
                unreadable=old is None and slug in base.project.broken,
            )
            yield replace(draft, bump=bump(new, change, head.project, draft.trivial))
    for slug, gone in base.modules.items():
        if slug not in {*renamed.values(), *head.project.broken}:
            lost = tuple(CoverageChange(covered, None) for covered in coverage(gone))
            yield ModuleReview(gone, None, pages=_pages_of(pages, gone, None), coverage=lost)
    for slug in sorted(head.project.broken):
        if found := base.modules.get(slug):
            yield ModuleReview(found, None, unreadable=True)


def _with_evidence(found: ModuleReview, evidence: Evidence) -> ModuleReview:
    """The same with what runs showed of what it touches."""
    if not evidence.shown or found.unreadable:
        return found
    sides, (questions, activities) = (found.old, found.new), (found.questions, found.activities)
    return replace(found, evidence=tuple(touched(sides, questions, activities, evidence)))


def _pages_of(
    pages: Sequence[PageReview], old: Module | None, new: Module | None
) -> tuple[PageReview, ...]:
    """Pages of a module: those it has now, then those that are gone."""
    now = [page for page in pages if page.new and new and page.new.module.slug == new.slug]
    gone = [p for p in pages if not p.new and p.old and old and p.old.module.slug == old.slug]
    return (*now, *gone)


def _pictures(old: Module | None, new: Module) -> Iterator[PictureChange]:
    before = old.assets if old else {}
    for path in sorted({*before, *new.assets}):
        a, b = before.get(path, b""), new.assets.get(path, b"")
        if a != b:
            yield PictureChange(path, a, b)


def _rewritten(base: State, head: State, change: ModuleChange) -> Iterator[str]:
    says = {
        "modul.yml": change.before.meta == change.after.meta,
        "soal.yml": change.before.questions == change.after.questions,
    }
    for name, same in says.items():
        old = base.files.get(f"modules/{change.before.slug}/{name}")
        if same and old != head.files.get(f"modules/{change.after.slug}/{name}"):
            yield name


def _registries(old: Project, new: Project) -> Registries:
    sources = Pairs(old.sources.values(), new.sources.values()).by(lambda source: source.id)
    competences = Pairs(old.curriculum.kompetensi, new.curriculum.kompetensi).by(str)
    words = Pairs(sorted(old.word_list.words), sorted(new.word_list.words)).by(str)
    terms = Pairs(old.terms, new.terms).by(lambda term: term.istilah)
    return Registries(
        curriculum=(old.curriculum, new.curriculum) if old.curriculum != new.curriculum else None,
        sources=differences(sources, differing),
        terms=differences(terms, differing),
        competences=differences(competences),
        words=differences(words),
    )


def _relocated(modules: Sequence[ModuleReview]) -> Iterator[Relocation]:
    """Questions and activities that left one module and stand in another."""
    removed = [
        (m.old.slug, *entry)
        for m in modules
        if m.old
        for entry in _named(m.questions.removed, m.activities.removed)
    ]
    added = [
        (m.slug, *entry) for m in modules for entry in _named(m.questions.added, m.activities.added)
    ]
    for (source, kind, name), (target, *_) in Pairs(removed, added).by(lambda e: e[1:]).matched:
        if source != target:
            yield Relocation(kind, name, source, target)


def _named(
    questions: Iterable[Question], activities: Iterable[Activity]
) -> Iterator[tuple[Literal["soal", "kegiatan"], str]]:
    yield from (("soal", question.id) for question in questions)
    yield from (("kegiatan", activity.block.title) for activity in activities)
