"""What a site adds to the content of a page; it is parsed once, and each step changes elements."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html

from pilar.assembly.tree import EditionTree
from pilar.syntax.references import GLOSSARY

from .glossary_links import link_terms
from .page_links import add_links
from .places import open_places
from .tables import fit_tables


def finished(html: str, path: str, tree: EditionTree, link: Callable[[str], str]) -> str:
    """The content of the page at `path` of the tree with its links, tables fit for a phone, and
    places to write. `link` gives the address of a path in the tree from that page.
    """
    body = lxml.html.fragment_fromstring(html, create_parent="div")
    # What is asked is named by its text alone: before links stand in it and tables are wrapped.
    open_places(body, tree, path)
    add_links(body, tree, link)
    fit_tables(body)
    if node := tree.by_slug.get(path.rpartition("/")[0]):
        link_terms(body, node.terms, link(GLOSSARY))
    for short in body.iterfind(".//abbr[@title]"):
        short.set("tabindex", "0")
    text = str(lxml.html.tostring(body, encoding="unicode"))
    return text.removeprefix("<div>").removesuffix("</div>")
