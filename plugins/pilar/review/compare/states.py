"""Compares two states of the project."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from pilar.changes.modules import Change, Differences, ModuleChange, compare
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.project.state import State

from .data import ModuleReview, PictureChange, Registries, Review, Side
from .effects import bump, coverage_changes, file_of, hours, run_reviews
from .page_state import sheets
from .pairing import renamed_modules
from .turns import PageReview, reviewed

T = TypeVar("T")


def review(base: State, head: State, sides: tuple[Side, Side], asked: str = "") -> Review:
    """What changed from `base` to `head`. Prints nothing: see `printing`."""
    if base.project is None or head.project is None:
        states = (("base", base.project), ("head", head.project))
        unreadable = tuple(name for name, project in states if project is None)
        return Review(
            *sides, asked, (), Registries(None), (), (), *_problems(base, head), unreadable
        )
    pairs = renamed_modules(base.modules, head.modules)
    before = [s for s in base.modules if _differs(base, head, s, _new_name(pairs, s))]
    after = [s for s in head.modules if _differs(base, head, pairs.get(s, ""), s)]
    # What cites a source or shows a term can change with the registry alone.
    plain = {*base.unfit, *head.unfit}
    plain |= {new for new, old in pairs.items() if old in plain}
    plain |= {old for new, old in pairs.items() if new in plain}
    pages, moves = reviewed(sheets(base, before, plain), sheets(head, after, plain), pairs)
    modules = tuple(_module_reviews(base, head, pairs, pages, before, after))
    silent = {(m.old.digest, m.new.digest) for m in modules if m.silent and m.old and m.new}
    totals = hours(base.project), hours(head.project)
    return Review(
        *sides,
        asked,
        modules,
        _registries(base, head),
        tuple(run_reviews(base, head, silent)),
        tuple(moves),
        *_problems(base, head),
        relocated=_relocated(modules),
        source_names={
            source.id: source.short
            for project in (base.project, head.project)
            for source in project.sources.values()
        },
        hours=(totals[0], totals[1]) if totals[0] and totals[1] else None,
    )


def _new_name(pairs: dict[str, str], old: str) -> str:
    return next((new for new, name in pairs.items() if name == old), "")


def _differs(base: State, head: State, old: str, new: str) -> bool:
    a, b = base.modules.get(old), head.modules.get(new)
    if a is None or b is None or old != new or a.digest != b.digest:
        return True
    return _cited(base, a) != _cited(head, b)


def _cited(snapshot: State, module: Module) -> object:
    assert snapshot.project is not None
    return [snapshot.project.sources.get(citation.id) for citation in module.meta.rujukan]


def _module_reviews(
    base: State,
    head: State,
    pairs: dict[str, str],
    pages: Sequence[PageReview],
    before: Iterable[str],
    after: Iterable[str],
) -> Iterator[ModuleReview]:
    assert head.project is not None
    order = [*head.project.curriculum.pins(), *head.modules]
    for slug in dict.fromkeys(s for s in order if s in after):
        old, new = base.modules.get(pairs.get(slug, "")), head.modules[slug]
        mine = tuple(page for page in pages if page.sheet.module.slug == slug and page.new)
        if old:
            mine += tuple(p for p in pages if not p.new and p.sheet.module.slug == old.slug)
        unreadable = old is None and slug in base.project.broken if base.project else False
        change = compare(old, new) if old else None
        draft = ModuleReview(
            old,
            new,
            change,
            None,
            mine,
            tuple(coverage_changes(old, new)) if old else (),
            tuple(_pictures(old, new)),
            tuple(_reordered(change)) if change is not None else (),
            tuple(_rewritten(base, head, change)) if change is not None else (),
            unreadable,
        )
        bumped = bump(old, new, head.project, not draft.trivial)
        yield replace(draft, bump=bumped)
    for slug in before:
        if slug not in pairs.values() and slug not in head.project.broken:
            gone = base.modules[slug]
            mine = tuple(page for page in pages if page.old and not page.new)
            mine = tuple(page for page in mine if page.sheet.module.slug == slug)
            yield ModuleReview(
                gone, None, None, None, mine, tuple(coverage_changes(gone, None)), ()
            )
    for slug in sorted(head.project.broken):
        if found := base.modules.get(slug):
            yield ModuleReview(found, None, None, None, (), (), (), unreadable=True)


def _pictures(old: Module | None, new: Module) -> Iterator[PictureChange]:
    before = old.assets if old else {}
    for path in sorted({*before, *new.assets}):
        a, b = before.get(path, b""), new.assets.get(path, b"")
        if a != b:
            yield PictureChange(path, a, b)


def _reordered(change: ModuleChange) -> Iterator[str]:
    a, b = change.before, change.after
    lists: tuple[tuple[str, list[str], list[str]], ...] = (
        ("halaman", [p.name for p in a.pages], [p.name for p in b.pages]),
        ("soal", [q.id for q in a.questions], [q.id for q in b.questions]),
        ("kegiatan", _titles(a), _titles(b)),
        ("indikator", list(a.meta.indikator), list(b.meta.indikator)),
    )
    for name, before, after in lists:
        common = set(before) & set(after)
        if [x for x in before if x in common] != [x for x in after if x in common]:
            yield name


def _titles(module: Module) -> list[str]:
    return [activity.block.title for activity in module.activities]


def _rewritten(base: State, head: State, change: ModuleChange) -> Iterator[str]:
    says = {
        "modul.yml": change.before.meta == change.after.meta,
        "soal.yml": change.before.questions == change.after.questions,
    }
    for name, same in says.items():
        a = file_of(base, change.before.slug, name)
        if same and a != file_of(head, change.after.slug, name):
            yield name


def _registries(base: State, head: State) -> Registries:
    a, b = base.project, head.project
    assert a is not None
    assert b is not None
    words = a.word_list.words, b.word_list.words
    return Registries(
        (a.curriculum, b.curriculum) if a.curriculum != b.curriculum else None,
        _differences(list(a.sources.values()), list(b.sources.values()), lambda s: s.id),
        _differences(list(a.terms), list(b.terms), lambda t: t.istilah),
        (tuple(sorted(words[1] - words[0])), tuple(sorted(words[0] - words[1]))),
    )


def _differences(
    before: Sequence[T], after: Sequence[T], name: Callable[[T], Hashable]
) -> Differences[T]:
    old = {name(item): item for item in before}
    new = {name(item): item for item in after}
    return Differences(
        tuple(item for key, item in new.items() if key not in old),
        tuple(item for key, item in old.items() if key not in new),
        tuple(
            Change(old[key], item, frozenset(_fields(old[key], item)))
            for key, item in new.items()
            if key in old and old[key] != item
        ),
    )


def _fields(old: object, new: object) -> Iterator[str]:
    before, after = vars(old), vars(new)
    yield from (key for key in after if before.get(key) != after[key])


def _relocated(modules: Sequence[ModuleReview]) -> dict[tuple[str, str, str], str]:
    """Questions and activities that left one module and stand in another."""
    found: dict[tuple[str, str, str], str] = {}
    for kind in ("soal", "kegiatan"):
        come = {name: review.slug for review in modules for name in _names(review, kind, "added")}
        for review in modules:
            old = review.old.slug if review.old else review.slug
            for name in _names(review, kind, "removed"):
                if come.get(name, old) != old:
                    found[kind, old, name] = come[name]
    return found


def _names(review: ModuleReview, kind: str, side: str) -> list[str]:
    change = review.change
    if change is not None:
        if kind == "soal":
            return [question.id for question in getattr(change.questions, side)]
        return [activity.block.title for activity in getattr(change.activities, side)]
    module = review.new if side == "added" else review.old
    if module is None or (side == "removed" and review.new is not None):
        return []
    if kind == "soal":
        return [question.id for question in module.questions]
    return [activity.block.title for activity in module.activities]


def _problems(
    base: State, head: State
) -> tuple[tuple[Problem, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    """Problems that are new, solved and still there; a line that shifted makes none new."""
    left: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in base.problems:
        left.setdefault((problem.path, problem.code, problem.message), []).append(problem)
    new: list[Problem] = []
    remaining: list[Problem] = []
    for problem in head.problems:
        if same := left.get((problem.path, problem.code, problem.message)):
            same.pop(0)
            remaining.append(problem)
        else:
            new.append(problem)
    solved = sorted(problem for problems in left.values() for problem in problems)
    return tuple(new), tuple(solved), tuple(remaining)
