"""Booklets: every page once and in its place when folded, large, and clear of edges and fold."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pilar.editions.book.booklet import EDGE, FOLD, MM, MOST, booklet, sides, signatures
from pilar.editions.book.part import render_part

A4, F4 = (210, 297), (215, 330)
PAGES = 10
HTML = '<html lang="id"><title>x</title>' + "".join(
    f'<section id="h{n}"><a href="#h0">kepala</a><p>halaman {n}</section>' for n in range(PAGES)
)
CSS = """@page { size: A4; margin: 24mm 20mm 22mm 25mm }
@page :left { margin: 24mm 25mm 22mm 20mm }
body { margin: 0 }
section { break-after: page; height: 250mm; border: 1pt solid; position: relative }
"""


@pytest.mark.parametrize("pages", [1, 4, 5, 40, 41, 43, 80, 81, 256, 381])
def test_folded_signatures_read_in_order(pages: int) -> None:
    found = list(signatures(pages))
    read = [number for signature in found for number in folded(signature)]
    assert read == list(range(len(read)))
    assert 0 <= len(read) - pages < 4
    lengths = {len(signature) for signature in found}
    assert max(lengths) <= MOST
    assert max(lengths) - min(lengths) in (0, 4)


def folded(signature: range) -> list[int]:
    """Pages as read from sheets that lie in each other: a front's right page turns to its back."""
    printed = list(sides(signature))
    sheets = list(zip(printed[::2], printed[1::2], strict=True))
    first = [page for front, back in sheets for page in (front[1], back[0])]
    return first + [page for front, back in reversed(sheets) for page in (back[1], front[0])]


@pytest.fixture(scope="module")
def book() -> bytes:
    return render_part("modules/contoh", HTML, CSS, {}).pdf


@pytest.mark.parametrize("sheet", [A4, F4], ids=["A4", "F4"])
def test_pages_are_in_their_halves_clear_of_edges_and_fold(
    book: bytes, sheet: tuple[int, int]
) -> None:
    made = booklet(book, "Contoh (buklet)", sheet)
    width, height = sheet[1] * MM, sheet[0] * MM
    order = [pair for signature in signatures(PAGES) for pair in sides(signature)]
    with pypdfium2.PdfDocument(made) as document:
        assert len(document) == len(order) == 6
        for side, pair in zip(document, order, strict=True):
            assert side.get_size() == pytest.approx((width, height), abs=0.1)
            text = side.get_textpage()
            for half, number in enumerate(pair):
                said = text.get_text_bounded(half * width / 2, 0, (half + 1) * width / 2, height)
                assert said.split() == (["kepala", "halaman", f"{number}"] * (number < PAGES))
            picture = side.render(scale=2, grayscale=True).to_pil()
            for half, number in enumerate(pair):
                if number < PAGES:
                    left, top, right, bottom = ink(picture, half)
                    edges = (FOLD, EDGE) if half else (EDGE, FOLD)
                    assert left >= edges[0] * MM - 1, (number, left)
                    assert right <= width / 2 - edges[1] * MM + 1
                    assert top >= EDGE * MM - 1
                    assert bottom <= height - EDGE * MM + 1
                    # As large as the sheet allows.
                    assert bottom - top == pytest.approx(height - 2 * EDGE * MM, abs=8)


def ink(picture: Image.Image, half: int) -> tuple[float, ...]:
    """Box of what is drawn in one half of a side, in points from its upper left."""
    middle = picture.width // 2
    area = picture.crop((half * middle, 0, (half + 1) * middle, picture.height))
    box = area.point(lambda shade: 255 * (shade < 128)).getbbox()
    assert box is not None
    return tuple(side / 2 for side in box)


def test_a_cover_that_is_drawn_to_its_edges_is_whole_and_leaves_the_others_large() -> None:
    html = HTML + "<section>lagi</section>" * 10
    css = CSS + "@page :first { margin: 0 } #h0 { height: 290mm; border: 3mm solid }"
    made = booklet(render_part("modules/contoh", html, css, {}).pdf, "Contoh", A4)
    with pypdfium2.PdfDocument(made) as document:
        first, second = (document[side].render(scale=2, grayscale=True).to_pil() for side in (0, 1))
    left, _, right, _ = ink(first, 1)
    assert left / MM >= FOLD - 1
    assert (right - left) / MM == pytest.approx(297 / 2 - FOLD - EDGE, abs=2)
    left, _, right, _ = ink(second, 0)
    assert (right - left) / MM > 165 * 0.77


def test_it_is_a_file_for_the_printer(book: bytes) -> None:
    made = booklet(book, "Contoh (buklet)", A4)
    assert made == booklet(book, "Contoh (buklet)", A4)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.docinfo["/Title"] == "Contoh (buklet)"
        assert "Berkas cetak" in str(document.docinfo["/Subject"])
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert not {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/AcroForm"} & set(document.Root)
        assert not any("/Annots" in page.obj for page in document.pages)
        assert [page.label for page in document.pages][:2] == ["Katern 1-1", "Katern 1-2"]
