"""Fields of participants' PDFs: named, tagged, filled in and saved, and unseen on paper."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf.form import ExtendedAppearanceStreamGenerator, Form

from pilar.editions.book.join import compose
from pilar.editions.book.merge import Section
from pilar.editions.book.part import render_part
from pilar.editions.book.rendered import Part

CSS = (Path(__file__).parents[2] / "overrides/buku/isi.css").read_text("utf-8")
SIZE = "@page { size: 120mm 200mm } table { border-collapse: collapse; width: 100% }"
SHEET = """
<section data-kode="{code}"><table class="isian"><thead><tr><th>Yang ditanyakan</th><th>Jawaban</th>
</tr></thead><tbody>
<tr><th scope="row">Nama</th><td data-isi="b1k2" data-label="Jawaban" style="height: 8mm"></td></tr>
<tr><th scope="row">Alasan</th><td data-isi="b2k2" data-label="Jawaban" style="height: 30mm"></td>
</tr></tbody></table>
<div class="garis" data-isi="teks"><p class="baris"></p><p class="baris"></p></div></section>
<table><tbody><tr><th scope="row">Nama</th><td data-isi="nama" style="height: 8mm"></td></tr>
</tbody></table><section id="halaman"><ul><li><span data-isi="kotak"
style="display: inline-block; width: 3mm; height: 3mm"></span> Sudah saya baca.</li></ul></section>
"""
LABELS = {
    "A-LK1-b1k2": "A-LK1, Nama, Jawaban",
    "A-LK1-b2k2": "A-LK1, Alasan, Jawaban",
    "A-LK1-teks": "A-LK1, jawaban",
    "nama": "Nama",
    "halaman-kotak": "Sudah saya baca.",
}


def part(code: str, attribute: str = "data-formulir", style: str = SIZE) -> Part:
    sheet = SHEET.format(code=code)
    html = f'<html lang="id"><title>x</title><body {attribute}><h1>Judul</h1>{sheet}'
    return render_part("modules/contoh", html, CSS + style, {})


@pytest.fixture(scope="module")
def book() -> bytes:
    return compose([Section(part("A-LK1"), "A-"), Section(part("B-LK1"), "B-")], "Judul", "Buku")


def pixels(data: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        return [bytes(page.render(scale=1.5).buffer) for page in document]


def test_each_place_to_write_has_a_field_with_a_label(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        form = Form(pdf)
        labels = {field.fully_qualified_name: field.alternate_name for field in form}
        assert {name: labels[name] for name in LABELS} == LABELS
        # The second part's; its box to tick has the name that the first part's has.
        assert {"B-LK1-b1k2", "B-LK1-b2k2", "B-LK1-teks", "halaman-kotak-2"} < labels.keys()
        assert len(labels) == 10
        lines = {name: form[name].is_multiline for name in list(LABELS)[:4]}
        assert lines == {"A-LK1-b1k2": True, "A-LK1-b2k2": True, "A-LK1-teks": True, "nama": False}


def test_each_field_stands_in_a_form_element_of_its_cell(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        above = []
        for page in pdf.pages:
            for note in page.obj.Annots:
                element = owners[int(note.StructParent)]
                assert element.S == "/Form"
                [reference] = element.K
                assert reference.Obj.objgen == note.objgen
                above.append(str(element.P.S))
        assert above == ["/TD", "/TD", "/P", "/TD", "/LBody"] * 2


def test_what_is_filled_in_is_saved_and_printed(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        form = Form(pdf, ExtendedAppearanceStreamGenerator)
        form["A-LK1-b1k2"].value = "Bu Melati"
        form["B-LK1-teks"].value = "Saya datang tepat waktu."
        form["halaman-kotak"].checked = True
        target = io.BytesIO()
        pdf.save(target)
    with pikepdf.open(target) as pdf:
        form = Form(pdf)
        assert form["A-LK1-b1k2"].value == "Bu Melati"
        assert form["B-LK1-teks"].value == "Saya datang tepat waktu."
        assert form["halaman-kotak"].checked
        assert not form["halaman-kotak-2"].checked
    before, after = pixels(book), pixels(target.getvalue())
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, False]


def test_the_ground_of_what_is_written_hides_lines_to_their_ends(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        left, bottom, _, top = (
            float(side) for note in pdf.pages[0].obj.Annots if "/MK" in note for side in note.Rect
        )
    with pypdfium2.PdfDocument(book) as document:
        width, height = document[0].get_size()
        strip = (left - 1.4, bottom, width - left + 0.4, height - top)
        beside = document[0].render(scale=4, crop=strip)
    assert min(bytes(beside.buffer)) == 255, "a line begins before the field does"


def test_paper_shows_the_room_and_nothing_of_the_fields(book: bytes) -> None:
    plain = [Section(part(code, attribute=""), "A-") for code in ("A-LK1", "B-LK1")]
    bare = compose(plain, "Judul", "Buku")
    with pikepdf.open(io.BytesIO(bare)) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert pixels(bare) == pixels(book)


def test_a_place_that_goes_on_on_the_next_page_has_a_field_on_each() -> None:
    short = "@page { size: 120mm 90mm; margin: 15mm } .garis .baris { height: 50mm }"
    data = compose([Section(part("A-LK1", style=short), "A-")], "Judul", "Buku")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        labels = {f.fully_qualified_name: f.alternate_name for f in Form(pdf)}
    assert labels["A-LK1-teks-2"] == "A-LK1, jawaban (lanjutan 1)"
