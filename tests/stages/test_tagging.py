"""Screen readers: each element of the HTML is one of the structure tree, in the order of the HTML.

What a reader gets is read with PDFium and pikepdf, not with what wrote it.
"""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest

from pilar.editions.book import layout
from pilar.editions.book.markup import ASSET_SCHEME
from pilar.editions.book.part import render_part

from .structure import outline, spoken

CSS = """
@page { size: 60mm 60mm; margin: 8mm; @top-left { content: "kepala" } }
@page { @bottom-left { content: element(kaki) } }
.kaki { position: running(kaki) }
body { font: 10pt "Source Sans Pro"; margin: 0 }
p, li, td, th { margin: 0; padding: 0 }
.titik::before { content: leader(". ") }
.akhir::after { content: " (akhir)" }
.polos { list-style: none }
thead { display: table-header-group }
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
PICTURE = f'<img alt="Sebuah kotak" src="{ASSET_SCHEME}:a.svg">'
LINES = " ".join(f"kata{number}" for number in range(120))


def rendered(body: str) -> bytes:
    html = f'<html lang="id"><title>x</title><body>{body}'
    return render_part("modules/a", html, CSS, {"a.svg": SVG}).pdf


@pytest.mark.parametrize(
    ("body", "tree"),
    [
        ("<p>a<p>b", "P[a] P[b]"),
        ("<p>a <b>b</b> <i>c</i>", "P[a b c]"),
        ("<p>a<br>b", "P[ab]"),
        ("<h1><span style='display: block'>BAB I</span>Awal</h1>", "H1[BAB IAwal]"),
        ("<h2>a</h2><h1>b</h1><h3>c</h3><h4>d</h4><h3>e", "H1[a] H1[b] H2[c] H3[d] H2[e]"),
        ("<div>a<p>b</p>c <em>d</em></div>", "P[a] P[b] P[c d]"),
        ("<section><h2>a</h2> <div><p>b</div> </section>", "Sect(H1[a] P[b])"),
        ("<blockquote>a</blockquote>", "BlockQuote(P[a])"),
        ("<p>a <span lang='jv'>b</span>", "P([a] Span{jv}[b])"),
        ("<p>a <abbr title='Bagian'>b</abbr>", "P([a] Span{Bagian}[b])"),
        ("<p lang='jv'>a", "P{jv}[a]"),
        ("<p class='kaki'>kaki</p><p>a", "P[a]"),
        # lists
        ("<ol><li>a<li><p>b</ol>", "L(LI(Lbl[1.] LBody[a]) LI(Lbl[2.] LBody(P[b])))"),
        ("<ul class='polos'><li>a</ul>", "L(LI(LBody[a]))"),
        (
            "<ol><li>a<ol><li>b</ol>c</ol>",
            "L(LI(Lbl[1.] LBody([a] L(LI(Lbl[1.] LBody[b])) [c])))",
        ),
        (
            "<dl><div><dt>a</dt> <dd>b</dd></div> <div><dt>c</dt><dd>d</dd><dd>e</dd></div></dl>",
            "L(LI(Lbl[a] LBody[b]) LI(Lbl[c] LBody[d] LBody[e]))",
        ),
        (
            "<dl><dt>a</dt><dd>b</dd> <dt>c</dt><dt>d</dt><dd>e</dd></dl>",
            "L(LI(Lbl[a] LBody[b]) LI(Lbl[c] Lbl[d] LBody[e]))",
        ),
        (
            "<ol class='daftar-isi polos'><li><a href='#b'><span>a</span>"
            "<span class='titik'></span><span>1</span></a></ol><p id='b'>b",
            "TOC(TOCI(Link(@ [a 1]))) P[b]",
        ),
        # links
        ("<p>a <a href='#b'>b <i>c</i></a> <b id='b'>d</b>", "P([a] Link(@ [b c]) [d])"),
        ("<p>a <a class='akhir' href='http://b.id'>b</a>", "P([a] Link(@ [b (akhir)]))"),
        ("<p>a <a>b</a>", "P[a b]"),
        (f"<a href='http://b.id'>{PICTURE}</a>", "P(Link(@ Figure{Sebuah kotak}))"),
        # pictures
        (f"<p>a {PICTURE} b", "P([a] Figure{Sebuah kotak} [b])"),
        (f"<p>a <img alt=' ' src='{ASSET_SCHEME}:a.svg'>", "P[a]"),
        (
            f"<figure>{PICTURE}<figcaption>b</figcaption></figure>",
            "Div(Figure{Sebuah kotak} Caption[b])",
        ),
        # tables
        (
            "<table><thead><tr><th>a<th>b<tbody><tr><td>c<td></table>",
            "Table(THead(TR(TH:Column[a] TH:Column[b])) TBody(TR(TD[c] TD)))",
        ),
        (
            "<table><tr><th>a<td>b<tr><th>c<td>d</table>",
            "Table(TBody(TR(TH:Row[a] TD[b]) TR(TH:Row[c] TD[d])))",
        ),
        (
            "<table><thead><tr><th>a<th>b<tbody><tr><th>c<td>d</table>",
            "Table(THead(TR(TD[a] TH:Column[b])) TBody(TR(TH:Row[c] TD[d])))",
        ),
        (
            "<table><tr><th rowspan=2>a<td>b<td>c<tr><td>d</table>",
            "Table(TBody(TR(TH:Row1x2[a] TD[b] TD[c]) TR(TD[d] TD)))",
        ),
        (
            "<table><tr><th colspan=2>a<tr><td rowspan=2>b<td>c<tr><td>d</table>",
            "Table(TBody(TR(TH:Column2x1[a]) TR(TD:1x2[b] TD[c]) TR(TD[d])))",
        ),
        (
            "<figure><table><tr><th>a<td>b</table><figcaption>c</figcaption></figure>",
            "Table(TBody(TR(TH:Row[a] TD[b])) Caption[c])",
        ),
        (
            "<table><caption>c</caption><tr><th>a<td>b</table>",
            "Table(Caption[c] TBody(TR(TH:Row[a] TD[b])))",
        ),
        ("<table><tr><td>a<td><tr><td>b<td><p>c</table>", "P[a] P[b] P[c]"),
        (
            "<table class='jodoh'><tr><td>1. a<td>A. b<tr><td>2. c<td>B. d</table>",
            "L(LI(LBody[1. a]) LI(LBody[2. c])) L(LI(LBody[A. b]) LI(LBody[B. d]))",
        ),
        (
            "<table class='jodoh'><tr><td class='nomor'>1.<td>a<td class='nomor'>A.<td>b</table>",
            "L(LI(Lbl[1.] LBody[a])) L(LI(Lbl[A.] LBody[b]))",
        ),
    ],
)
def test_tree(body: str, tree: str) -> None:
    assert outline(rendered(body)) == f"Document({tree})"


def test_what_goes_on_on_the_next_page_is_one_element() -> None:
    assert re.fullmatch(r"Document\(P\[kata0 .*kata119\]\)", outline(rendered(f"<p>{LINES}")))
    listed = outline(rendered(f"<ol><li>{LINES}<li>b</ol>"))
    assert re.fullmatch(
        r"Document\(L\(LI\(Lbl\[1.\] LBody\[kata0.*119\]\) LI\(Lbl\[2.\] LBody\[b\]\)\)\)", listed
    )


def test_the_head_of_a_table_is_read_once() -> None:
    rows = "".join(f"<tr><td>{number}<td>b" for number in range(40))
    table = outline(rendered(f"<table><thead><tr><th>kolom<th>lajur<tbody>{rows}</table>"))
    assert table.count("kolom") == table.count("THead") == table.count("Table") == 1
    assert table.count("TD[b]") == 40


def test_a_link_over_two_lines_is_one_with_a_rectangle_for_each() -> None:
    words = "kata " * 12
    tree = outline(rendered(f"<p>a <a href='http://b.id'>{words}<b>{words}</b></a>"))
    links = re.findall(r"Link\((.*?)\)", tree)
    assert len(links) == 1
    assert links[0].count("@") > 2


def test_each_annotation_is_printed_and_belongs_to_its_element() -> None:
    pdf = rendered("<p>a <a href='http://b.id'><b>b</b> <i>c</i></a> <a href='#d'>e</a><p id='d'>d")
    with pikepdf.open(io.BytesIO(pdf)) as book:
        tree = book.Root.StructTreeRoot.ParentTree.Nums
        owners = dict(zip(map(int, list(tree)[::2]), list(tree)[1::2], strict=True))
        notes = list(book.pages[0].Annots)
        assert len(notes) == 2
        for note in notes:
            assert int(note.F) == 4
            owner = owners[int(note.StructParent)]
            assert owner.S == "/Link"
            assert owner.K[0].Obj.objgen == note.objgen


def test_pictures_are_where_they_say() -> None:
    """In points from the lower left: WeasyPrint has pixels from the upper left."""
    style = "display: block; margin-top: 20mm; width: 10mm"
    square = f"<img alt='x' style='{style}' src='{ASSET_SCHEME}:a.svg'>"
    with pikepdf.open(io.BytesIO(rendered(square))) as book:
        figure = book.Root.StructTreeRoot.K[0].K[0]
        while figure.S != "/Figure":
            figure = figure.K[0]
        left, bottom, right, top = (float(side) * 25.4 / 72 for side in figure.A.BBox)
    assert [left, right, top, bottom] == pytest.approx([8, 18, 60 - 28, 60 - 38], abs=0.5)


ALL = (
    f"<section><h1>Judul</h1><p>{LINES}</p><ol><li>a<ol><li>b</ol>c</ol>{PICTURE}"
    "<dl><dt>d</dt><dd>e</dd></dl><p><a href='#x'>f <b>g</b></a> <a href='http://h.id'>h</a></p>"
    "<table><thead><tr><th>i<tbody>" + "<tr><td>j" * 30 + "</table>"
    "<p class='kaki'>kaki</p><p id='x'>k<span class='titik'></span>l</p></section>"
)


def test_tags_change_neither_pixels_nor_text_nor_links(monkeypatch: pytest.MonkeyPatch) -> None:
    tagged = rendered(ALL)
    monkeypatch.setattr(layout, "finish", lambda *_: None)
    plain = rendered(ALL)
    with pypdfium2.PdfDocument(tagged) as one, pypdfium2.PdfDocument(plain) as other:
        assert len(one) == len(other) > 3
        for left, right in zip(one, other, strict=True):
            assert left.get_textpage().get_text_bounded() == right.get_textpage().get_text_bounded()
            assert left.render(scale=1).to_pil() == right.render(scale=1).to_pil()
    assert _links(tagged) == _links(plain)


def _links(pdf: bytes) -> set[tuple[int, str]]:
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return {
            (number, str(note.get("/Dest", note.get("/A", {}).get("/URI"))))
            for number, page in enumerate(book.pages)
            for note in page.obj.get("/Annots", [])
        }


def test_text_is_read_in_the_order_of_the_html() -> None:
    letters = re.sub(r"\W|kepala", "", spoken(rendered(ALL)))
    tree = re.sub(r"<[^>]+>|\s", "", ALL.replace("<p class='kaki'>kaki</p>", ""))
    assert re.sub(r"1|\W", "", letters) == re.sub(r"1|\W", "", tree)


@pytest.mark.parametrize("marks", [[(1, 0, 0)], [(1, 0, 0), (1, 0, 1), (1, 0, 2)]])
def test_tags_that_do_not_match_the_boxes_are_refused(
    monkeypatch: pytest.MonkeyPatch, marks: list[tuple[int, int, int]]
) -> None:
    """As another version of WeasyPrint might have them."""
    monkeypatch.setattr("pilar.editions.book.structure_tree._marks", lambda *_: iter(marks))
    with pytest.raises(ValueError, match="marked content"):
        rendered("<p>a<p>b")
