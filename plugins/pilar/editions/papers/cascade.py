"""Values of the style sheets of a paper for each of its elements.

A paper is printed by WeasyPrint and written as .docx and .xlsx from the same HTML and the same
style sheets. This reads what offices can follow of them: no layout, only declared values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import cssselect2
import lxml.html
import tinycss2
from lxml.html import HtmlElement

from pilar.editions.page_fit import POINT

_DEFAULTS = """
strong, b, th, caption { font-weight: 700 }
em, i, cite { font-style: italic }
u { text-decoration: underline }
sup { vertical-align: super }
sub { vertical-align: sub }
[hidden], [aria-hidden=true], .hanya-cetak, head { display: none }
[align=center] { text-align: center }
[align=right] { text-align: right }
"""
"""What browsers and the press do unasked, and what only the printed page shows."""
_INHERITED = frozenset({"font-weight", "font-style", "font-size", "text-align", "text-transform"})
_LENGTH = re.compile(r"([\d.]+)(mm|cm|pt|%)")
_MM = {"mm": 1.0, "cm": 10.0, "pt": POINT}

Style = Mapping[str, str]


def parsed(html: str) -> HtmlElement:
    """The paper as a tree without comments."""
    return lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(remove_comments=True))


def styles(root: HtmlElement, css: str) -> dict[HtmlElement, Style]:
    """The values of every element: `css`, then the paper's own style sheets and attributes."""
    sheets = "".join(style.text or "" for style in root.iter("style"))
    matcher = _matcher(css + sheets)
    found: dict[HtmlElement, Style] = {}
    for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        element = wrapper.etree_element
        above = found.get(element.getparent(), {})
        style = {name: above[name] for name in _INHERITED & above.keys()}
        for *_, declared in matcher.match(wrapper):
            style |= declared
        style |= _declared(element.get("style", ""))
        # Not inherited, but nothing in what is not displayed is (CSS Display 3, 2.5).
        found[element] = style | ({"display": "none"} if hidden(above) else {})
    return found


def page(root: HtmlElement, css: str) -> Mapping[str, tuple[float, ...]]:
    """`size` (width, height) and `margin` (top, right, bottom, left) of the sheets, in mm.

    Of every rule `@page` the last value counts. Raises KeyError where one is declared nowhere.
    """
    sheets = css + "".join(style.text or "" for style in root.iter("style"))
    declared: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(sheets, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "page" and not _text(rule.prelude):
            declared |= _declared(rule.content)
    edges = [length(edge) for edge in declared["margin"].split()]
    filled = (edges * 4)[:4] if len(edges) < 3 else [*edges, *edges[1:2]][:4]
    return {"size": tuple(map(length, declared["size"].split())), "margin": tuple(filled)}


def length(value: str, whole: float = 0) -> float:
    """A length of CSS in mm, per cent of `whole`; 0 for what is none."""
    match = _LENGTH.fullmatch(value.strip())
    if not match:
        return 0
    number, unit = float(match[1]), match[2]
    return number * whole / 100 if unit == "%" else number * _MM[unit]


def hidden(style: Style) -> bool:
    """Whether an element is on no page of an office."""
    return style.get("display") == "none"


@lru_cache(maxsize=64)
def _matcher(css: str) -> Any:
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(
        _DEFAULTS + css, skip_comments=True, skip_whitespace=True
    ):
        if rule.type == "qualified-rule":
            declared = _declared(rule.content)
            for selector in cssselect2.compile_selector_list(rule.prelude):
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, declared)
    return matcher


def _declared(content: Any) -> dict[str, str]:
    return dict(_pairs(content))


def _pairs(content: Any) -> Iterator[tuple[str, str]]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            yield item.lower_name, _text(item.value)


def _text(tokens: Any) -> str:
    return str(tinycss2.serialize(tokens)).strip()
