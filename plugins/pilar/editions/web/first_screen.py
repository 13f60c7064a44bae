"""The styles of what a page shows first stand in the page: it is painted before its sheet comes.

A style sheet in the head holds back the first paint by a round trip, on a weak network half a
second. So the page has the rules that its first screen matches, and the link to the sheet where
that screen ends: browsers paint what is above such a link, and wait with what is below it (HTML
Standard, 4.2.4, allows it in the body). Nothing is ever seen without its styles, and a long page
need not be laid out whole before it is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cssselect2
import lxml.html
import tinycss2

from pilar.editions.policy import naming_style
from pilar.editions.web.budget import MOST, compressed
from pilar.editions.web.stylesheet import at_commas, declarations, short, without_unused

SCREENS = 2_000, 800
"""Characters of an article's HTML that fill a phone's screen with room to spare, and just so."""
_LINK = re.compile(r'<link rel="stylesheet" [^>]*>\n?')
_ARTICLE = re.compile(r"<article\b")
_BREAK = re.compile(r"(?<=</p>)(?=<p>)|(?=<h2\b)|(?=</body>)")
"""Where a link may stand: no selector of ours asks what is before such an element."""
_LATER = re.compile(
    r"(?:transition|animation|cursor|touch-action|scroll-|-webkit-tap-|[a-z-]*color-adjust:"
    r"|[a-z-]*font-smoothing:)"
)
"""Declarations of which nothing is seen in the first paint."""
_CHOSEN = re.compile(r"\[data-(?:md-color-scheme|ukuran|kontras)[^\]]*\]")
"""What the script of the head sets on the root, to a value that is not known here."""

_PART = re.compile(r"::[\w-]+")
"""A pseudo-element."""


@dataclass(frozen=True)
class _Rule:
    """A rule by its selectors, or a group (`@media`) by its head and the rules in it."""

    selectors: tuple[str, ...] = ()
    body: str = ""
    head: str = ""
    inner: tuple[_Rule, ...] = ()


def with_first_styles(html: str, css: str) -> str:
    """The page with those styles of the site's sheet `css` in it that its first screen matches.

    Unchanged where no sheet is linked, and where it would weigh more than `budget.MOST`: there
    the sheet stays in the head.
    """
    link, article = _LINK.search(html), _ARTICLE.search(html)
    if not (link and article):
        return html
    for size in SCREENS:
        start = min(article.end() + size, html.rfind("</body>"))
        page = _divided(html, link, _BREAK.search(html, start), css)
        if compressed(page.encode()) <= MOST:
            return page
    return html


def _divided(html: str, link: re.Match[str], end: re.Match[str] | None, css: str) -> str:
    """The page with its styles in the place of the link, and the link where the screen ends."""
    if end is None:
        return html
    found = _matched(css, html[: end.start()])
    style = without_unused("".join(_written(_parsed(css), found)))
    first = f"{html[: link.start()]}<style>{style}</style>\n{html[link.end() : end.start()]}"
    return naming_style(f"{first}{link[0].rstrip()}{html[end.start() :]}", style)


def _matched(css: str, html: str) -> set[str]:
    """The selectors of the sheet that match an element of a page's beginning."""
    root = lxml.html.document_fromstring(html, lxml.html.HTMLParser(remove_comments=True))
    matcher = _matcher(css)
    elements = cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
    return {selector for element in elements for *_, selector in matcher.match(element)}


def _written(rules: Iterable[_Rule], found: set[str]) -> Iterator[str]:
    """The rules of the selectors found, as CSS."""
    for rule in rules:
        head = rule.head or ",".join(each for each in rule.selectors if each in found)
        body = "".join(_written(rule.inner, found)) if rule.head else rule.body
        if head and body:
            yield f"{head}{{{body}}}"


@lru_cache(maxsize=4)
def _matcher(css: str) -> cssselect2.Matcher:
    matcher = cssselect2.Matcher()
    for text in _selectors(_parsed(css)):
        # Whichever of its values is chosen, the attribute is the root's; and what has an element
        # may have its parts, of which cssselect2 does not know all.
        plain = _PART.sub("", _CHOSEN.sub(":root", text).replace(":not(:root)", ""))
        for selector in _compiled(plain):
            matcher.add_selector(selector, text)
    return matcher


def _selectors(rules: Iterable[_Rule]) -> Iterator[str]:
    for rule in rules:
        yield from rule.selectors
        yield from _selectors(rule.inner)


def _compiled(selector: str) -> list[Any]:
    try:
        return list(cssselect2.compile_selector_list(selector))
    except cssselect2.SelectorError:  # a state that is not there from the start
        return []


@lru_cache(maxsize=4)
def _parsed(css: str) -> tuple[_Rule, ...]:
    return tuple(_read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _read(nodes: Iterable[Any]) -> Iterator[_Rule]:
    """Rules and groups, for screens; what has no selectors (`@page`, `@keyframes`) can wait."""
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = (short(tinycss2.serialize(s).strip()) for s in at_commas(node.prelude))
            body = (one for one in declarations(node.content) if not _LATER.match(one))
            yield _Rule(tuple(selectors), ";".join(body))
        elif node.content and (head := short(tinycss2.serialize(node.prelude))) != " print":
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if node.lower_at_keyword in ("media", "supports"):
                yield _Rule(head=f"@{node.lower_at_keyword}{head}", inner=tuple(_read(inner)))
