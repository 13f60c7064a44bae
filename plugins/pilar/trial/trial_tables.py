"""Rows of the report's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pilar.assembly.page_nodes import USES
from pilar.evidence.cutoffs import DIFFICULTY, DISCRIMINATION, enough
from pilar.evidence.gain import Gain
from pilar.evidence.items import ItemFigures
from pilar.evidence.minutes import Taken
from pilar.evidence.ratings import overall
from pilar.evidence.run_evidence import FormEvidence, FormRatings, QuestionEvidence, RunEvidence
from pilar.model.curriculum import Module
from pilar.model.evaluation import FACILITATOR, ORGANIZER, EvaluationForm
from pilar.model.results import TESTS, Test


def test_title(test: Test) -> str:
    """`Pretest`, `Post-test`."""
    return USES[test].capitalize()


@dataclass(frozen=True)
class Returned:
    """How much of something came back, of how much; `of` is 0 where nobody can know."""

    name: str
    count: int
    of: int = 0
    unit: str = ""


@dataclass(frozen=True)
class PersonRow:
    """Scores of a participant in per cent; None of a test that has no sheet."""

    code: str
    forms: str
    before: float | None
    after: float | None
    gain: float | None


@dataclass(frozen=True)
class GoalRow:
    """An indicator with its gain."""

    module: Module
    number: int
    questions: str
    gain: Gain

    @property
    def code(self) -> str:
        """`BLC 1`."""
        return f"{self.module.meta.kode} {self.number}"

    @property
    def text(self) -> str:
        """The indicator."""
        return self.module.meta.indikator[self.number - 1]


@dataclass(frozen=True)
class ItemRow:
    """A question of a form with its figures there, and in the whole test."""

    number: int
    name: str
    figures: ItemFigures
    question: QuestionEvidence

    @property
    def kind(self) -> str:
        """What kind of question it is."""
        return self.question.printed.question.jenis.replace("-", " ")

    @property
    def difficulty(self) -> str:
        """What its p is called; empty where too few people answered it."""
        judged = enough(self.question.people)
        return DIFFICULTY.word(self.question.difficulty.value) if judged else ""

    @property
    def discrimination(self) -> str:
        """What its D is called; empty where too few people had this form."""
        value = self.figures.discrimination
        return DISCRIMINATION.word(value) if self.figures.judged and value is not None else ""


@dataclass(frozen=True)
class FormTable:
    """Item analysis of a form."""

    test: Test
    evidence: FormEvidence
    rows: tuple[ItemRow, ...]

    @property
    def title(self) -> str:
        """`Pretest naskah A`."""
        return f"{test_title(self.test)} naskah {self.evidence.form.letter}"

    @property
    def counts(self) -> tuple[int, ...]:
        """Questions by what their p is called, from the hardest; then those that are not judged."""
        found = Counter(row.difficulty for row in self.rows)
        return tuple(found[word] for word in (*DIFFICULTY.words, ""))


@dataclass(frozen=True)
class MinutesRow:
    """An activity, its title and its minutes."""

    title: str
    taken: Taken


@dataclass(frozen=True)
class RatingTable:
    """A form of evaluation, its items in the order of the paper."""

    form: FormRatings
    title: str
    about: str
    items: tuple[str, ...]

    @property
    def mean(self) -> float | None:
        """Of all ratings of all items."""
        return overall(self.form.items.values())

    @property
    def all_counts(self) -> tuple[int, ...]:
        """How often each rating was given, over all items."""
        columns = zip(*(self.form.items[item].counts for item in self.items), strict=True)
        return tuple(map(sum, columns))


def returned(evidence: RunEvidence) -> Iterator[Returned]:
    """What came back, of everything that can."""
    results, given = evidence.results, evidence.results.handed_out
    for test in TESTS:
        if test in given.tests:
            count = len(results.tests.get(test, ()))
            yield Returned(f"Lembar jawaban {USES[test]}", count, given.participants, "orang")
    if len(given.tests) == len(TESTS):
        pairs = len(evidence.gain.pairs) if evidence.gain else 0
        yield Returned("Mengikuti kedua tes", pairs, given.participants, "orang")
    yield Returned(
        "Waktu kegiatan dicatat", len(evidence.minutes), len(given.activities), "kegiatan"
    )
    for form in given.facilitators:
        sheets = sum(found.sheets for found in evidence.facilitators if found.subject == form.code)
        yield Returned(f"Evaluasi fasilitator {form.code}", sheets, given.participants, "lembar")
    sheets = evidence.organizer.sheets if evidence.organizer else 0
    yield Returned("Evaluasi penyelenggaraan", sheets, given.participants, "lembar")
    yield Returned("Catatan kejadian", len(results.notes))


def people(evidence: RunEvidence) -> Iterator[PersonRow]:
    """Everybody who sat a test, by code."""
    found = [evidence.tests.get(test) for test in TESTS]
    scores = [test.percents if test else {} for test in found]
    letters = {
        (test.test, person): form.form.letter
        for test in filter(None, found)
        for form in test.forms
        for person in form.sheets.people
    }
    gains = {pair.person: pair.gain for pair in evidence.gain.pairs} if evidence.gain else {}
    for code in sorted({*scores[0], *scores[1]}):
        forms = "/".join(letters.get((test, code), "–") for test in TESTS)
        before, after = (score.get(code) for score in scores)
        yield PersonRow(code, forms, before, after, gains.get(code))


def goals(evidence: RunEvidence, modules: Sequence[Module]) -> Iterator[GoalRow]:
    """Indicators that both tests measured, in the order of teaching."""
    found = {goal.goal: goal for goal in evidence.goals}
    for module in modules:
        for number in range(1, len(module.meta.indikator) + 1):
            goal = found.get((module.slug, number))
            if goal and goal.gain:
                yield GoalRow(module, number, f"{goal.before}/{goal.after}", goal.gain)


def forms(evidence: RunEvidence) -> Iterator[FormTable]:
    """A table of every form that somebody answered."""
    names = evidence.results.handed_out.names
    questions = {(q.test, *q.printed.key): q for q in evidence.questions()}
    for test in evidence.tests.values():
        for form in test.forms:
            numbers = {(*q.key,): q.number for q in form.form.questions}
            rows = (
                ItemRow(numbers[key], names[question.printed.key], figures, question)
                for figures in form.items
                for key in [figures.item.key]
                for question in [questions[test.test, *key]]
            )
            yield FormTable(test.test, form, tuple(rows))


def minutes(evidence: RunEvidence) -> Iterator[MinutesRow]:
    """Activities whose minutes were noted."""
    titles = {one.code: one.title for one in evidence.results.handed_out.activities}
    return (MinutesRow(titles[taken.code], taken) for taken in evidence.minutes)


def ratings(evidence: RunEvidence, modules: Sequence[Module]) -> Iterator[RatingTable]:
    """The forms of evaluation that came back: trainers, then the organizer."""
    titles = {module.slug: module.meta.judul for module in modules}
    given = {form.code: form for form in evidence.results.handed_out.facilitators}
    for form in evidence.facilitators:
        about = "; ".join(titles[slug] for slug in given[form.subject].modules)
        role = given[form.subject].role
        said = f"{role}: {about}" if role else about
        title = f"Evaluasi fasilitator {form.subject}"
        yield RatingTable(form, title, said, _items(form, FACILITATOR))
    if evidence.organizer:
        form = evidence.organizer
        yield RatingTable(form, "Evaluasi penyelenggaraan", "", _items(form, ORGANIZER))


def _items(form: FormRatings, paper: EvaluationForm) -> tuple[str, ...]:
    return tuple(item for item in paper.items if item in form.items)
