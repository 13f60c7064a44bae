"""All worksheets as loose sheets, one worksheet a sheet."""

from __future__ import annotations

from typing import Any

from lxml.html import HtmlElement

from pilar.editions.book.worksheets import LINE, set_columns

from .excerpts import Excerpt, excerpts
from .paper import BothEditions

_LINES = (2, 6)
"""Lines that a row of a table has, at the least and at the most."""
_MARGINS, _HEAD = 43, 121
"""What margins take of a sheet's width, and margins and the head of its height, in mm; kertas.css
and lembar-kerja.html set them."""
_TEXT = (85, 5.6)
"""Letters in a line of the instruction, and its height in mm."""


def lembar_kerja(both: BothEditions) -> dict[str, Any] | None:
    """The worksheets of the participants, module by module; None where there are none."""
    sheets = [
        (node, _roomy(excerpt, *both.sheet))
        for node in both.participants.modules
        for excerpt in excerpts(both, node, "lembar-kerja")
    ]
    return {"lembar": sheets} if sheets else None


def _roomy(excerpt: Excerpt, width: int, height: int) -> Excerpt:
    """With as much room to write as the instruction leaves; sizes of the paper in mm."""
    letters, spacing = _TEXT
    parts = excerpt.element.xpath("./div[@class='isi']/*")
    lines = sum(1 + len(part.text_content()) // letters for part in parts)
    for table in excerpt.element.xpath(".//table[@class='isian']"):
        _make_room(table, width - _MARGINS, height - _HEAD - lines * spacing)
    return excerpt


def _make_room(table: HtmlElement, width: float, height: float) -> None:
    """Give a table's rows the height that fills the sheet; one of many rows takes several."""
    set_columns(table, width)
    rows = table.findall("./tbody/tr")
    least, most = (lines * LINE for lines in _LINES)
    for row in rows:
        row.set("style", f"height: {max(least, min(most, height / len(rows))):.1f}mm")
