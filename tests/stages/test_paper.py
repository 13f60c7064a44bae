"""Paper says what the screen says: finished pages are measured, and set in shipped fonts alone."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pilar.content.glyphs import unprintable, unprintable_value
from pilar.editions.book.markup import ASSET_SCHEME, LINE, PATH, page_markup
from pilar.editions.book.part import render_part
from pilar.editions.book.rendered import Part
from pilar.editions.book.stamp import symbol
from pilar.editions.templates import environment
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.store.fonts import OTHERS, OWN, faces, missing
from pilar.syntax.render import plain, render

from .samples import node_of, project_of

_BOOKS = Path(__file__).parents[2] / "overrides/buku"
BOOK = "".join((_BOOKS / name).read_text("utf-8") for name in ("buku.css", "isi.css"))
SMALL = BOOK + "@page { size: 150mm 90mm; margin: 12mm; } @page :left { margin: 12mm; }"
WIDE = io.BytesIO()
Image.new("RGB", (3000, 1500)).save(WIDE, "PNG")
PICTURE = f'<img alt="x" src="{ASSET_SCHEME}:a.png">'
LONG = "pelayananterpadu" * 12


def printed(body: str) -> Part:
    section = f'<section class="bab" {PATH}="modules/a/b.md">{body}</section>'
    html = f'<html lang="id"><title>x</title><body>{section}'
    return render_part("modules/a", html, SMALL, {"a.png": WIDE.getvalue()})


def words(part: Part) -> str:
    with pypdfium2.PdfDocument(part.pdf) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def fonts(part: Part) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font":
                yield str(one.BaseFont).rpartition("+")[2]


def table(*cells: str, rows: int = 1) -> str:
    head = "".join(f"<th>Kepala{n}" for n in range(len(cells)))
    row = "<tr>" + "".join(f"<td>{cell}" for cell in cells)
    return f"<table><thead><tr>{head}<tbody>{row * rows}</table>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<p>{PICTURE}", id="picture in a paragraph"),
        pytest.param(f"<ul><li>a<ul><li>{PICTURE}</ul></ul>", id="picture in lists"),
        pytest.param(f"<div class='admonition'><p>{PICTURE}</div>", id="picture in a box"),
        pytest.param(table(PICTURE, "kata"), id="picture in a cell"),
        pytest.param(f"<figure class='gambar'>{PICTURE}<figcaption>a</figure>", id="figure"),
        pytest.param(f"<p>{LONG}", id="long word"),
        pytest.param(f"<h2>{LONG}</h2><p>a", id="long word in a heading"),
        pytest.param(f"<ol><li>{LONG}</ol><pre>{LONG}</pre>", id="long word in a list and code"),
        pytest.param(table(LONG, "kata"), id="long word in a cell"),
        pytest.param(table(*["pendampingan"] * 9), id="many columns"),
    ],
)
def test_everything_is_brought_within_the_page(body: str) -> None:
    printed(body)  # raises for what is not


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"<p {LINE}='3'>a<p {LINE}='5'><span style='white-space: nowrap'>{LONG}</span>", 5),
        (f"<p {LINE}='4'>a<img alt='x' style='max-width: none' src='{ASSET_SCHEME}:a.png'>", 4),
        (f"<h2 {LINE}='2'>a</h2>{table(*['x' * 3] * 60)}", 2),
    ],
)
def test_what_does_not_fit_is_told_at_its_line(body: str, line: int) -> None:
    with pytest.raises(ContentError) as refused:
        printed(body)
    places = {(p.path, p.line, p.code) for p in refused.value.problems}
    assert places == {("modules/a/b.md", line, "C101")}


@pytest.mark.parametrize("rows", [2, 7, 20])
def test_rows_stay_with_their_heads(rows: int) -> None:
    part = printed("<p>a<br>b<br>c" + table("baris", "<br>".join("xyz"), rows=rows))
    with pypdfium2.PdfDocument(part.pdf) as pdf:
        for page in pdf:
            text = page.get_textpage().get_text_bounded()
            assert ("Kepala0" in text) == ("baris" in text)


def test_lists_go_on_and_ticks_are_seen() -> None:
    part = printed(render("1. a\n\nb\n\n3. c\n4. d\n\n- [x] ada\n- [ ] belum\n"))
    text = words(part)
    assert [sign for sign in ("1.", "2.", "3.", "4.") if sign not in text] == ["2."]
    assert text.count("✓") == 1


def test_addresses_are_told_once_where_they_leave_the_book() -> None:
    node = node_of(
        project_of(
            "# Judul\n\n[daftar](https://a.go.id/x/), [lagi](https://a.go.id/x/), "
            "<https://b.go.id>, https://c.go.id, [surat](mailto:d@e.id), <f@g.id>, "
            "[0812-34](tel:+6281234), [bawah](#judul)\n"
        ),
        Edition.PESERTA,
    )
    text = words(printed(page_markup(node, node.pages[0])))
    assert "daftar (a.go.id/x), lagi, https://b.go.id, https://c.go.id" in " ".join(text.split())
    assert "surat (d@e.id), f@g.id, 0812-34, bawah" in " ".join(text.split())


def test_places_of_the_source_are_known() -> None:
    node = node_of(
        project_of("# Judul\n\n## Satu\n\nAwal *kata*.\n\n| a | b |\n| - | - |\n| sel | dua |\n"),
        Edition.PESERTA,
    )
    html = page_markup(node, node.pages[0])
    assert f'{PATH}="modules/contoh/hal-1.md"' in html
    assert f'<p {LINE}="5" class="pengantar">Awal' in html
    assert f'<td {LINE}="9">sel' in html


def test_only_shipped_fonts_are_used(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "fontTools")  # tells how it makes a font of a variable one
    part = printed("<p>Biasa <em>→ miring</em> ✔ ★ 👍 سلام ①")
    stems = {name.replace("-", "").casefold() for name in fonts(part)}
    known = {face.family.replace(" ", "").casefold() for face in (*OWN, *OTHERS)}
    assert {stem for stem in stems if not any(stem.startswith(name) for name in known)} == set()
    assert len(stems) > 4


def test_other_fonts_are_for_texts_that_need_them() -> None:
    assert faces("Biasa → ✓ ☐ “…” Ā") == OWN
    assert [face.family for face in faces("★")[len(OWN) :]] == ["Inter"]


def test_signs_without_a_glyph_are_named() -> None:
    assert missing("a\u00ad\u200b\ufe0f\u2003✓ ꦧ日") == ["ꦧ", "日"]
    lines = ["# a", "teks ꦧ", "&#43431;"]
    assert [(p.line, p.code) for p in unprintable("a.md", lines)] == [
        (2, "T109"),
        (3, "T109"),
    ]
    found = list(unprintable_value("a.yml", ["a: |", "  satu", "  ꦧ"], 1, 3, "satu\nꦧ"))
    assert [(p.line, p.column) for p in found] == [(3, 3)]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Judul biasa", "Judul biasa"),
        ("Kata *asing* & `kode`", "Kata asing & kode"),
        ("**Tebal**, ~~salah~~ \\* [tautan](a.md)", "Tebal, salah * tautan"),
        ("1. Angka &amp; tanda[^a]", "1. Angka & tanda"),
    ],
)
def test_titles_are_read_without_marks(title: str, read: str) -> None:
    assert plain(title) == read


def test_a_stamp_fits_its_place() -> None:
    folder = Path(__file__).parents[2] / "overrides/buku"
    address = "https://kurikulum.contoh.go.id/edisi/2025-01-probolinggo/blc/index.html"
    html = environment(folder).get_template("cap.html")
    css = (folder / "cap.css").read_text("utf-8")
    page = html.render(alamat=address, simbol=symbol(address))
    assert render_part("runs/a.yml", page, css, {}).pages == 1
