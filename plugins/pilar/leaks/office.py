"""Texts of office documents as their readers see them: of each paragraph or cell, one line.

Writers divide a paragraph into runs at will, amid words too: where the font, the language or an
edit begins (ECMA-376 part 1, 17.3.2 and 18.4.8; OpenDocument 1.3 part 3, 6.1). Formatted with line
breaks between its elements, as python-docx and editors may, a file says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FORMATS = ("openxmlformats.org", "purl.oclc.org/ooxml", "oasis:names:tc:opendocument")
"""One of them is in the name space of every document of Office and LibreOffice."""

_PARAGRAPHS = frozenset("p h si is comment note note-citation annotation ruby-text".split())
"""Elements with a text of their own; one within another interrupts no sentence: a text box, a
footnote of OpenDocument."""
_SPACES = frozenset("tab br cr ptab s line-break noBreakHyphen".split())
"""A soft hyphen is none: it stands within a word."""
_VISIBLE = frozenset({"t"})
_DELETED = frozenset({"t", "delText"})
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:text:"


def paragraphs(root: Any) -> set[str]:
    """What readers see with tracked changes accepted, and what they see without: a line for each
    paragraph, cell, note and comment.
    """
    return {"\n".join(_lines(root, texts)) for texts in (_VISIBLE, _DELETED)}


def _lines(root: Any, texts: frozenset[str]) -> list[str]:
    lines: list[list[str]] = []

    def walk(node: Any, add: Callable[[str], None]) -> None:
        if not isinstance(node.tag, str):
            return
        space, _, name = node.tag[1:].rpartition("}")
        if name in _PARAGRAPHS:
            lines.append([])
            add = lines[-1].append
        # Numbers stand amid a paragraph too: where a picture lies.
        mixed = space.startswith(_OPEN_DOCUMENT)
        add(" " if name in _SPACES else (node.text or "") if mixed or name in texts else "")
        for child in node:
            walk(child, add)
            add((child.tail or "") if mixed else "")

    walk(root, lambda _: None)
    return ["".join(line).replace("\n", " ").replace("\r", " ") for line in lines]
