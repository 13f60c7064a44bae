"""The workbook in which the results of a run are typed: as quick as a keyboard, hard to do wrong.

One sheet for each form that comes back, in the order in which it is printed: one key an answer and
Tab, which passes over what is filled in beforehand. Headings are locked, without a password.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pilar.content.results.answer_values import either
from pilar.content.results.blank_tables import (
    LINES_FOR_NOTES,
    BlankColumn,
    BlankTable,
    blank_tables,
)
from pilar.content.results.table_names import INSTRUCTIONS, LISTS
from pilar.model.evaluation import SCALE
from pilar.model.results import SPOILED, HandedOut
from pilar.model.run import Run

from .workbook import describe, saved

_FONT = "Arial"
_LINE = Side(style="thin", color="FFBFBFBF")
_EDGE = Side(style="medium", color="FF808080")
_GREY = PatternFill("solid", fgColor="FFEDEDED")
_EVERY = 5
"""Columns between two stronger lines, by which eyes find their way on an answer sheet."""
_TEXT = "@"
"""Format that leaves what is typed as it is: no dates made of it, no zeros dropped."""
_WIDE, _MANY = 20, 10
"""Characters of a column from which on its text begins at the left; choices too many to say."""
_FROM_LIST = f"Pilih kode dari lembar {LISTS}."
Lists = Mapping[tuple[str, ...], str]
"""Ranges that hold the answers to choose from."""


def result_workbook(run: Run, out: HandedOut) -> bytes:
    """The workbook of a run; the same run gives the same bytes."""
    made = Workbook()
    made.remove(made.worksheets[0])
    describe(made, f"Hasil {run.id}", run.file.judul, run.epoch)
    tables = [*blank_tables(out)]
    first = made.create_sheet(INSTRUCTIONS)
    sheets = [made.create_sheet(table.name.title) for table in tables]
    lists = _list_sheet(made.create_sheet(LISTS), out, tables)
    _instruct(first, run, out, tables)
    for sheet, table in zip(sheets, tables, strict=True):
        _lay_out(sheet, table, lists)
    return saved(made)


def _lay_out(sheet: Worksheet, table: BlankTable, lists: Lists) -> None:
    lines = len(table.rows) or LINES_FOR_NOTES
    labels = sum(column.label for column in table.columns)
    for number, column in enumerate(table.columns, 1):
        name = get_column_letter(number)
        sheet.column_dimensions[name].width = column.width
        cell: Any = sheet.cell(1, number, _heading(column))
        cell.alignment = Alignment("center", "top", wrap_text=True)
        cell.font, cell.fill = Font(_FONT, 10, bold=True), _GREY
        strong = (number - labels) % _EVERY == 0 and len(column.heading) > 1
        cell.border = border = Border(_LINE, _EDGE if strong else _LINE, _LINE, _LINE)
        for row in range(2, lines + 2):
            _entry(sheet.cell(row, number), column, border)
        if not column.label:
            _validate(sheet, column, f"{name}2:{name}{lines + 1}", lists)
    for place, values in enumerate(table.rows, 2):
        for number, value in enumerate(values, 1):
            sheet.cell(place, number).value = value
    sheet.row_dimensions[1].height = 13 * max(map(_lines, table.columns)) + 6
    sheet.freeze_panes = f"{get_column_letter(labels + 1)}2"
    sheet.sheet_view.selection[-1].activeCell = sheet.freeze_panes
    sheet.sheet_view.selection[-1].sqref = sheet.freeze_panes
    sheet.protection.selectLockedCells = True  # which forbids it: so Tab goes from entry to entry
    _protect(sheet)
    _print(sheet, landscape=len(table.columns) > 4)


def _heading(column: BlankColumn) -> CellRichText | str:
    """What is looked for in large letters, the rest below it."""
    first, *rest = column.heading
    if not rest:
        return first
    large = InlineFont(rFont=_FONT, sz=13, b=True)
    small = InlineFont(rFont=_FONT, sz=8, color=Color("FF595959"))
    return CellRichText(TextBlock(large, first), *(TextBlock(small, f"\n{part}") for part in rest))


def _lines(column: BlankColumn) -> int:
    """Lines that a heading takes in its column."""
    return sum(1 + len(part) // max(1, column.width - 1) for part in column.heading)


def _entry(cell: Any, column: BlankColumn, border: Border) -> None:
    short = column.between or (column.choices and column.width < _WIDE)
    cell.border = border
    cell.font = Font(_FONT, 10, bold=column.label)
    row = "center" if short or column.label else "top"
    cell.alignment = Alignment("center" if short else None, row, wrap_text=not short)
    if column.label:
        cell.fill = _GREY
    else:
        cell.protection = Protection(locked=False)
        cell.number_format = "0" if column.between or _are_numbers(column.choices) else _TEXT


def _are_numbers(choices: Sequence[str]) -> bool:
    return bool(choices) and all(choice.isdigit() for choice in choices)


def _validate(sheet: Worksheet, column: BlankColumn, cells: str, lists: Lists) -> None:
    if column.choices:
        rule = DataValidation(type="list", formula1=lists[column.choices], allow_blank=True)
        few = len(column.choices) < _MANY
        rule.error = f"Ketik {either(column.choices)}, atau kosongkan." if few else _FROM_LIST
    elif column.between:
        low, high = map(str, column.between)
        rule = DataValidation("whole", low, high, operator="between", allow_blank=True)
        rule.error = f"Ketik angka bulat {low} sampai {high}, atau kosongkan."
    else:
        return
    rule.errorTitle, rule.showErrorMessage = "Belum sesuai", True
    rule.add(cells)
    sheet.add_data_validation(rule)


def _list_sheet(sheet: Worksheet, out: HandedOut, tables: Iterable[BlankTable]) -> Lists:
    """What may be typed where it is chosen from a list, and what the codes stand for.

    Lists lie in cells, for Excel compares with those whatever the case of letters.
    """
    choices = dict.fromkeys(c.choices for table in tables for c in table.columns if c.choices)
    found: dict[tuple[str, ...], str] = {}
    codes = tuple(out.codes)
    for number, values in enumerate(sorted(choices, key=lambda each: each != codes), 1):
        column = number + (values != codes)  # the second one says what the codes mean
        name = get_column_letter(column)
        sheet.cell(1, column).value = "Kode" if values == codes else "Jawaban"
        for row, value in enumerate(values, 2):
            cell: Any = sheet.cell(row, column)
            cell.value = int(value) if _are_numbers(values) else value
            cell.alignment = Alignment("left")
        found[values] = f"{LISTS}!${name}$2:${name}${len(values) + 1}"
        sheet.column_dimensions[name].width = 16
    sheet.cell(1, 2).value = "Arti"
    for row, code in enumerate(codes, 2):
        sheet.cell(row, 2).value = out.codes[code]
    sheet.column_dimensions["B"].width = 70
    for cell in sheet[1]:
        cell.font, cell.fill = Font(_FONT, 10, bold=True), _GREY
    sheet.freeze_panes = "A2"
    _protect(sheet)
    _print(sheet, landscape=False)
    return found


def _instruct(sheet: Worksheet, run: Run, out: HandedOut, tables: Iterable[BlankTable]) -> None:
    """How to fill it in, and which form is whose."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 84
    sheet.sheet_view.showGridLines = False
    rows: list[tuple[str, str, bool]] = [(f"Hasil uji coba: {run.file.judul}", "", True)]
    rows += [("", "", False), ("Cara mengisi", "", True)]
    rows += [(title, text, False) for title, text in _steps(run, out, tables)]
    if out.facilitators:
        rows += [("", "", False), ("Formulir fasilitator", "Mata pelatihan, pengajar", True)]
        for form in out.facilitators:
            titles = "; ".join(form.titles)
            rows.append((form.code, f"{titles} ({form.role})" if form.role else titles, False))
    for number, (left, right, strong) in enumerate(rows, 1):
        for column, text in enumerate((left, right), 1):
            cell: Any = sheet.cell(number, column, text or None)
            cell.font = Font(_FONT, 14 if number == 1 else 10, bold=strong or column == 1)
            cell.alignment = Alignment("left", "top", wrap_text=number > 1)
        lines = max(1 + len(left) // 24, 1 + len(right) // 82)
        sheet.row_dimensions[number].height = 20 if number == 1 else 13 * lines + 4
    _protect(sheet)
    _print(sheet, landscape=False)


def _steps(run: Run, out: HandedOut, tables: Iterable[BlankTable]) -> Iterator[tuple[str, str]]:
    first, last = out.people[0], out.people[-1]
    scale = ", ".join(f"{value} = {word}" for value, word in enumerate(SCALE, 1))
    yield (
        "Tanpa nama",
        f"Peserta ditulis dengan kodenya saja, {first} sampai {last}: nomor peserta di lembar "
        "jawaban. Jangan menulis nama, NIK, nomor telepon, atau alamat siapa pun.",
    )
    if titles := [table.name.title for table in tables if table.name.letter]:
        yield (
            "Lembar jawaban",
            f"Pisahkan naskah A dan B, lalu urutkan menurut nomor peserta. Buka lembar "
            f"{either(titles)}, cari baris pesertanya, ketik satu huruf lalu tekan Tab; sesudah "
            "soal terakhir, Tab berpindah ke peserta berikutnya. Huruf besar dan kecil sama saja.",
        )
        yield "Jawaban", _ANSWERS
    yield (
        "Evaluasi",
        f"Setiap lembar yang kembali satu baris; nilainya angka 1 sampai {len(SCALE)} ({scale}). "
        "Salin kata-katanya seperlunya, tanpa nama orang.",
    )
    yield from _THE_OTHERS
    yield (
        "Belum lengkap",
        "Tidak apa-apa: yang belum ada dibiarkan kosong. Simpan tetap sebagai .xlsx di tempat ini, "
        f"lalu periksa dengan `pilar check runs/{run.id}.yml`.",
    )


_ANSWERS = (
    "Pilihan ganda: huruf yang dilingkari. Benar atau salah: B atau S. Menjodohkan: huruf "
    "berurutan, misalnya CAB. Isian dan uraian: nilai dari pelatih, 0 atau 1, uraian juga 0,5. "
    f"Tidak dapat dinilai, misalnya dua huruf dilingkari: {SPOILED}. Tidak dijawab: kosongkan."
)
_THE_OTHERS = (
    (
        "Waktu",
        "Menit yang benar-benar terpakai, angka bulat. Kegiatan yang tidak terlaksana dikosongkan.",
    ),
    (
        "Catatan",
        f"Apa yang terjadi, dengan kode yang bersangkutan (lembar {LISTS}): kegiatan, modul, soal, "
        "atau acara. Satu kejadian satu baris.",
    ),
)


def _protect(sheet: Worksheet) -> None:
    """Against typing over what is filled in; without a password, for it may have to be mended."""
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # which allows it


def _print(sheet: Any, *, landscape: bool) -> None:
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Halaman &P dari &N"
