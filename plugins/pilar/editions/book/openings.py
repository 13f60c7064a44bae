"""Keeps what is read at one glance on one page or on two that face each other.

A style sheet knows no openings: a left page, which has an even number, and the right one after it.
In books, `break-inside: avoid-page` means this: a block may run over from a left page to the right
one that it faces, but over a sheet that is turned only if it is taller than a page. So one layout
is enough, but for blocks that would end behind the right page: these are brought to the next
opening, first ones first, each with another layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block as block_layout
from weasyprint.layout import table as table_layout

from pilar.model.memoize import memoized

from .measure import misplaced
from .page_quality import HALF, Span
from .page_walk import page_quality

GLANCE = "kegiatan"
"""Class of the blocks: an activity with the trainers' notes."""
WHOLE, NEXT = "utuh", "lembar-baru"
"""Classes that bring a block to one page or to the next opening (isi.css)."""
LOOSE = "renggang"
"""Class of a body in which lines stand further apart (buku.css)."""
FULL = 0.92
"""Mean fill of pages (page_quality.py) that need not be better."""
_ROUNDING = 0.002
_TRIALS = 8
"""Layouts added at the most; those of real modules need none or one."""


def avoids_break(rule: str, context: Any) -> bool:
    """Whether WeasyPrint avoids a break with this value of `break-*` on the page it lays out."""
    facing = context.current_page % 2 == 0
    named = ("avoid", "avoid-column") if context.in_column else ("avoid",)
    return rule in named or (rule == "avoid-page" and not facing)


# WeasyPrint asks this one function whenever something does not fit, and has no other way in.
block_layout.avoid_page_break = table_layout.avoid_page_break = avoids_break


@dataclass(frozen=True)
class Extent:
    """Where a block begins and how tall it is, in pages from 0 and their fractions: what begins
    at 3.25 is on the fourth.
    """

    element: Any
    begin: float
    height: float

    @property
    def stands_ill(self) -> bool:
        """Whether it is cut, and might not be if it were moved."""
        moved = {WHOLE, NEXT} & set(_classes(self.element))
        return not moved and self.height <= 2 and cut(self.begin, self.height)


def on_openings(document: Any, layout: Callable[[], Any]) -> Any:
    """The document, or the best of those laid out anew, with blocks moved or lines further apart.

    Best is what has least outside its place, then fewest blocks cut, then least that stands alone,
    then fullest pages. Where these are less full than FULL, or one than HALF, room may serve
    reading: LOOSE is tried once, and kept if better. Without activities, as in front matter and on
    papers, nothing is done.
    """
    if not extents(document):
        return document
    dense = _moved(document, layout)
    if _rank(dense) < (0, 0, 0, -FULL) and min(_fills(dense)) >= HALF:
        return dense
    body = document.pages[0]._page_box.children[0].children[0].element
    for element in (block.element for block in extents(document)):
        kept = [name for name in _classes(element) if name not in (WHOLE, NEXT)]
        element.set("class", " ".join(kept))
    _add_class(body, LOOSE)
    return min(dense, _moved(layout(), layout), key=_rank)


def _moved(document: Any, layout: Callable[[], Any]) -> Any:
    """The document with blocks moved that are cut.

    Those before the first that is moved stay where they are, so that no move is in vain.
    """
    laid_out = [document]
    for _ in range(_TRIALS):
        block = next((found for found in extents(laid_out[-1]) if found.stands_ill), None)
        if block is None:
            break
        moved = WHOLE if block.height <= 1 else NEXT
        _add_class(block.element, moved)
        laid_out.append(layout())
    return min(laid_out, key=_rank)


@memoized
def _rank(document: Any) -> tuple[int, int, int, float]:
    cuts = sum(cut(block.begin, block.height) for block in extents(document))
    outside = sum(1 for _ in misplaced(document))
    return outside, cuts, len(page_quality(document).lone), -fmean(_fills(document))


def _fills(document: Any) -> list[float]:
    """Of the pages that are to be filled; one that is full, if there are none."""
    return [fill for fill in page_quality(document).fills if fill is not None] or [1.0]


def extents(document: Any) -> tuple[Extent, ...]:
    """Of each block of GLANCE, in order."""
    found: dict[Any, Extent] = {}
    for number, page in enumerate(document.pages):
        sheet = page._page_box  # WeasyPrint shows its boxes under no other name
        for box in _blocks(sheet):
            top = (box.border_box_y() - sheet.content_box_y()) / sheet.height
            end = number + top + box.border_height() / sheet.height
            first = found.get(box.element, Extent(box.element, number + top, 0))
            found[box.element] = replace(first, height=end - first.begin)
    return tuple(found.values())


def _blocks(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.BlockBox) and GLANCE in _classes(child.element):
            yield child
        elif not isinstance(child, boxes.MarginBox):
            yield from _blocks(child)


def _classes(element: Any) -> list[str]:
    return str(element.get("class", "")).split() if element is not None else []


def _add_class(element: Any, name: str) -> None:
    element.set("class", " ".join([*_classes(element), name]))


def cut(begin: float, height: float) -> bool:
    """Whether a reader has to turn a sheet within a block, given in pages from 0."""
    return Span("", int(begin + _ROUNDING), int(begin + height - _ROUNDING)).openings > 1
