"""Keeps rendered parts by what they are made from, so that nothing is laid out twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from pilar.store.cache import put, take
from pilar.store.manifest import tools

from .part import Bookmark, Part, render_part


def cached_part(folder: Path, name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """The part of these inputs: from the cache, or rendered and put there.

    The key is a hash of every byte that goes in and of the versions of all tools, fonts and the
    machine's text layout among them; an entry that is not what was once put there, to the byte, is
    made anew. Raises ContentError.
    """
    total = hashlib.sha256(f"4 {json.dumps(tools())}".encode())
    for text in (html, css):
        total.update(hashlib.sha256(text.encode()).digest())
    for key in sorted(assets):
        total.update(key.encode() + hashlib.sha256(assets[key]).digest())
    path = folder / f"{total.hexdigest()}.part"
    if (entry := take(path)) is not None:
        return _part(entry)
    part = render_part(name, html, css, assets)
    facts = json.dumps(asdict(part) | {"pdf": None, "anchors": dict(part.anchors)})
    put(path, facts.encode() + b"\n" + part.pdf)
    return part


def _part(entry: bytes) -> Part:
    text, _, pdf = entry.partition(b"\n")
    facts = json.loads(text)
    marks = tuple(Bookmark(**mark) for mark in facts["bookmarks"])
    return Part(pdf, facts["pages"], marks, facts["anchors"])
