"""Writes the structure tree of a part (ISO 32000-1, 14.7) in place of WeasyPrint's own.

Runs as WeasyPrint's finisher: the PDF is still objects of pydyf, nothing need be parsed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from operator import itemgetter
from typing import Any

import pydyf

from .tag_nodes import Mark, Node, Note
from .tagging import tagged

_PRINTED = 1 << 2
"""Flag of annotations that are printed (ISO 32000-1, 12.5.3)."""
_MARGINS, _LAYOUT = ({"Type": f"/{kind}"} for kind in ("Pagination", "Layout"))
"""What artifacts are (ISO 32000-1, 14.8.2.2.2)."""
_REPLACED = ("/StructElem", "/OBJR", "/Namespace")
"""Objects of WeasyPrint's own tree."""


def finish(html: Any, document: Any, pdf: Any) -> None:
    """Tag the `pdf` of a document that was laid out from `html`, its root element.

    Raises ValueError where WeasyPrint's tags do not match its boxes.
    """
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    marks: list[list[int]] = [[] for _ in pages]
    places = {reference: page for page, reference in enumerate(pdf.page_references)}
    for _, page, mark in sorted(_marks(pdf, root["K"][0], places), key=itemgetter(0)):
        marks[page].append(mark)
    tree = tagged(document, html, marks)
    for old in pdf.objects:
        if isinstance(old, pydyf.Dictionary) and old.get("Type") in _REPLACED:
            old.clear()  # pydyf cannot take objects out of a compressed file
    writer = _Writer(pdf)
    root["K"] = pydyf.Array([writer.element(tree.root, root.reference)])
    pdf.objects[_number(root["ParentTree"])]["Nums"] = writer.numbers()
    for number, page in enumerate(pages):
        content = pdf.objects[_number(page["Contents"])]
        _mark_artifacts(content, writer.owners[number], tree.artifacts.get(number, frozenset()))
        _keep(page, writer.annotations)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _marks(
    pdf: Any, reference: bytes, pages: Mapping[bytes, int]
) -> Iterator[tuple[int, int, int]]:
    """Place in the order of the boxes, page and number of marked contents in WeasyPrint's tree.

    It numbers objects as it reads the boxes, but puts lists in lists below both.
    """
    element = pdf.objects[_number(reference)]
    last = element.number
    for kid in element["K"]:
        if isinstance(kid, int):
            yield last, pages[element["Pg"]], kid
        elif pdf.objects[_number(kid)]["Type"] == "/StructElem":
            found = [*_marks(pdf, kid, pages)]
            yield from found
            last = max(last, _number(kid), *(place for place, _, _ in found))
        else:
            last = max(last, _number(kid))


class _Writer:
    """Adds elements to a PDF; knows afterwards to which each marked content belongs."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.owners: list[dict[int, bytes]] = [{} for _ in self.pages]
        self.annotations: dict[bytes, bytes] = {}
        """The element of each annotation, in the order of their `StructParent`."""

    def element(self, node: Node, parent: bytes) -> bytes:
        """Reference of an element for a Node and all in it."""
        element = pydyf.Dictionary({"S": f"/{node.kind}", "P": parent})
        self.pdf.add_object(element)
        page = _first_page(node)
        if page is not None:
            element["Pg"] = self.pages[page]
        element.update({key: _value(entry) for key, entry in node.attributes.items()})
        own: bytes = element.reference
        element["K"] = pydyf.Array(self._kid(kid, own, page) for kid in node.kids)
        return own

    def _kid(self, kid: Node | Mark | Note, own: bytes, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self.element(kid, own)
        if isinstance(kid, Mark):
            self.owners[kid.page][kid.number] = own
            if kid.page == page:
                return kid.number
            entries = {"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": kid.number}
            return pydyf.Dictionary(entries)
        annotation = kid.annotation
        annotation["StructParent"] = len(self.pages) + len(self.annotations)
        annotation["F"] = _PRINTED
        self.annotations[annotation.reference] = own
        entries = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pages[kid.page]}
        return pydyf.Dictionary(entries)

    def numbers(self) -> Any:
        """The parent tree: elements by page and mark, and by annotation (ISO 32000-1, 14.7.4.4)."""
        numbers: list[Any] = []
        for page, owners in enumerate(self.owners):
            known = range(max(owners, default=-1) + 1)
            numbers += page, pydyf.Array(owners.get(mark, b"null") for mark in known)
        for key, owner in enumerate(self.annotations.values(), len(self.owners)):
            numbers += key, owner
        return pydyf.Array(numbers)


def _first_page(node: Node) -> int | None:
    """The page of the first content in an element."""
    for kid in node.kids:
        page = _first_page(kid) if isinstance(kid, Node) else kid.page
        if page is not None:
            return page
    return None


def _value(entry: Any) -> Any:
    if isinstance(entry, str):
        return pydyf.String(entry)
    values = {k: pydyf.Array(v) if isinstance(v, list) else v for k, v in entry.items()}
    return pydyf.Dictionary(values)


def _mark_artifacts(content: Any, owned: Mapping[int, bytes], layout: frozenset[int]) -> None:
    """Marked contents of a page that no element owns become artifacts (ISO 14289-1, 7.1)."""
    for place, item in enumerate(content.stream):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item and item["MCID"] not in owned:
            content.stream[place - 1] = "/Artifact"
            content.stream[place] = pydyf.Dictionary(
                _LAYOUT if item["MCID"] in layout else _MARGINS
            )


def _keep(page: Any, annotations: Container[bytes]) -> None:
    """Annotations that no element refers to go: each box in a link has one that repeats it."""
    if kept := [note for note in page.pop("Annots", ()) if note in annotations]:
        page["Annots"] = pydyf.Array(kept)
