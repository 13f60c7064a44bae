"""What a site adds to the content of a page; it is parsed once, and each step changes elements."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import lxml.html
from lxml.html import HtmlElement

from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.content.pictures import picture_size
from pilar.syntax.references import GLOSSARY

from .glossary_links import link_terms
from .lean_body import say_less
from .page_links import add_links, linked_from
from .places import open_places
from .tables import fit_tables


def finished(html: str, path: str, tree: EditionTree, link: Callable[[str], str]) -> str:
    """The content of the page at `path` of the tree with its links, tables fit for a phone, and
    places to write. `link` gives the address of a path in the tree from that page.
    """
    body = lxml.html.fragment_fromstring(html, create_parent="div")
    # What is asked is named by its text alone: before links stand in it and tables are wrapped.
    open_places(body, tree, path)
    if node := tree.by_slug.get(path.rpartition("/")[0]):
        _size_pictures(body, node)
    _step_by_step(body)
    add_links(body, tree, link)
    fit_tables(body)
    say_less(body)
    if node:
        link_terms(body, node.terms, link(GLOSSARY))
    for short in body.iterfind(".//abbr[@title]"):
        short.set("tabindex", "0")
    text = str(lxml.html.tostring(body, encoding="unicode"))
    return text.removeprefix("<div>").removesuffix("</div>")


def made_from(path: str, tree: EditionTree) -> tuple[str, ...]:
    """Identifies what `finished` looks at for a module's page, but its content and its `link`."""
    node = tree.by_slug[path.rpartition("/")[0]]
    return path, tree.edition, node.module.digest, repr(node.terms), linked_from(tree)


def _step_by_step(body: HtmlElement) -> None:
    """Let no heading skip a level (WCAG 2.2, technique G141): trainers' notes have none of their
    own, so that what stands in them is two below the activity.
    """
    above = 1
    for heading in body.xpath(
        "descendant::*[self::h1|self::h2|self::h3|self::h4|self::h5|self::h6]"
    ):
        above = min(int(heading.tag[1]), above + 1)
        heading.tag = f"h{above}"


def _size_pictures(body: HtmlElement, node: ModuleNode) -> None:
    """Say how large pictures are, so that text does not jump when they come, and that they are
    loaded only when they come near (HTML Standard, 4.8.4.4 and 2.5.7).
    """
    pictures = list(body.iter("img"))
    files = node.assets() if pictures else {}
    for picture in pictures:
        picture.set("loading", "lazy")
        name = unquote(picture.get("src", ""))
        if name in files and (size := picture_size(name, files[name])):
            for side, length in zip(("width", "height"), size, strict=True):
                picture.set(side, picture.get(side) or str(length))
