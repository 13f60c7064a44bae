"""What the boxes of a laid out document are in a tagged PDF: its structure tree.

WeasyPrint makes an element of every box of every page: a paragraph over two pages is two, a table
has its head again, a link one annotation for each of its boxes. Here each element of the HTML is
one element of the tree, in the order of the HTML, and what only decorates is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from .tag_nodes import Mark, Node, Note, level_headings, tidy

POINTS = 0.75
"""Points (1/72 inch) in a pixel of CSS (1/96 inch)."""

_TEXT = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **{"p": "P", "pre": "P", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption"},
}
"""Elements that hold text, and what they are (ISO 32000-1, 14.8.4)."""
_GROUPS = {
    **{"section": "Sect", "article": "Art", "blockquote": "BlockQuote", "figure": "Div"},
    **{"table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR"},
    **{"ul": "L", "ol": "L", "dl": "L"},
}
"""Elements that hold others. Their own text stands in paragraphs; of all others that do, too."""
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img input ins kbd label mark q s samp small"
    " span strong sub sup svg time u var wbr".split()
)
_TABLE = frozenset("table thead tbody tfoot tr th td".split())
_HOLDERS = frozenset({*_TEXT.values(), "Lbl", "LBody", "TOCI"})
_NO_TEXT = frozenset("L LI TOC Table THead TBody TFoot TR".split())
"""Types that hold neither text nor paragraphs."""
_CONTENTS = "daftar-isi"
"""Class of lists that are a table of contents."""
_PAIRS, _NUMBER = "jodoh", "nomor"
"""Class of tables whose columns are lists, one beside the other, and of cells with their labels."""


@dataclass(frozen=True)
class Tagged:
    """The structure tree of a document and what is in none: numbers of `artifacts` by page.

    Other marked contents that are not in the tree belong to the margins of their pages.
    """

    root: Node
    artifacts: Mapping[int, frozenset[int]]


def tagged(document: Any, html: Any, marks: Sequence[Sequence[int]]) -> Tagged:
    """The structure of a WeasyPrint document that was laid out from `html` (its root element).

    `marks` has the numbers of the marked contents of each page, in the order of the boxes.
    """
    tree = _Tree(document, html)
    for number, (page, numbers) in enumerate(zip(document.pages, marks, strict=True)):
        left = iter(numbers)
        tree.read(page._page_box, number, left)  # WeasyPrint shows its boxes under no other name
        if next(left, None) is not None:
            raise ValueError(f"page {number + 1} has more marked contents than boxes")
    tidy(tree.root)
    level_headings(tree.root, [])
    return Tagged(tree.root, {page: frozenset(found) for page, found in tree.artifacts.items()})


class _Tree:
    """Built while all boxes are read; a Node is made when its first content comes."""

    def __init__(self, document: Any, html: Any) -> None:
        self.pages = document.pages
        self.parents = {child: parent for parent in html.iter() for child in parent}
        self.root = Node("Document")
        self.nodes: dict[object, Node] = {}
        self.artifacts: dict[int, set[int]] = {}
        self.repeated: dict[Any, int] = {}
        self.layout = {
            part
            for table in html.iter("table")
            if table.find(".//th") is None
            for part in table.iter()
            if part.tag in _TABLE
        }
        """Tables without a header cell, and their parts: they only arrange (ISO 14289-1, 7.5)."""
        self.corners = {corner for table in html.iter("table") for corner in _corners(table)}

    def read(self, box: Any, page: int, marks: Iterator[int], inside: Node | str = "") -> None:
        """Put a box and all in it into the tree.

        `inside` is the link that it is in, or "marker" or "artifact" for what it is part of.
        """
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            if (number := next(marks, None)) is None:
                raise ValueError(f"page {page + 1} has fewer marked contents than boxes")
            self._place(box, Mark(page, number), inside)
            return
        inside = self._inside(box, page, inside)
        if inside != "artifact":
            self._note(box, page)
        for child in box.children:
            # An absolutely positioned box is behind a placeholder.
            self.read(getattr(child, "_box", child), page, marks, inside)

    def _inside(self, box: Any, page: int, inside: Node | str) -> Node | str:
        if box.is_leader or self._is_repeated(box, page):
            return "artifact"
        if inside:
            return inside
        if box.link_annotation:
            link = self._made((box.element, "Link"), "Link", self._around(box.element))
            link.kids.append(Note(page, box.link_annotation))
            return link
        return "marker" if (box.element_tag or "").endswith("::marker") else ""

    def _is_repeated(self, box: Any, page: int) -> bool:
        """Whether it is a head or foot of a table that stood on a page before."""
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            return self.repeated.setdefault(box.element, page) != page
        return False

    def _note(self, box: Any, page: int) -> None:
        """Cells, which a table needs even if they are empty; fields of forms."""
        cell = isinstance(box, boxes.TableCellBox) and box.element_tag in ("th", "td")
        if cell and box.element not in self.layout:
            self._cell(box)
        if box.widget_annotation:
            form = (self._text(box.element) or self.root).add("Form")
            form.kids.append(Note(page, box.widget_annotation))

    def _cell(self, box: Any) -> None:
        spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
        table = {"O": "/Table", **{key: span for key, span in spans.items() if span != 1}}
        if self._kind(box.element) == "TH":
            table["Scope"] = f"/{self._scope(box.element)}"
        self._node(box.element).attributes.update({"A": table} if len(table) > 1 else {})

    def _scope(self, cell: Any) -> str:
        """Of which cells a header is the header: of its column or its row (ISO 14289-1, 7.5)."""
        row = self.parents[cell]
        heads = self.parents[row].tag == "thead" or all(other.tag == "th" for other in row)
        said = {"col": "Column", "row": "Row"}.get(cell.get("scope", ""))
        return said or ("Column" if heads else "Row")

    def _place(self, box: Any, mark: Mark, inside: Node | str) -> None:
        if isinstance(box, boxes.ReplacedBox):
            target = self._figure(box, mark.page, inside)
        else:
            target = self._holder(box, inside)
        if target is None:
            self.artifacts.setdefault(mark.page, set()).add(mark.number)
        else:
            target.kids.append(mark)

    def _holder(self, box: Any, inside: Node | str) -> Node | None:
        """The Node that a text is in; none for what decorates."""
        if isinstance(inside, Node):
            return inside
        if inside == "artifact":
            return None
        if inside == "marker":
            item = self._item(box.element)
            return self._made((box.element, "Lbl"), "Lbl", item, first=True)
        return self._text(box.element, blank=not box.text.strip())

    def _figure(self, box: Any, page: int, inside: Node | str) -> Node | None:
        """The Figure of a picture that says something, with its place (ISO 32000-1, 14.8.5.4.3)."""
        element = box.element
        words = element.get("alt") or element.findtext("{http://www.w3.org/2000/svg}title") or ""
        if inside == "artifact" or not words.strip():
            return None
        height = self.pages[page].height
        left, top = box.content_box_x(), box.content_box_y()
        place = [left, height - top - box.height, left + box.width, height - top]
        layout = {"O": "/Layout", "BBox": [round(side * POINTS, 3) for side in place]}
        above = inside if isinstance(inside, Node) else self._group(self._parent(element))
        return self._made((element, "Figure"), "Figure", above, Alt=words, A=layout)

    def _made(self, key: object, kind: str, above: Node, **entries: Any) -> Node:
        if key not in self.nodes:
            self.nodes[key] = above.add(kind, **entries)
        return self.nodes[key]

    def _parent(self, element: Any) -> Any:
        return self.parents.get(element)

    def _around(self, element: Any) -> Node:
        """The Node whose text an element stands in."""
        return self._text(self._parent(element)) or self.root

    def _text(self, element: Any, blank: bool = False) -> Node | None:
        """The Node that holds text of an element; none for blank text between its children."""
        if element is not None and element.tag in _INLINE:
            holder = self._text(self._parent(element), blank)
            entries = _spoken(element)
            if holder is None or not entries:
                return holder
            return self._made((element, "Span"), "Span", holder, **entries)
        if element is not None and self._kind(element) in _HOLDERS:
            return self._node(element)
        group = self._group(element)
        last = group.kids[-1] if group.kids else None
        if isinstance(last, Node) and last.owner is element:
            return last
        return None if blank else self._paragraph(group, element)

    def _paragraph(self, group: Node, element: Any) -> Node:
        if group.kind == "L":
            return group.add("LI").add("LBody")
        while group.kind in _NO_TEXT and group.parent:
            group = group.parent
        paragraph = group.add("P")
        paragraph.owner = element
        return paragraph

    def _group(self, element: Any) -> Node:
        """The Node that children of an element stand in."""
        while element is not None and not self._kind(element):
            element = self._parent(element)
        return self.root if element is None else self._node(element)

    def _node(self, element: Any) -> Node:
        kind = self._kind(element)
        if element not in self.nodes:
            inside = kind in ("Lbl", "LBody")
            above = self._item(element) if inside else self._group(self._parent(element))
            self._made(element, kind, above, **_spoken(element))
        return self.nodes[element]

    def _kind(self, element: Any) -> str:
        """Type of an element that has one of its own in the tree; empty for others."""
        tag, above = element.tag, self._parent(element)
        if element in self.layout:
            if tag != "td" or self._columns(element) is None:
                return ""
            return "Lbl" if _has(element, _NUMBER) else "LBody"
        if element in self.corners:
            return "TD"
        if tag == "li":
            return "TOCI" if _has(above, _CONTENTS) else "LBody"
        if tag in ("dt", "dd"):
            return "Lbl" if tag == "dt" else "LBody"
        if tag == "div" and above.tag == "dl":
            return "LI"
        if tag in ("ol", "ul") and _has(element, _CONTENTS):
            return "TOC"
        return _TEXT.get(tag) or _GROUPS.get(tag, "")

    def _columns(self, cell: Any) -> Any:
        """The table whose columns are lists that a cell stands in, if it does."""
        while cell is not None and cell.tag != "table":
            cell = self._parent(cell)
        return cell if _has(cell, _PAIRS) else None

    def _item(self, element: Any) -> Node:
        """The item of a list that an element is, or is label or body of."""
        above = self._parent(element)
        if element.tag == "td":
            before = list(above)[: list(above).index(element)]
            column = len([cell for cell in before if not _has(cell, _NUMBER)])
            table = self._columns(element)
            columns = self._made((table, column), "L", self._group(self._parent(table)))
            return self._made((above, column), "LI", columns)
        if self._kind(element) == "TOCI":
            return self._node(element)
        group = self._group(above)
        if element.tag == "li":
            return self._made((element, "LI"), "LI", group)
        return group if group.kind == "LI" else self._described(element, group)

    def _described(self, element: Any, group: Node) -> Node:
        """The item of a term or description that stands in its list without a `div`."""
        last = group.kids[-1] if group.kids else None
        if isinstance(last, Node):
            described = any(kid.kind == "LBody" for kid in last.elements)
            if element.tag == "dd" or not described:
                return last
        return group.add("LI")


def _corners(table: Any) -> Iterator[Any]:
    """The first cell of a table's head, if headers alone are below it: it heads no data."""
    first = table.find("thead/tr/th")
    rows = table.findall("tbody/tr")
    if first is not None and rows and all(len(row) and row[0].tag == "th" for row in rows):
        yield first


def _has(element: Any, name: str) -> bool:
    return name in element.get("class", "").split()


def _spoken(element: Any) -> dict[str, str]:
    """Its language, and what an abbreviation is short for (ISO 32000-1, 14.9.2 and 14.9.5)."""
    language = element.get("lang") if element.tag != "html" else None
    full = element.get("title") if element.tag == "abbr" else None
    return {key: value for key, value in (("Lang", language), ("E", full)) if value}
