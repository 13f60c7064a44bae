"""Pages and scripts in fewer bytes, of which a browser makes the same."""

from __future__ import annotations

import re

_BLOCKS = (
    "article|aside|blockquote|body|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|head|header"
    "|html|li|link|main|meta|nav|noscript|ol|p|section|summary|t[dhr]|table|tbody|thead|title|ul"
)
_GAP = re.compile(rf"\s*\n\s*(?=</?(?:{_BLOCKS})\b)")
"""White space before a block: it collapses (CSS Text 3, 4.1.1)."""
_OPTIONAL = re.compile(
    r"</(?:t[dh](?=><(?:t[dh]\b|/tr>))|tr(?=><tr\b|></t)|li(?=><li\b|></[ou]l>)|thead(?=><tbody)"
    r"|tbody(?=></table>)|dt(?=><d[td]\b)|dd(?=><d[td]\b|></(?:dl|div)>))>"
)
"""End tags that may be left out before such a neighbour (HTML Standard, 13.1.2.4)."""
_PARAGRAPH = re.compile(
    r"</p>(?=<(?:p|[uod]l|h[1-6]|div|table|blockquote)\b"
    r"|</(?:section|li|td|dd|div|article|blockquote|figcaption)>)"
)
"""The same of paragraphs; of what may follow them, what parsers of HTML 4 know too."""
_REMARK = re.compile(r"^[ \t]+|^[ \t]*//.*\n|\n(?=\n)", re.MULTILINE)
"""Indentation, remarks on lines of their own, empty lines: our scripts have no text over lines."""


def lean(html: str) -> str:
    """The page without line breaks between blocks and without end tags that are implied."""
    return _OPTIONAL.sub("", _GAP.sub("", html.strip()))


def leanest(html: str) -> str:
    """The page without the end tags of paragraphs either, where they are implied."""
    return _PARAGRAPH.sub("", html)


def lean_script(text: str) -> str:
    """One of our scripts without remarks, which are for those who read its source."""
    return _REMARK.sub("", _REMARK.sub("", text))
