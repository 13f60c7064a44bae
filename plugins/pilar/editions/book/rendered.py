"""What a part of a book is once it is rendered, and as bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from .page_quality import PageQuality


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: level from 1, page from 0, position in points (1/72 inch)."""

    level: int
    title: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Part:
    """A rendered part."""

    pdf: bytes
    pages: int
    bookmarks: tuple[Bookmark, ...]
    anchors: Mapping[str, int]
    """Page, from 0, of each id."""
    quality: PageQuality
    titles: Mapping[str, str]
    """What is at each id, in words."""
    texts: tuple[str, ...] = ()
    """Text of each page, without head and foot."""


_PART: TypeAdapter[Part] = TypeAdapter(Part)


def serialized(part: Part) -> tuple[bytes, bytes]:
    """All that a part is, as a line of JSON and its PDF."""
    return _PART.dump_json(part, exclude={"pdf"}), part.pdf


def read_part(entry: bytes) -> Part:
    """The part that was serialized as these bytes, its lines joined."""
    facts, _, pdf = entry.partition(b"\n")
    return _PART.validate_python(json.loads(facts) | {"pdf": pdf})
