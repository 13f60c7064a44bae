"""All that the results of a run show, from what was handed out and what came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from pilar.model.results import (
    SPOILED,
    TESTS,
    AnswerSheet,
    Evaluation,
    ExamForm,
    PrintedQuestion,
    QuestionKey,
    Results,
    Test,
)

from .gain import FULL, Gain, gain_of, paired
from .items import Item, ItemFigures, Reliability, Sheets, analysed, reliability
from .minutes import Taken
from .question_figures import QuestionFigures
from .ratings import Ratings, rated
from .samples import Interval, mean_interval, proportion_interval, spread

Goal = tuple[str, int]
"""A module's slug and the number of an indicator."""


@dataclass(frozen=True)
class FormEvidence:
    """A form of a test with what its sheets show."""

    form: ExamForm
    sheets: Sheets
    items: tuple[ItemFigures, ...]
    reliability: Reliability | None
    unmarked: tuple[QuestionKey, ...]
    """Questions answered in words that were not marked for anybody; they count nowhere."""

    @property
    def people(self) -> int:
        """How many sheets came back."""
        return len(self.sheets.people)


@dataclass(frozen=True)
class QuestionEvidence(QuestionFigures):
    """What a run shows of one question in one test, whatever form it stood on."""

    run: str
    by_form: Mapping[str, ItemFigures]
    """By the letter of the form: only people with the same form can be ranked."""


@dataclass(frozen=True)
class TestEvidence:
    """A test with the sheets of all its forms."""

    __test__ = False  # no test case of pytest

    test: Test
    forms: tuple[FormEvidence, ...]

    @cached_property
    def percents(self) -> Mapping[str, float]:
        """Score of each person in per cent, by code."""
        found = {p: score for form in self.forms for p, score in form.sheets.percents.items()}
        return dict(sorted(found.items()))

    @cached_property
    def mean(self) -> Interval | None:
        """Of the scores; None without any."""
        return mean_interval([*self.percents.values()]) if self.percents else None

    @property
    def spread(self) -> float | None:
        """Standard deviation of the scores; None of a single one."""
        return spread([*self.percents.values()])


@dataclass(frozen=True)
class GoalGain:
    """Gain on one indicator: how many questions measured it before and after."""

    goal: Goal
    before: int
    after: int
    gain: Gain | None


@dataclass(frozen=True)
class FormRatings:
    """Ratings of one form of evaluation; `subject` is the code of a trainer's form or empty."""

    subject: str
    sheets: int
    items: Mapping[str, Ratings]
    remarks: tuple[tuple[str, str], ...]
    """Question and words, as written."""


@dataclass(frozen=True)
class RunEvidence:
    """What a run showed. What is missing in its results is missing here."""

    results: Results
    tests: Mapping[Test, TestEvidence]
    gain: Gain | None
    goals: tuple[GoalGain, ...]
    minutes: tuple[Taken, ...]
    """Of the activities whose minutes were noted, in the order of teaching."""
    facilitators: tuple[FormRatings, ...]
    organizer: FormRatings | None

    def questions(self) -> Iterator[QuestionEvidence]:
        """Every question of every test."""
        for test in self.tests.values():
            yield from _questions(self.results.run, test)


def run_evidence(results: Results) -> RunEvidence:
    """The evidence of a run."""
    tests = {
        test: _test(results, test, results.tests[test]) for test in TESTS if results.tests.get(test)
    }
    before, after = tests.get("pretest"), tests.get("posttest")
    planned = results.handed_out.activities
    rates = defaultdict(list)
    for evaluation in results.facilitators:
        rates[evaluation.subject].append(evaluation)
    return RunEvidence(
        results,
        tests,
        gain_of(paired(before.percents, after.percents)) if before and after else None,
        tuple(_goals(before, after)) if before and after else (),
        tuple(
            Taken(activity.code, activity.minutes, results.minutes[activity.code].value)
            for activity in planned
            if activity.code in results.minutes
        ),
        tuple(
            _ratings(form.code, rates[form.code])
            for form in results.handed_out.facilitators
            if rates[form.code]
        ),
        _ratings("", results.organizer) if results.organizer else None,
    )


def _test(results: Results, test: Test, sheets: Iterable[AnswerSheet]) -> TestEvidence:
    by_form: dict[str, list[AnswerSheet]] = defaultdict(list)
    for sheet in sheets:
        by_form[sheet.form.letter].append(sheet)
    forms = results.handed_out.tests[test]
    return TestEvidence(
        test, tuple(_form(form, by_form[form.letter]) for form in forms if by_form[form.letter])
    )


