"""Fields over the room to write that worksheets leave: a part can be filled in on a screen.

They paint nothing, so that paper shows what it showed before. The page's boxes say where they are;
an interactive form of them all is made when parts are joined (`acroform.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from .acroform import WRITING
from .markup import PLACE, TICK
from .tagging import POINTS

FORM = "data-formulir"
"""Attribute of a body whose places to write become fields; the participants' have it."""
_LABEL = "data-label"
"""Attribute of a place to write: what is written there."""
_CODES = ("data-kode", "data-lembar")
"""Attributes with the code of the block that a place is in."""

_PRINTED, _MULTILINE = 1 << 2, 1 << 12
"""Flags of annotations and of text fields (ISO 32000-1, tables 165 and 228)."""
_TALL = 36
"""Height in points (12.7 mm) from which a field has several lines; cells, which are narrow, always
have."""
_INSET, _OVERLAP = 1.5, 0.5
"""Points by which a field keeps away from the lines around it, and by which one over lines to write
on covers their ends, which viewers draw up to a pixel longer."""
_LONG = 120
"""Letters of the longest text that labels take from beside a field."""
_SIZE = 11
"""Points of text in a field of one line; in others it is smaller where there is much of it."""


def add_fields(html: Any, document: Any, pdf: Any) -> None:
    """Lay a field over each place to write, where the body of `html` says that it is a form.

    Runs in WeasyPrint's finisher. A box that is one has its annotation in `widget_annotation`.
    """
    body = html.find("body")
    if body is None or FORM not in body.attrib:
        return
    parents = {child: parent for parent in html.iter() for child in parent}
    parts: Counter[Any] = Counter()
    for page, number in zip(document.pages, pdf.pages["Kids"][::3], strict=True):
        sheet = pdf.objects[number]
        for box in _places(page._page_box, set()):
            parts[box.element] += 1
            name, label = _name(box.element, parents)
            if parts[box.element] > 1:
                label += f" (lanjutan {parts[box.element] - 1})"
            field = _field(box, page.height, name, label)
            pdf.add_object(field)
            sheet.setdefault("Annots", pydyf.Array()).append(field.reference)
            box.widget_annotation = field


def _places(box: Any, seen: set[Any]) -> Iterator[Any]:
    """The outermost box of each place to write on a page."""
    if isinstance(box, boxes.MarginBox):
        return
    if box.element is not None and box.element.get(PLACE) and box.element not in seen:
        seen.add(box.element)
        yield box
    for child in getattr(box, "children", ()):
        yield from _places(getattr(child, "_box", child), seen)


def _rectangle(box: Any, height: float, inset: float) -> tuple[float, ...]:
    """Where a box is, in points from the lower left corner of a page of this height in pixels."""
    left, top = box.padding_box_x(), box.padding_box_y()
    right, bottom = left + box.padding_width(), top + box.padding_height()
    low = (side * POINTS + inset for side in (left, height - bottom))
    high = (side * POINTS - inset for side in (right, height - top))
    return tuple(round(side, 2) for side in (*low, *high))


def _name(place: Any, parents: Any) -> tuple[str, str]:
    """Name and label of a field: `BLC-LK1-b1k2`; `BLC-LK1, Nama panggilan, Jawaban teman`."""
    code = _above(place, parents, _CODES)
    what = place.get(_LABEL) or ("jawaban" if _is_ruled(place) else "")
    said = filter(None, [code, *_heads(place, parents), what])
    name = filter(None, [code or _above(place, parents, ("id",)), place.get(PLACE)])
    return "-".join(name), ", ".join(said)


def _above(place: Any, parents: Any, names: Sequence[str]) -> str:
    """The first attribute of one of these names above a place; empty where there is none."""
    while (place := parents.get(place)) is not None:
        if found := next(filter(None, map(place.get, names)), ""):
            return str(found)
    return ""


def _heads(place: Any, parents: Any) -> Iterator[str]:
    """What stands beside a place to write: head or number of its row; text of its item."""
    row = parents[place]
    if place.tag == "td":
        head = row.find("th")
        number = list(parents[row]).index(row) + 1
        yield f"baris {number}" if head is None else _text(head)
    elif place.get(PLACE) == TICK:
        while row.tag != "li":
            row = parents[row]
        yield _text(row)


def _is_cell(place: Any) -> bool:
    """Whether it is a cell of a column that says what is written in it."""
    return place.tag == "td" and place.get(_LABEL) is not None


def _is_ruled(place: Any) -> bool:
    """Whether there are lines to write on, as opposed to an empty cell."""
    return bool(place.tag == "div")


def _text(element: Any) -> str:
    return shorten(" ".join(element.itertext()), _LONG, placeholder=" …")


def _field(box: Any, height: float, name: str, label: str) -> Any:
    """The field of a box on a page of this height in pixels."""
    tick = box.element.get(PLACE) == TICK
    inset = 0 if tick else -_OVERLAP if _is_ruled(box.element) else _INSET
    place = _rectangle(box, height, inset)
    entries = {
        "Type": "/Annot",
        "Subtype": "/Widget",
        "FT": "/Btn" if tick else "/Tx",
        "F": _PRINTED,
        "Rect": pydyf.Array(place),
        "T": pydyf.String(name),
        "TU": pydyf.String(label),
    }
    if tick:
        entries |= {"V": "/Off", "AS": "/Off"}
    elif place[3] - place[1] < _TALL and not _is_cell(box.element):
        entries["DA"] = pydyf.String(WRITING.format(_SIZE))
    else:
        entries["Ff"] = _MULTILINE
        if _is_ruled(box.element):  # what is written has a white ground, to be read
            entries["MK"] = pydyf.Dictionary({"BG": pydyf.Array([1])})
    return pydyf.Dictionary(entries)
