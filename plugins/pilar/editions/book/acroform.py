"""The interactive form of a book: all fields of its parts (ISO 32000-1, 12.7)."""

from __future__ import annotations

from collections import Counter

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from .form_font import NAME, form_font

_TICKED = b"1.5 w 2 5 m 4.2 2.5 l 8 8 l S"
"""A tick, in a square of 10 units."""
WRITING = f"{NAME} {{}} Tf 0 g"
"""Operators that set font, its size and black; size 0 is chosen by viewers."""


def collect_fields(book: Pdf) -> None:
    """Make one form of all fields on the pages of a book; of several of one name, number them."""
    notes = [note for page in book.pages for note in page.obj.get(Name.Annots, Array())]
    fields = [note for note in notes if note.Subtype == Name.Widget]
    if not fields:
        return
    states = Dictionary(Off=_drawing(book, b"", 10, 10), Ya=_drawing(book, _TICKED, 10, 10))
    used: Counter[str] = Counter()
    for field in fields:
        if Name.Btn == field.FT:
            field.AP = Dictionary(N=states)
        elif Name.MK in field:  # without an appearance viewers make one, white over the lines
            left, bottom, right, top = map(float, field.Rect)
            field.AP = Dictionary(N=_drawing(book, b"", right - left, top - bottom))
        name = str(field.T)
        used[name] += 1
        if used[name] > 1:
            field.T = String(f"{name}-{used[name]}")
    book.Root.AcroForm = book.make_indirect(
        Dictionary(
            Fields=Array(fields),
            DA=String(WRITING.format(0)),
            DR=Dictionary(Font=Dictionary({NAME: form_font(book)})),
        )
    )


def _drawing(book: Pdf, content: bytes, width: float, height: float) -> Object:
    """An appearance of a field: a form XObject of this size in points."""
    box = Array([0, 0, round(width, 2), round(height, 2)])
    return book.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box)
