"""Measures how good the pages of a document are (`page_quality.py`), box by box."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from .page_quality import Lone, PageQuality, Span

UNFILLED = {"sampul", "depan", "pembuka", "catatan"}
"""Names of pages (`page` in overrides/buku/*.css) that are not there to be filled."""
SHORT = 2
"""Lines of the longest item or row that reads as a mistake where it stands alone."""

_HEADS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt"}
_HEAD_CLASSES = {"label", "kepala", "admonition-title"}
_LISTS, _ITEMS = {"ul", "ol", "tbody"}, {"li", "tr"}


def page_quality(document: Any) -> PageQuality:
    """Measure a document that WeasyPrint has laid out."""
    walk = _Walk()
    for number, page in enumerate(document.pages):
        for box in page._page_box.children:  # WeasyPrint shows its boxes under no other name
            if not isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox):
                walk.visit(box, number, "", head=False)
    last = len(document.pages) - 1
    return PageQuality(
        tuple(
            None if number == last else _fill(page._page_box, walk.bottoms[number])
            for number, page in enumerate(document.pages)
        ),
        tuple(Span(code, min(on), max(on)) for code, on in walk.activities.items()),
        tuple(sorted({*walk.lone()} - {Lone(last, "judul")})),
    )


def _fill(sheet: Any, bottom: float) -> float | None:
    if sheet.page_type.blank or sheet.page_type.name in UNFILLED:
        return None
    share: float = (bottom - sheet.content_box_y()) / sheet.height
    return round(min(max(share, 0), 1), 3)


class _Walk:
    """Gathers what there is on each page, from 0."""

    def __init__(self) -> None:
        self.bottoms: dict[int, float] = defaultdict(float)
        """Lowest ink, in CSS pixels (1/96 inch) from the page's upper edge."""
        self.heads: dict[int, bool] = {}
        """Whether the last that is printed is a heading, or the head of a table."""
        self.activities: dict[str, set[int]] = defaultdict(set)
        self.lines: dict[Any, Counter[int]] = defaultdict(Counter)
        """Lines of an element on each page."""
        self.items: dict[Any, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
        """Boxes of the items of a list, or of the rows of a table, on each page."""

    def visit(self, box: Any, page: int, code: str, *, head: bool) -> None:
        """Note a box, which is in the activity `code` and in the `head` of something, or not."""
        if box.is_outside_marker:
            return
        names = set() if box.element is None else set(box.element.get("class", "").split())
        if "kegiatan" in names:
            code = box.element.get("data-kode", "")
        head = head or box.element_tag in _HEADS or bool(names & _HEAD_CLASSES)
        head = head or getattr(box, "is_header", False)
        bottom = _ink(box)
        if bottom is not None:
            self.bottoms[page] = max(self.bottoms[page], bottom)
            if code:
                self.activities[code].add(page)
            if not box.children or isinstance(box, boxes.TableCellBox):
                self.heads[page] = head
        if not head:  # that of a table stands on each of its pages
            self._count(box, page)
        for child in box.children:
            self.visit(child, page, code, head=head)

    def _count(self, box: Any, page: int) -> None:
        if lines := sum(isinstance(child, boxes.LineBox) for child in box.children):
            self.lines[box.element][page] += lines
        if box.element_tag in _LISTS:
            items = (child for child in box.children if child.element_tag in _ITEMS)
            self.items[box.element][page] += items

    def lone(self) -> Iterator[Lone]:
        """What stands alone, the heading at the foot of the last page included."""
        yield from (Lone(page, "judul") for page, head in self.heads.items() if head)
        for lines in self.lines.values():
            if len(lines) > 1:
                yield from (Lone(page, "larik") for page, count in lines.items() if count == 1)
        for pages in self.items.values():
            times = Counter(item.element for items in pages.values() for item in items)
            singles = ((page, items[0]) for page, items in pages.items() if len(items) == 1)
            for page, item in singles:
                whole = times[item.element] == 1 < len(times)
                if whole and _lines_of(item) <= SHORT:
                    yield Lone(page, "baris" if item.element_tag == "tr" else "butir")


def _ink(box: Any) -> float | None:
    """How far down a box itself prints, in CSS pixels; None if it prints nothing."""
    if isinstance(box, boxes.TextBox):
        return float(box.position_y + box.height) if box.text.strip() else None
    if isinstance(box, boxes.ReplacedBox) or getattr(box, "border_bottom_width", False):
        return float(box.border_box_y() + box.border_height())
    top = getattr(box, "border_top_width", 0)
    return float(box.border_box_y() + top) if top else None


def _lines_of(item: Any) -> int:
    lines = (box for box in item.descendants() if isinstance(box, boxes.LineBox))
    return len({round(line.position_y) for line in lines})
