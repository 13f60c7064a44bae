"""Evaluation forms that were handed in: a row for each, a column for each item and question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pilar.model.evaluation import SCALE, EvaluationForm
from pilar.model.results import Evaluation, Rating, Remark

from .answer_values import mangled_to_date, number
from .raw_cells import Findings, RawCell, RawRow, RawSheet, meant
from .table_names import Unclear, columns, lacks

SUBJECT, SHEET = "formulir", "lembar"
_NUMBERED = re.compile(r"(\d{1,2})[.)]?(?:\s+|$)")
MOST_SHEETS = 10_000
"""As many participants may a run have."""


@dataclass(frozen=True)
class _Column:
    """What a column holds: SUBJECT, SHEET, a rating of the item `name`, or a remark on it."""

    kind: str
    name: str = ""


@dataclass
class EvaluationTable:
    """A sheet of forms; `subjects` are the codes of what they are about, none of one subject."""

    sheet: RawSheet
    form: EvaluationForm
    subjects: tuple[str, ...]
    findings: Findings
    _known: dict[tuple[str, int], str] = field(default_factory=dict)

    def read(self) -> Iterator[Evaluation]:
        """Every form with a rating or a remark."""
        labels = [SUBJECT] if self.subjects else []
        labels += [SHEET, *self.form.items, *(question.name for question in self.form.questions)]
        found = columns(self.sheet, self.findings, self._meaning, labels)
        kinds = {what.kind: number for number, what in found.items()}
        if self.subjects and lacks(self.sheet, self.findings, kinds, SUBJECT):
            return
        data = {n: what for n, what in found.items() if what.kind not in (SUBJECT, SHEET)}
        for row in self.sheet.rows[1:]:
            if not row.cells.keys() & data.keys():
                continue
            subject = self._subject(row, kinds[SUBJECT]) if self.subjects else ""
            sheet = self._number(row, kinds.get(SHEET, 0), subject or "")
            if subject is None or sheet is None:
                continue
            place = self.sheet.place(row, min(found))
            if (other := self._known.setdefault((subject, sheet), place.cell)) != place.cell:
                name = f"lembar {sheet} {subject}".rstrip()
                hint = "Beri nomor lembar lain, atau hapus salah satu baris"
                message = f"{name} sudah ada di baris sel {other}"
                self.findings.add(place, "U108", message, hint)
                continue
            rated = {what.name: self._rating(row, n, what) for n, what in data.items()}
            said = {what.name: self._remark(row, n, what) for n, what in data.items()}
            yield Evaluation(
                subject,
                sheet,
                {name: rating for name, rating in rated.items() if rating},
                {name: words for name, words in said.items() if words},
                place,
            )

    def _meaning(self, cell: RawCell) -> _Column | Unclear:
        if cell.word == SHEET or (cell.word == SUBJECT and self.subjects):
            return _Column(cell.word)
        for question in self.form.questions:
            if cell.word in (question.name.casefold(), question.text.casefold()):
                return _Column("remark", question.name)
        match = _NUMBERED.match(cell.word)
        label = cell.word[match.end() :] if match else cell.word
        for position, item in enumerate(self.form.items, 1):
            if match and int(match[1]) == position and label in ("", item.casefold()):
                return _Column("rating", item)
            if not match and label == item.casefold():
                return _Column("rating", item)
        return Unclear()

    def _subject(self, row: RawRow, column: int) -> str | None:
        cell = row.cells.get(column)
        if cell and (known := {s.casefold(): s for s in self.subjects}.get(cell.word)):
            return known
        message = f"formulir {cell.quoted} tidak ada" if cell else "formulir belum diisi"
        known = "Lihat kodenya di lembar Petunjuk buku kerja"
        hint = meant(cell.text if cell else "", self.subjects, known)
        self.findings.add(self.sheet.place(row, column), "U108", message, hint)
        return None

    def _number(self, row: RawRow, column: int, subject: str) -> int | None:
        """The number of the form; the next free one where none was written."""
        cell = row.cells.get(column)
        if cell is None:
            return next(n for n in range(1, MOST_SHEETS * 2) if (subject, n) not in self._known)
        text = number(cell.text)
        if not cell.mangled and text.isdecimal() and 0 < int(text[:9]) <= MOST_SHEETS:
            return int(text)
        message = f"{cell.quoted} bukan nomor lembar"
        self.findings.add(cell.place, "U108", message, "Tulis 1, 2, 3, dan seterusnya")
        return None

    def _rating(self, row: RawRow, column: int, what: _Column) -> Rating | None:
        cell = row.cells.get(column)
        if what.kind != "rating" or cell is None:
            return None
        text = number(cell.text)
        if cell.mangled:
            hint = "Ketik angka 1 sampai 4"
            self.findings.add(cell.place, "U107", f"sel ini berisi {cell.mangled}", hint)
        elif text in map(str, range(1, len(SCALE) + 1)):
            return Rating(int(text), cell.place)
        else:
            scale = ", ".join(f"{value} = {word}" for value, word in enumerate(SCALE, 1))
            hint = (
                f"{mangled_to_date(cell.text)}Tulis satu angka: {scale}; kosongkan bila tidak diisi"
            )
            self.findings.add(cell.place, "U105", f"{cell.quoted} bukan nilai", hint)
        return None

    def _remark(self, row: RawRow, column: int, what: _Column) -> Remark | None:
        cell = row.cells.get(column)
        return remark(cell, self.findings) if what.kind == "remark" and cell else None


def remark(cell: RawCell, findings: Findings) -> Remark | None:
    """Words in a cell; None where a spreadsheet has something else there, which is reported."""
    if not cell.mangled or cell.mangled == "tanggal":
        return Remark(cell.text, cell.place)
    hint = "Ketik kata-katanya, tanpa tanda = di depan"
    findings.add(cell.place, "U107", f"sel ini berisi {cell.mangled}", hint)
    return None
