"""All worksheets as loose sheets, one worksheet a sheet."""

from __future__ import annotations

from typing import Any

from lxml.html import HtmlElement

from pilar.editions.book.worksheets import LINE, set_columns
from pilar.editions.page_fit import height as text_height

from .excerpts import Excerpt, excerpts
from .paper import BothEditions

_LINES = (2, 6)
"""Lines that a row of a table has, at the least and at the most."""
_MARGINS, _HEAD = 43, 92
"""What margins take of a sheet's width; what its height loses to margins, and to a head without its
texts but with three lines in the table's; in mm, of kertas.css and lembar-kerja.html."""
_TITLE, _SMALL = (18, 700, 1.2), (12, 400, 1.4)
"""Size in points, weight and leading of the title; of where it is from, and of the instruction."""


def lembar_kerja(both: BothEditions) -> dict[str, Any] | None:
    """The worksheets of the participants, module by module; None where there are none."""
    sheets = [
        (node, _roomy(excerpt, node.module.meta.judul, *both.sheet))
        for node in both.participants.modules
        for excerpt in excerpts(both, node, "lembar-kerja")
    ]
    return {"lembar": sheets} if sheets else None


def _roomy(excerpt: Excerpt, module: str, width: int, height: int) -> Excerpt:
    """With as much room to write as what is above it leaves; sizes of the paper in mm."""
    width -= _MARGINS
    parts = excerpt.element.xpath("./div[@class='isi']/*[not(descendant-or-self::table)]")
    texts = [f"{module}, {excerpt.page.title}", *(part.text_content() for part in parts)]
    head = text_height([excerpt.title], width, *_TITLE) + text_height(texts, width, *_SMALL)
    for table in excerpt.element.xpath(".//table[@class='isian']"):
        _make_room(table, width, height - _HEAD - head)
    return excerpt


def _make_room(table: HtmlElement, width: float, height: float) -> None:
    """Give a table's rows the height that fills the sheet; one of many rows takes several."""
    set_columns(table, width)
    rows = table.findall("./tbody/tr")
    least, most = (lines * LINE for lines in _LINES)
    for row in rows:
        row.set("style", f"height: {max(least, min(most, height / len(rows))):.1f}mm")
