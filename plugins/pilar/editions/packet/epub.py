"""The articles as a book for e-readers: EPUB 3.2, a ZIP of XHTML pages."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from pilar.assembly.tree import EditionTree
from pilar.editions.media_types import kind_of
from pilar.editions.templates import environment
from pilar.store.archive import packed

from .articles import Article, anchor_of, linked, pictures, stem_of

_STYLE = "paket.css"
_FOLDER = "EPUB"


def epub(
    folder: Path, templates: Path, tree: EditionTree, articles: Sequence[Article], title: str
) -> bytes:
    """The book; pictures are read from `folder`. Its bytes follow from these and the epoch."""
    held = {article.path for article in articles}
    images = {name: f"gambar/{name.replace('/', '-')}" for name in pictures(articles)}

    def address(page: str, anchor: str) -> str | None:
        if page not in held:
            return None
        name = f"{stem_of(page)}.xhtml"
        return f"{name}#{anchor_of(page, anchor)}" if anchor else name

    templating = environment(templates / "paket")
    moment = datetime.datetime.fromtimestamp(tree.run.epoch, datetime.UTC)
    context = {
        "judul": title,
        "pohon": tree,
        "run": tree.run.file,
        "diubah": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "artikel": articles,
        "gambar": [(path, kind_of(path)) for path in images.values()],
    }
    files = {
        "META-INF/container.xml": templating.get_template("container.xml").render().encode(),
        **{
            f"{_FOLDER}/{name}": templating.get_template(name).render(context).encode()
            for name in ("paket.opf", "nav.xhtml", "judul.xhtml")
        },
        f"{_FOLDER}/{_STYLE}": (templates / "paket" / _STYLE).read_bytes(),
    }
    page = templating.get_template("halaman.xhtml")
    for article in articles:
        body = _xhtml(linked(article, address, images.__getitem__))
        drawn = page.render(judul=article.title, isi=body)
        files[f"{_FOLDER}/{article.stem}.xhtml"] = drawn.encode()
    for name, path in images.items():
        files[posixpath.join(_FOLDER, path)] = (folder / name).read_bytes()
    archive = {"mimetype": b"application/epub+zip", **files}
    # Readers know the kind of file by this entry, first and not compressed (EPUB 3.2 OCF, 4.3).
    return packed(archive, tree.run.epoch, plain={"mimetype"})


def _xhtml(body: Any) -> str:
    """The element as XHTML: all names in its name space, no two meanings of a void element."""
    lxml.html.html_to_xhtml(body)
    text = etree.tostring(body, encoding="unicode", method="xml", with_tail=False)
    return str(text).replace("html:", "").replace("xmlns:html=", "xmlns=")
