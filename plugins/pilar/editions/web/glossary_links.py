"""Terms of the glossary as links, once a page; assets/istilah.js shows what they mean on tap.

A link to an entry of the glossary is known by its address: a class on each would weigh more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from pilar.model.sources import Term

from .text_links import CLOSED, link_words

MEANINGS = "assets/glosarium.js"
"""Script that holds what the terms of a site mean, for pages that cannot fetch data (file://)."""
_CLOSED = CLOSED.union("abbr dt figcaption textarea th".split())
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
    left = {_key(term.istilah): term for term in terms}
    longest = sorted((term.istilah for term in left.values()), key=len, reverse=True)
    words = (re.escape(word) if word.isupper() else f"(?i:{re.escape(word)})" for word in longest)

    def address(word: str) -> str | None:
        term = left.pop(_key(word), None)
        return f"{glossary}#{anchor(term)}" if term else None

    if left:
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])")
        link_words(body, pattern, address, _is_closed)


def _is_closed(element: HtmlElement) -> bool:
    return element.tag in _CLOSED or not _HEADS.isdisjoint(element.classes)


def _key(text: str) -> str:
    """A term as it is looked up: an abbreviation counts in capitals only."""
    return text if text.isupper() else text.casefold()
