"""What keeps a site readable without a network: worker, list of files, web app manifest.

The version of a site is a hash over all that is saved of it, so that a page and its assets are
always of one version: the worker (`overrides/luring/sw.js`) saves all packs of a version or none,
checks each by its hash (Subresource Integrity), and serves no other. Nothing is saved, and no
worker runs, before the reader asks.

Decision: Workbox 7.4.1 was weighed. Its modules for this (core, precaching, routing, strategies)
are 20.3 KB, 6.5 gzipped, against 5 and 2 of our own. They were compared by size alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html

from pilar.editions.packet.articles import html
from pilar.editions.policy import policy
from pilar.editions.templates import environment
from pilar.editions.web.budget import compressed
from pilar.editions.web.offline_packs import FOLDER, packs_of
from pilar.store.manifest import sha256_of

WORKER = "sw.js"
LIST = "assets/luring-daftar.js"
APP = "manifest.webmanifest"
PAGE = "luring.html"
"""Shown in the place of a page that is not saved."""
MADE = frozenset({WORKER, LIST, APP, PAGE})
_APART = re.compile(r"sitemap\.xml(\.gz)?|(buku|dokumen|unduhan)/.+")
"""What is not saved with the pages: it is large and asked for one by one, or nothing loads it."""


@dataclass(frozen=True)
class Identity:
    """What tells one saved site from another on the same device."""

    run: str
    edition: str
    title: str
    """What the phone calls it on its home screen; of a sealed site nothing but the run."""
    links: tuple[tuple[str, str], ...] = ()
    """Address and name of what the page for unsaved pages lists."""
    draft: str = ""
    """What marks every page of a draft."""


def write_offline(
    folder: Path, templates: Path, identity: Identity, downloads: Mapping[str, int]
) -> None:
    """Write packs, worker, list, manifest and `luring.html` into a finished site.

    `templates` is overrides/; `downloads` has the bytes of each file, by its path in the site, that
    may be saved one by one. Equal files give equal bytes.
    """
    files = {name: data for name, data in _files(folder) if not _APART.fullmatch(name)}
    packs = packs_of(files)
    page = _unsaved(folder, templates / "luring", identity)
    script = (templates / "luring" / WORKER).read_text("utf-8")
    named = {name: [_integrity(data), len(data)] for name, data in packs.items()}
    facts = {
        "run": identity.run,
        "edisi": identity.edition,
        "versi": sha256_of(json.dumps([named, page, script]).encode())[:16],
        "unduh": sum(map(len, packs.values())) + compressed((page + script).encode()),
        "simpan": sum(map(len, files.values())),
        "unduhan": dict(sorted(downloads.items())),
    }
    (folder / FOLDER).mkdir(parents=True)
    for name, data in packs.items():
        (folder / name).write_bytes(data)
    said = _json({**facts, "kemasan": named, "luring": page})
    (folder / WORKER).write_text(f"const daftar = {said};\n{script}", "utf-8")
    (folder / LIST).write_text(f"self.pilarLuring = {_json(facts)};\n", "utf-8")
    (folder / APP).write_text(_json(_app(identity)) + "\n", "utf-8")
    (folder / PAGE).write_text(page.replace("{akar}", ""), "utf-8")


def _files(folder: Path) -> Iterable[tuple[str, bytes]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return ((name, path.read_bytes()) for name, path in named if name not in MADE)


def _integrity(data: bytes) -> str:
    """As the worker hands it to `fetch` (Subresource Integrity 3.5)."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _unsaved(folder: Path, templates: Path, identity: Identity) -> str:
    """The text of `luring.html` as a page that needs no other file.

    It is shown at the address of any page: `{akar}` stands for the way from there to the root.
    """
    title, text = "Sedang tanpa jaringan", "<h1>Sedang tanpa jaringan</h1>"
    if (folder / PAGE).exists():
        found = lxml.html.document_fromstring((folder / PAGE).read_bytes().decode())
        article: Any = found.find(".//article")
        for mark in article.xpath(".//*[contains(@class, 'headerlink')] | .//comment()"):
            mark.drop_tree()
        parts = [part for part in article if part.tag in ("h1", "h2", "p", "ul", "ol")]
        title = next((part.text_content() for part in parts if part.tag == "h1"), title)
        text = "\n".join(map(html, parts))
    templating = environment(templates, "luring.css")
    style = str(templating.globals["gaya"])
    return templating.get_template("luring.html").render(
        kebijakan=policy([], [style]),
        judul=title,
        teks=text,
        daftar=identity.links,
        draf=identity.draft,
        akar="{akar}",
    )


def _app(identity: Identity) -> dict[str, object]:
    """The web app manifest (W3C Web Application Manifest)."""
    return {
        "id": f"pilar-{identity.run}-{identity.edition}",
        "name": identity.title,
        "short_name": identity.run,
        "lang": "id",
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#1c2430",
        "icons": [{"src": "assets/pilar.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
