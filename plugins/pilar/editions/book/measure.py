"""Measures finished pages: what lies outside of the text area, or of its cell; rows without heads.

Layout engines let what does not fit run off the sheet without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

TOLERANCE = 1.5
"""CSS pixels (1/96 inch) that do not count: rounding, and side bearings of letters."""

BEYOND = "data-tepi"
"""Attribute of pictures whose margin may lie beyond the edge, as the quiet zone of a QR code."""


@dataclass(frozen=True)
class Misplaced:
    """What is not where it should be on `page` (from 1).

    `element` is that of the HTML; `text` what is printed there, empty for pictures and tables.
    """

    page: int
    element: Any
    what: str
    text: str = ""


def misplaced(document: Any) -> Iterator[Misplaced]:
    """Everything on the pages of a document that is cut off or covers something else."""
    for number, page in enumerate(document.pages, 1):
        sheet = page._page_box  # WeasyPrint shows its boxes under no other name
        left, top = sheet.content_box_x(), sheet.content_box_y()
        area = left, top, left + sheet.width, top + sheet.height
        for box in sheet.children:
            if not isinstance(box, boxes.MarginBox):
                yield from _walk(box, area, number)


def _walk(box: Any, area: tuple[float, float, float, float], page: int) -> Iterator[Misplaced]:
    if isinstance(box, boxes.TextBox):
        if box.text.strip() and _leaves(
            box.position_x, box.position_y, box.width, box.height, area
        ):
            yield Misplaced(page, box.element, "tulisan", box.text.strip())
    elif isinstance(box, boxes.ReplacedBox):
        place = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
        if box.element.get(BEYOND) is None and _leaves(*place, area):
            yield Misplaced(page, box.element, "gambar")
    elif isinstance(box, boxes.TableBox) and _is_headless(box):
        yield Misplaced(page, box.element, "tabel")
    if isinstance(box, boxes.TableCellBox):
        left = box.border_box_x()
        area = left, area[1], min(area[2], left + box.border_width()), area[3]
    for child in getattr(box, "children", ()):
        yield from _walk(child, area, page)


def _leaves(
    x: float, y: float, width: float, height: float, area: tuple[float, float, float, float]
) -> bool:
    left, top, right, bottom = area
    return (
        x < left - TOLERANCE
        or y < top - TOLERANCE
        or x + width > right + TOLERANCE
        or y + height > bottom + TOLERANCE
    )


def _is_headless(table: Any) -> bool:
    """Whether rows of a table stand on a page without the head that the table has."""
    if table.element is None or table.element.find("./thead") is None:
        return False
    groups = [child for child in table.children if isinstance(child, boxes.TableRowGroupBox)]
    return any(not group.is_header for group in groups) and not any(g.is_header for g in groups)
