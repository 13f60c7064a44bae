"""What came back from a run (`runs/<id>.hasil/`), and what had been handed out for it.

A question is known by its module and its id in soal.yml, `blc-15`: what papers print of it, the
number on a form (7 of form A) and the code in the key (BLC-S15), counts places and so moves when
questions are added. Results therefore name all that an answer sheet shows and the id, in one
heading: `A7 blc-15 CADB`. `A7` is what stands on the answer sheet and what whoever types looks for;
`CADB` are the letters of soal.yml in the order in which that form prints the choices, so that the
file itself says what a letter meant. `A7` alone, and `blc-15` alone where the form is known, mean
the same. Where two modules of a run use one id, it is written `blc/blc-15`.

An answer in the model is one of soal.yml, whatever letter stood on paper. Evidence of several runs
is joined by module, id and `question_digest`: a question whose text, choices or key changed is
another one. Minutes are joined by `PlannedActivity.key`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from .curriculum import Module, Pairs, Question, letters
from .run_paths import RESULTS

FOLDER = RESULTS
Test = Literal["pretest", "posttest"]
TESTS: tuple[Test, ...] = ("pretest", "posttest")
SPOILED = "X"
"""Stands for an answer that cannot be judged: two letters circled, or none that can be read."""
BLANK = "-"
"""Stands for a question left blank, where an empty cell will not do."""
LONGEST_MINUTES = 24 * 60
"""Of an activity."""


class QuestionKey(NamedTuple):
    """What identifies a question in a run: the module's slug and the id in its soal.yml."""

    module: str
    id: str


class ActivityKey(NamedTuple):
    """What identifies an activity in all versions of its module that plan it the same.

    Its code counts places; what it took is compared with its minutes, and so says nothing of
    another plan.
    """

    module: str
    title: str
    minutes: int
    nth: int
    """Which of those that have all of this in common, from 0."""


def question_digest(question: Question) -> str:
    """Identifies what is asked, in all versions that ask the same: 16 hexadecimal digits of the
    SHA-256 of kind, text, choices and key, line breaks and runs of spaces aside.
    """
    pairs = question.pilihan
    columns = (pairs.kiri, pairs.kanan) if isinstance(pairs, Pairs) else (pairs,)
    key = (question.kunci,) if isinstance(question.kunci, str) else question.kunci
    parts = [[question.jenis], [question.teks], *columns, key]
    plain = [[" ".join(text.split()) for text in part] for part in parts]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:16]


# What was handed out.


@dataclass(frozen=True)
class PrintedQuestion:
    """Question number `number` (from 1) of a form; `order` are the places in the bank of its
    choices (of a matching question: of its right column) as printed.
    """

    number: int
    module: Module
    question: Question
    order: tuple[int, ...]

    @property
    def key(self) -> QuestionKey:
        """What identifies it."""
        return QuestionKey(self.module.slug, self.question.id)

    @cached_property
    def digest(self) -> str:
        """See `question_digest`."""
        return question_digest(self.question)

    @property
    def letters(self) -> str:
        """The bank's letters of its choices in the order printed, `CADB`; empty without choices."""
        names = letters(len(self.order))
        return "".join(names[place] for place in self.order)


@dataclass(frozen=True)
class ExamForm:
    """A form of a test, `A` or `B`, its questions in order."""

    test: Test
    letter: str
    questions: tuple[PrintedQuestion, ...]

    @cached_property
    def by_key(self) -> Mapping[QuestionKey, PrintedQuestion]:
        """Its questions by what identifies them."""
        return {question.key: question for question in self.questions}


@dataclass(frozen=True)
class PlannedActivity:
    """An activity by its code, `BLC-K1`; `minutes` as its module plans it."""

    code: str
    title: str
    minutes: int
    module: str
    """Slug."""
    nth: int = 0
    """Which of those of its module with this title and these minutes, from 0."""

    @property
    def key(self) -> ActivityKey:
        """What identifies it."""
        return ActivityKey(self.module, self.title, self.minutes, self.nth)


@dataclass(frozen=True)
class FacilitatorForm:
    """The evaluation form of a trainer and the modules taught, or of a module.

    `code` are the codes of the modules, with a number where two trainers teach the same:
    `BLC MTE (2)`; `titles` are the modules' titles.
    """

    code: str
    modules: tuple[str, ...]
    """Slugs."""
    titles: tuple[str, ...] = ()
    role: str = ""
    """Of the trainer; empty where the run names none."""


