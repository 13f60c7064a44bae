"""The parts of a page that Markdown reads on their own: the page, and the text of each block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pilar.model.blocks import Block, Document
from pilar.syntax.folding import inside

_PLACED = re.compile("(?P<prefix>[ >]*)\uf8f0(?P<number>\\d+)\uf8f1")


@dataclass(frozen=True)
class Region:
    """Text of a page or block, each block in it folded to one line, and where it stands."""

    document: Document
    prefix: str
    """What stands before each line in the file."""
    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    """Line of the file of each of `lines`, from 1."""

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    def written(self, lines: Iterable[str]) -> Iterator[str]:
        """Lines of this region as they stand in the file, folded blocks unfolded."""
        blocks = {block.first: block for block in self.document.walk()}
        for line in lines:
            if match := _PLACED.fullmatch(line):
                block = blocks[int(match["number"])]
                for number in range(block.first, block.last + 1):
                    text = inside(block.prefix, self.document.lines[number - 1])
                    yield self._placed(match["prefix"] + text)
            else:
                yield self._placed(line)

    def _placed(self, line: str) -> str:
        return self.prefix + line if line.strip() else (self.prefix + line).rstrip()


def regions(document: Document) -> Iterator[Region]:
    """All regions of a page that hold text, in reading order."""
    yield region(document)
    yield from (region(document, block) for block in document.walk() if block.body < block.last)


def region(document: Document, block: Block | None = None) -> Region:
    """The text of a block, or of the page around all of them."""
    prefix, blocks = (block.prefix, block.children) if block else ("", document.blocks)
    number, end = (block.body, block.last) if block else (1, len(document.lines) + 1)
    heads = {child.first: child for child in blocks}
    shown: list[tuple[str, int]] = []
    while number < end:
        if child := heads.get(number):
            inner = child.prefix.removeprefix(prefix)
            shown += [(inner.rstrip(), number), (f"{inner}\uf8f0{number}\uf8f1", number)]
            shown.append((inner.rstrip(), child.last))
            number = child.last + 1
        else:
            shown.append((inside(prefix, document.lines[number - 1]), number))
            number += 1
    return Region(document, prefix, tuple(s for s, _ in shown), tuple(n for _, n in shown))


def folded(text: str) -> int | None:
    """The first line of the block that a line of a region stands for."""
    match = _PLACED.fullmatch(text)
    return int(match["number"]) if match else None
