"""Markdown of one page to HTML, outside MkDocs (books; checks)."""

from __future__ import annotations

from functools import cache

from markdown import Markdown

from .folding import LostBlockError

__all__ = ["LostBlockError", "render"]


@cache
def _engine() -> Markdown:
    return Markdown(extensions=["pilar"], output_format="html")


def render(source: str) -> str:
    """HTML of a page that assembly composed. Raises LostBlockError."""
    engine = _engine()
    engine.reset()
    return engine.convert(source)
