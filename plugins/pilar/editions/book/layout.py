"""Renders one part of a book with WeasyPrint: pages with everything in its place, as a PDF."""

from __future__ import annotations

import io
import mimetypes
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from html import unescape
from multiprocessing.util import Finalize
from pathlib import Path
from shutil import rmtree
from textwrap import shorten
from typing import Any
from urllib.parse import unquote

import pyphen
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pilar.editions.warnings import collected_warnings
from pilar.model.problem import ContentError, Problem
from pilar.store.fonts import OTHERS, OWN, SCHEME, faces

from .form_fields import add_fields
from .link_text import titles
from .markup import ASSET_SCHEME, LINE, PATH
from .measure import Misplaced, misplaced
from .openings import on_openings
from .page_text import page_texts
from .page_walk import page_quality
from .rendered import Bookmark, Part
from .structure_tree import finish

_NO_FONTS = Path(__file__).with_name("tanpa-huruf.conf")
"""Configuration of fontconfig that has no font of the machine."""
_HYPHENS = Path(__file__).with_name("hyph_id.dic")
pyphen.LANGUAGES["id"] = _HYPHENS  # its own breaks "ku-r-i-ku-lum"
_LONG = 16
"""Letters of the longest words that cells of a table keep whole before others are broken."""


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
        if scheme == SCHEME:
            for face in (*OWN, *OTHERS):
                if face.file == name:
                    return URLFetcherResponse(url, face.data, {"Content-Type": "font/ttf"})
        raise ValueError(f"{url[:80]} bukan gambar atau huruf edisi ini")


@contextmanager
def _no_warnings(name: str) -> Iterator[None]:
    """Turn warnings of WeasyPrint into ContentError: each means that something is not printed."""
    with collected_warnings("weasyprint") as seen:
        yield
    hint = "Periksa gambar dan tautan di bagian ini"
    messages = [f"tidak dapat dicetak: {reason}" for reason in seen]
    if messages:
        raise ContentError(Problem(name, 1, "C101", message, hint) for message in messages)


def laid_out(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """The part that `html` is with `css`; see `part.render_part`. Raises ContentError."""
    with _no_warnings(name):
        document, root = _in_place(name, html, css, assets)
        target = io.BytesIO()
        tag = partial(_finish, root)
        document.write_pdf(target, finisher=tag, pdf_tags=True, pdf_identifier=b"pilar")
        bookmarks = tuple(_flat(document.make_bookmark_tree(scale=0.75, transform_pages=True)))
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)  # a running element has one on every page
    return Part(
        target.getvalue(),
        len(document.pages),
        bookmarks,
        anchors,
        page_quality(document),
        titles(root),
        page_texts(document),
    )


def _finish(root: Any, document: Any, pdf: Any) -> None:
    add_fields(root, document, pdf)
    finish(root, document, pdf)


def _in_place(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> tuple[Any, Any]:
    """The document, everything in its place, and the root element of its HTML.

    Raises ContentError for what cannot be brought there.

    A table that does not fit is laid out again: smaller, then with long words broken, then with
    any.
    """
    used = "".join([html, *(data.decode() for key, data in assets.items() if key.endswith(".svg"))])
    style, fonts = _style(css + "".join(face.rule for face in faces(unescape(used))))
    source = weasyprint.HTML(string=html, url_fetcher=_Fetcher(assets))
    parents = {child: parent for parent in source.etree_element.iter() for child in parent}

    def layout() -> Any:
        return source.render(
            stylesheets=[style], font_config=fonts, presentational_hints=True, pdf_tags=True
        )

    document = layout()
    found = list(misplaced(document))
    for squeeze in (_smaller, _break_long_words, _break_words):
        tables = {table for wrong in found if (table := _table(wrong.element, parents)) is not None}
        if not tables:
            break
        for table in tables:
            squeeze(table)
        document = layout()
        found = list(misplaced(document))
    document = on_openings(document, layout)
    if found := list(misplaced(document)):
        raise ContentError(_outside(name, wrong, source.etree_element) for wrong in found)
    return document, source.etree_element


@lru_cache(maxsize=8)
def _style(css: str) -> tuple[weasyprint.CSS, FontConfiguration]:
    """A style sheet read once for the parts that have it one after the other, and its fonts."""
    fonts = _shipped_fonts()
    before, tempfile.tempdir = tempfile.tempdir, _font_folder()
    try:
        return weasyprint.CSS(string=css, font_config=fonts, url_fetcher=_Fetcher({})), fonts
    finally:
        tempfile.tempdir = before


@lru_cache(maxsize=1)
def _font_folder() -> str:
    """Where WeasyPrint unpacks fonts, until the process ends.

    It removes them itself when a configuration is let go, which at the end of a process need not
    happen any more.
    """
    folder = tempfile.mkdtemp(prefix="pilar-huruf-")
    Finalize(None, rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    return folder


def _shipped_fonts() -> FontConfiguration:
    """Fonts of style sheets alone: fontconfig reads the machine's when a configuration is made."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_NO_FONTS)
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _table(element: Any, parents: Mapping[Any, Any]) -> Any:
    """The innermost table that an element is or stands in."""
    while element is not None and element.tag != "table":
        element = parents.get(element)
    return element


def _smaller(table: Any) -> None:
    _add_class(table, "padat")


def _break_long_words(table: Any) -> None:
    for cell in (*table.iter("th"), *table.iter("td")):
        if any(len(word) > _LONG for word in "".join(cell.itertext()).split()):
            _add_class(cell, "patah")


def _break_words(table: Any) -> None:
    _add_class(table, "patah")


def _add_class(element: Any, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _outside(name: str, wrong: Misplaced, root: Any) -> Problem:
    """The problem, at the nearest place of the source that the markup names."""
    path, line = name, 1
    for element in root.iter():
        path = element.get(PATH, path)
        line = int(element.get(LINE, 1 if element.get(PATH) else line))
        if element is wrong.element:
            break
    where = f"di halaman {wrong.page} “{root.findtext('.//title') or name}”"
    if wrong.what == "tabel":
        message = f"baris tabel {where} terpisah dari kepala tabelnya"
        hint = "Pecah baris yang panjang, atau jadikan daftar"
    else:
        words = f" “{shorten(wrong.text, 40, placeholder='…')}”" if wrong.text else ""
        message = f"{wrong.what}{words} {where} tidak muat di tempatnya"
        hint = "Kurangi kolom tabelnya, pendekkan isinya, atau kecilkan gambarnya"
    return Problem(path, line, "C101", message, hint)


def _flat(tree: Any, level: int = 1) -> Iterator[Bookmark]:
    for title, (page, x, y), children, _ in tree:
        yield Bookmark(level, title, page, x, y)
        yield from _flat(children, level + 1)
