"""Links put around words in the text of a page."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement
from lxml.html.builder import E

CLOSED = frozenset("a button code h1 h2 h3 h4 h5 h6 label option pre script style summary".split())
"""Elements in which no link may begin, or whose text is literal or a name of its own."""


def link_words(
    element: HtmlElement,
    pattern: re.Pattern[str],
    address: Callable[[str], str | None],
    closed: Callable[[HtmlElement], bool],
) -> None:
    """Link what `pattern` finds in an element and below it, in the order of reading.

    `address` gives where the words lead, None for those to be left alone; what is in elements that
    are `closed` is not looked at.
    """
    if not isinstance(element.tag, str) or closed(element):
        return
    children = list(element)

    def linked(before: HtmlElement | None, text: str) -> str:
        """Put the links of a text after a child; gives the text up to them."""
        found = [(m, way) for m in pattern.finditer(text) if (way := address(m[0])) is not None]
        place = 0 if before is None else element.index(before) + 1
        for match, way in reversed(found):
            link = E.a(match[0], href=way)
            link.tail, text = text[match.end() :], text[: match.start()]
            element.insert(place, link)
        return text

    if element.text:
        element.text = linked(None, element.text)
    for child in children:
        link_words(child, pattern, address, closed)
        if child.tail:
            child.tail = linked(child, child.tail)
