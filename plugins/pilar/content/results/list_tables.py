"""Minutes of activities, and notes: a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilar.model.results import LONGEST_MINUTES, HandedOut, Minutes, Note, PlannedActivity

from .answer_values import mangled_to_date, number
from .evaluation_tables import remark
from .raw_cells import Findings, RawCell, RawRow, RawSheet, meant
from .table_names import Unclear, columns, lacks

CODE, TITLE, PLANNED, REAL, NOTE = "kode", "kegiatan", "rencana", "menit", "catatan"


def read_minutes(
    sheet: RawSheet, out: HandedOut, findings: Findings
) -> Iterator[tuple[str, Minutes]]:
    """What each activity took, by its code; where nothing was typed, it is not there."""
    by_code = {activity.code: activity for activity in out.activities}
    found = _columns(sheet, findings, CODE, TITLE, PLANNED, REAL)
    if lacks(sheet, findings, found, CODE, REAL):
        return
    known: dict[str, str] = {}
    for row in sheet.rows[1:]:
        code = _code(
            sheet, row, found[CODE], by_code, findings, row.cells.keys() & {*found.values()}
        )
        if not code:
            continue
        _as_planned(row, found, by_code[code], findings)
        cell = row.cells.get(found[REAL])
        if cell is None:
            continue
        place = sheet.place(row, found[CODE])
        if (other := known.setdefault(code, place.cell)) != place.cell:
            message = f"menit {code} sudah ada di baris sel {other}"
            findings.add(place, "U108", message, "Jumlahkan di satu baris, hapus yang lain")
        elif minutes := _minutes(cell, findings):
            yield code, minutes


def read_notes(sheet: RawSheet, out: HandedOut, findings: Findings) -> Iterator[Note]:
    """Every note."""
    found = _columns(sheet, findings, CODE, NOTE)
    if lacks(sheet, findings, found, CODE, NOTE):
        return
    for row in sheet.rows[1:]:
        cell = row.cells.get(found[NOTE])
        code = _code(sheet, row, found[CODE], out.codes, findings, cell)
        if code and cell is None:
            message = f"catatan tentang {code} kosong"
            place = sheet.place(row, found[CODE])
            findings.add(place, "U105", message, "Tulis catatannya, atau hapus kodenya")
        elif code and cell and (said := remark(cell, findings)):
            yield Note(code, said.text, said.place)


def _columns(sheet: RawSheet, findings: Findings, *names: str) -> Mapping[str, int]:
    """Numbers of the columns by their headings."""

    def meaning(cell: RawCell) -> str | Unclear:
        return cell.word if cell.word in names else Unclear()

    found = columns(sheet, findings, meaning, names)
    return {name: number for number, name in found.items()}


def _code(
    sheet: RawSheet,
    row: RawRow,
    column: int,
    known: Mapping[str, object],
    findings: Findings,
    filled: object,
) -> str:
    """The code of a row; empty, and reported, where there is none such."""
    cell = row.cells.get(column)
    if cell is None:
        if filled:
            hint = "Tulis kode kegiatan, modul, soal, atau acara, misalnya " + next(iter(known), "")
            findings.add(sheet.place(row, column), "U108", "kode belum diisi", hint)
        return ""
    folded = {code.casefold(): code for code in known}
    if not cell.mangled and cell.word in folded:
        return folded[cell.word]
    message = f"kode {cell.quoted} tidak ada di pelatihan ini"
    hint = meant(cell.text, known, "Lihat kodenya di panduan, atau di lembar Daftar buku kerja")
    findings.add(cell.place, "U108", message, hint)
    return ""


def _as_planned(
    row: RawRow, found: Mapping[str, int], activity: PlannedActivity, findings: Findings
) -> None:
    """Columns that Pilar filled in, to be read beside the code, say what they said."""
    told = {TITLE: activity.title, PLANNED: str(activity.minutes)}
    for name, text in told.items():
        cell = row.cells.get(found.get(name, 0))
        if cell and " ".join(cell.text.split()) != " ".join(text.split()):
            message = f"kolom `{name}` berisi {cell.quoted}, padahal {activity.code} “{text}”"
            hint = "Kembalikan isinya atau kosongkan; yang perlu dicatat ditulis di catatan"
            findings.add(cell.place, "U103", message, hint)


def _minutes(cell: RawCell, findings: Findings) -> Minutes | None:
    text = number(cell.text)
    if cell.mangled:
        findings.add(
            cell.place, "U107", f"sel ini berisi {cell.mangled}", "Ketik menitnya sebagai angka"
        )
    elif not text.isdecimal():
        hint = f"{mangled_to_date(cell.text)}Tulis menit bulat, misalnya 45"
        findings.add(cell.place, "U106", f"{cell.quoted} bukan menit bulat", hint)
    elif not 0 < int(text[:9]) <= LONGEST_MINUTES:
        message = f"{cell.quoted} menit tidak mungkin"
        hint = (
            f"Tulis 1 sampai {LONGEST_MINUTES}; kegiatan yang tidak terlaksana dikosongkan, "
            "alasannya ditulis di catatan"
        )
        findings.add(cell.place, "U106", message, hint)
    else:
        return Minutes(int(text), cell.place)
    return None
