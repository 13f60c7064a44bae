"""All worksheets as loose sheets, one worksheet a sheet."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from .excerpts import Excerpt, excerpts
from .paper import BothEditions

LINE = 8.5
"""Height of a line written by hand, in mm."""
_LINES = (2, 6)
"""Lines that a row of a table has, at the least and at the most."""
_MARGINS, _HEAD = 43, 121
"""What margins take of a sheet's width, and margins and the head of its height, in mm; kertas.css
and lembar-kerja.html set them."""
_TEXT = (85, 5.6)
"""Letters in a line of the instruction, and its height in mm."""
_LABELS = (20, 34, 46, 62)
"""Widths of the column of labels in mm: the first in which the longest takes two lines, and no word
is broken."""
_LETTER, _WIDEST, _PADDING = 1.9, 2.4, 4
"""Width in mm of a letter on the average and of those of a long word; of both margins of a cell."""


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
    """Give a table's columns their widths, and its rows the height that fills the sheet.

    Fixed layout takes widths from the columns or the first row, not from those below (CSS 2.1,
    17.5.2.1). A table of many rows takes several sheets.
    """
    rows = table.findall("./tbody/tr")
    labels = [row[0].text_content() for row in rows if row[0].tag == "th"]
    count = len(table.find("./thead/tr"))
    columns = etree.Element("colgroup")
    for column in _widths(labels, count, width):
        etree.SubElement(columns, "col", {"style": f"width: {column:.1f}mm"})
    table.insert(0, columns)
    least, most = (lines * LINE for lines in _LINES)
    for row in rows:
        row.set("style", f"height: {max(least, min(most, height / len(rows))):.1f}mm")


def _widths(labels: list[str], count: int, width: float) -> list[float]:
    """Of each column in mm: labels as wide as they need, all others alike."""
    if not labels:
        return [width / count] * count
    words = [word for label in labels for word in label.split()]
    longest = max(max(map(len, labels)) * _LETTER / 2, max(map(len, words)) * _WIDEST) + _PADDING
    first = next((label for label in _LABELS if label >= longest), _LABELS[-1])
    return [first] + [(width - first) / (count - 1)] * (count - 1)
