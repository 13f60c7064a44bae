"""The tables of a paper as an .xlsx: a sheet each, numbers as numbers, ready to print."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from textwrap import wrap
from typing import Any
from zipfile import ZipFile

from lxml.html import HtmlElement
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pilar.editions.page_fit import POINT
from pilar.model.run import SIZES
from pilar.store.archive import stable

from .cascade import hidden, page, parsed, styles
from .grid import Grid, GridCell
from .paper import FOR_TRAINERS

_NAME = 31
"""Letters that the name of a sheet may have."""
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?")
"""A number as Indonesian writes it: 1.250 or 0,5; a time (08.00) or a code (007) is none."""
_FORMULA = ("=", "+", "-", "@")
_SIZES = {SIZES["A4"]: 9, SIZES["F4"]: 14}
"""Numbers of paper sizes in workbooks: A4, and Folio (8.5 by 13 inches), which is F4."""
_MM_A_UNIT = 1.9
"""Of columns' widths."""
_MM_A_LETTER = 1.75
"""Room that one takes in the font below, rather too much."""
_FONT, _SIZE = "Arial", 10
_POINTS_A_LINE, _POINTS_AROUND = 13, 4
_BLOCKS = frozenset("p div li ul ol section".split())
_LINE = Side(style="thin")


def workbook(html: str, css: str, *, title: str, subject: str = "", epoch: int) -> bytes:
    """Every table of a paper that has a head, as .xlsx; the same input gives the same bytes.

    A sheet bears the name of the table's caption, else of the heading above it. Content is never
    a formula. `css`: what the paper is printed with, `@page` with size and margin included;
    `epoch`: what it names as the moment of its making, in seconds since 1970.
    """
    root = parsed(html)
    found = styles(root, css)
    sheet = page(root, css)
    made = Workbook()
    made.remove(made.worksheets[0])
    describe(made, title, subject, epoch)
    for name, table in _tables(root, title):
        grid = Grid(table, found)
        if grid.head:
            _write(made.create_sheet(_free_name(made, name)), grid, sheet)
    return saved(made)


def describe(made: Workbook, title: str, subject: str, epoch: int) -> None:
    """What a workbook of trainers says of itself; `epoch` as in `workbook`."""
    facts = made.properties
    facts.title, facts.subject, facts.language, facts.creator = title, subject, "id-ID", None
    facts.keywords = FOR_TRAINERS
    facts.created = facts.modified = datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook; the same workbook gives the same."""
    target = io.BytesIO()
    # Workbook.save() would name the moment of writing.
    ExcelWriter(made, ZipFile(target, "w")).save()
    return stable(target.getvalue())


def _tables(root: HtmlElement, title: str) -> Iterator[tuple[str, HtmlElement]]:
    """Every table with its name, in order."""
    heading = title
    for element in root.find("body").iter("h1", "h2", "h3", "table"):
        if element.tag != "table":
            heading = _line(element)
            continue
        caption = element.find("caption")
        yield (heading if caption is None else _line(caption)), element


def _line(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _free_name(made: Workbook, name: str) -> str:
    """A name that a sheet may bear and none of the book bears."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ") or "Tabel"
    used = {sheet.casefold() for sheet in made.sheetnames}
    ends = ("", *(f" ({number})" for number in range(2, len(used) + 2)))
    names = (clean[: _NAME - len(end)].strip() + end for end in ends)
    return next(name for name in names if name.casefold() not in used)


def _write(sheet: Worksheet, grid: Grid, paper: Any) -> None:
    _, right, _, left = paper["margin"]
    widths = grid.widths(paper["size"][0] - left - right)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = round(width / _MM_A_UNIT, 2)
    for cell in grid.cells:
        _fill(sheet, grid, cell)
        _make_room(sheet, cell, sum(widths[cell.column : cell.column + cell.columns]))
    sheet.freeze_panes = f"A{grid.head + 1}"
    sheet.print_title_rows = f"1:{grid.head}"
    _set_page(sheet, paper)


def _fill(sheet: Worksheet, grid: Grid, cell: GridCell) -> None:
    style = grid.styles[cell.element]
    row, column = cell.row + 1, cell.column + 1
    target: Any = sheet.cell(row, column)
    _enter(target, _text(cell.element, grid))
    number = target.data_type == "n" and target.value is not None
    target.font = Font(_FONT, _SIZE, bold=style.get("font-weight") in ("600", "700", "bold"))
    target.alignment = Alignment(
        horizontal="right" if number else None, vertical="top", wrap_text=True
    )
    last_row, last_column = row + cell.rows - 1, column + cell.columns - 1
    for line in sheet.iter_rows(row, last_row, column, last_column):
        for each in line:
            each.border = Border(_LINE, _LINE, _LINE, _LINE)
    if cell.rows * cell.columns > 1:
        sheet.merge_cells(None, row, column, last_row, last_column)


def _enter(target: Cell, text: str) -> None:
    if _NUMBER.fullmatch(text):
        whole, _, rest = text.replace(".", "").partition(",")
        target.value = float(f"{whole}.{rest}") if rest else int(whole)
        target.number_format = "#,##0.##" if rest else "#,##0"
    elif text:
        target.value = text
        if text.startswith(_FORMULA):
            target.data_type = "s"
            target.quotePrefix = True  # and stays text when it is edited


def _text(element: HtmlElement, grid: Grid) -> str:
    """What a cell says, a line for each block and break."""
    lines = "".join(_parts(element, grid)).split("\n")
    return "\n".join(line for raw in lines if (line := " ".join(raw.split())))


def _parts(element: HtmlElement, grid: Grid) -> Iterator[str]:
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        if not hidden(grid.styles[child]):
            apart = "\n" if child.tag in _BLOCKS or child.tag == "br" else ""
            yield apart + ("• " if child.tag == "li" else "")
            yield from _parts(child, grid)
            yield apart
        yield re.sub(r"\s+", " ", child.tail or "")


def _make_room(sheet: Worksheet, cell: GridCell, width: float) -> None:
    """Make the row as high as a cell `width` mm wide asks for: not every office does it itself."""
    if cell.rows > 1:
        return
    letters = max(1, int(width / _MM_A_LETTER) - 1)
    text = str(sheet.cell(cell.row + 1, cell.column + 1).value or "")
    lines = sum(len(wrap(line, letters)) or 1 for line in text.split("\n"))
    row = sheet.row_dimensions[cell.row + 1]
    row.height = max(row.height or 0, lines * _POINTS_A_LINE + _POINTS_AROUND)


def _set_page(sheet: Any, paper: Any) -> None:
    width, height = paper["size"]
    sheet.page_setup.orientation = "landscape" if width > height else "portrait"
    sheet.page_setup.paperSize = str(_SIZES[min(width, height), max(width, height)])
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    top, right, bottom, left = (edge / POINT / 72 for edge in paper["margin"])
    sheet.page_margins.top, sheet.page_margins.right = top, right
    sheet.page_margins.bottom, sheet.page_margins.left = bottom, left
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Halaman &P dari &N"
