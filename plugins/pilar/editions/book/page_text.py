"""The text of laid out pages, as printed between head and foot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

_SOFT = "\u00ad"
"""Where a word may be divided."""


def page_texts(document: Any) -> tuple[str, ...]:
    """The text of each page of a document of WeasyPrint, a paragraph's lines joined."""
    return tuple(_joined(_lines(page._page_box)) for page in document.pages)


def _joined(lines: Iterator[str]) -> str:
    """A word divided at the end of a line is given whole behind its two halves: the hyphen of the
    style sheet may be the word's own too.
    """
    text = ""
    for line in lines:
        if text.endswith("-") and line:
            half = text[text.rfind(" ") + 1 : -1].rstrip(_SOFT)
            text = f"{text}{line[: len(line.split()[0])]} {half}{line}"
        else:
            text = f"{text} {line}"
    return " ".join(text.replace(_SOFT, "").split())


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
