"""What a finished page shows, cut where it has addresses: the units that the search finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import lxml.html

MOST = 6000
"""Characters of a section's text; a longer one becomes several with one address."""

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 dt".split())
"""What begins a section where it has an id, the terms of a glossary among them."""
_SOURCES = "pilar-rujukan"
"""Class of the bibliography: each of its entries is a section, with the name in bold as title."""
_UNSEEN = frozenset("script style template noscript svg button textarea select".split())
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var "
    "wbr".split()
)
"""Elements within a word or a sentence (phrasing content); others end one."""
_WAYS = frozenset("headerlink ke-kelas kelas-jalan kelas-urut".split())
"""Classes of what only leads elsewhere, and says nothing of the subject."""
_TEXTS = ".//text()[not(ancestor::*[contains(@class, 'headerlink')])]"
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Section:
    """A part of a page with an address of its own."""

    anchor: str
    """Id of its heading; empty for what stands before the first one."""
    title: str
    text: str
    """All it shows but its title, in one line."""


def sections_of(html: str) -> tuple[Section, ...]:
    """Sections of a finished page in the order of reading, without the frame of the page.

    What is `hidden` (HTML, 6.1) and what scripts put there is not part of them.
    """
    article = _ARTICLE.search(html)
    return _sections(article[0]) if article else ()


@lru_cache(maxsize=160)
def _sections(article: str) -> tuple[Section, ...]:
    """Of what a page shows in its frame, which is in other runs as well."""
    root = lxml.html.document_fromstring(article).find(".//article")
    return tuple(part for whole in _cut(root) for part in _short(whole))


def _cut(article: Any) -> Iterator[Section]:
    found: list[tuple[str, str, list[str]]] = [("", "", [])]

    def walk(element: Any) -> None:
        if not _is_shown(element):
            return
        title = _title(element)
        if title is not None:
            found.append((element.get("id"), _line("".join(title.xpath(_TEXTS))), []))
        if title is element:
            return
        gap = "" if element.tag in _INLINE else " "
        found[-1][2].append(gap + (element.text or ""))
        for child in element:
            if child is not title:
                walk(child)
            found[-1][2].append(child.tail or "")
        found[-1][2].append(gap)

    walk(article)
    for anchor, title, pieces in found:
        if title or "".join(pieces).strip():
            yield Section(anchor, title, _line("".join(pieces)))


def _is_shown(element: Any) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in _UNSEEN
        and element.get("hidden") is None
        and _WAYS.isdisjoint(element.get("class", "").split())
    )


def _title(element: Any) -> Any:
    """What names the section that begins with this element; None where none begins."""
    if not element.get("id"):
        return None
    if element.tag in _HEADINGS:
        return element
    is_source = element.tag == "li" and _SOURCES in element.getparent().get("class", "")
    return element.find("strong") if is_source else None


def _short(section: Section) -> Iterator[Section]:
    """The section, in parts that end with a word where it is longer than MOST."""
    rest = section.text
    while len(rest) > MOST:
        end = rest.rfind(" ", 0, MOST) + 1 or MOST
        yield replace(section, text=rest[:end].strip())
        rest = rest[end:]
    yield replace(section, text=rest)


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
