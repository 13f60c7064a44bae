"""The text of laid out pages, as printed between head and foot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

_HYPHENS = "‐\u00ad"
"""Signs that end a line in which WeasyPrint has divided a word."""


def page_texts(document: Any) -> tuple[str, ...]:
    """The text of each page of a document of WeasyPrint, a paragraph's lines joined."""
    return tuple(_joined(_lines(page._page_box)) for page in document.pages)


def _joined(lines: Iterator[str]) -> str:
    text = ""
    for line in lines:
        text = text.rstrip(_HYPHENS) + line if text.endswith(tuple(_HYPHENS)) else f"{text} {line}"
    return " ".join(text.replace("\u00ad", "").split())


def _lines(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.LineBox):
        yield "".join(_letters(box)).strip()
    elif not isinstance(box, boxes.MarginBox):
        for child in getattr(box, "children", ()):
            yield from _lines(child)


def _letters(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.TextBox):
        yield box.text
    elif isinstance(box, boxes.LineBox):
        yield " "
    for child in getattr(box, "children", ()):
        yield from _letters(child)
