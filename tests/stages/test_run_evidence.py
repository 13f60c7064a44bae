"""From what a clerk typed to the evidence of a run, against figures counted by hand here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from statistics import fmean

import pytest

from pilar.evidence.run_evidence import RunEvidence, run_evidence
from pilar.evidence.samples import spread
from pilar.model.results import PrintedQuestion, QuestionKey, Test

from .result_samples import OUT, as_csv, reading

Answers = Callable[[str, PrintedQuestion], str]
"""What is typed for a person's answer."""


def sheets(test: Test, answers: Answers) -> list[list[str]]:
    """A row for each person, who had the forms in turn."""
    forms = OUT.tests[test]
    rows = []
    for place, person in enumerate(OUT.people):
        row = [person]
        for letter, form in enumerate(forms):
            mine = letter == place % len(forms)
            row += [answers(person, asked) if mine else "" for asked in form.questions]
        rows.append(row)
    return rows


def evidence(**tables: list[list[str]]) -> RunEvidence:
    """Of these tables alone."""
    read = reading(as_csv({name.replace("_", "-"): rows for name, rows in tables.items()}))
    assert [str(problem) for _, problem in read.found] == []
    return run_evidence(read.results)


def typed(right: bool, asked: PrintedQuestion) -> str:
    """A wholly right or wholly wrong answer, by the letters printed on the form."""

    def printed(letter: str) -> str:
        return "ABCD"[asked.letters.index(letter)]

    match asked.question.jenis:
        case "pilihan-ganda":
            return printed("B" if right else "A")
        case "benar-salah":
            return "S" if right else "B"
        case "menjodohkan":
            return " ".join(
                f"{number}-{printed(key if right else 'C')}" for number, key in enumerate("BAD", 1)
            )
        case _:
            return "1" if right else "0"


def test_words_that_nobody_marked_count_nowhere() -> None:
    """The others do, and marked words too."""

    def answers(person: str, asked: PrintedQuestion) -> str:
        return "" if asked.question.jenis == "uraian" else typed(True, asked)

    found = evidence(pretest=sheets("pretest", answers)).tests["pretest"]
    for form in found.forms:
        by_kind: dict[str, set[QuestionKey]] = defaultdict(set)
        for asked in form.form.questions:
            by_kind[asked.question.jenis].add(asked.key)
        assert {*form.unmarked} == by_kind["uraian"] != set()
        assert {item.item.key for item in form.items} == (
            {asked.key for asked in form.form.questions} - by_kind["uraian"]
        )
        assert by_kind["isian"] <= {item.item.key for item in form.items}
    assert {*found.percents.values()} == {100.0}


def test_a_choice_that_nobody_made_is_an_answer_that_is_missing_not_unmarked() -> None:
    def answers(person: str, asked: PrintedQuestion) -> str:
        return "" if asked.question.jenis == "pilihan-ganda" else typed(True, asked)

    found = evidence(pretest=sheets("pretest", answers)).tests["pretest"]
    for form in found.forms:
        assert form.unmarked == ()
        blank = [item for item in form.items if item.difficulty.value == 0]
        assert {item.item.key for item in blank} == {
            asked.key for asked in form.form.questions if asked.question.jenis == "pilihan-ganda"
        }


def test_each_indicator_has_the_gain_of_its_own_questions() -> None:
    """The first goes from nothing to all, the second stays at nothing."""

    def after(person: str, asked: PrintedQuestion) -> str:
        return typed(asked.question.indikator == 1, asked)

    found = evidence(
        pretest=sheets("pretest", lambda person, asked: typed(False, asked)),
        posttest=sheets("posttest", after),
    )
    goals = {goal.goal[1]: goal for goal in found.goals}
    assert {goal.goal[0] for goal in found.goals} == {"contoh"}
    assert sorted(goals) == [1, 2]
    assert goals[1].gain
    assert goals[1].gain.of_means
    assert goals[1].gain.of_means.value == pytest.approx(1)
    assert goals[2].gain
    assert goals[2].gain.of_means
    assert goals[2].gain.of_means.value == pytest.approx(0)
    for number, goal in goals.items():
        for count, test in ((goal.before, "pretest"), (goal.after, "posttest")):
            assert count == max(
                sum(asked.question.indikator == number for asked in form.questions)
                for form in OUT.tests[test]
            )


def test_a_question_on_two_forms_is_counted_over_both() -> None:
    def answers(person: str, asked: PrintedQuestion) -> str:
        return typed(person in OUT.people[:3], asked)

    found = evidence(pretest=sheets("pretest", answers))
    forms = OUT.tests["pretest"]
    everywhere = set.intersection(*({q.key for q in form.questions} for form in forms))
    pooled = {q.printed.key: q for q in found.questions()}
    for key in everywhere:
        assert pooled[key].people == len(OUT.people)
        assert pooled[key].difficulty.value == pytest.approx(0.5)
        assert sorted(pooled[key].by_form) == [form.letter for form in forms]
    assert everywhere or len(forms) == 1


def test_ratings_are_of_each_form_alone_and_of_what_was_rated() -> None:
    rows = [
        [form.code, str(sheet), *(str(1 + (sheet + item) % 4) for item in range(10)), "", "Baik"]
        for form in OUT.facilitators
        for sheet in (1, 2)
    ]
    for row in rows:
        row[2] = ""  # nobody rated the first item
    found = evidence(evaluasi_fasilitator=rows).facilitators
    assert [form.subject for form in found] == [form.code for form in OUT.facilitators]
    for form in found:
        assert form.sheets == 2
        means = [ratings.mean.value for ratings in form.items.values()]
        want = [fmean(1 + (sheet + item) % 4 for sheet in (1, 2)) for item in range(1, 10)]
        assert means == pytest.approx(want)
        assert [text for _, text in form.remarks] == ["Baik", "Baik"]


def test_minutes_are_those_that_were_noted() -> None:
    noted, other, *_ = OUT.activities
    rows = [
        [noted.code, noted.title, str(noted.minutes), "50"],
        [other.code, other.title, str(other.minutes), ""],
    ]
    (taken,) = evidence(waktu=rows).minutes
    assert (taken.code, taken.planned, taken.real) == (noted.code, noted.minutes, 50)


def test_one_value_has_no_spread() -> None:
    assert spread([3.0]) is None
    assert spread([3.0, 5.0]) == pytest.approx(2**0.5)
