"""Answers of a test: a row for each participant, a column for each question."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pilar.model.problem import suggestion
from pilar.model.results import (
    Answer,
    AnswerSheet,
    ExamForm,
    HandedOut,
    PrintedQuestion,
    QuestionKey,
)

from .answer_values import NoAnswerError, given
from .raw_cells import Findings, RawCell, RawRow, RawSheet
from .table_names import Unclear, columns, lacks

PERSON, FORM = "peserta", "naskah"
Asked = Mapping[str, PrintedQuestion]
"""What a column asks, by the letter of the form."""

_PLACE = re.compile(r"([a-z]?)(\d{1,3})")
_CODE = re.compile(r"p\s?0*(\d{1,5})")
_ORDER = re.compile(r"[a-z]{2,26}")


def heading(out: HandedOut, form: ExamForm, asked: PrintedQuestion) -> tuple[str, ...]:
    """The parts of a question's heading: `A7`, `blc-15`, `CADB`."""
    parts = (f"{form.letter}{asked.number}", out.names[asked.key], asked.letters)
    return tuple(filter(None, parts))


class AnswerTable:
    """A sheet with answers to some of `forms`: to all, or to the one that it is called after."""

    def __init__(
        self, sheet: RawSheet, forms: Sequence[ExamForm], out: HandedOut, findings: Findings
    ) -> None:
        self.sheet = sheet
        self.forms = {form.letter: form for form in forms}
        self.out = out
        self.findings = findings

    def read(self) -> Iterator[AnswerSheet]:
        """The sheet of each participant of whom any answer was typed."""
        found = self._columns
        if lacks(self.sheet, self.findings, found.values(), PERSON):
            return
        person = next(number for number, what in found.items() if what == PERSON)
        rows: dict[str, str] = {}
        for row in self.sheet.rows[1:]:
            place = self.sheet.place(row, person)
            filled = [n for n in row.cells if not isinstance(found.get(n, FORM), str)]
            code = self._participant(row, person, bool(filled))
            if not code or not filled:
                continue
            if (other := rows.setdefault(code, place.cell)) != place.cell:
                message = f"jawaban {code} sudah ada di baris sel {other}"
                hint = "Perbaiki kode pesertanya, atau hapus salah satu baris"
                self.findings.add(place, "U104", message, hint)
            elif form := self._form(row, code, person):
                yield AnswerSheet(code, form, dict(self._answers(row, form)), place)

    @cached_property
    def _columns(self) -> Mapping[int, str | Asked]:
        printed = [
            heading(self.out, form, q) for form in self.forms.values() for q in form.questions
        ]
        known = dict.fromkeys(word for words in printed for word in words[:2])
        headings = (PERSON, FORM, *known)
        return columns(self.sheet, self.findings, self._meaning, headings, _parts)

    def _meaning(self, cell: RawCell) -> str | Asked | Unclear:
        """PERSON, FORM, or a question: its place, its id, or both, and the order of its choices."""
        if cell.word in (PERSON, FORM):
            return cell.word
        words = cell.word.split()
        names = {name.casefold(): key for key, name in self.out.names.items()}
        place = _PLACE.fullmatch(words[0]) if words[0] not in names else None
        rest = words[1:] if place else words
        key = names.get(rest[0]) if rest else None
        rest = rest[1:] if key else rest
        if not (place or key) or len(rest) > 1 or not all(map(_ORDER.fullmatch, rest)):
            return Unclear()
        asked = {
            form.letter: question
            for form in self.forms.values()
            for question in form.questions
            if key in (None, question.key)
            and (not place or place[1].upper() in ("", form.letter))
            and (not place or int(place[2]) == question.number)
        }
        order = rest[0].upper() if rest else ""
        if asked and all(order in ("", question.letters) for question in asked.values()):
            return asked
        return self._unclear(cell, bool(place and key) or bool(asked))

    def _unclear(self, cell: RawCell, moved: bool) -> Unclear:
        """Why a heading that could be read names no question of the forms."""
        if not moved:
            return Unclear()
        return Unclear(
            f"naskah yang sekarang dicetak tidak memuat soal {cell.quoted} begitu",
            f"Bila judul ini salah ketik, perbaiki; bila naskahnya berubah sesudah dicetak, "
            f"kembalikan runs/{self.out.run}.yml dan .lock ke keadaan saat dicetak",
        )

    def _participant(self, row: RawRow, person: int, filled: bool) -> str:
        """The code of the row's participant; empty where it has none that can be read."""
        cell = row.cells.get(person)
        people = self.out.people
        hint = f"Tulis kode peserta, {people[0]} sampai {people[-1]}"
        if cell is None:
            if filled:
                place = self.sheet.place(row, person)
                self.findings.add(place, "U104", "kode peserta belum diisi", hint)
            return ""
        match = _CODE.fullmatch(cell.word)
        number = int(match[1]) if match else 0
        if 0 < number <= len(people) and not cell.mangled:
            return people[number - 1]
        if match and number:
            more = f"Bila pesertanya memang lebih banyak, ubah `jumlah` di runs/{self.out.run}.yml"
            hint = f"{hint}. {more}"
        message = f"{cell.quoted} bukan kode peserta pelatihan ini"
        self.findings.add(cell.place, "U104", message, hint)
        return ""

    def _form(self, row: RawRow, code: str, person: int) -> ExamForm | None:
        """The form that a participant had: what the row says, else what it answers."""
        possible = set(self.forms)
        for number, what in sorted(self._columns.items(), key=lambda item: item[1] != FORM):
            cell = row.cells.get(number)
            if cell is None or what == PERSON:
                continue
            letters = {cell.word.upper()} & {*self.forms} if isinstance(what, str) else {*what}
            if what == FORM and not letters:
                hint = suggestion(cell.text, self.forms)
                message = f"naskah {cell.quoted} tidak ada"
                self.findings.add(cell.place, "U105", message, hint)
                return None
            if not possible & letters:
                message = (
                    f"{code} memakai naskah {'/'.join(sorted(possible))}, bukan naskah soal ini"
                )
                hint = "Pindahkan jawaban ini ke kolom naskahnya, atau hapus"
                self.findings.add(cell.place, "U105", message, hint)
                continue
            possible &= letters
        if len(possible) == 1:
            return self.forms[possible.pop()]
        message = f"naskah yang dipakai {code} tidak dapat diketahui"
        hint = f"Tambahkan kolom `{FORM}` dan isi {' atau '.join(self.forms)}"
        self.findings.add(self.sheet.place(row, person), "U105", message, hint)
        return None

    def _answers(self, row: RawRow, form: ExamForm) -> Iterator[tuple[QuestionKey, Answer]]:
        for number, what in self._columns.items():
            asked = None if isinstance(what, str) else what.get(form.letter)
            if asked is None:
                continue
            place = self.sheet.place(row, number)
            cell = row.cells.get(number)
            if cell is None:
                yield asked.key, Answer(None, "", place)
            elif cell.mangled:
                hint = "Pilih format Teks untuk sel ini, lalu ketik jawabannya lagi"
                self.findings.add(place, "U107", f"sel ini berisi {cell.mangled}", hint)
            else:
                try:
                    yield asked.key, Answer(given(asked, cell), cell.text, place)
                except NoAnswerError as error:
                    message = f"{cell.quoted} bukan jawaban soal {form.letter}{asked.number}"
                    self.findings.add(place, "U105", message, str(error))


def _parts(what: str | Asked) -> Iterable[Hashable]:
    """What a column means: one thing, or a question of each form."""
    if isinstance(what, str):
        return (what,)
    return [(letter, asked.number) for letter, asked in what.items()]
