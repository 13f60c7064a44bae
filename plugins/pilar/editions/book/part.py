"""Renders one part of a book with WeasyPrint, or takes it from the cache.

Deterministic: the same input gives the same bytes, so that nothing need be laid out twice.
"""

from __future__ import annotations

import hashlib
import io
import json
import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pilar.editions.warnings import collected_warnings
from pilar.model.problem import ContentError, Problem
from pilar.store.cache import put, take
from pilar.store.manifest import tools

from .markup import ASSET_SCHEME

FONT_SCHEME = "pilar-huruf"
_FONT_PACKAGES = {"SourceSans": "font_source_sans_pro", "SourceSerif": "font_source_serif_pro"}


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


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the given pictures and the fonts that Pilar depends on; reads nothing else."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__()
        self.assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        name = unquote(name)
        if scheme == ASSET_SCHEME and name in self.assets:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, self.assets[name], {"Content-Type": kind})
        if scheme == FONT_SCHEME:
            package = next((p for k, p in _FONT_PACKAGES.items() if name.startswith(k)), None)
            if package and "/" not in name:
                data = (files(package) / "files" / name).read_bytes()
                return URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})
        raise ValueError(f"{url[:80]} bukan gambar atau huruf edisi ini")


@contextmanager
def _no_warnings(name: str) -> Iterator[None]:
    """Turn warnings of WeasyPrint into ContentError: each means that something is not printed."""
    with collected_warnings("weasyprint") as seen:
        yield
    hint = "Periksa gambar dan tautan di bagian ini"
    messages = [f"buku tidak dapat dicetak: {reason}" for reason in seen]
    if messages:
        raise ContentError(Problem(name, 1, "C101", message, hint) for message in messages)


def render_part(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """Lay out `html` with `css`. `name` is the path that messages name. Raises ContentError."""
    with _no_warnings(name):
        fetcher = _Fetcher(assets)
        fonts = FontConfiguration()
        style = weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher)
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
            stylesheets=[style], font_config=fonts, pdf_tags=True
        )
        target = io.BytesIO()
        document.write_pdf(target, pdf_tags=True, pdf_identifier=b"pilar")
        bookmarks = tuple(_flat(document.make_bookmark_tree(scale=0.75, transform_pages=True)))
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)  # a running element has one on every page
    return Part(target.getvalue(), len(document.pages), bookmarks, anchors)


def _flat(tree: Any, level: int = 1) -> Iterator[Bookmark]:
    for title, (page, x, y), children, _ in tree:
        yield Bookmark(level, title, page, x, y)
        yield from _flat(children, level + 1)


def cached_part(folder: Path, name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """The part of these inputs: from the cache in `folder`, or rendered and added to it.

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
