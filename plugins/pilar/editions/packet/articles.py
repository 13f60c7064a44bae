"""Pages of a finished site as articles: no frame, scripts or fields; links among themselves."""

from __future__ import annotations

import base64
import copy
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml import etree

from pilar.assembly.tree import EditionTree
from pilar.editions.media_types import kind_of
from pilar.syntax.references import BIBLIOGRAPHY, GLOSSARY, TIMETABLE

_DROPPED = (
    ".//script | .//style | .//button | .//dialog | .//template | .//svg | .//nav | .//form"
    " | .//comment() | .//*[@hidden] | .//*[contains(@class, 'headerlink')]"
    " | .//*[starts-with(@class, 'pilar-usulan')] | .//select"
)
_ATTRIBUTES = frozenset(
    "id class href src alt scope colspan rowspan start value title lang dir data-kode".split()
)
"""What has a meaning without the site's styles and scripts; all are valid in EPUB 3."""
_ALIGNED = {"right": "kanan", "center": "tengah"}
_FILES = ("buku/", "dokumen/", "unduhan/")
_OUTWARD = frozenset({"http", "https", "mailto", "tel"})

Address = Callable[[str, str], str | None]
"""From a page of the site and an anchor on it to the address in the packet; None: not in it."""


@dataclass(frozen=True)
class Article:
    """The content of the page at `path` in the site; `module` is the slug of its module, if any."""

    path: str
    title: str
    module: str
    body: Any

    @property
    def stem(self) -> str:
        """Identifies the page within a packet: `blc-norma-kelas`."""
        return stem_of(self.path)

    @property
    def opens_module(self) -> bool:
        """Whether it is the opening page of its module."""
        return bool(self.module) and self.path.endswith("/index.html")


def stem_of(path: str) -> str:
    """Identifier of a page in a packet, by its path in the site."""
    return path.removesuffix(".html").replace("/", "-")


def anchor_of(path: str, anchor: str) -> str:
    """Identifier, in a packet, of an element that the site's page calls `anchor`."""
    return f"{stem_of(path)}--{anchor}"


def read_articles(folder: Path, tree: EditionTree) -> list[Article]:
    """Timetable, modules in the order of the run, glossary, references; from their pages."""
    listed = [(TIMETABLE, "")]
    for node in tree.modules:
        slug = node.module.slug
        listed += [(node.path, slug), *((page.path, slug) for page in node.pages)]
    listed += [(GLOSSARY, ""), (BIBLIOGRAPHY, "")]
    return [_read(folder, f"{path.removesuffix('.md')}.html", slug) for path, slug in listed]


def _read(folder: Path, path: str, module: str) -> Article:
    page = lxml.html.document_fromstring((folder / path).read_bytes().decode())
    body: Any = page.find(".//article")
    body.tag = "section"
    for unwanted in body.xpath(_DROPPED):
        unwanted.drop_tree()
    for tabs in body.xpath(".//*[contains(@class, 'tabbed-set')]"):
        _unfold(tabs)
    for box in body.xpath(".//input"):
        _replace_field(box)
    for area in body.xpath(".//textarea"):
        area.tag, area.text = "p", None
    for details in body.iter("details"):
        details.tag = "div"
    for summary in body.iter("summary"):
        summary.tag = "p"
    for element in body.iter():
        _keep_attributes(element)
    body.attrib.clear()
    return Article(path, _title(body), module, body)


def _title(body: Any) -> str:
    return " ".join(next(body.iter("h1")).text_content().split())


def _unfold(tabs: Any) -> None:
    """Tabs below each other, each under its label."""
    labels = tabs.xpath("./div[@class='tabbed-labels']/label")
    blocks = tabs.xpath("./div[@class='tabbed-content']/div[@class='tabbed-block']")
    for label, block in zip(labels, blocks, strict=True):
        label.tag = "p"
        label.set("class", "label")
        block.insert(0, label)


def _replace_field(box: Any) -> None:
    """A box to tick as a sign; what only switches between tabs goes."""
    if box.get("type") == "checkbox" and not (box.get("name") or "").startswith("__tabbed"):
        box.tag, box.text = "span", "☐ "
        box.attrib.clear()
    else:
        box.drop_tree()


def _keep_attributes(element: Any) -> None:
    if side := _ALIGNED.get(element.get("align", "")):
        element.set("class", f"{element.get('class', '')} {side}".strip())
    for name in set(element.attrib) - _ATTRIBUTES:
        del element.attrib[name]


def linked(article: Article, address: Address, picture: Callable[[str], str]) -> Any:
    """A copy of the article's body whose links and pictures lead to what the packet has.

    A link to what it does not have becomes plain text; the line that offers a book goes.
    """
    body = copy.deepcopy(article.body)
    for element in body.xpath(".//*[@id]"):
        element.set("id", anchor_of(article.path, element.get("id")))
    for image in body.iter("img"):
        image.set("src", picture(_resolved(article.path, image.get("src"))[0]))
    for link in list(body.iter("a")):
        _redirect(article.path, link, address)
    return body


def _redirect(path: str, link: Any, address: Address) -> None:
    href = link.get("href")
    if href is None or urlsplit(href).scheme in _OUTWARD:
        return
    target, anchor = _resolved(path, href)
    if new := address(target, anchor):
        link.set("href", new)
    elif target.startswith(_FILES) and link.getparent().tag == "dd":
        link.getparent().getparent().drop_tree()
    else:
        link.drop_tag()


def _resolved(path: str, href: str) -> tuple[str, str]:
    parts = urlsplit(href)
    name = unquote(parts.path)
    page = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
    return page, unquote(parts.fragment)


def pictures(articles: Iterable[Article]) -> Iterator[str]:
    """Paths in the site of the pictures that they show, each once."""
    shown = (
        _resolved(article.path, image.get("src"))[0]
        for article in articles
        for image in article.body.iter("img")
    )
    return iter(dict.fromkeys(shown))


def data_address(folder: Path, name: str) -> str:
    """A file of the site as a `data:` address (RFC 2397)."""
    data = base64.b64encode((folder / name).read_bytes()).decode()
    return f"data:{kind_of(name)};base64,{data}"


def html(element: Any) -> str:
    """The element as HTML."""
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
