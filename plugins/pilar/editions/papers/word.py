"""The HTML of a paper as a .docx that an office goes on writing in.

Headings, lists and tables are real ones, numbers of pages are fields, heads of tables stand on
every page. What has no counterpart is an error, never left out.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

from pilar.store.archive import stable

from .cascade import Style, hidden, length, page, parsed, styles
from .grid import Grid, GridCell
from .office_styles import CELL, PADDING, SMALLEST, UNMARKED, UNRULED, ListStyles, blank
from .paper import FOR_TRAINERS
from .pieces import INLINE, Piece, add_run, pieces, tidied
from .word_cells import frame, properties_of

_FLOWING = frozenset("article body div figure footer header main section".split())
_LISTS = {"ul": "List Bullet", "ol": "List Number"}
_EDGES = ("top", "left", "bottom", "right")
_NONE = ("0", "none", "hidden")
_ALIGNMENTS = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class _Place:
    """Where blocks are written: into what, how wide it is and begins in mm, and how they look."""

    into: Any
    width: float
    look: str = "Normal"
    indent: float = 0
    lists: int = 0
    """How many lists it lies in."""


def document(
    html: str,
    css: str,
    *,
    title: str,
    subject: str = "",
    epoch: int,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The paper as .docx; the same input gives the same bytes.

    `css`: what it is printed with, `@page` with size and margin included; `epoch`: what it names
    as the moment of its making, in seconds since 1970; `pictures`: PNG by the `src` that shows it.
    Raises ValueError for an element that has no counterpart.
    """
    root = parsed(html)
    found = styles(root, css)
    made = blank({str(head.tag): found[head] for head in root.iter("h1", "h2", "h3")})
    _describe(made, title, subject, epoch)
    sheet = page(root, css)
    _set_page(made, sheet)
    _, right, _, left = sheet["margin"]
    width = sheet["size"][0] - left - right
    body = root.find("body")
    _write_foot(made, body, title, width)
    _Writer(made, found, pictures).flow(body, _Place(made, width))
    target = io.BytesIO()
    made.save(target)
    return stable(target.getvalue())


def _describe(made: Document, title: str, subject: str, epoch: int) -> None:
    facts = made.core_properties
    facts.title, facts.subject, facts.language = title, subject, "id-ID"
    facts.keywords = FOR_TRAINERS
    facts.author = facts.comments = facts.last_modified_by = ""
    facts.created = facts.modified = datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)


def _set_page(made: Document, sheet: Any) -> None:
    section = made.sections[0]
    width, height = sheet["size"]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    top, right, bottom, left = map(Mm, sheet["margin"])
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.footer_distance = Mm(10)


def _write_foot(made: Document, body: HtmlElement, title: str, width: float) -> None:
    """What the foot of the printed page says: the paper, whether it is a draft, the page."""
    line = made.sections[0].footer.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(body.get("data-kaki", title))
    if draft := body.get("data-draf"):
        line.add_run(f" ({draft})").bold = True
    line.add_run("\tHalaman ")
    _add_field(line, "PAGE")
    line.add_run(" dari ")
    _add_field(line, "NUMPAGES")