def _form(form: ExamForm, sheets: Sequence[AnswerSheet]) -> FormEvidence:
    asked = [q for q in form.questions if any(q.key in sheet.answers for sheet in sheets)]
    unmarked = [
        q
        for q in asked
        if q.question.jenis in ("isian", "uraian")
        and all(sheet.answers[q.key].given is None for sheet in sheets if q.key in sheet.answers)
    ]
    counted = [q for q in asked if q not in unmarked]
    made = Sheets(
        tuple(map(_item, counted)),
        tuple(sheet.participant for sheet in sheets),
        tuple(tuple(_points(sheet, q) for q in counted) for sheet in sheets),
        tuple(tuple(_choice(sheet, q) for q in counted) for sheet in sheets),
    )
    return FormEvidence(
        form, made, analysed(made), reliability(made), tuple(q.key for q in unmarked)
    )


def _item(printed: PrintedQuestion) -> Item:
    question = printed.question
    choices: tuple[str, ...] = ()
    if question.jenis == "pilihan-ganda":
        choices = tuple(sorted(printed.letters))
    elif question.jenis == "benar-salah":
        choices = ("benar", "salah")
    right = question.kunci if choices and isinstance(question.kunci, str) else ""
    whole = bool(choices)
    return Item((*printed.key,), question.indikator, choices, right, whole)


def _points(sheet: AnswerSheet, printed: PrintedQuestion) -> float:
    answer = sheet.answers.get(printed.key)
    return float(answer.points(printed.question)) if answer else 0.0


def _choice(sheet: AnswerSheet, printed: PrintedQuestion) -> str:
    """The choice of the bank; empty where it was left blank."""
    answer = sheet.answers.get(printed.key)
    if answer is None or answer.given is None:
        return ""
    return answer.given if isinstance(answer.given, str) else SPOILED


def _goals(before: TestEvidence, after: TestEvidence) -> Iterator[GoalGain]:
    """Indicators that somebody was asked about in both tests, by slug and number."""
    known = {goal for test in (before, after) for goal in _measured(test)}
    for goal in sorted(known):
        pairs = paired(_shares(before, goal), _shares(after, goal))
        if pairs:
            yield GoalGain(goal, _count(before, goal), _count(after, goal), gain_of(pairs))


def _measured(test: TestEvidence) -> set[Goal]:
    return {_goal(item) for form in test.forms for item in form.sheets.items}


def _goal(item: Item) -> Goal:
    return item.key[0], item.goal


def _count(test: TestEvidence, goal: Goal) -> int:
    """Questions of an indicator on a form, the largest number where forms differ."""
    return max(sum(_goal(item) == goal for item in form.sheets.items) for form in test.forms)


def _shares(test: TestEvidence, goal: Goal) -> dict[str, float]:
    """Score of each person on the questions of an indicator, in per cent."""
    found = {}
    for form in test.forms:
        places = [n for n, item in enumerate(form.sheets.items) if _goal(item) == goal]
        if places:
            for person, row in zip(form.sheets.people, form.sheets.points, strict=True):
                found[person] = FULL * fmean(row[place] for place in places)
    return dict(sorted(found.items()))


def _ratings(subject: str, forms: Sequence[Evaluation]) -> FormRatings:
    names = dict.fromkeys(name for form in forms for name in form.ratings)
    items = {
        name: ratings
        for name in names
        if (ratings := rated(f.ratings[name].value for f in forms if name in f.ratings))
    }
    remarks = tuple((name, said.text) for f in forms for name, said in f.remarks.items())
    return FormRatings(subject, len(forms), items, remarks)


def _questions(run: str, test: TestEvidence) -> Iterator[QuestionEvidence]:
    found: dict[QuestionKey, dict[str, ItemFigures]] = defaultdict(dict)
    printed: dict[QuestionKey, PrintedQuestion] = {}
    for form in test.forms:
        for figures in form.items:
            key = QuestionKey(*figures.item.key)
            found[key][form.form.letter] = figures
            printed.setdefault(key, form.form.by_key[key])
    for key, by_form in found.items():
        people = sum(figures.people for figures in by_form.values())
        points = sum(figures.difficulty.value * figures.people for figures in by_form.values())
        choices = next(iter(by_form.values())).item.choices
        yield QuestionEvidence(
            test.test,
            printed[key],
            people,
            proportion_interval(points, people),
            {c: sum(figures.chosen[c] for figures in by_form.values()) for c in choices},
            run,
            by_form,
        )
