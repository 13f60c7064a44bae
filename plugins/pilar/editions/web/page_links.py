"""Links that a site adds to its finished pages: from every code, and from activities to class."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import E

from pilar.assembly.page_nodes import QUESTION_BANK
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.model.blocks import BLOCKS
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.syntax.audience import visible_blocks

from .class_view import has_class_view, lessons

_NUMBERED = tuple(name for name, block in BLOCKS.items() if block.letter)
_CODE = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,5}-[A-Z]{1,2}\d+(?![\w-])")
"""`BLC-LK2`: the code of a module (`kode` in modul.yml), a letter or two, a number."""
_CLOSED = frozenset("a button code h1 h2 h3 h4 h5 h6 label option pre script style summary".split())
"""Elements in which no link may begin, or whose text is literal or a name of its own."""
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


def with_links(html: str, tree: EditionTree, link: Link) -> str:
    """The content of a page with its codes as links where they lead to anything, and, for
    trainers, a link from each activity to its class view.
    """
    if not _CODE.search(html):
        return html
    body = lxml.html.fragment_fromstring(html, create_parent="div")
    link_codes(body, code_targets(tree), link)
    if has_class_view(tree):
        paths = {lesson.guide.item.code: lesson.path for lesson in lessons(tree)}
        for head in body.xpath(_HEADS):
            if path := paths.get(head.getparent().get("data-kode")):
                way = E.p(E.a("Buka di kelas", href=link(path)), {"class": "ke-kelas"})
                head.insert(1, way)
    linked = str(lxml.html.tostring(body, encoding="unicode"))
    return linked.removeprefix("<div>").removesuffix("</div>")


def link_codes(element: HtmlElement, targets: Mapping[str, str], link: Link) -> None:
    """Turn the codes in the text of an element into links, as far as `targets` has them."""
    if not isinstance(element.tag, str) or element.tag in _CLOSED or _OWN in element.classes:
        return
    for child in list(element):
        link_codes(child, targets, link)
        place = element.index(child) + 1
        child.tail = _linked(element, place, child.tail or "", targets, link)
    element.text = _linked(element, 0, element.text or "", targets, link)


def _linked(
    parent: HtmlElement, place: int, text: str, targets: Mapping[str, str], link: Link
) -> str:
    """Put the links of a text into `parent`, from this place on; gives the text before them."""
    known = [match for match in _CODE.finditer(text) if match[0] in targets]
    if not known:
        return text
    ends = [match.start() for match in known[1:]] + [len(text)]
    for match, end in reversed(list(zip(known, ends, strict=True))):
        way = E.a(match[0], href=link(targets[match[0]]))
        way.tail = text[match.end() : end]
        parent.insert(place, way)
    return text[: known[0].start()]
