"""Markdown extension `pilar`: every Markdown feature that modules may use, and the blocks.

Assembly rewrites each block's header to `/// name | {…}`, a JSON object with number, titles and
whatever else the block prints, so that this extension needs no state and no settings, and the same
source renders the same in MkDocs and in a book. A header that assembly did not write is an error.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from pilar.model.blocks import BLOCKS

from . import html
from .sanitize import clean

EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {"BACKLINK_TITLE": "Kembali ke teks", "SUPERSCRIPT_TEXT": "{}"},
    "tables": {"use_align_attribute": True},
    "sane_lists": {},
    "pymdownx.caret": {},
    "pymdownx.mark": {},
    "pymdownx.tilde": {},
    "pymdownx.betterem": {},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.blocks.caption": {
        "types": [
            "caption",
            {"name": "figure-caption", "prefix": "Gambar {}. ", "classes": "gambar"},
            {"name": "table-caption", "prefix": "Tabel {}. ", "classes": "tabel"},
        ],
        "auto": False,
    },
}
"""Extensions that `pilar` brings along, and their settings: the one list for site and book."""

_CAPTIONS = ("caption", "figure-caption", "table-caption")
_HEADER = re.compile(r'[ >]*/{3,} [\w-]+ \| (\{"baris": \d+.*\})')


class LostBlockError(Exception):
    """Markdown did not take a block for one; `lines` are where such blocks stand in their page."""

    def __init__(self, lines: tuple[int, ...]) -> None:
        self.lines = lines
        super().__init__(f"Markdown does not recognize the blocks at lines {lines}")


def header(fence: str, name: str, data: dict[str, Any]) -> str:
    """The header line of a block for this extension. `data` must begin with `baris`, its line."""
    text = json.dumps(data, ensure_ascii=True)
    # The HTML preprocessors of Markdown read the source before the block parser does.
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return f"{fence} {name} | {text}"


class _PilarBlock(Block):  # type: ignore[misc]
    ARGUMENT = True
    made: set[int]
    inner: etree.Element

    def on_validate(self, parent: etree.Element) -> bool:
        try:
            self.data: dict[str, Any] = json.loads(self.argument)
        except ValueError:
            raise LostBlockError(()) from None
        return True

    def on_create(self, parent: etree.Element) -> etree.Element:
        self.made.add(self.data["baris"])
        outer: etree.Element
        inner: etree.Element
        outer, inner = html.create(self.NAME, parent, self.data, self.md.parser.parseChunk)
        self.inner = inner
        return outer

    def on_add(self, block: etree.Element) -> etree.Element:
        return self.inner

    def on_end(self, block: etree.Element) -> None:
        html.finish(self.NAME, block, self.inner, self.data)


class _Expected(Preprocessor):
    """Notes the blocks that must come out."""

    def __init__(self, md: Markdown, expected: set[int]) -> None:
        super().__init__(md)
        self.expected = expected

    def run(self, lines: list[str]) -> list[str]:
        for line in lines:
            if match := _HEADER.match(line):
                self.expected.add(json.loads(match[1])["baris"])
        return lines


class _NoneLost(Treeprocessor):
    """Compares what must come out with what did."""

    def __init__(self, md: Markdown, expected: set[int], made: set[int]) -> None:
        super().__init__(md)
        self.expected = expected
        self.made = made

    def run(self, root: etree.Element) -> None:
        if lost := self.expected - self.made:
            raise LostBlockError(tuple(sorted(lost)))


class _Sanitize(Postprocessor):
    def run(self, text: str) -> str:
        return clean(text)


class _BlockSet(BlocksExtension):  # type: ignore[misc]
    def __init__(self, made: set[int]) -> None:
        super().__init__()
        self.made = made

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802
        for name in BLOCKS:
            if name not in _CAPTIONS:
                kind = type(f"Block_{name}", (_PilarBlock,), {"NAME": name, "made": self.made})
                block_mgr.register(kind, self.getConfigs())


class PilarExtension(Extension):
    """See the module; `markdown_extensions: [pilar]` is all that mkdocs.yml needs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register everything."""
        md.registerExtension(self)
        md.registerExtensions(list(EXTENSIONS), EXTENSIONS)
        self.expected: set[int] = set()
        self.made: set[int] = set()
        _BlockSet(self.made).extendMarkdown(md)
        # Raw HTML is text: what the parser reports must not work even where nobody reads reports.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.preprocessors.register(_Expected(md, self.expected), "pilar_expected", 200)
        md.treeprocessors.register(_NoneLost(md, self.expected, self.made), "pilar_none_lost", 200)
        md.postprocessors.register(_Sanitize(md), "pilar_sanitize", -100)

    def reset(self) -> None:
        """Forget the page before."""
        self.expected.clear()
        self.made.clear()
