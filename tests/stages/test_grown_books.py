"""A book grown from what books of all runs have in common is the one that is joined at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, NameTree, Pdf

from pilar.editions.book.join import cached_book, compose
from pilar.editions.book.markup import PART_SCHEME
from pilar.editions.book.merge import Section
from pilar.editions.book.part import render_part
from pilar.editions.book.rendered import Part
from pilar.editions.book.stamp import Stamp

CSS = """@page { size: 120mm 80mm; @bottom-left { content: counter(page) } }
html { font: 11pt "Source Serif Pro" } section { break-before: page }"""
FIELD = "<div data-lembar='{}'><div data-isi='x' data-label='Nama' style='height: 9mm'></div></div>"


def section(name: str, *links: str, pages: int = 1) -> Section:
    """A part of some pages, with an entry of the outline, a field and links out of it."""
    led = "".join(f"<a href='{PART_SCHEME}:{link}'>ke {link}</a> " for link in links)
    more = "".join(f"<section>Halaman {number}</section>" for number in range(2, pages + 1))
    text = f"<h1 id='{name}'>{name}</h1><p>{led}"
    text += "" if name in ("umum", "badan", "lain") else "<p><i>Milik satu pelatihan"
    html = f"{text}{FIELD.format(name)}{more}"
    return Section(part(name, html), f"{name.upper()}-", name)


def part(name: str, html: str) -> Part:
    html = f'<html lang="id"><title>{name}</title><body data-formulir>{html}'
    return render_part(name, html, CSS, {})


@pytest.fixture(scope="module")
def sections() -> list[Section]:
    """Those of the run, which name it, are before, among and behind what is common."""
    stamp = Stamp("badan", "https://a.id/", part("cap", "<p>Pindai, Žofia 7"))
    common = [
        section("umum", "badan", "jadwal"),
        replace(section("badan", "umum", "sampul", "tiada", "LAIN-2", pages=3), stamp=stamp),
        section("lain", "badan", "tiada", pages=2),
    ]
    umum, *bodies = (replace(one, common=True) for one in common)
    own = (
        section("sampul", "lain", "tiada"),
        section("jadwal", "BADAN-3", pages=2),
        section("akhir"),
    )
    return [own[0], umum, own[1], *bodies, own[2]]


def facts(data: bytes) -> Iterator[Any]:
    """All that a reader of the file meets, whatever the numbers of its objects."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield page.get_textpage().get_text_range(), page.render(scale=1).to_pil().tobytes()
    with Pdf.open(io.BytesIO(data)) as book:
        numbers: Any = {page.objgen: number for number, page in enumerate(book.pages)}
        places = NameTree(book.Root.Names.Dests).items()
        yield {name: (numbers[p[0].objgen], [str(x) for x in list(p)[1:]]) for name, p in places}
        entries = list(book.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(map(int, entries[::2]), entries[1::2], strict=True))
        assert list(owners) == sorted(owners)
        for page in book.pages:
            yield page.label
            yield [str(one.S) for one in owners[int(page.obj.StructParents)]]
            for note in page.obj.get(Name.Annots, Array()):
                said = (note.get(key) for key in ("/Subtype", "/Contents", "/Dest", "/T", "/TU"))
                yield [*map(str, said), str(owners[int(note.StructParent)].S)]
        yield sorted(str(field.T) for field in book.Root.AcroForm.Fields)
        yield list(tags(book.Root.StructTreeRoot.K[0], 0))
        with book.open_outline() as outline:
            yield str(outline)


def tags(element: Any, depth: int) -> Iterator[tuple[int, str]]:
    if isinstance(element, Array):
        for kid in element:
            yield from tags(kid, depth)
    elif isinstance(element, Dictionary):
        yield depth, str(element.get("/S", element.get("/Type")))
        yield from tags(element.get("/K"), depth + 1)


@pytest.mark.parametrize("which", [slice(None), slice(3, 5)], ids=["all modules", "one module"])
def test_a_grown_book_is_the_one_that_is_joined_at_once(
    which: slice, sections: list[Section], tmp_path: Path
) -> None:
    """Of one module nothing but the QR codes is the run's own."""
    sections = sections[which]
    once = compose([replace(one, common=False) for one in sections], "Buku", "Contoh")
    grown = compose(sections, "Buku", "Contoh")
    assert list(facts(grown)) == list(facts(once))
    assert grown != once
    for _ in ("cold", "warm"):
        assert cached_book(tmp_path, sections, "Buku", "Contoh") == grown


def test_what_is_common_is_joined_once(sections: list[Section], tmp_path: Path) -> None:
    """A stamp, which names the run, is none of it; another text is."""
    bodies, other = sections[3], replace(sections[3], stamp=None)
    cached_book(tmp_path, sections, "Buku", "Contoh")
    entries = list(tmp_path.iterdir())
    cached_book(tmp_path, [sections[4], *sections[1:3], other, *sections[4:]][1:], "Lain", "Lagi")
    assert list(tmp_path.iterdir()) == entries
    changed = replace(bodies.part, titles={"badan": "Lain"})
    cached_book(
        tmp_path, [*sections[:3], replace(bodies, part=changed), *sections[4:]], "Buku", "x"
    )
    assert len(list(tmp_path.iterdir())) == 2


def test_each_font_is_in_it_once(sections: list[Section]) -> None:
    with pikepdf.open(io.BytesIO(compose(sections, "Buku", "Contoh"))) as book:
        held = [one for one in book.objects if isinstance(one, Dictionary)]
        files = [str(one.FontName) for one in held if Name.FontFile2 in one]
    assert len(files) == len(set(files)) > 1
