"""HTML of a page adapted to a book: ids unique in the volume, links within it resolved."""

from __future__ import annotations

import posixpath
import re

import lxml.html
from lxml import etree

from pilar.assembly.page_nodes import PageNode
from pilar.assembly.tree import ModuleNode
from pilar.syntax.references import BIBLIOGRAPHY, GENERATED_PAGES
from pilar.syntax.render import render

ASSET_SCHEME = "pilar-aset"
"""Scheme of pictures; the fetcher looks up the path after it among the edition's own."""
PART_SCHEME = "pilar-bagian"
"""Scheme of links into another part of the volume; join.py resolves them."""

_CHAPTER = re.compile(r"(BAB [IVXL]+): (.+)", re.DOTALL)


def anchor(path: str, fragment: str = "") -> str:
    """Id in the volume of a place in the tree: `blc--perkenalan--norma`."""
    base = posixpath.splitext(path)[0].replace("/", "--")
    return f"{base}--{fragment}" if fragment else base


def page_markup(node: ModuleNode, page: PageNode) -> str:
    """The `<section>` of one page, ready for the book template."""
    body = lxml.html.fragment_fromstring(render(page.source), create_parent="section")
    body.set("class", "bab" if page.chapter else "bab tambahan")
    body.set("id", anchor(page.path))
    _split_chapter(body)
    _open_tabs(body)
    _open_details(body)
    for box in body.iter("input"):
        box.set("type", "checkbox")
    for element in body.xpath(".//*[@id]"):
        element.set("id", anchor(page.path, element.get("id")))
    paths = {other.path for other in node.pages}
    for link in body.iter("a"):
        _link(link, page, paths)
    for picture in body.iter("img"):
        target = posixpath.join(node.module.slug, picture.get("src"))
        picture.set("src", f"{ASSET_SCHEME}:{target}")
        # Tagged PDF requires alternative text; screen readers pass over a space (decoration).
        picture.set("alt", picture.get("alt") or " ")
    return str(lxml.html.tostring(body, encoding="unicode"))


def _split_chapter(body: lxml.html.HtmlElement) -> None:
    """Print `BAB II: Judul` on two lines; the outline has it in one (`data-label`)."""
    for heading in body.iter("h1"):
        text = heading.text_content()
        heading.set("data-label", text)
        if match := _CHAPTER.match(heading.text or ""):
            number = etree.Element("span", {"class": "nomor-bab"})
            number.text = match[1]
            number.tail = match[2]
            heading.text = None
            heading.insert(0, number)


def _open_tabs(body: lxml.html.HtmlElement) -> None:
    """Print tabs one below the other, each under its label."""
    for tabs in list(body.xpath(".//div[contains(@class, 'tabbed-set')]")):
        labels = [label.text_content() for label in tabs.xpath("./div[1]/label")]
        blocks = tabs.xpath("./div[contains(@class, 'tabbed-content')]/div")
        for child in list(tabs):
            tabs.remove(child)
        tabs.set("class", "tab")
        for label, block in zip(labels, blocks, strict=True):
            title = etree.SubElement(tabs, "p", {"class": "label"})
            title.text = label
            tabs.append(block)


def _open_details(body: lxml.html.HtmlElement) -> None:
    """Print collapsible boxes open, as admonitions."""
    for details in body.iter("details"):
        details.tag = "div"
        details.set("class", f"{details.get('class', '')} admonition".strip())
        details.attrib.pop("open", None)
        for summary in details.iter("summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")


def _link(link: lxml.html.HtmlElement, page: PageNode, paths: set[str]) -> None:
    href = link.get("href", "")
    target, _, fragment = href.partition("#")
    if not target:
        link.set("href", f"#{anchor(page.path, fragment)}")
        return
    if ":" in target:
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))
    if path in paths:
        link.set("href", f"#{anchor(path, fragment)}")
    elif path == BIBLIOGRAPHY and fragment:
        link.set("href", f"{PART_SCHEME}:{anchor(path, fragment)}")
    elif path in GENERATED_PAGES:
        link.drop_tag()
    else:
        # Another module: a link where the volume holds it, plain text where it does not.
        link.set("href", f"{PART_SCHEME}:{anchor(path, fragment)}")
