"""Markdown of one page to HTML, outside MkDocs (books; checks)."""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown

from .folding import LostBlockError

__all__ = ["LostBlockError", "UnreadableTextError", "render"]


class UnreadableTextError(LostBlockError):
    """Markdown stumbles over the paragraph at `lines`, counted in the text it was given."""


_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


@cache
def _engine() -> Markdown:
    return Markdown(extensions=["pilar"], output_format="html")


def render(source: str) -> str:
    """HTML of a page that assembly composed. Raises LostBlockError, UnreadableTextError."""
    try:
        return _converted(source)
    except IndexError as error:
        # What pymdownx.betterem, caret and tilde raise over signs without their pairs. Any other
        # error is a mistake of ours, which no author should be told to mend.
        raise UnreadableTextError((_where(source),)) from error


def _converted(source: str) -> str:
    engine = _engine()
    engine.reset()
    return engine.convert(source)


def _where(source: str) -> int:
    """The first line of the first paragraph that cannot be converted; 1 where each can."""
    for match in _PARAGRAPH.finditer(source):
        try:
            _converted(match[0])
        except LostBlockError:
            continue
        except IndexError:
            return source.count("\n", 0, match.start()) + 1
    return 1