def _add_field(line: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    line._p.append(field)
    field.append(line.add_run("1")._r)


class _Writer:
    """Writes elements into the document, in order."""

    def __init__(
        self, made: Document, found: dict[HtmlElement, Style], pictures: Mapping[str, bytes]
    ) -> None:
        self.styles = found
        self.pictures = pictures
        self.looks = {style.name: style.style_id for style in made.styles}
        self.numbering = ListStyles(made)
        self.paragraphs: list[Paragraph] = []
        self.on_new_page = False
        """Whether the next paragraph begins a page."""
        self.marker: tuple[int, int] | None = None
        """Number and level of the list whose item the next paragraph begins."""

    def flow(self, element: HtmlElement, place: _Place) -> None:
        """Write what an element holds: paragraphs where there are blocks, else one."""
        style = self.styles[element]
        line = [Piece(element.text or "", style)]
        for child in element:
            if child.tag in INLINE:
                line += pieces(child, self.styles)
            else:
                self._paragraph(line, style, place)
                line = []
                self._block(child, place)
            line.append(Piece(child.tail or "", style))
        self._paragraph(line, style, place)

    def _block(self, element: HtmlElement, place: _Place) -> None:
        style = self.styles[element]
        if hidden(style):
            return
        first = len(self.paragraphs)
        if {"page", "right"} & {style.get("break-before"), style.get("page-break-before")}:
            self.on_new_page = True
        self._write(element, _moved(style, place))
        if element.tag == "div" and (top := length(style.get("margin", "").split(" ")[0])):
            self.paragraphs[first].paragraph_format.space_before = Mm(top)
        if style.get("break-inside") == "avoid":
            for paragraph in self.paragraphs[first:-1]:
                paragraph.paragraph_format.keep_with_next = True
        if style.get("break-after") == "avoid" and self.paragraphs:
            self.paragraphs[-1].paragraph_format.keep_with_next = True

    def _write(self, element: HtmlElement, place: _Place) -> None:
        tag = str(element.tag)
        if tag == "table":
            self._table(element, place)
        elif tag in _LISTS:
            self._list(element, place)
        elif tag in ("h1", "h2", "h3"):
            self.flow(element, replace(place, look=f"Heading {tag[1]}"))
        elif tag == "p" or tag in _FLOWING:
            self.flow(element, place)
        elif tag == "figcaption":
            self.flow(element, replace(place, look="Caption"))
        elif tag == "img" and element.get("src") in self.pictures:
            self._picture(element, place)
        else:
            raise ValueError(f"no counterpart of <{tag}>")

    def _picture(self, element: HtmlElement, place: _Place) -> None:
        """A picture as wide as its place, with its text for those who do not see it."""
        data = io.BytesIO(self.pictures[element.get("src")])
        run = self._add_paragraph(place).add_run()
        run.add_picture(data, width=Mm(place.width))
        (about,) = run._r.iter(qn("wp:docPr"))
        about.set("descr", element.get("alt"))

    def _list(self, element: HtmlElement, place: _Place) -> None:
        style = self.styles[element]
        bare = "none" in (style.get("list-style"), style.get("list-style-type"))
        number = UNMARKED if bare else self.numbering.begin(element)
        inner = replace(place, look=_LISTS[element.tag], lists=place.lists + 1)
        for item in element:
            if item.tag != "li":
                raise ValueError(f"no counterpart of <{item.tag}> in a list")
            if not hidden(self.styles[item]):
                self.marker = number, place.lists
                self.flow(item, inner)
                if self.marker:  # an empty item: a number to write beside
                    self._add_paragraph(inner)

    def _paragraph(self, line: Sequence[Piece], style: Style, place: _Place) -> None:
        line = list(tidied(line))
        if not line:
            return
        paragraph = self._add_paragraph(place)
        paragraph.paragraph_format.alignment = _ALIGNMENTS.get(style.get("text-align", ""))
        for piece in line:
            add_run(paragraph, piece, plain=place.look.startswith("Heading"))

    def _append(self, into: Any, look: str) -> Paragraph:
        paragraph: Paragraph = into.add_paragraph()
        if look != "Normal":
            # The library looks through all styles for a name, and again for the default one.
            paragraph._p.insert(0, deepcopy(properties_of(self.looks[look])))
        self.paragraphs.append(paragraph)
        return paragraph

    def _add_paragraph(self, place: _Place) -> Paragraph:
        paragraph = self._append(place.into, place.look)
        shape = paragraph.paragraph_format
        if place.indent:
            shape.left_indent = Mm(place.indent)
        if self.on_new_page:
            shape.page_break_before, self.on_new_page = True, False
        if self.marker:
            self.numbering.mark(paragraph, *self.marker)
            self.marker = None
        elif place.lists:
            self.numbering.mark(paragraph, UNMARKED, place.lists - 1)
        return paragraph

    def _table(self, element: HtmlElement, place: _Place) -> None:
        caption = element.find("caption")
        if caption is not None:
            self.flow(caption, replace(place, look="Caption"))
        grid = Grid(element, self.styles)
        declared = self.styles[element].get("width", "")
        widths = grid.widths(length(declared, place.width) or place.width)
        ruled = any(
            self.styles[cell.element].get("border", "0") not in _NONE for cell in grid.cells
        )
        table = _new_table(place, widths, "Table Grid" if ruled else UNRULED)
        for number, row in enumerate(grid.rows):
            self._row(table, grid, number, self.styles[row], widths)
        # Two tables without a paragraph between them become one, and none may end a document.
        self._append(place.into, SMALLEST)

    def _row(
        self, table: Table, grid: Grid, number: int, style: Style, widths: Sequence[float]
    ) -> None:
        row = table._tbl.add_tr()
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        heights = [length(style.get("height", ""))]
        column = 0
        while column < grid.columns:
            cell = grid.covered.get((number, column))
            heights.append(self._cell(table, row, cell, number, widths[column:]))
            column += cell.columns if cell else 1
        if any(heights):
            row.trHeight_val = Mm(max(heights))
        if number < grid.head:
            properties.append(OxmlElement("w:tblHeader"))

    def _cell(
        self, table: Table, row: Any, cell: GridCell | None, number: int, widths: Sequence[float]
    ) -> float:
        """Write a cell, or its part in a further row that it spans; the height it asks for."""
        if cell is None:
            row.append(deepcopy(frame()))
            self._append(_Cell(row[-1], table), CELL)
            return 0
        style = self.styles[cell.element]
        width = sum(widths[: cell.columns])
        merged = "restart" if number == cell.row else "continue"
        empty = frame(
            Mm(width),
            cell.columns,
            merged if cell.rows > 1 else None,
            tuple(edge for edge in _EDGES if _is_bare(style, edge)),
            style.get("vertical-align") == "middle",
        )
        row.append(tc := deepcopy(empty))
        made = _Cell(tc, table)
        if number == cell.row:
            padding = 0 if style.get("border") in _NONE else 2 * PADDING
            self.flow(cell.element, _Place(made, width - padding, CELL))
        if not made.paragraphs or tc[-1].tag != qn("w:p"):
            self._append(made, CELL)
        return length(style.get("height", "")) if cell.rows == 1 else 0


def _moved(style: Style, place: _Place) -> _Place:
    """A block of a stated width that is pushed to the right (`margin-left: auto`)."""
    width = length(style.get("width", ""), place.width)
    auto = style.get("margin-left", style.get("margin", "").split(" ")[-1]) == "auto"
    if not (auto and width):
        return place
    return replace(place, indent=place.indent + place.width - width, width=width)


def _new_table(place: _Place, widths: Sequence[float], style: str) -> Table:
    if isinstance(place.into, _Cell):
        raise ValueError("no counterpart of a table in a table")
    table: Table = place.into.add_table(rows=0, cols=len(widths))
    table.style = style
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _is_bare(style: Style, edge: str) -> bool:
    return style.get(f"border-{edge}", style.get("border")) in _NONE
