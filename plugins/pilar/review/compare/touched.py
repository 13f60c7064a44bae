"""What runs showed of the questions and activities that a change touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from pilar.assembly.handed_out import planned_activities
from pilar.assembly.numbering import number_module
from pilar.changes.modules import Differences
from pilar.evidence.pooled import Pool, PooledActivity, PooledQuestion
from pilar.model.curriculum import Activity, Module, Question
from pilar.model.results import ActivityKey, Test
from pilar.project.run_results import Evidence

T = TypeVar("T", Question, Activity)
Asked = Mapping[Test, PooledQuestion]
"""A question in the same words, by the test that asked it."""
F = TypeVar("F", Asked, PooledActivity)
Sides = tuple[Module | None, Module | None]
"""A module before and after."""


@dataclass(frozen=True)
class Touched:
    """A question or an activity, and what runs showed of it."""

    name: str
    """Its id or title, as it is called now."""
    found: Asked | PooledActivity
    form: Literal["", "lama", "baru"]
    """Of which words or minutes, where these are others after the change."""
    invented: bool
    """By example runs."""


def touched(
    sides: Sides,
    questions: Differences[Question],
    activities: Differences[Activity],
    evidence: Evidence,
) -> Iterator[Touched]:
    """The evidence there is, in the order of the changes."""
    pool, invented = evidence.shown, evidence.example
    for question, asked, form in _paired(questions, _questions(sides, pool)):
        yield Touched(question.id, asked, form, invented)
    for activity, minutes, form in _paired(activities, _activities(sides, pool)):
        yield Touched(activity.block.title, minutes, form, invented)


def _questions(sides: Sides, pool: Pool) -> Callable[[int, Question], Asked | None]:
    def find(side: int, question: Question) -> Asked | None:
        module = sides[side]
        return pool.question(module.slug, question) if module else None

    return find


def _activities(sides: Sides, pool: Pool) -> Callable[[int, Activity], PooledActivity | None]:
    keys = [_keys(module) for module in sides]
    return lambda side, activity: pool.activities.get(keys[side][_place(activity)])


def _paired(
    found: Differences[T], find: Callable[[int, T], F | None]
) -> Iterator[tuple[T, F, Literal["", "lama", "baru"]]]:
    """Each thing that came, went or changed with what is known of it before, then after."""
    for pair in found.changed:
        before, after = find(0, pair.before), find(1, pair.after)
        if before:
            yield pair.after, before, "" if before == after else "lama"
        if after and after != before:
            yield pair.after, after, "baru"
    for side, alone in enumerate((found.removed, found.added)):
        yield from ((thing, known, "") for thing in alone if (known := find(side, thing)))


def _keys(module: Module | None) -> dict[tuple[str, int], ActivityKey]:
    """What identifies each activity of a module to results, by where it stands."""
    planned = planned_activities(module, number_module(module)) if module else ()
    return {_place(activity): plan.key for activity, plan in planned}


def _place(activity: Activity) -> tuple[str, int]:
    return activity.page.name, activity.block.first
