"""Text of a paper within its paragraphs: white space as HTML shows it, looks as offices do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

from .cascade import Style, hidden, length
from .office_styles import points

INLINE = frozenset("a abbr b br cite code em i small span strong sub sup u".split())
"""What stands within a line."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\N{LINE SEPARATOR}"
"""A `<br>`; a new line in the text itself is a space."""
_BLANK = "\N{NO-BREAK SPACE}"
_BLANK_MM = 0.98
"""Width of a no-break space in the text's font and size: 0.278 em of 10 points."""


class Piece(NamedTuple):
    """Text of one look, a line break, or a place to write on (its width in mm)."""

    text: str
    style: Style
    blank: float = 0


def pieces(element: HtmlElement, styles: Mapping[HtmlElement, Style]) -> Iterator[Piece]:
    """The text of an element within a line. Raises ValueError for what has no counterpart."""
    style = styles[element]
    if hidden(style):
        return
    if element.tag not in INLINE:
        raise ValueError(f"no counterpart of <{element.tag}> within a line")
    if "kosong" in element.classes:
        yield Piece("", style, length(style.get("width", "")) or 40)
    elif element.tag == "br":
        yield Piece(_BREAK, style)
    else:
        yield Piece(element.text or "", style)
    for child in element:
        yield from pieces(child, styles)
        yield Piece(child.tail or "", style)


def tidied(line: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with white space as HTML shows it; none where there is nothing to see."""
    found: list[Piece] = []
    for piece in line:
        if piece.text != _BREAK and not piece.blank:
            text = _SPACES.sub(" ", piece.text)
            if not found or found[-1].text.endswith((" ", _BREAK)):
                text = text.removeprefix(" ")
            piece = piece._replace(text=text)
        elif piece.text == _BREAK and found:
            found[-1] = found[-1]._replace(text=found[-1].text.removesuffix(" "))
        if piece.text or piece.blank:
            found.append(piece)
    if found:
        found[-1] = found[-1]._replace(text=found[-1].text.removesuffix(" "))
    return (piece for piece in found if piece.text or piece.blank)


def add_run(paragraph: Paragraph, piece: Piece, *, plain: bool) -> None:
    """Add a piece; `plain` where the paragraph's style says its size and weight."""
    style = piece.style
    if piece.blank:
        # Underlined spaces: what is typed among them stays on the line. They have no part in
        # where a line of text breaks.
        paragraph.add_run(_BLANK * round(piece.blank / _BLANK_MM)).underline = True
        return
    run = paragraph.add_run(piece.text.replace(_BREAK, "\n"))
    shown = {
        "italic": style.get("font-style") == "italic",
        "underline": style.get("text-decoration") == "underline",
        "superscript": style.get("vertical-align") == "super",
        "subscript": style.get("vertical-align") == "sub",
        "all_caps": style.get("text-transform") == "uppercase",
        "bold": not plain and _bold(style),
        "size": Pt(points(style)) if not plain and points(style) else None,
    }
    for name, value in shown.items():
        if value:
            setattr(run.font, name, value)


def _bold(style: Style) -> bool:
    weight = style.get("font-weight", "")
    return weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
