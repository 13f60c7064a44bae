"""Blocks taken out of their pages, for papers that print them without the text around."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from markupsafe import Markup

from pilar.assembly.page_nodes import PageNode
from pilar.assembly.tree import ModuleNode
from pilar.editions.book.markup import LINE, PART_SCHEME, PATH

from .paper import BothEditions

_CONTENT_LEVEL = 4
"""Of headings within a block: below module, chapter and the block's own."""


@dataclass(frozen=True)
class Excerpt:
    """A block as its page prints it. `page` is where it is from."""

    page: PageNode
    name: str
    """Of the block: `lembar-kerja`."""
    element: HtmlElement

    @property
    def code(self) -> str:
        """`BLC-LK3`; empty for a block without a number."""
        return str(self.element.get("data-kode", ""))

    @property
    def anchor(self) -> str:
        """Its id on paper: `blc-lk3`."""
        return self.code.lower()

    @property
    def label(self) -> str:
        """What the book calls it: `Latihan BLC-L1`."""
        return label_of(self.element)

    @property
    def title(self) -> str:
        """What follows the code; empty for questions."""
        return label_of(self.element, "nama")

    @property
    def content(self) -> Markup:
        """All of it but the head, as HTML."""
        return markup(*(part for part in self.element if part.get("class") != "kepala"))


def pages_with(
    both: BothEditions, node: ModuleNode, *names: str
) -> Iterator[tuple[PageNode, HtmlElement]]:
    """The pages of a module that have blocks of these names, as elements."""
    for page in node.pages:
        if any(block.name in names for block in page.page.document.walk()):
            yield page, lxml.html.fragment_fromstring(both.pages_of(node)[page.path])


def excerpts(both: BothEditions, node: ModuleNode, *names: str) -> Iterator[Excerpt]:
    """The blocks of these names in a module, in its order. One within another stays in it."""
    for page, body in pages_with(both, node, *names):
        for section in list(body.iter("section")):
            above = {name_of(outer) for outer in section.iterancestors("section")}
            if (name := name_of(section)) in names and above.isdisjoint(names):
                yield Excerpt(page, name, alone(section, body))


def name_of(section: HtmlElement) -> str:
    """Name of the block that a section is; empty where it is none."""
    kind, _, name = (section.get("class") or "").partition(" ")
    return name if kind == "blok" else ""


def label_of(section: HtmlElement, kind: str = "kode") -> str:
    """The head of a numbered block: with its code, or its title (`nama`)."""
    return str(section.xpath("string(.//span[@class=$kind])", kind=kind))


def alone(section: HtmlElement, body: HtmlElement) -> HtmlElement:
    """A block of a page fit to stand elsewhere: its footnotes at its end, no link to what is not
    there, no id but its code's.
    """
    for link in list(section.iter("a")):
        if link.get("class") == "footnote-ref":
            _append_note(section, link, body)
        if link.get("href", "").startswith(("#", f"{PART_SCHEME}:")):
            link.drop_tag()
    line = next(iter(section.xpath(f"descendant-or-self::*/@{LINE}")), "1")
    for part in section:
        part.set(PATH, section.get(PATH) or body.get(PATH))
        part.set(LINE, part.get(LINE, line))
        line = part.xpath(f"descendant-or-self::*/@{LINE}")[-1]
    for element in section.iter("*"):
        element.attrib.pop("id", None)
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            element.tag = f"h{_CONTENT_LEVEL}"
    return section


def _append_note(section: HtmlElement, link: HtmlElement, body: HtmlElement) -> None:
    """The footnote that a link leads to, at the end of the block, with its number."""
    for note in body.xpath(".//li[@id=$id]", id=link.get("href").removeprefix("#")):
        words = "".join(note.xpath(".//text()[not(ancestor::a[@class='footnote-backref'])]"))
        copy = etree.SubElement(section, "p", {"class": "catatan"})
        copy.text = f"{link.text_content()} {' '.join(words.split())}"


def markup(*elements: HtmlElement) -> Markup:
    """Elements as HTML: our own renderer made them, of sanitized text."""
    return Markup("".join(lxml.html.tostring(one, encoding="unicode") for one in elements))
