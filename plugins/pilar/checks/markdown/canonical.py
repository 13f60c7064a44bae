"""Blocks of a CommonMark text written anew, so that Python-Markdown reads them the same.

Python-Markdown wants lists, tables and boxes indented by four spaces a level and empty lines around
most blocks; it takes `#kata` for a heading. Inline Markdown stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from pilar.content.source import mask_code_spans

from .commonmark import Box, Reading, read

_INDENT = " " * 4
_LIKE_HEADING = re.compile(r"(?=#)")
_OTHERWISE = re.compile(
    r"\\.|(?<![\w~])(?P<deleted>~[^~\n]+~)(?!~)|(?P<bracket>\[)(?=[^\[\]\n]*\]\([^()\n]* )"
)


class NoOtherWayError(Exception):
    """A block for which Python-Markdown has no writing."""


def blocks(reading: Reading) -> tuple[SyntaxTreeNode, ...]:
    """The outermost blocks of a text; `map` are their lines."""
    return tuple(SyntaxTreeNode(list(reading.tokens)).children)


def rewritten(nodes: Sequence[SyntaxTreeNode], reading: Reading, words: bool = False) -> list[str]:
    """Lines of these blocks as Pilar reads them; `words`: what is in their lines, too.

    Raises NoOtherWayError.
    """
    return list(_Writer(reading, words).many(nodes))


class _Writer:
    def __init__(self, reading: Reading, words: bool) -> None:
        self.reading = reading
        self.inline = _inline if words else str

    def many(self, nodes: Sequence[SyntaxTreeNode], tight: bool = False) -> Iterator[str]:
        """Blocks one after the other; in a tight item lists follow its text at once."""
        for place, node in enumerate(nodes):
            if place and not (tight and node.type.endswith("_list")):
                yield ""
            yield from self.one(node)

    def one(self, node: SyntaxTreeNode) -> Iterator[str]:
        """The lines of one block."""
        writer = getattr(self, node.type, None)
        if writer is None:
            raise NoOtherWayError(node.type)
        yield from writer(node)

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[str]:
        content = node.children[0].content if node.children else ""
        if box := self.reading.box(content):
            yield from self.boxed(box)
            return
        for line in self.inline(content).split("\n"):
            yield _LIKE_HEADING.sub(r"\\", line.strip(), count=1) + ("  " * line.endswith("  "))

    def heading(self, node: SyntaxTreeNode) -> Iterator[str]:
        content = " ".join(node.children[0].content.split("\n")) if node.children else ""
        yield f"{'#' * int(node.tag[1])} {self.inline(content)}"

    lheading = heading

    def hr(self, node: SyntaxTreeNode) -> Iterator[str]:
        yield "---"

    def fence(self, node: SyntaxTreeNode) -> Iterator[str]:
        yield node.markup + node.info.strip()
        yield from node.content.rstrip("\n").split("\n")
        yield node.markup

    def code_block(self, node: SyntaxTreeNode) -> Iterator[str]:
        for line in node.content.rstrip("\n").split("\n"):
            yield _INDENT + line if line else ""

    def blockquote(self, node: SyntaxTreeNode) -> Iterator[str]:
        for line in self.many(node.children):
            yield f"> {line}".rstrip()

    def bullet_list(self, node: SyntaxTreeNode) -> Iterator[str]:
        yield from self.items(node, [node.markup] * len(node.children))

    def ordered_list(self, node: SyntaxTreeNode) -> Iterator[str]:
        first = int(node.attrs.get("start", 1))
        yield from self.items(node, [f"{first + n}." for n in range(len(node.children))])

    def items(self, node: SyntaxTreeNode, marks: Sequence[str]) -> Iterator[str]:
        complete = False  # whether Python-Markdown would take the next mark for text of this item
        for place, (mark, item) in enumerate(zip(marks, node.children, strict=True)):
            if place and (complete or self.apart(node.children[place - 1], item)):
                yield ""
            tight = item.children[:1] and item.children[0].type == "paragraph"
            lines = list(self.many(item.children, bool(tight) and _is_tight(item)))
            if not lines or not tight or self.reading.box(lines[0]):
                raise NoOtherWayError("item")
            yield f"{mark} {lines[0]}"
            for line in lines[1:]:
                yield _INDENT + line if line else ""
            complete = "" in lines or any(
                not child.type.endswith("_list") for child in item.children[1:]
            )

    def apart(self, before: SyntaxTreeNode, item: SyntaxTreeNode) -> bool:
        """Whether the author left an empty line between two items."""
        end = (item.map or (0, 0))[0]
        return end > 0 and not self.reading.lines[end - 1].strip(" >")

    def table(self, node: SyntaxTreeNode) -> Iterator[str]:
        first, end = node.map or (0, 0)
        for line in self.reading.lines[first:end]:
            yield self.inline(line.lstrip(" >").rstrip())

    def boxed(self, box: Box) -> Iterator[str]:
        inner = read("\n".join(box.text))
        yield box.head
        if box.mark.startswith("==="):
            yield ""
        for line in _Writer(inner, self.inline is _inline).many(blocks(inner)):
            yield _INDENT + line if line else ""


def _is_tight(item: SyntaxTreeNode) -> bool:
    first = item.children[0]
    return bool(first.hidden)


def _inline(text: str) -> str:
    """Deletion by one tilde as two; a bracket that begins no link escaped."""
    code = mask_code_spans(text)
    return _OTHERWISE.sub(lambda m: _otherwise(m) if code[m.start()] == m[0][0] else m[0], text)


def _otherwise(match: re.Match[str]) -> str:
    if match["deleted"]:
        return f"~{match['deleted']}~"
    return f"\\{match[0]}" if match["bracket"] else match[0]
