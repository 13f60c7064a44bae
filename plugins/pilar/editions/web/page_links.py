"""Links that a site adds to its finished pages: from every code, and from activities to class."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from lxml.html import HtmlElement
from lxml.html.builder import E

from pilar.assembly.page_nodes import QUESTION_BANK
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.model.blocks import BLOCKS
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.syntax.audience import visible_blocks

from .class_view import has_class_view, lessons
from .text_links import CLOSED, link_words

_NUMBERED = tuple(name for name, block in BLOCKS.items() if block.letter)
_CODE = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,5}-[A-Z]{1,2}\d+(?![\w-])")
"""`BLC-LK2`: the code of a module (`kode` in modul.yml), a letter or two, a number."""
_OWN = "kode"
"""Class of the code in a block's own head."""
_HEADS = ".//section[contains(@class, 'kegiatan')][@data-kode]/div[@class='kepala']"

Link = Callable[[str], str]
"""Gives the address of a path in the tree, `blc/norma.md#blc-k1`, from the page."""


@memoized
def code_targets(tree: EditionTree) -> Mapping[str, str]:
    """Path in the tree of every numbered block and question that pages of the edition have."""
    return {code: path for node in tree.modules for code, path in _targets(node).items()}


def _targets(node: ModuleNode) -> dict[str, str]:
    slug, codes = node.module.slug, node.numbering.questions
    found = {}
    if node.edition is Edition.PELATIH:
        found = {code: f"{slug}/{QUESTION_BANK}.md#{code.lower()}" for code in codes.values()}
    for page in node.pages:
        for block in visible_blocks(page.page.document, node.edition):
            if block.name == "soal" and (code := codes.get(block.title)):
                found[code] = f"{page.path}#{code.lower()}"
    for item in node.items(*_NUMBERED):
        found[item.code] = f"{slug}/{item.page.name}.md#{item.anchor}"
    return found


@memoized
def linked_from(tree: EditionTree) -> str:
    """Identifies what `add_links` looks at in the tree."""
    return json.dumps([dict(code_targets(tree)), dict(_ways(tree))], sort_keys=True)


@memoized
def _ways(tree: EditionTree) -> Mapping[str, str]:
    """Path in the tree of the class view of each activity, by its code; trainers have it alone."""
    if not has_class_view(tree):
        return {}
    return {lesson.guide.item.code: lesson.path for lesson in lessons(tree)}


def add_links(body: HtmlElement, tree: EditionTree, link: Link) -> None:
    """Link the codes in a page's content where they lead to anything, and, for trainers, each
    activity to its class view.
    """
    link_codes(body, code_targets(tree), link)
    if ways := _ways(tree):
        for head in body.xpath(_HEADS):
            if path := ways.get(head.getparent().get("data-kode")):
                way = E.p(E.a("Buka di kelas", href=link(path)), {"class": "ke-kelas"})
                head.insert(1, way)


def link_codes(body: HtmlElement, targets: Mapping[str, str], link: Link) -> None:
    """Turn the codes in the text of an element into links, as far as `targets` has them."""

    def address(code: str) -> str | None:
        return link(targets[code]) if code in targets else None

    link_words(body, _CODE, address, lambda e: e.tag in CLOSED or _OWN in e.classes)
