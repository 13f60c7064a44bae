"""A rendered text as a list of leaves: paragraphs, headings, cells, each with what contains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import html
from lxml.html import HtmlElement

from pilar.syntax.sanitize import SCHEMES

LINE = "data-baris"
"""Attribute with the line of the source that an element begins at, from 0."""


@dataclass(frozen=True)
class Leaf:
    """Text that no block element divides.

    `path` are its containers, the outermost first. `opens` are the marks of the items that begin
    with it. `text` has its inline marks in it, each in a pair of private characters.
    """

    kind: str
    path: tuple[str, ...]
    opens: tuple[str, ...]
    text: str
    line: int = field(default=0, compare=False)
    """Line of the source, from 0; where that is unknown the line of the leaf before."""


def without_code(text: str) -> str:
    """The text of a leaf without its code and its marks."""
    return _MARKED.sub("", _CODE.sub("", text))


_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}[^{_CLOSE}{_OPEN}]*{_CLOSE}")
_CODE = re.compile(f"{_OPEN}code{_CLOSE}.*?{_OPEN}/code{_CLOSE}", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WRITTEN = {"mark": "==", "ins": "^^", "sub": "~", "sup": "^"}
"""Inline marks of Pilar alone: CommonMark shows how they are written."""
_MARKS = {"em": "em", "strong": "strong", "del": "del", "s": "del", "code": "code"}
_INLINE = frozenset(
    {*_WRITTEN, *_MARKS, "a", "abbr", "br", "img", "input", "label", "span", "small"}
)
BREAK = "\u2028"
_BREAKS = re.compile(f" *{BREAK} *")
_END_OF_LINE = re.compile(r"[ \t]+$", re.MULTILINE)


def leaves(markup: str) -> tuple[Leaf, ...]:
    """The leaves of an HTML fragment, in reading order."""
    if not markup.strip():
        return ()
    walk = _Walk()
    walk.children(html.fragment_fromstring(markup, create_parent="div"), ())
    return tuple(walk.found)


class _Walk:
    """Goes through a tree; text collects in `text` until a block element ends the leaf."""

    def __init__(self) -> None:
        self.found: list[Leaf] = []
        self.text: list[str] = []
        self.opens: list[str] = []
        self.line = 0

    def children(self, element: HtmlElement, path: tuple[str, ...], kind: str = "p") -> None:
        """Read what is in `element`; text that stands in it directly is a leaf of `kind`."""
        self.text.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                if child.tag in _INLINE and not _is_wrapper(child):
                    self.text.extend(_inline(child))
                else:
                    self.flush(path, kind)
                    self.block(child, path)
            self.text.append(child.tail or "")
        self.flush(path, kind)

    def flush(self, path: tuple[str, ...], kind: str, empty: bool = False) -> None:
        """The leaf ends here."""
        raw = "".join(self.text)
        text = raw if kind == "pre" else _BREAKS.sub(BREAK, _SPACE.sub(" ", raw)).strip()
        self.text.clear()
        if text or empty:
            self.found.append(Leaf(kind, path, tuple(self.opens), text, self.line))
            self.opens.clear()

    def block(self, element: HtmlElement, path: tuple[str, ...]) -> None:
        """Read one block element."""
        self.line = int(element.get(LINE, self.line))
        tag, css = element.tag, element.get("class") or ""
        if tag in ("ul", "ol"):
            self.items(element, (*path, tag))
        elif tag == "pre":
            language = re.search(r"language-(\w+)", " ".join(element.xpath(".//@class")))
            self.text.append(_END_OF_LINE.sub("", element.text_content().expandtabs(4)).rstrip())
            self.flush((*path, language[1] if language else ""), "pre", empty=True)
        elif tag == "hr":
            if css != "footnotes-sep" and "footnote" not in (
                element.getparent().get("class") or ""
            ):
                self.flush(path, "hr", empty=True)
        elif tag == "table":
            self.table(element, (*path, "table"))
        elif "tabbed-set" in css:
            self.tabs(element, path)
        elif "admonition" in css or tag == "details":
            self.box(element, (*path, "box"))
        elif tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt"):
            self.children(element, path, tag)
        elif tag in ("blockquote", "dd"):
            self.opens.append(tag)
            self.children(element, (*path, tag))
            self.opens = [mark for mark in self.opens if mark != tag]
        elif "footnote" in css and tag in ("div", "section"):
            self.notes(element, path)
        else:
            self.children(element, path)

    def items(self, element: HtmlElement, path: tuple[str, ...]) -> None:
        number = int(element.get("start") or 1)
        before = element.getprevious()
        if element.tag == "ol" or before is None or before.tag != "ul":
            # Bullets after bullets look alike, be they one list or two.
            self.opens.append(element.tag)
        for item in element:
            self.line = int(item.get(LINE, self.line))
            self.opens.append(f"{number}." if element.tag == "ol" else "-")
            number += 1
            before = len(self.found)
            self.children(item, path)
            if len(self.found) == before:
                self.flush(path, "p", empty=True)

    def table(self, element: HtmlElement, path: tuple[str, ...]) -> None:
        for row in element.iter("tr"):
            self.line = int(row.get(LINE, self.line))
            self.opens.append("row")
            for cell in row:
                style = re.search(r"text-align: *(\w+)", cell.get("style") or "")
                align = cell.get("align") or (style[1] if style else "")
                self.children_of_cell(cell, (*path, align))

    def children_of_cell(self, cell: HtmlElement, path: tuple[str, ...]) -> None:
        before = len(self.found)
        self.children(cell, path, cell.tag)
        if len(self.found) == before:
            self.flush(path, cell.tag, empty=True)

    def box(self, element: HtmlElement, path: tuple[str, ...]) -> None:
        self.opens.append("box")
        for child in element:
            titled = child.tag == "summary" or "admonition-title" in (child.get("class") or "")
            if titled:
                self.children(child, path, "title")
            else:
                self.block(child, path)
            self.text.append(child.tail or "")
        self.flush(path, "p")
        self.opens = [mark for mark in self.opens if mark != "box"]

    def tabs(self, element: HtmlElement, path: tuple[str, ...]) -> None:
        titles = element.xpath("./div[contains(@class, 'tabbed-labels')]/label")
        bodies = element.xpath("./div[contains(@class, 'tabbed-content')]/div")
        for title, body in zip(titles, bodies, strict=True):
            self.opens.append("box")
            self.children(title, (*path, "box"), "title")
            self.children(body, (*path, "box"))
            self.opens = [mark for mark in self.opens if mark != "box"]

    def notes(self, element: HtmlElement, path: tuple[str, ...]) -> None:
        """Footnotes by their names: the two readers order them otherwise."""
        before, self.found = self.found, []
        for item in element.iter("li"):
            for back in item.xpath(".//a[contains(@class, 'footnote-back')]"):
                back.drop_tree()
            name = (item.get("id") or "").removeprefix("fn").removeprefix(":")
            self.opens = [f"[^{name}]"]
            self.line = int(item.get(LINE, self.line))
            self.children(item, (*path, "note", name))
        self.found = before + sorted(self.found, key=lambda leaf: leaf.path)


def _is_wrapper(element: HtmlElement) -> bool:
    """Whether an inline element stands around blocks (a label around a task's text does not)."""
    return any(child.tag in ("p", "ul", "ol", "div", "table") for child in element)


def _inline(element: HtmlElement) -> Iterator[str]:
    """Text with marks: each in private characters at its beginning and end."""
    tag = element.tag
    if tag == "br":
        yield BREAK
        return
    if tag == "img":
        yield f"{_OPEN}img {_address(element.get('src'))} {element.get('title') or ''}{_CLOSE}"
        yield element.get("alt") or ""
        yield f"{_OPEN}/img{_CLOSE}"
        return
    if tag == "input":
        yield "[x] " if element.get("checked") is not None else "[ ] "
        return
    note = re.fullmatch(r"#fn:?(.+)", element.get("href") or "") if tag == "a" else None
    if note or (tag == "sup" and "footnote-ref" in html.tostring(element, encoding="unicode")):
        link = element if note else element.find("a")
        name = re.sub(r"^#fn:?", "", link.get("href") or "")
        yield f"[^{name}]"
        return
    before = after = ""
    if written := _WRITTEN.get(tag):
        before = after = written
    elif mark := _MARKS.get(tag):
        before, after = f"{_OPEN}{mark}{_CLOSE}", f"{_OPEN}/{mark}{_CLOSE}"
    elif tag == "a" and not _is_bare(element):
        before = f"{_OPEN}a {_address(element.get('href'))} {element.get('title') or ''}{_CLOSE}"
        after = f"{_OPEN}/a{_CLOSE}"
    yield before
    # Nobody sees a space at the end of code.
    yield (element.text or "").rstrip(" \n") if tag == "code" else element.text or ""
    for child in element:
        yield from _inline(child)
        yield child.tail or ""
    yield after


def _is_bare(link: HtmlElement) -> bool:
    """Whether a link shows its own address: GitHub makes one of each address in a text."""
    text = link.text_content()
    schemes = [""] if ":" in text else ["", "mailto:", "http://", "https://"]
    return link.get("href") in [scheme + text for scheme in schemes]


def _address(address: str | None) -> str:
    """As it is compared; one that Pilar refuses is none (B121)."""
    scheme = re.match(r"\s*([\w+.-]+):", address or "")
    return "" if scheme and scheme[1].lower() not in SCHEMES else unquote(address or "")
