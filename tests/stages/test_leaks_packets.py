"""The leak gate reads packets, worker and lists of files as it reads the site."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from pilar.leaks.gate import check_output
from pilar.model.problem import ContentError
from pilar.store import pack

from .samples import project_of
from .test_leaks import REPOSITORY, SECRET, SENTENCE, WORD, tree_of

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0 L7 9"/></svg>'
HIDDEN = "---\nedisi: pelatih\n---\n# Hanya pelatih\n\nIsi.\n"
"""The second page, `hal-2`, is the trainers' alone."""


def packed(name: str, text: str | bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("situs/index.html", "<p>Teks untuk semua.</p>")
        archive.writestr(name, text)
    return target.getvalue()


def saved(name: str, text: str) -> bytes:
    """A pack of two files, whose second is in two parts."""
    start, end = text[: len(text) // 2].encode(), text[len(text) // 2 :].encode()
    return gzip.compress(pack.packed([(name, start), ("index.html", b"<p>Teks."), (name, end)]))


def codes(folder: Path, name: str, data: str | bytes) -> set[str]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    try:
        check_output(tree_of(project_of(SECRET, HIDDEN)), folder, REPOSITORY)
    except ContentError as error:
        return {problem.code for problem in error.problems}
    return set()


MARKED = SENTENCE.replace("merah", "<strong>merah</strong>")
BLOCK = '<section class="blok pelatih"><p>Isi.</p></section>'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
XHTML = f'{XML}<html xmlns="http://www.w3.org/1999/xhtml"><body>{{}}</body></html>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("unduhan/x.html", f"<p>{MARKED}</p>", id="one file, a sentence"),
        pytest.param(
            "unduhan/x.html", '<a href="#contoh-hal-2--awal">x</a>', id="one file, a page"
        ),
        pytest.param("unduhan/x.html", BLOCK, id="one file, a block"),
        pytest.param("unduhan/x.zip", packed("s/a.html", f"<p>{MARKED}</p>"), id="zip, a sentence"),
        pytest.param("unduhan/x.zip", packed("s/contoh/hal-2.html", "<p>x</p>"), id="zip, a page"),
        pytest.param("unduhan/x.zip", packed("s/a.html", BLOCK), id="zip, a block"),
        pytest.param("unduhan/x.zip", packed("s/cari/1.js", f'x("{WORD}")'), id="zip, an index"),
        pytest.param(
            "unduhan/x.epub", packed("E/a.xhtml", XHTML.format(MARKED)), id="epub, a sentence"
        ),
        pytest.param(
            "unduhan/x.epub", packed("E/a.xhtml", XHTML.format(BLOCK)), id="epub, a block"
        ),
        pytest.param(
            "unduhan/x.epub",
            packed("E/p.opf", f'{XML}<p><item href="contoh-hal-2.xhtml"/></p>'),
            id="epub, a page",
        ),
        pytest.param("assets/luring/x.bin", saved("a.html", f"<p>{MARKED}</p>"), id="pack, text"),
        pytest.param("assets/luring/x.bin", saved("contoh/hal-2.html", "x"), id="pack, a page"),
        pytest.param("assets/luring/x.bin", saved("a.html", BLOCK), id="pack, a block"),
        pytest.param("assets/luring/x.bin", saved("cari/1.js", f'x("{WORD}")'), id="pack, index"),
        pytest.param("sw.js", 'const daftar = {"contoh/hal-2.html":"x"};', id="worker, a page"),
        pytest.param("sw.js", f'const daftar = {{"luring":"<p>{SENTENCE}</p>"}};', id="worker"),
        pytest.param("manifest.webmanifest", f'{{"name":"{SENTENCE}"}}', id="manifest"),
        pytest.param(
            "manifest.webmanifest", '{"start_url":"contoh/hal-2.html"}', id="manifest, a page"
        ),
    ],
)
def test_leak_is_found_wherever_it_is_packed(tmp_path: Path, name: str, data: str | bytes):
    assert codes(tmp_path, name, data) & {"P101", "P103"}


def _with_password(archive: bytes) -> bytes:
    """The same archive, whose entries say that they need one (APPNOTE 4.4.4, bit 0)."""
    data = bytearray(archive)
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(start)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(start, place + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("unduhan/x.zip", _with_password(packed("s/a.html", "x")), id="a password"),
        pytest.param("unduhan/x.zip", packed("s/a.html", "x")[:-9], id="half a ZIP"),
        pytest.param("assets/luring/x.bin", saved("a.html", "x")[:-9], id="half a pack"),
        pytest.param(
            "assets/luring/x.bin",
            gzip.compress(b'{"kemasan":["a.html"],"bagian":[0,1]}\nxy'),
            id="a pack with more than it says",
        ),
    ],
)
def test_what_cannot_be_opened_stops_the_build(tmp_path: Path, name: str, data: bytes):
    assert codes(tmp_path, name, data) == {"P102"}


@pytest.mark.parametrize("name", ["unduhan/x.zip", "unduhan/x.epub"])
def test_public_packets_pass(tmp_path: Path, name: str):
    public = XHTML.format('<p>Teks untuk semua.</p><a href="contoh-hal-1.xhtml">x</a>')
    assert codes(tmp_path, name, packed("E/a.xhtml", public)) == set()
