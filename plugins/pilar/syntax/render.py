"""Markdown of one page to HTML, outside MkDocs (books; checks)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import lxml.html
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from pilar.store.cache import kept

from .folding import LostBlockError

__all__ = [
    "LostBlockError",
    "UnreadableTextError",
    "keep_html",
    "plain",
    "probe",
    "render",
    "shown_pictures",
]


class UnreadableTextError(LostBlockError):
    """Markdown fails at the paragraph at `lines`, counted in the text that was rendered."""


T = TypeVar("T")
_DELIMITER = re.compile(r"[*_~^=]")
"""What pymdownx looks for pairs of: emphasis, deletion, insertion, mark, sub- and superscript."""
_MARKED = re.compile(r"[*_~^=`\[\]\\&<]")
_TAG = re.compile(r"<[^>]*>")
_REFERENCES = re.compile(r"\[[\^@][^\]\s]+\]")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_SHORT = 500
"""Characters of a text that is read in less time than its HTML from a file."""
_kept_in: list[Path] = []
"""The cache of HTML, one or none."""


def keep_html(folder: Path | None) -> None:
    """From now on this process takes the HTML of pages read before from the cache in `folder`,
    which may be that of other processes too; with None it reads each page itself again.
    """
    _kept_in[:] = [folder] if folder else []


@cache
def _engine() -> Markdown:
    return Markdown(extensions=["pilar"], output_format="html")


def render(source: str) -> str:
    """HTML of a page that assembly composed. Raises LostBlockError, UnreadableTextError."""
    return _read(source, _converted)


@lru_cache(maxsize=1024)
def shown_pictures(source: str) -> frozenset[str]:
    """Addresses of the pictures that the finished page shows, relative to it. Raises as `render`.

    What only looks like a picture (in code, escaped, in a title) is none there.
    """
    if "![" not in source:
        return frozenset()
    page = lxml.html.fragment_fromstring(render(source), create_parent="div")
    return frozenset(posixpath.normpath(unquote(src)) for src in page.xpath(".//img/@src"))


@lru_cache(maxsize=1024)
def plain(title: str) -> str:
    """What is read of a title, for contents, outline and navigation: its text without marks.

    What cannot be rendered stays as it is; rendering its page reports it.
    """
    if not _MARKED.search(title):
        return title
    try:
        return unescape(_TAG.sub("", render(f"# {_REFERENCES.sub('', title)}"))).strip()
    except LostBlockError:
        return title


def probe(source: str) -> None:
    """Raise what `render` raises, at a third of its time."""
    _read(source, _parsed)


def _read(source: str, convert: Callable[[str], T]) -> T:
    try:
        return convert(source)
    except IndexError as error:
        # pymdownx.betterem, caret and tilde raise it over unpaired marks. Any other exception is a
        # mistake of ours, not of an author.
        raise UnreadableTextError((_where(source),)) from error


def _converted(source: str) -> str:
    folder = _kept_in[0] if _kept_in and len(source) > _SHORT else None
    return kept(folder, lambda: _engine().reset().convert(source).encode(), "html", source).decode()


def _parsed(source: str) -> None:
    """The steps of Markdown.convert up to inline patterns, and those for texts with a delimiter
    alone: blocks are lost before them, and no other pattern raises IndexError.
    """
    engine = _engine()
    engine.reset()
    lines = source.split("\n")
    for preprocessor in engine.preprocessors:
        lines = preprocessor.run(lines)
    root = engine.parser.parseDocument(lines).getroot()
    assert root is not None
    for treeprocessor in engine.treeprocessors:
        if isinstance(treeprocessor, InlineProcessor):
            _drop_plain(root)
            treeprocessor.run(root)
            return
        if (replaced := treeprocessor.run(root)) is not None:
            root = replaced


def _drop_plain(root: Element) -> None:
    for element in root.iter():
        if element.text and not _DELIMITER.search(element.text):
            element.text = None
        if element.tail and not _DELIMITER.search(element.tail):
            element.tail = None


def _where(source: str) -> int:
    """The first line of the first paragraph that cannot be converted; 1 where each can."""
    for match in _PARAGRAPH.finditer(source):
        try:
            _parsed(match[0])
        except LostBlockError:
            continue
        except IndexError:
            return source.count("\n", 0, match.start()) + 1
    return 1
