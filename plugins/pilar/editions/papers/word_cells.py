"""Parts of a .docx that recur, made once to be copied: each is slow to make."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length


@lru_cache(maxsize=16)
def properties_of(style: str) -> Any:
    """Of a paragraph in the style with this id."""
    paragraph: Any = OxmlElement("w:p")
    paragraph.style = style
    return paragraph.pPr


@lru_cache(maxsize=256)
def frame(
    width: Length | None = None,
    columns: int = 1,
    merged: str | None = None,
    bare: Sequence[str] = (),
    middle: bool = False,
) -> Any:
    """A cell without content.

    `merged`: its part in a cell of several rows (ST_Merge); `bare`: edges without a line.
    """
    tc: Any = OxmlElement("w:tc")
    if width is not None:
        tc.width = width
        tc.grid_span = columns
        tc.vMerge = merged
    if bare:
        borders = OxmlElement("w:tcBorders")
        for edge in bare:
            line = OxmlElement(f"w:{edge}")
            line.set(qn("w:val"), "nil")
            borders.append(line)
        tc.get_or_add_tcPr().append(borders)
    if middle:
        tc.get_or_add_tcPr().vAlign_val = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return tc
