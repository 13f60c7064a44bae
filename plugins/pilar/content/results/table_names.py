"""Which tables there are, and how files, sheets and columns of them are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pilar.model.results import TESTS

from .raw_cells import Findings, RawCell, RawSheet, meant

T = TypeVar("T")

MINUTES, NOTES = "waktu", "catatan"
FACILITATORS, ORGANIZER_FORMS = "evaluasi-fasilitator", "evaluasi-penyelenggaraan"
TABLES = (*TESTS, FACILITATORS, ORGANIZER_FORMS, MINUTES, NOTES)
"""In the order of the workbook; `<name>.csv` is the file of each."""
INSTRUCTIONS, LISTS = "Petunjuk", "Daftar"
"""Sheets that tell how to fill in the others: locked, and not read."""

_AS_GIVEN = "Tulis judul kolom di baris pertama, seperti di contoh dari `pilar new hasil`"
_LETTER = re.compile(r"(.+)-([a-z])")


@dataclass(frozen=True)
class TableName:
    """A table of `TABLES`; of a test perhaps one form alone, `A`."""

    table: str
    letter: str = ""

    @property
    def title(self) -> str:
        """How its sheet is called, as papers call the form: `Post-test A`."""
        name = (
            "Post-test" if self.table == "posttest" else self.table.replace("-", " ").capitalize()
        )
        return f"{name} {self.letter}".strip()


def table_name(name: str) -> TableName | None:
    """The table that a file's stem or a sheet's name means, however it is written."""
    plain = "-".join(re.findall(r"[a-z0-9]+", name.casefold())).replace("post-test", "posttest")
    if plain in TABLES:
        return TableName(plain)
    if (match := _LETTER.fullmatch(plain)) and match[1] in TESTS:
        return TableName(match[1], match[2].upper())
    return None


@dataclass(frozen=True)
class Unclear:
    """Why a heading means nothing; without a message, it is not known at all."""

    message: str = ""
    hint: str = ""


def columns(
    sheet: RawSheet,
    findings: Findings,
    meaning: Callable[[RawCell], T | Unclear],
    known: Iterable[str],
    parts: Callable[[T], Iterable[Hashable]] = lambda what: (what,),
) -> Mapping[int, T]:
    """What each column of a sheet means, by its number. What a heading does not say is reported,
    and so is a second column that means the same, or a part of it; `known` are headings to suggest.
    """
    found: dict[int, T] = {}
    first: dict[Hashable, str] = {}
    known = tuple(known)
    for number, cell in sheet.head.items():
        what = meaning(cell)
        if cell.mangled:
            hint = _AS_GIVEN
            findings.add(cell.place, "U107", f"judul kolom berisi {cell.mangled}", hint)
        elif isinstance(what, Unclear):
            message = what.message or f"judul kolom {cell.quoted} tidak dikenal"
            hint = what.hint or meant(" ".join(cell.text.split()), known, _AS_GIVEN)
            findings.add(cell.place, "U103", message, hint)
        elif other := next((first[part] for part in parts(what) if part in first), ""):
            message = f"kolom {cell.quoted} sudah ada di sel {other}"
            findings.add(cell.place, "U103", message, "Gabungkan, lalu hapus salah satunya")
        else:
            found[number] = what
            first |= dict.fromkeys(parts(what), cell.place.cell)
    _untitled(sheet, findings)
    return found


def _untitled(sheet: RawSheet, findings: Findings) -> None:
    """Columns with something in them below no heading: the first cell of each."""
    seen: set[int] = set(sheet.head)
    for row in sheet.rows[1:]:
        for number in sorted(row.cells.keys() - seen):
            seen.add(number)
            place = row.cells[number].place
            hint = "Beri judul kolom di baris pertama, atau hapus isi kolom ini"
            findings.add(place, "U103", "kolom ini tidak berjudul", hint)


def lacks(sheet: RawSheet, findings: Findings, found: Iterable[object], *names: str) -> bool:
    """Whether a column without which nothing can be read is missing, which is reported."""
    known = [*found]
    missing = [name for name in names if name not in known]
    if missing:
        title = "`, `".join(missing)
        findings.of(sheet.path, "U103", f"kolom `{title}` tidak ada", _AS_GIVEN, sheet.sheet)
    return bool(missing)
