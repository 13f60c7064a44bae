"""Fonts of joined parts: one file a face, and every page drawn and read as it was."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from pilar.editions.book.join import compose
from pilar.editions.book.merge import Section
from pilar.editions.book.part import render_part
from pilar.editions.book.rendered import Part

CSS = """@page { size: 100mm 60mm; @bottom-left { content: counter(page) } }
html { font: 11pt "Source Serif Pro" }
@page { font: 8pt "Source Sans Pro" }
h1 { font: 700 14pt "Source Sans Pro" }"""
BODIES = (
    "<h1>Sapa & salam</h1><p>Ketuk <b>tiga</b> kali, lalu <i>tunggu</i>: 45 menit.",
    "<h1>Kunjungan</h1><p>Café, fi dan ffi; “kutipan” ≥ 18 tahun → <i>rujukan</i> • ½",
    "<h1>Évaluasi</h1><p>Tanda yang tidak ada di bagian lain: Q, X, Ž, №, €.",
)


def part(body: str) -> Part:
    return render_part("modules/contoh", f'<html lang="id"><title>x</title>{body}', CSS, {})


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    return [part(body) for body in BODIES]


def joined(parts: Sequence[Part]) -> bytes:
    return compose([Section(each, f"{n}-") for n, each in enumerate(parts)], "Buku", "Contoh")


def seen(pdf: bytes) -> list[tuple[str, bytes]]:
    """Text and pixels of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (page.get_textpage().get_text_range(), page.render(scale=2).to_pil().tobytes())
            for page in document
        ]


def fonts(pdf: bytes) -> Counter[str]:
    """How many files each font has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        held = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        return Counter(str(o.FontName) for o in held if Name.FontFile2 in o)


def serif_of(names: Iterable[str]) -> str:
    """The name of the upright serif face; the tag before it is another with each Pango."""
    [name] = [name for name in names if name.endswith("+Source-Serif-Pro")]
    return name


def test_each_face_is_embedded_once_and_pages_stay_as_they_were(parts: list[Part]) -> None:
    book = joined(parts)
    assert [page for each in parts for page in seen(each.pdf)] == seen(book)
    alone = sum(map(fonts, [each.pdf for each in parts]), Counter())
    assert alone[serif_of(alone)] == len(parts)
    assert set(fonts(book)) == set(alone)
    assert [name for name, count in fonts(book).items() if "Source" in name and count > 1] == []
    assert joined(parts) == book


def test_a_book_of_one_part_has_the_fonts_of_the_part(parts: list[Part]) -> None:
    def files(pdf: bytes) -> Iterator[bytes]:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            for held in document.objects:
                if isinstance(held, pikepdf.Dictionary) and Name.FontFile2 in held:
                    yield held.FontFile2.read_bytes()

    assert sorted(files(joined(parts[:1]))) == sorted(files(parts[0].pdf))


def _width(font: pikepdf.Object) -> None:
    font.DescendantFonts[0].W[1][0] = 999


def _text(font: pikepdf.Object) -> None:
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"> <0061>\n", b"> <0430>\n"))


def _version(font: pikepdf.Object) -> None:
    from fontTools.ttLib import TTFont

    file = font.DescendantFonts[0].FontDescriptor.FontFile2
    target = io.BytesIO()
    with TTFont(io.BytesIO(file.read_bytes())) as held:
        held["head"].fontRevision = 9.0
        held.save(target)
    file.write(target.getvalue())


@pytest.mark.parametrize("alter", [_width, _text, _version])
def test_a_font_whose_glyphs_mean_something_else_stays_apart(
    parts: list[Part], alter: Callable[[pikepdf.Object], None]
) -> None:
    """As one of another version of the face would: its pages are drawn with its own."""
    with pikepdf.open(io.BytesIO(parts[1].pdf)) as document:
        held = document.pages[0].Resources.Font
        [serif] = [f for f in held.as_dict().values() if str(f.BaseFont).endswith("Serif-Pro")]
        alter(serif)
        target = io.BytesIO()
        document.save(target)
    other = replace(parts[1], pdf=target.getvalue())
    book = joined([parts[0], other, parts[2]])
    assert [*seen(parts[0].pdf), *seen(other.pdf), *seen(parts[2].pdf)] == seen(book)
    count = fonts(book)
    assert count.pop(serif_of(count)) == 2
    assert [name for name, many in count.items() if "Source" in name and many > 1] == []
