"""All files of a run's results to the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pilar.content.files import Files
from pilar.content.limits import too_large
from pilar.model.evaluation import FACILITATOR, ORGANIZER
from pilar.model.problem import Problem, suggestion
from pilar.model.results import (
    TESTS,
    AnswerSheet,
    CellPlace,
    Evaluation,
    HandedOut,
    Minutes,
    Note,
    Results,
    Test,
)

from . import table_names as names
from .answer_tables import PERSON, AnswerTable
from .csv_sheets import read_csv
from .evaluation_tables import SHEET, SUBJECT, EvaluationTable
from .list_tables import CODE, PLANNED, TITLE, read_minutes, read_notes
from .raw_cells import Findings, RawCell, RawSheet
from .table_names import TABLES, TableName, table_name
from .workbook_sheets import read_workbook

_OFFICE = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
_OWNER = "~$"
"""Begins the name of the file by which Excel says that somebody has a workbook open."""


@dataclass(frozen=True)
class Reading:
    """What was read of a run's results: the data, what is wrong, and every cell there is.

    A problem stands beside its place, whose cell is empty where a sheet or a file is meant.
    """

    results: Results
    found: tuple[tuple[CellPlace, Problem], ...]
    cells: tuple[RawCell, ...]


def read_results(files: Files, folder: str, out: HandedOut) -> Reading:
    """The results in `files`, by their paths below `folder`, of a run that handed `out` what it
    did. Partial data is fine: what is missing is empty.
    """
    findings = Findings()
    sheets = list(_sheets(files, folder, findings))
    tables = _Tables(out, findings)
    for sheet, name in _once(sheets, findings):
        tables.read(sheet, name)
    cells = tuple(cell for sheet, _ in sheets for cell in sheet.cells())
    return Reading(tables.results(), tuple(findings.found), cells)


def _sheets(
    files: Files, folder: str, findings: Findings
) -> Iterator[tuple[RawSheet, TableName | None]]:
    """Every sheet of every file that is not empty, and the table that it is."""
    for name, data in sorted(files.items()):
        path, stem = f"{folder}/{name}", PurePosixPath(name).stem
        suffix = PurePosixPath(name).suffix.casefold()
        if PurePosixPath(name).name.startswith(_OWNER):
            continue
        if large := list(too_large(path, data)):
            findings.of(path, "U101", large[0].message, "Hapus lembar dan baris yang tidak dipakai")
        elif "/" in name or suffix not in (".csv", ".xlsx"):
            office = suffix in _OFFICE and "/" not in name
            hint = "Simpan sebagai .xlsx" if office else f"Yang dibaca: {_known_files()}; hapus"
            findings.of(path, "U102", "berkas ini bukan hasil yang dikenal", hint)
        elif suffix == ".xlsx":
            sheets = read_workbook(path, data, findings)
            only = table_name(stem) if len(sheets) == 1 else None
            yield from ((sheet, _named(sheet, only, findings)) for sheet in sheets)
        elif (table := read_csv(path, data, findings)) and table.rows:
            yield table, _named(table, None, findings)


def _known_files() -> str:
    return ", ".join(f"{table}.csv" for table in TABLES) + ", dan .xlsx"


def _named(sheet: RawSheet, otherwise: TableName | None, findings: Findings) -> TableName | None:
    if found := table_name(sheet.name) or otherwise:
        return found
    if sheet.sheet not in (names.INSTRUCTIONS, names.LISTS):
        what = "lembar ini" if sheet.sheet else f"nama berkas `{sheet.name}.csv`"
        known = TABLES if not sheet.sheet else [TableName(table).title for table in TABLES]
        hint = suggestion(sheet.name, known)
        findings.of(sheet.path, "U102", f"{what} tidak dikenal", hint, sheet.sheet)
    return None


def _once(
    sheets: Iterable[tuple[RawSheet, TableName | None]], findings: Findings
) -> Iterator[tuple[RawSheet, TableName]]:
    """The sheets that are tables. Where both CSV and a workbook, or two workbooks, hold the same
    one, the first that has data; the other is reported.
    """
    owners: dict[str, RawSheet] = {}
    known: set[TableName] = set()
    for sheet, name in sheets:
        if name is None:
            continue
        if _is_filled(sheet, name):
            owner = owners.setdefault(name.table, sheet)
            if _source(owner) != _source(sheet) or name in known:
                message = f"{name.title} sudah diisi di {PurePosixPath(owner.path).name}"
                hint = "Satukan isinya di salah satu, lalu kosongkan yang lain"
                findings.of(sheet.path, "U102", message, hint, sheet.sheet)
                continue
            known.add(name)
        yield sheet, name


def _source(sheet: RawSheet) -> str:
    return sheet.path if sheet.sheet else "csv"


def _is_filled(sheet: RawSheet, name: TableName) -> bool:
    """Is there more than `pilar new hasil` writes: in any column but those that label rows?"""
    labels = {number for number, cell in sheet.head.items() if cell.word in LABELS[name.table]}
    return any(row.cells.keys() - labels for row in sheet.rows[1:])


LABELS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(TESTS, frozenset({PERSON})),
    names.FACILITATORS: frozenset({SUBJECT, SHEET}),
    names.ORGANIZER_FORMS: frozenset({SHEET}),
    names.MINUTES: frozenset({CODE, TITLE, PLANNED}),
    names.NOTES: frozenset(),
}
"""Headings of the columns that are filled in beforehand, by table."""


class _Tables:
    """Gathers what the sheets say."""

    def __init__(self, out: HandedOut, findings: Findings) -> None:
        self.out = out
        self.findings = findings
        self.answers: dict[Test, dict[str, AnswerSheet]] = {}
        self.evaluations: dict[str, list[Evaluation]] = {}
        self.minutes: dict[str, Minutes] = {}
        self.notes: list[Note] = []

    def read(self, sheet: RawSheet, name: TableName) -> None:
        """Add what a sheet says that is the table `name`."""
        test = next((test for test in TESTS if test == name.table), None)
        if test:
            self._read_answers(sheet, test, name.letter)
        elif name.table == names.MINUTES:
            self.minutes |= read_minutes(sheet, self.out, self.findings)
        elif name.table == names.NOTES:
            self.notes += read_notes(sheet, self.out, self.findings)
        else:
            facilitator = name.table == names.FACILITATORS
            form = FACILITATOR if facilitator else ORGANIZER
            codes = tuple(form.code for form in self.out.facilitators) if facilitator else ()
            table = EvaluationTable(sheet, form, codes, self.findings)
            self.evaluations.setdefault(name.table, []).extend(table.read())

    def _read_answers(self, sheet: RawSheet, test: Test, letter: str) -> None:
        forms = self.out.tests.get(test, ())
        mine = [form for form in forms if letter in ("", form.letter)]
        if not mine:
            known = [f"{test.capitalize()} {form.letter}" for form in forms]
            hint = f"Yang ada: {', '.join(known)}" if known else "Hapus"
            message = "pelatihan ini tidak memakai naskah itu"
            self.findings.of(sheet.path, "U102", message, hint, sheet.sheet)
            return
        sheets = self.answers.setdefault(test, {})
        for answered in AnswerTable(sheet, mine, self.out, self.findings).read():
            first = sheets.setdefault(answered.participant, answered)
            if first is not answered:
                place = first.place
                where = f"lembar “{place.sheet}”" if place.sheet else PurePosixPath(place.path).name
                message = f"jawaban {answered.participant} sudah ada di {where}, sel {place.cell}"
                hint = "Setiap peserta memakai satu naskah: hapus salah satunya"
                self.findings.add(answered.place, "U104", message, hint)

    def results(self) -> Results:
        """All of it."""
        return Results(
            self.out,
            {test: tuple(by[code] for code in sorted(by)) for test, by in self.answers.items()},
            tuple(self.evaluations.get(names.FACILITATORS, ())),
            tuple(self.evaluations.get(names.ORGANIZER_FORMS, ())),
            self.minutes,
            tuple(self.notes),
        )
