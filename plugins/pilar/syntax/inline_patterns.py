"""Inline Markdown as CommonMark reads it, where Python-Markdown differs."""

from __future__ import annotations

import re
import string

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor


def register(md: Markdown) -> None:
    """Any ASCII punctuation can be escaped; a backslash at the end of a line breaks it."""
    md.ESCAPED_CHARS = sorted({*md.ESCAPED_CHARS, *string.punctuation})
    # Below escapes (priority 180), which take backslashes in pairs; but an escaped ampersand must
    # not become the beginning of an entity.
    md.inlinePatterns.register(_EscapedAmpersand(r"\\&", md), "pilar_ampersand", 181)
    line_end = SubstituteTagInlineProcessor(r"\\\n *", "br")
    md.inlinePatterns.register(line_end, "pilar_break", 179)


class _EscapedAmpersand(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """The sign itself, kept from being read as HTML."""
        return self.md.htmlStash.store("&amp;"), m.start(0), m.end(0)
