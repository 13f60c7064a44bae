"""Elements of a structure tree, and what is done to them when all are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_EMPTY = frozenset({"TD", "TH", "Form"})
"""Types that stay though nothing is written in them."""

_HEADINGS = [f"H{level}" for level in range(1, 7)]


class Mark(NamedTuple):
    """A marked content: index of its page and its number there (ISO 32000-1, 14.7.4.2)."""

    page: int
    number: int


class Note(NamedTuple):
    """An annotation, WeasyPrint's dictionary, and the index of its page."""

    page: int
    annotation: Any


@dataclass(eq=False)
class Node:
    """An element of the structure tree. `attributes` are further entries of its dictionary."""

    kind: str
    parent: Node | None = None
    kids: list[Node | Mark | Note] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    owner: Any = None
    """Element of the HTML whose own text a paragraph holds."""

    @property
    def elements(self) -> list[Node]:
        """Those of its children that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def add(self, kind: str, first: bool = False, **attributes: Any) -> Node:
        """A new child, the last one or the `first`."""
        kid = Node(kind, self, attributes=attributes)
        self.kids.insert(0 if first else len(self.kids), kid)
        return kid


def _captions(node: Node) -> None:
    """The caption of a table is its first or last child (ISO 32000-1, table 337)."""
    for caption in [kid for kid in node.elements if kid.kind == "Caption"]:
        place = node.kids.index(caption)
        before, after = node.kids[max(place - 1, 0) : place], node.kids[place + 1 : place + 2]
        for table in (*before, *after):
            if isinstance(table, Node) and table.kind == "Table":
                node.kids.remove(caption)
                table.kids.insert(len(table.kids) if before == [table] else 0, caption)
                break


def _even(node: Node) -> None:
    """Rows of a table are equally wide: cells that a row lacks are empty (ISO 14289-1, 7.5)."""
    if node.kind != "Table":
        return
    rows = [row for group in node.elements for row in group.elements if row.kind == "TR"]
    widths = [0] * len(rows)
    for place, row in enumerate(rows):
        for cell in row.elements:
            spans = cell.attributes.get("A", {})
            for reached in range(place, min(place + spans.get("RowSpan", 1), len(rows))):
                widths[reached] += spans.get("ColSpan", 1)
    for row, width in zip(rows, widths, strict=True):
        for _ in range(max(widths) - width):
            row.add("TD")


def _prune(node: Node) -> None:
    """Elements without content say nothing; a group of one thing no more than that thing."""
    node.kids = [kid for kid in node.kids if not _is_empty(kid)]
    for place, kid in enumerate(node.kids):
        if isinstance(kid, Node) and kid.kind == "Div" and len(kid.kids) == 1:
            node.kids[place] = kid.kids[0]


def _is_empty(kid: Node | Mark | Note) -> bool:
    """Whether there is nothing in an element that needs something; in a link, no words."""
    if not isinstance(kid, Node) or kid.kind in _EMPTY:
        return False
    return all(isinstance(content, Note) for content in kid.kids)


STEPS: tuple[Callable[[Node], None], ...] = (_captions, _even, _prune)
"""What is done to each element of a finished tree, after those in it."""


def tidy(node: Node) -> None:
    """Apply all steps to an element and to those in it."""
    for kid in node.elements:
        tidy(kid)
    for step in STEPS:
        step(node)


def level_headings(node: Node, above: list[int]) -> None:
    """Headings begin with H1 and leave out no level on the way down (ISO 14289-1, 7.4.2).

    `above` has the levels, in the HTML, of the headings that the next one stands under.
    """
    if node.kind in _HEADINGS:
        level = _HEADINGS.index(node.kind)
        above[:] = [*(other for other in above if other < level), level]
        node.kind = _HEADINGS[len(above) - 1]
    for kid in node.elements:
        level_headings(kid, above)
