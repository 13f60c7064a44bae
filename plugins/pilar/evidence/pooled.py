"""What several runs together show of questions, activities and modules.

Evidence goes from a version of a module to the next with the question (`question_digest`) or the
activity (`ActivityKey`) that it is of, and no further: what was changed has none yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from pilar.model.curriculum import Module, Question
from pilar.model.results import (
    ActivityKey,
    PlannedActivity,
    QuestionKey,
    Test,
    question_digest,
)
from pilar.model.semver import order

from .cutoffs import OFTEN_OVER
from .minutes import Taken
from .question_figures import QuestionFigures
from .run_evidence import QuestionEvidence, RunEvidence
from .samples import proportion_interval


@dataclass(frozen=True)
class PooledQuestion(QuestionFigures):
    """A question in one test over all runs that asked it in the same words."""

    by_run: Mapping[str, QuestionEvidence]

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """Of its module, the oldest first."""
        return _sorted(asked.version for asked in self.by_run.values())


@dataclass(frozen=True)
class PooledActivity:
    """Minutes of an activity over all runs that noted them, planned with the same minutes."""

    planned: PlannedActivity
    """As the last of the runs had it."""
    by_run: Mapping[str, Taken]
    versions: tuple[str, ...]
    """Of its module, the oldest first."""

    @property
    def mean(self) -> float:
        """Minutes that it took."""
        return fmean(taken.real for taken in self.by_run.values())

    @property
    def over(self) -> tuple[str, ...]:
        """Runs in which it took more than the plan by more than the cut-off."""
        return tuple(run for run, taken in self.by_run.items() if taken.over)

    @property
    def often_over(self) -> bool:
        """Did it in enough runs, and in no fewer than kept to the plan?"""
        return len(self.over) >= max(OFTEN_OVER.value, len(self.by_run) / 2)


@dataclass(frozen=True)
class Pool:
    """The evidence of several runs, in the order of their ids."""

    runs: tuple[RunEvidence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.runs)

    @cached_property
    def questions(self) -> Mapping[tuple[QuestionKey, str], Mapping[Test, PooledQuestion]]:
        """By module and id, and by the digest of the words; then by test."""
        found: dict[tuple[QuestionKey, str, Test], list[QuestionEvidence]] = defaultdict(list)
        for run in self.runs:
            for asked in run.questions():
                found[asked.printed.key, asked.printed.digest, asked.test].append(asked)
        pooled: dict[tuple[QuestionKey, str], dict[Test, PooledQuestion]] = defaultdict(dict)
        for (key, digest, test), asked_in in found.items():
            pooled[key, digest][test] = _joined(asked_in)
        return pooled

    @cached_property
    def activities(self) -> Mapping[ActivityKey, PooledActivity]:
        """By what identifies an activity that is planned the same."""
        found: dict[ActivityKey, dict[str, tuple[PlannedActivity, Taken, str]]] = defaultdict(dict)
        for run in self.runs:
            out, taken = run.results.handed_out, {taken.code: taken for taken in run.minutes}
            for planned in out.activities:
                if planned.code in taken:
                    entry = planned, taken[planned.code], out.versions[planned.module]
                    found[planned.key][out.run] = entry
        return {
            key: PooledActivity(
                [*by_run.values()][-1][0],
                {run: taken for run, (_, taken, _) in by_run.items()},
                _sorted(version for _, _, version in by_run.values()),
            )
            for key, by_run in found.items()
        }

    def question(self, slug: str, question: Question) -> Mapping[Test, PooledQuestion]:
        """What is known of a question of a module in these very words; empty where nothing is."""
        key = QuestionKey(slug, question.id), question_digest(question)
        return self.questions.get(key, {})

    def of_module(self, slug: str) -> Iterator[RunEvidence]:
        """Runs that show something of a module: answers to its questions, or its minutes."""
        for run in self.runs:
            planned = {a.code for a in run.results.handed_out.activities if a.module == slug}
            asked = any(question.printed.key.module == slug for question in run.questions())
            if asked or any(taken.code in planned for taken in run.minutes):
                yield run

    def of_plan(self, module: Module) -> tuple[RunEvidence, ...]:
        """Those of them that had the module's plan: hours, indicators and topics of a module are
        the same as long as the first number of its version is (`changes.bump`).
        """
        first = order(module.meta.versi)[0]
        return tuple(
            run
            for run in self.of_module(module.slug)
            if order(run.results.handed_out.versions[module.slug])[0] == first
        )


def _joined(asked: Iterable[QuestionEvidence]) -> PooledQuestion:
    """The same question of the same test in several runs as one."""
    by_run = {evidence.run: evidence for evidence in asked}
    found = [*by_run.values()]
    people = sum(one.people for one in found)
    points = sum(one.difficulty.value * one.people for one in found)
    chosen: Counter[str] = Counter()
    for one in found:
        chosen.update(one.chosen)
    last = found[-1]
    difficulty = proportion_interval(points, people)
    return PooledQuestion(last.test, last.printed, people, difficulty, chosen, by_run)


def _sorted(versions: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(versions), key=order))
