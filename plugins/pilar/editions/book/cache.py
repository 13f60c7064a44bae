"""Keeps rendered parts by what they are made from, so that nothing is laid out twice."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import weasyprint

from .part import Bookmark, Part, render_part


def cached_part(folder: Path, name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """The part of these inputs: from the cache, or rendered and put there.

    The key is a hash of every byte that goes in and of WeasyPrint's version; an entry that is not
    what was once put there, to the byte, is made anew. Raises ContentError.
    """
    total = hashlib.sha256(f"2 {weasyprint.__version__}".encode())
    for text in (html, css):
        total.update(hashlib.sha256(text.encode()).digest())
    for key in sorted(assets):
        total.update(key.encode() + hashlib.sha256(assets[key]).digest())
    path = folder / f"{total.hexdigest()}.zip"
    if part := _read(path, total.digest()):
        return part
    part = render_part(name, html, css, assets)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with zipfile.ZipFile(temporary, "w") as archive:
        facts = json.dumps(asdict(part) | {"pdf": None, "anchors": dict(part.anchors)})
        # ZipInfo has a date of its own; with a mere name, entries made apart would differ.
        archive.writestr(zipfile.ZipInfo("part.pdf"), part.pdf)
        archive.writestr(zipfile.ZipInfo("part.json"), facts)
        archive.comment = _seal(total.digest(), part.pdf, facts.encode())
    temporary.replace(path)
    return part


def _seal(key: bytes, pdf: bytes, facts: bytes) -> bytes:
    """Ties what was rendered to what it was rendered from."""
    digests = (hashlib.sha256(data).digest() for data in (pdf, facts))
    return hashlib.sha256(key + b"".join(digests)).hexdigest().encode()


def _read(path: Path, key: bytes) -> Part | None:
    try:
        with zipfile.ZipFile(path) as archive:
            pdf, text = archive.read("part.pdf"), archive.read("part.json")
            if archive.comment != _seal(key, pdf, text):
                return None
        facts = json.loads(text)
        marks = tuple(Bookmark(**mark) for mark in facts["bookmarks"])
        return Part(pdf, facts["pages"], marks, facts["anchors"])
    except (OSError, ValueError, KeyError, TypeError, zlib.error, zipfile.BadZipFile):
        return None
