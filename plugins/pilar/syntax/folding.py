"""Blocks in Markdown: each is replaced by a placeholder before Markdown parses the page.

Markdown never sees a fence. A preprocessor takes out every composed block, its text without the
marks of its container, and leaves a placeholder line between empty lines. Where the parser meets
that line it makes the block's element and parses its text, separately from all around it. So the
end of a block cannot be missed, whatever lists, boxes, quotations or blocks surround it.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from . import html

_HEADER = re.compile(
    r'(?P<prefix>[ >]*)(?P<fence>/{3,}) (?P<name>[\w-]+) \| (?P<data>\{"baris": \d+.*\})'
)
_PLACE = re.compile(rf" {{0,3}}{STX}pilar:(?P<number>\d+){ETX}\s*")


class LostBlockError(Exception):
    """Markdown did not recognize blocks; `lines` are their lines in the page."""

    def __init__(self, lines: tuple[int, ...]) -> None:
        self.lines = lines
        super().__init__(f"Markdown does not recognize the blocks at lines {lines}")


def header(fence: str, name: str, data: dict[str, Any]) -> str:
    """The header line of a composed block. `data` must begin with `baris`, its line."""
    return f"{fence} {name} | {json.dumps(data, ensure_ascii=True)}"


@dataclass(frozen=True)
class _Folded:
    name: str
    data: dict[str, Any]
    text: str


@dataclass(frozen=True)
class _Open:
    prefix: str
    fence: str
    name: str
    data: dict[str, Any]
    before: list[str]


class Folds:
    """The blocks of the current page: those taken out, and which of them are placed again."""

    def __init__(self) -> None:
        self.blocks: list[_Folded] = []
        self.placed: set[int] = set()

    def clear(self) -> None:
        """Drop the blocks of the page before."""
        self.blocks.clear()
        self.placed.clear()

    def register(self, md: Markdown) -> None:
        """Add the three steps: after fenced code is taken out (priority 25), before the block
        processor of indented code (80), which would take an indented placeholder.
        """
        md.preprocessors.register(_Fold(md, self), "pilar_fold", 10)
        md.parser.blockprocessors.register(_Unfold(md, self), "pilar_unfold", 82)
        md.treeprocessors.register(_NoneLost(md, self), "pilar_none_lost", 200)


class _Fold(Preprocessor):
    def __init__(self, md: Markdown, folds: Folds) -> None:
        super().__init__(md)
        self.folds = folds

    def run(self, lines: list[str]) -> list[str]:
        stack: list[_Open] = []
        here: list[str] = []
        for line in lines:
            if match := _HEADER.fullmatch(line):
                data = json.loads(match["data"])
                stack.append(_Open(match["prefix"], match["fence"], match["name"], data, here))
                here = []
            elif stack and line.rstrip() == stack[-1].prefix + stack[-1].fence:
                block = stack.pop()
                here = [*block.before, *self.fold(block, here)]
            else:
                here.append(line)
        if stack:
            raise LostBlockError(tuple(block.data["baris"] for block in stack))
        return here

    def fold(self, block: _Open, lines: list[str]) -> list[str]:
        text = "\n".join(inside(block.prefix, line) for line in lines)
        number = len(self.folds.blocks)
        self.folds.blocks.append(_Folded(block.name, block.data, text))
        empty = block.prefix.rstrip()
        return [empty, f"{block.prefix}{STX}pilar:{number}{ETX}", empty]


def inside(prefix: str, line: str) -> str:
    """A line of a block without the marks of the containers that the block is nested in."""
    return line.removeprefix(prefix) if line.startswith(prefix) else line.lstrip(" >")


class _Unfold(BlockProcessor):
    def __init__(self, md: Markdown, folds: Folds) -> None:
        super().__init__(md.parser)
        self.folds = folds

    def test(self, parent: etree.Element, block: str) -> bool:
        return _PLACE.fullmatch(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        match = _PLACE.fullmatch(blocks.pop(0))
        assert match
        number = int(match["number"])
        block = self.folds.blocks[number]
        self.folds.placed.add(number)
        if parent.tag in ("li", "dd") and parent.text:
            text, parent.text = parent.text, ""
            first = etree.Element("p")
            first.text = text
            parent.insert(0, first)
        if block.name == html.ABSENT:
            etree.SubElement(parent, html.ABSENT)
            return
        self.parser.state.set("blocks")
        outer, inner = html.create(block.name, parent, block.data, self.parser.parseChunk)
        self.parser.parseChunk(inner, block.text)
        html.finish(block.name, outer, inner, block.data)
        self.parser.state.reset()


class _NoneLost(Treeprocessor):
    """Raises LostBlockError for blocks that Markdown never placed: it saw text in their place.

    Parsing is complete then, so that placeholders of absent blocks can go.
    """

    def __init__(self, md: Markdown, folds: Folds) -> None:
        super().__init__(md)
        self.folds = folds

    def run(self, root: etree.Element) -> None:
        lost = set(range(len(self.folds.blocks))) - self.folds.placed
        if lost:
            raise LostBlockError(tuple(sorted(self.folds.blocks[n].data["baris"] for n in lost)))
        for parent in list(root.iter()):
            for absent in parent.findall(html.ABSENT):
                parent.remove(absent)
