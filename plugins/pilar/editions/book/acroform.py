"""The interactive form of a book: all fields of its parts (ISO 32000-1, 12.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, count

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from .form_font import NAME, form_font

_TICKED = b"1.5 w 2 5 m 4.2 2.5 l 8 8 l S"
"""A tick, in a square of 10 units."""
WRITING = f"{NAME} {{}} Tf 0 g"
"""Operators that set font, its size and black; size 0 is chosen by viewers."""


def collect_fields(book: Pdf, notes: Iterable[Object], known: Sequence[str] = ()) -> list[str]:
    """Add the fields among the annotations to the book's form; of several of one name, number them.

    `known` are the names of those that the form has; gives the names of the others.
    """
    fields = [note for note in notes if note.Subtype == Name.Widget]
    if not fields:
        return []
    states = Dictionary(Off=_drawing(book, b"", 10, 10), Ya=_drawing(book, _TICKED, 10, 10))
    used = set(known)
    for field in fields:
        if Name.Btn == field.FT:
            field.AP = Dictionary(N=states)
        elif Name.MK in field:  # without an appearance viewers make one, white over the lines
            left, bottom, right, top = map(float, field.Rect)
            field.AP = Dictionary(N=_drawing(book, b"", right - left, top - bottom))
        name = str(field.T)
        free = chain([name], (f"{name}-{number}" for number in count(2)))
        field.T = String(next(one for one in free if one not in used))
        used.add(str(field.T))
    if Name.AcroForm not in book.Root:
        book.Root.AcroForm = book.make_indirect(
            Dictionary(
                Fields=Array(),
                DA=String(WRITING.format(0)),
                DR=Dictionary(Font=Dictionary({NAME: form_font(book)})),
            )
        )
    book.Root.AcroForm.Fields.extend(fields)
    return [str(field.T) for field in fields]


def _drawing(book: Pdf, content: bytes, width: float, height: float) -> Object:
    """An appearance of a field: a form XObject of this size in points."""
    box = Array([0, 0, round(width, 2), round(height, 2)])
    return book.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box)
