"""Tables of a page made ready for a phone: those too wide for it are stacked, all may scroll."""

from __future__ import annotations

from lxml.html import HtmlElement
from lxml.html.builder import E

SCROLLED = "gulir"
"""Class of what scrolls sideways; pilar.js makes it a region that the keyboard reaches."""
STACKED = "susun"
"""Class of a table whose rows stand one below the other on a phone, each cell under its head.

Heads are put there by pilar.js, as in worksheets: said again with each cell, they would weigh much.
Without scripts these tables scroll like the others.
"""
ROOM = 34
"""Characters beside each other on a screen of 320 px (1.4.10 of WCAG 2.2), less its margins."""
_BETWEEN = 2
"""Characters that the margin of a column takes."""
_EASY = 12
"""Characters of a line that reads easily; a cell may be narrower where its text is shorter."""


def fit_tables(body: HtmlElement) -> None:
    """Put each table of a page into a box that scrolls, and mark those to be stacked."""
    for table in list(body.iter("table")):
        parent = table.getparent()
        if SCROLLED not in " ".join(parent.classes):
            box = E.div({"class": SCROLLED})
            box.tail, table.tail = table.tail, None
            parent.replace(table, box)
            box.append(table)
        if not table.get("class") and _is_wide(table):
            table.classes.add(STACKED)


def _is_wide(table: HtmlElement) -> bool:
    """Whether a table with one head for each of its cells is wider than a phone."""
    rows = [list(row) for row in table.iter("tr")]
    if table.find("thead") is None or {len(row) for row in rows} != {len(rows[0])}:
        return False
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
        return False
    texts = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    return sum(_BETWEEN + _width(column) for column in zip(*texts, strict=True)) > ROOM


def _width(column: tuple[str, ...]) -> int:
    """Characters that a column needs, so that no word of it is cut and its lines read easily."""
    words = (len(word) for text in column for word in text.split())
    return max(*words, min(_EASY, max(map(len, column))), 1)
