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
from pathlib import Path
from typing import Any

import cssselect2
import lxml.html
import tinycss2

from pilar.editions.policy import naming_style
from pilar.editions.web.budget import MOST, compressed
from pilar.editions.web.lean import leanest
from pilar.editions.web.stylesheet import at_commas, declarations, short, without_unused
from pilar.store.cache import kept

SCREENS = 2_000, 800
"""Characters of an article's HTML that fill a phone's screen with room to spare, and just so."""
_LINK = re.compile(r'<link rel="stylesheet" [^>]*>\n?')
_ARTICLE = re.compile(r"<article\b")
_TITLE = re.compile(r"[^>]*>\s*<h1\b.*?</h1>", re.DOTALL)
"""The rest of an article's tag, and a title that is the first in it."""
_BREAK = re.compile(r"(?<=</p>)(?=<p>)|(?=<h2\b)|(?=</body>)")
"""Where a link may stand: no selector of ours asks what is before such an element."""
_OTHER = re.compile(
    r"<(?!/|p>|h2\b|a\b|em>|strong>|span\b|li>"
    r'|section class="blok tujuan"|p class="label"|ul class="indikator")'
)
"""The first of what overrides/awal.css has no styles for."""
_WIDE = "(min-width:62em)"
"""Screens that overrides/awal.css is not for: they wait for the sheet, for they show more."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LATER = re.compile(
    r"(?:transition|animation|cursor|touch-action|scroll-|-webkit-tap-|[a-z-]*color-adjust:"
    r"|[a-z-]*font-smoothing:)"
)
"""Declarations of which nothing is seen in the first paint."""
_CHOSEN = re.compile(r"\[data-(?:md-color-scheme|ukuran|kontras)[^\]]*\]")
"""What the script of the head sets on the root, to a value that is not known here."""

_Set = tuple[frozenset[str], str, str]
"""What is set: heads of the groups around a rule, a selector, a property."""
_PART = re.compile(r"::[\w-]+")
"""A pseudo-element."""
_HERE = Path(__file__).parent
_ASKED = re.compile(r"\[([\w-]+)")
_OFTEN_ASKED = frozenset({"class", "id", "type", "lang", "dir"})
"""Attributes whose values a selector may ask for in other ways, as in `.blok` or `:lang(id)`."""


@dataclass(frozen=True)
class _Rule:
    """A rule by its selectors, or a group (`@media`) by its head and the rules in it."""

    selectors: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    head: str = ""
    inner: tuple[_Rule, ...] = ()


def with_first_styles(html: str, css: str, chapter: str = "", cache: Path | None = None) -> str:
    """The page with those styles of the site's sheet `css` in it that its first screen matches.

    Where it would weigh more than `budget.MOST` with them, it has those of `chapter`, that of
    overrides/awal.css, which are fewer, for phones and for what chapters begin with; and no end
    tag that is implied. Unchanged where no sheet is linked, and where it is too heavy even so:
    there the sheet stays in the head.
    `cache` keeps what was found for a page, which the next run has with other words.
    """
    link, article = _LINK.search(html), _ARTICLE.search(html)
    if not (link and article):
        return html
    for size in SCREENS:
        start = min(article.end() + size, html.rfind("</body>"))
        end = _BREAK.search(html, start)
        if end and not _too_heavy(page := _with_matched(html, link, end.start(), css, cache)):
            return page
    end_of_first = _end_of_plain(html, article.end())
    if chapter and end_of_first:
        wide = f'{link[0].rstrip()[:-1]} media="{_WIDE}">'
        style = short(_COMMENT.sub("", chapter)).replace(": ", ":").replace(";}", "}").strip()
        page = leanest(_divided(html, link, end_of_first, style, wide))
        return html if _too_heavy(page) else page
    return html


def _too_heavy(page: str) -> bool:
    # Most pages are far below, and the quickest level says so: it compresses less.
    data = page.encode()
    return compressed(data, 1) > MOST and compressed(data) > MOST


def _with_matched(html: str, link: re.Match[str], end: int, css: str, cache: Path | None) -> str:
    root = _skeleton(html[:end], css)
    key = lxml.html.tostring(root)
    found = kept(cache, lambda: _style_of(root, css).encode(), "awal", css, key, code=_HERE)
    return _divided(html, link, end, found.decode())


def _divided(html: str, link: re.Match[str], end: int, style: str, wide: str = "") -> str:
    """The page with a style, and perhaps another link, in the place of the link, which is at `end`
    now.
    """
    first = f"{html[: link.start()]}{wide}<style>{style}</style>{html[link.end() : end]}"
    return naming_style(f"{first}{link[0].rstrip()}{html[end:]}", style)


def _end_of_plain(html: str, start: int) -> int:
    """Where a link may stand behind a title and what overrides/awal.css has styles for; 0 where an
    article does not begin with its title, and in drafts.
    """
    begun = _TITLE.match(html, start)
    other = _OTHER.search(html, begun.end()) if begun else None
    if not begun or not other or "pilar-draf" in html:
        return 0
    title = begun.end()
    ends = [title, *(found.start() for found in _BREAK.finditer(html, title, other.start()))]
    return next((end for end in ends if end >= start + SCREENS[-1]), ends[-1])


def _skeleton(html: str, css: str) -> Any:
    """A page's beginning without its words, and values that no selector of the sheet asks for."""
    root = lxml.html.document_fromstring(html, lxml.html.HTMLParser(remove_comments=True))
    asked = _OFTEN_ASKED.union(_ASKED.findall(css))
    for element in root.iter():
        element.text, element.tail = element.text and "-", None  # what is `:empty` stays so
        for name in set(element.attrib) - asked:
            element.attrib[name] = ""
    return root


def _style_of(root: Any, css: str) -> str:
    """The rules of the sheet of which a selector matches an element of a page's beginning."""
    matcher = _matcher(css)
    elements = cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
    found = {selector for element in elements for *_, selector in matcher.match(element)}
    return without_unused(_written(_parsed(css), found, set()))


def _written(
    rules: tuple[_Rule, ...],
    found: set[str],
    later: set[_Set],
    groups: frozenset[str] = frozenset(),
) -> str:
    """The rules of the selectors found, as CSS; without what the same selector sets once more
    `later`, which wins (CSS Cascading 4, 6.1): our styles set much of the theme's anew.
    """
    parts = []
    for rule in reversed(rules):
        head, body = rule.head, ""
        if head:
            body = _written(rule.inner, found, later, groups | {head})
        elif selectors := [each for each in rule.selectors if each in found]:
            head = ",".join(selectors)
            sets = {
                one: {(groups, each, _property(one)) for each in selectors} for one in rule.declared
            }
            body = ";".join(one for one in rule.declared if not sets[one] <= later)
            later.update(*sets.values())
        if body:
            parts.append(f"{head}{{{body}}}")
    return "".join(reversed(parts))


def _property(declaration: str) -> str:
    """What a declaration sets, and whether it is important."""
    name, _, value = declaration.partition(":")
    return name + "!" * value.endswith("!important")


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
            yield _Rule(tuple(selectors), tuple(body))
        elif node.content and (head := short(tinycss2.serialize(node.prelude))) != " print":
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if node.lower_at_keyword in ("media", "supports"):
                yield _Rule(head=f"@{node.lower_at_keyword}{head}", inner=tuple(_read(inner)))
