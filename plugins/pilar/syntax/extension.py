"""Markdown extension `pilar`: every Markdown feature that modules may use, and the blocks.

Assembly rewrites each block's header to `/// name | {…}`, a JSON object with number, titles and
everything else that the block prints. So this extension needs no state and no settings, and the
same source renders the same in MkDocs and in a book.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from . import html, inline_patterns
from .folding import Folds
from .notes import OrderedNotes
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
    "pymdownx.magiclink": {},
    "pymdownx.betterem": {},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
"""Extensions that `pilar` registers, and their settings: the one list for site and book."""


class _Sanitize(Postprocessor):
    def run(self, text: str) -> str:
        return clean(text)


class _Heads(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        html.scope_heads(root)


class PilarExtension(Extension):
    """See the module; `markdown_extensions: [pilar]` is all that mkdocs.yml needs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register everything."""
        md.registerExtension(self)
        md.registerExtensions(list(EXTENSIONS), EXTENSIONS)
        self.folds = Folds()
        self.folds.register(md)
        inline_patterns.register(md)
        # Raw HTML is text: the parser reports it (B112), and here it has no effect.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Between inline patterns (priority 20) and the links back from footnotes (15).
        md.treeprocessors.register(OrderedNotes(md), "pilar_notes", 18)
        md.treeprocessors.register(_Heads(md), "pilar_heads", 190)
        md.postprocessors.register(_Sanitize(md), "pilar_sanitize", -100)

    def reset(self) -> None:
        """Drop the state of the page before."""
        self.folds.clear()
