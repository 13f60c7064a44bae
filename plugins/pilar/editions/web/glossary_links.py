"""Terms of the glossary as links, once a page; assets/istilah.js shows what they mean on tap.

A link to an entry of the glossary is known by its address: a class on each would weigh more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement
from lxml.html.builder import E

from pilar.model.curriculum import Term

MEANINGS = "assets/glosarium.js"
"""Script that holds what the terms of a site mean, for pages that cannot fetch data (file://)."""
_CLOSED = frozenset(
    "a abbr button code dt figcaption h1 h2 h3 h4 h5 h6 label option pre script style summary "
    "textarea th".split()
)
"""Elements in which no link may begin, or whose text is a name."""
_HEADS = frozenset({"kepala", "label", "meta", "pilar-edisi"})
"""Classes of what stands above a block's text."""


def anchor(term: Term) -> str:
    """Id of a term on the page of the glossary."""
    return term.istilah.lower().replace(" ", "-")


def meanings(terms: Iterable[Term]) -> bytes:
    """The script MEANINGS: by anchor, a term, what it is short for, and what it means."""
    table = {anchor(term): [term.istilah, term.kepanjangan, term.arti] for term in terms}
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return f"window.pilar.glosarium = {data};\n".encode()


def link_terms(body: HtmlElement, terms: Iterable[Term], glossary: str) -> None:
    """Link the first use of each term in the text of a page to its entry at `glossary`."""
    marker = _Marker({_key(term.istilah): term for term in terms}, glossary)
    if marker.left:
        marker.walk(body)


def _key(text: str) -> str:
    """A term as it is looked up: an abbreviation counts in capitals only."""
    return text if text.isupper() else text.casefold()


@dataclass
class _Marker:
    """Walks a page and links what of `left` it comes across first."""

    left: dict[str, Term]
    glossary: str

    def __post_init__(self) -> None:
        longest = sorted((term.istilah for term in self.left.values()), key=len, reverse=True)
        words = (
            re.escape(word) if word.isupper() else f"(?i:{re.escape(word)})" for word in longest
        )
        self.pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])")

    def walk(self, element: HtmlElement) -> None:
        """Link terms in an element and below it, in the order of reading."""
        if not isinstance(element.tag, str) or element.tag in _CLOSED:
            return
        if _HEADS.intersection(element.classes):
            return
        children = list(element)
        element.text = self._linked(element, None, element.text or "")
        for child in children:
            self.walk(child)
            child.tail = self._linked(element, child, child.tail or "")

    def _linked(self, parent: HtmlElement, before: HtmlElement | None, text: str) -> str:
        """Put the links of a text below `parent`, after a child; gives the text up to them."""
        found = [
            (match, term)
            for match in self.pattern.finditer(text)
            if (term := self.left.pop(_key(match[0]), None))
        ]
        place = 0 if before is None else parent.index(before) + 1
        for match, term in reversed(found):
            address = f"{self.glossary}#{anchor(term)}"
            link = E.a(match[0], href=address)
            link.tail, text = text[match.end() :], text[: match.start()]
            parent.insert(place, link)
        return text