@dataclass(frozen=True)
class HandedOut:
    """All of a run that results can name."""

    run: str
    participants: int
    tests: Mapping[Test, tuple[ExamForm, ...]]
    """Forms A and B of each test that the timetable names."""
    activities: tuple[PlannedActivity, ...]
    facilitators: tuple[FacilitatorForm, ...]
    names: Mapping[QuestionKey, str]
    """How results write each question: `blc-15`, or `blc/blc-15` where two modules have that."""
    codes: Mapping[str, str]
    """What notes can be of, with its title: modules, numbered blocks, questions, events."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the modules that the run teaches, by slug."""

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Codes of the participants, `P01` to `P40`: as many digits as the last one has."""
        digits = max(2, len(str(self.participants)))
        return tuple(f"P{number:0{digits}}" for number in range(1, self.participants + 1))

    @cached_property
    def questions(self) -> Mapping[QuestionKey, PrintedQuestion]:
        """Every question of the tests once, as the first form has it that asks it."""
        printed = (q for forms in self.tests.values() for form in forms for q in form.questions)
        found: dict[QuestionKey, PrintedQuestion] = {}
        for question in printed:
            found.setdefault(question.key, question)
        return found


# What came back.


@dataclass(frozen=True, order=True)
class CellPlace:
    """Where a datum stands: path in the project, line (in a workbook: row), cell (`D14`), and in a
    workbook the name of the sheet.
    """

    path: str
    line: int
    cell: str
    sheet: str = ""


Given = str | tuple[str, ...] | None


@dataclass(frozen=True)
class Answer:
    """An answer in terms of soal.yml, and as it was typed.

    `given` is the bank's letter of the choice; `benar` or `salah`; of a matching question a letter
    for each item on the left, empty where left blank; of a question answered in words the mark that
    the trainer gave, `0`, `0,5` or `1`. SPOILED: not to be judged. None: left blank.
    """

    given: Given
    written: str
    place: CellPlace

    def points(self, question: Question) -> Fraction:
        """What it scores, from 0 to 1, as the paper kunci-tes says: each right pair of a matching
        question scores its part; blank and spoiled answers score nothing.
        """
        if self.given is None or self.given == SPOILED:
            return Fraction(0)
        if question.jenis in ("isian", "uraian"):
            return Fraction(str(self.given).replace(",", "."))
        if isinstance(self.given, tuple):
            right = sum(a == b for a, b in zip(self.given, question.kunci, strict=True))
            return Fraction(right, len(question.kunci))
        return Fraction(self.given == question.kunci)


@dataclass(frozen=True)
class AnswerSheet:
    """What a participant answered in a test: every question of the form that the table asks for.

    A participant of whom nothing was typed has no sheet.
    """

    participant: str
    form: ExamForm
    answers: Mapping[QuestionKey, Answer]
    place: CellPlace

    @property
    def points(self) -> Fraction:
        """Of all its answers."""
        asked = self.form.by_key
        marks = (answer.points(asked[key].question) for key, answer in self.answers.items())
        return sum(marks, Fraction())


@dataclass(frozen=True)
class Rating:
    """A number from 1 to 4, see `evaluation.SCALE`."""

    value: int
    place: CellPlace


@dataclass(frozen=True)
class Remark:
    """Words, as written."""

    text: str
    place: CellPlace


@dataclass(frozen=True)
class Evaluation:
    """A form that was handed in, by nobody known: what it rates, and the number of the sheet.

    `subject` is the code of a FacilitatorForm, empty for the organizer's form. `ratings` and
    `remarks` are by the items and the short names of the questions of `evaluation`; what was not
    filled in is not there.
    """

    subject: str
    sheet: int
    ratings: Mapping[str, Rating]
    remarks: Mapping[str, Remark]
    place: CellPlace


@dataclass(frozen=True)
class Minutes:
    """What an activity really took."""

    value: int
    place: CellPlace


@dataclass(frozen=True)
class Note:
    """What happened; `code` is one of `HandedOut.codes`."""

    code: str
    text: str
    place: CellPlace


@dataclass(frozen=True)
class Results:
    """All that came back from a run. What is missing is empty: partial data is fine."""

    handed_out: HandedOut
    tests: Mapping[Test, tuple[AnswerSheet, ...]] = field(default_factory=dict)
    """By test, in the order of the participants' codes."""
    facilitators: tuple[Evaluation, ...] = ()
    organizer: tuple[Evaluation, ...] = ()
    minutes: Mapping[str, Minutes] = field(default_factory=dict)
    """By the code of the activity."""
    notes: tuple[Note, ...] = ()

    @property
    def run(self) -> str:
        """The run's id."""
        return self.handed_out.run

    def places(self) -> Iterator[CellPlace]:
        """Where every datum stands, rows and their cells."""
        for sheets in self.tests.values():
            for sheet in sheets:
                yield sheet.place
                yield from (answer.place for answer in sheet.answers.values())
        for evaluation in (*self.facilitators, *self.organizer):
            yield evaluation.place
            yield from (rating.place for rating in evaluation.ratings.values())
            yield from (remark.place for remark in evaluation.remarks.values())
        yield from (minutes.place for minutes in self.minutes.values())
        yield from (note.place for note in self.notes)
