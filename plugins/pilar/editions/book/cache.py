"""Keeps rendered parts by what they are made from, so that nothing is laid out twice."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import weasyprint

from .part import Bookmark, Part, render_part


def cached_part(folder: Path, name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """The part of these inputs: from the cache, or rendered and put there.

    The key is a hash of every byte that goes in and of WeasyPrint's version; an entry that cannot
    be read whole is made anew. Raises ContentError.
    """
    total = hashlib.sha256(f"1 {weasyprint.__version__}".encode())
    for text in (html, css):
        total.update(hashlib.sha256(text.encode()).digest())
    for key in sorted(assets):
        total.update(key.encode() + hashlib.sha256(assets[key]).digest())
    path = folder / f"{total.hexdigest()}.zip"
    if part := _read(path):
        return part
    part = render_part(name, html, css, assets)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with zipfile.ZipFile(temporary, "w") as archive:
        archive.writestr("part.pdf", part.pdf)
        facts = asdict(part) | {"pdf": None, "anchors": dict(part.anchors)}
        archive.writestr("part.json", json.dumps(facts))
    temporary.replace(path)
    return part


def _read(path: Path) -> Part | None:
    try:
        with zipfile.ZipFile(path) as archive:
            facts = json.loads(archive.read("part.json"))
            marks = tuple(Bookmark(**mark) for mark in facts["bookmarks"])
            return Part(archive.read("part.pdf"), facts["pages"], marks, facts["anchors"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None
