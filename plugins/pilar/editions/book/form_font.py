"""The font in which fields of forms are filled in: embedded, as all text of a PDF/UA file must be.

Viewers find it by its name in the form; nothing is printed in it before somebody writes.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

from pilar.store.fonts import OWN, SANS

NAME = "/Isian"
"""What fields call it."""
_SUBSET = Name("/PILARI+Source-Sans-Pro")
"""Its own name, with the mark of a subset (ISO 32000-1, 9.6.4)."""
_CODEC = "cp1252"
"""Python's name of WinAnsiEncoding (ISO 32000-1, annex D.2)."""
_FIRST, _LAST = 32, 255
_NONSYMBOLIC = 1 << 5
"""Flag of fonts with Latin letters (ISO 32000-1, table 123)."""


def form_font(book: Pdf) -> Object:
    """The font as an object of a book: all signs of Windows' Latin code page, about 11 kB."""
    data, metrics, widths = _subset()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_SUBSET,
        Flags=_NONSYMBOLIC,
        ItalicAngle=0,
        StemV=80,
        FontFile2=book.make_stream(data, Length1=len(data)),
        **metrics,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=_SUBSET,
        Encoding=Name.WinAnsiEncoding,
        FirstChar=_FIRST,
        LastChar=_LAST,
        Widths=Array(widths),
        FontDescriptor=book.make_indirect(descriptor),
    )
    return book.make_indirect(font)


@cache
def _subset() -> tuple[bytes, dict[str, Any], list[int]]:
    """The font file; its metrics and the widths of its signs, in thousandths of the font size."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    face = next(f for f in OWN if (f.family, f.style, f.weight) == (SANS, "normal", 400))
    signs = [bytes([code]).decode(_CODEC, "replace") for code in range(_FIRST, _LAST + 1)]
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[], glyph_names=False)
    options.drop_tables += ["OS/2", "name", "post", "BASE", "DSIG"]
    with TTFont(io.BytesIO(face.data), recalcTimestamp=False) as font:
        head, lines, capitals = font["head"], font["hhea"], font["OS/2"].sCapHeight
        scale = 1000 / head.unitsPerEm
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(signs))
        subsetter.subset(font)
        glyphs, advances = font.getBestCmap(), font["hmtx"]
        widths = [round(advances[glyphs.get(ord(s), ".notdef")][0] * scale) for s in signs]
        corners = (head.xMin, head.yMin, head.xMax, head.yMax)
        metrics: dict[str, Any] = {
            "FontBBox": Array([round(side * scale) for side in corners]),
            "Ascent": round(lines.ascent * scale),
            "Descent": round(lines.descent * scale),
            "CapHeight": round(capitals * scale),
        }
        target = io.BytesIO()
        font.save(target)
    return target.getvalue(), metrics, widths
