"""The tables to fill in: headings and first columns as the reader knows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pilar.model.evaluation import FACILITATOR, ORGANIZER, SCALE, EvaluationForm
from pilar.model.results import LONGEST_MINUTES, SPOILED, TESTS, ExamForm, HandedOut

from .answer_tables import PERSON, heading
from .answer_values import answers
from .evaluation_tables import SHEET, SUBJECT
from .list_tables import CODE, NOTE, PLANNED, REAL, TITLE
from .table_names import FACILITATORS, MINUTES, NOTES, ORGANIZER_FORMS, TableName

LINES_FOR_NOTES = 60
DIVIDER = ";"
"""Of columns: what Excel opens as a table where the decimal sign is a comma, as in Indonesia."""
_CHARACTERS_OF_A_REMARK = 40


@dataclass(frozen=True)
class BlankColumn:
    """A column: the parts of its heading, its width in characters; what may be typed: one of
    `choices`, a whole number of `between`, else words.

    A `label` is filled in beforehand.
    """

    heading: tuple[str, ...]
    width: int
    choices: tuple[str, ...] = ()
    between: tuple[int, int] | None = None
    label: bool = False

    @property
    def title(self) -> str:
        """The heading in one line."""
        return " ".join(self.heading)


@dataclass(frozen=True)
class BlankTable:
    """A table: a sheet of the workbook, or a file. `rows` are what its first columns say."""

    name: TableName
    columns: tuple[BlankColumn, ...]
    rows: tuple[tuple[str | int, ...], ...]


def blank_tables(out: HandedOut) -> Iterator[BlankTable]:
    """All that a run can fill in, in order; of a test a table for each form."""
    for test in TESTS:
        for form in out.tests.get(test, ()):
            yield _answers(out, [form], TableName(test, form.letter))
    yield from _without_tests(out)


def blank_files(out: HandedOut) -> Iterator[tuple[str, bytes]]:
    """The same tables as CSV, by the name of the file; of a test one with all forms."""
    tests = (
        _answers(out, forms, TableName(test))
        for test in TESTS
        if (forms := [*out.tests.get(test, ())])
    )
    for table in (*tests, *_without_tests(out)):
        yield f"{table.name.table}.csv", _written(table)


def _answers(out: HandedOut, forms: Iterable[ExamForm], name: TableName) -> BlankTable:
    questions = [(form, asked) for form in forms for asked in form.questions]
    columns = [BlankColumn((PERSON,), 9, label=True)]
    for form, asked in questions:
        typed = answers(asked)
        parts = heading(out, form, asked)
        columns.append(BlankColumn(parts, 8, (*typed, SPOILED) if typed else ()))
    return BlankTable(name, tuple(columns), tuple((code,) for code in out.people))


def _without_tests(out: HandedOut) -> Iterator[BlankTable]:
    people = range(1, out.participants + 1)
    subject = BlankColumn((SUBJECT,), 16, label=True)
    sheet = BlankColumn((SHEET,), 8, label=True)
    yield BlankTable(
        TableName(FACILITATORS),
        (subject, sheet, *_rated(FACILITATOR)),
        tuple((form.code, number) for form in out.facilitators for number in people),
    )
    yield BlankTable(
        TableName(ORGANIZER_FORMS),
        (sheet, *_rated(ORGANIZER)),
        tuple((number,) for number in people),
    )
    yield BlankTable(
        TableName(MINUTES),
        (
            BlankColumn((CODE,), 12, label=True),
            BlankColumn((TITLE,), 48, label=True),
            BlankColumn((PLANNED,), 9, label=True),
            BlankColumn((REAL,), 9, between=(1, LONGEST_MINUTES)),
        ),
        tuple((done.code, done.title, done.minutes) for done in out.activities),
    )
    codes = BlankColumn((CODE,), 14, tuple(out.codes))
    yield BlankTable(TableName(NOTES), (codes, BlankColumn((NOTE,), 90)), ())


def _rated(form: EvaluationForm) -> Iterator[BlankColumn]:
    scale = tuple(map(str, range(1, len(SCALE) + 1)))
    for number, item in enumerate(form.items, 1):
        yield BlankColumn((str(number), item), 14, scale)
    for question in form.questions:
        yield BlankColumn((question.name,), _CHARACTERS_OF_A_REMARK)


def _written(table: BlankTable) -> bytes:
    """UTF-8 with a mark at the beginning, by which Excel knows it."""
    target = io.StringIO()
    rows = csv.writer(target, delimiter=DIVIDER, lineterminator="\n")
    rows.writerow(column.title for column in table.columns)
    missing = ("",) * len(table.columns)
    rows.writerows((*row, *missing[len(row) :]) for row in table.rows)
    return target.getvalue().encode("utf-8-sig")
