"""Front and back matter of books: lists in columns, the index, the cover, foreword per edition."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.assembly.compose import PageHeading
from pilar.assembly.tree import assemble
from pilar.editions.book.column_flow import HEAD, placed, text_height
from pilar.editions.book.cover import ACROSS, ROWS, cover_title, picture, rows_on
from pilar.editions.book.front_lists import Row, abbreviations, foreword
from pilar.editions.book.join import compose
from pilar.editions.book.markup import PART_SCHEME, anchor
from pilar.editions.book.merge import Section
from pilar.editions.book.page_quality import PageQuality
from pilar.editions.book.part import render_part
from pilar.editions.book.rendered import Part
from pilar.editions.book.subject_index import MOST, IndexEntry, subject_index
from pilar.model.edition import Edition
from pilar.model.sources import Term

from .samples import PROJECT

(RUN,) = PROJECT.runs.values()
ROOM = 253


@given(
    st.lists(st.tuples(st.floats(1, 40), st.booleans()), max_size=200),
    st.integers(1, 3),
    st.floats(0, ROOM),
)
def test_columns_hold_everything_in_order_and_none_is_higher_than_its_page(
    sizes: list[tuple[float, bool]], count: int, left: float
) -> None:
    rows = [Row(str(size), kind="judul" if head else "tingkat-2") for size, head in sizes]
    chunks, _ = placed(rows, count, lambda row, width: float(row.text), left, ROOM)
    assert [row for chunk in chunks for column in chunk.columns for row in column] == rows
    for number, chunk in enumerate(chunks):
        assert number == 0 or chunk.fresh
        room = (ROOM if chunk.fresh else left) - (0 if number else HEAD)
        for column in filter(None, chunk.columns):
            heads = len(list(takewhile(lambda row: row.is_head, column)))
            assert not column[-1].is_head or column[-1] is rows[-1]
            least = sum(float(row.text) for row in column[: heads + 1])
            assert sum(float(row.text) for row in column) <= max(room, least)


def test_a_line_that_is_too_long_for_its_column_counts_twice() -> None:
    one = text_height("Norma kelas", 78)
    assert text_height("Norma kelas dan kontrol kolektif " * 3, 78) == pytest.approx(2 * one)


def bodies(*texts: str) -> list[tuple[object, Section]]:
    """One module a text; its pages are divided by form feeds."""
    node = assemble(PROJECT, RUN, Edition.PESERTA).modules[0]
    node = replace(node, pages=())
    return [
        (
            node,
            Section(
                Part(b"", 1, (), {}, PageQuality(), {}, texts=tuple(text.split("\f"))),
                f"M{number}-",
            ),
        )
        for number, text in enumerate(texts, 1)
    ]


def entries(found: list[IndexEntry]) -> dict[str, list[str]]:
    return {entry.text: [place.label for place in entry.places] for entry in found}


def test_the_index_has_the_pages_on_which_a_term_stands() -> None:
    terms = (Term(istilah="PM", arti="x"), Term(istilah="Norma kelas", arti="x"))
    found = subject_index(
        bodies("Norma kelas\fpm, APM\fNORMA KELAS, PM", "normakelas\fnorma kelas"), terms
    )
    assert entries(found) == {
        "N": [],
        "Norma kelas": ["M1-1", "M1-3", "M2-2"],
        "P": [],
        "PM": ["M1-3"],
    }
    assert [place.text for place in found[1].places] == ["M1-1", "3", "M2-2"]


def test_a_term_on_many_pages_has_the_page_of_each_module_that_says_it_most() -> None:
    many = "\f".join(["rujukan", "rujukan rujukan", *["rujukan"] * MOST])
    found = subject_index(bodies(many, "rujukan"), (Term(istilah="Rujukan", arti="x"),))
    assert entries(found)["Rujukan"] == ["M1-2", "M2-1"]


def test_a_heading_is_listed_where_it_stands_and_a_term_where_it_is_treated() -> None:
    """Not on the opening page and in the first chapter, which only name them."""
    ((node, section),) = bodies("x\fkontrol kontrol norma kelas\fnorma kelas\fkontrol\fx")
    page = assemble(PROJECT, RUN, Edition.PESERTA).modules[0].pages[0]
    heads = (PageHeading(level=2, text="A. Norma Kelas", anchor="norma", section=True),)
    pages = [replace(page, path=f"m/{n}.md", headings=heads) for n in (1, 2, 4)]
    anchors = {
        anchor(page.path, name): n
        for page, n in zip(pages, (1, 2, 4), strict=True)
        for name in ("", "norma")
    }
    section = replace(section, part=replace(section.part, anchors=anchors))
    found = subject_index(
        [(replace(node, pages=tuple(pages)), section)], (Term(istilah="Kontrol", arti="x"),)
    )
    assert entries(found) == {"K": [], "Kontrol": ["M1-4"], "N": [], "Norma Kelas": ["M1-3"]}


def test_a_divided_word_is_in_the_text_of_its_page_as_a_whole_too() -> None:
    css = "@page { size: 60mm 40mm; margin: 5mm; @top-left { content: 'Kepala' } }"
    css += "p { width: 15mm; hyphenate-character: '-' }"
    html = "<html lang=id><title>x</title><p>Penga&shy;gregasian <b>data</b><table><td>sel</table>"
    assert render_part("x", html, css, {}).texts == ("Penga-gregasian Pengagregasian data sel",)


def test_a_link_to_a_label_leads_to_the_top_of_that_page() -> None:
    html = "<html lang=id><title>x</title><body>{}"
    link = html.format(f'<p><a href="{PART_SCHEME}:M-2">2</a>')
    two = html.format("<p>satu<p style='break-before: page'>dua")
    parts = [render_part("x", text, "@page { size: A6 }", {}) for text in (link, two)]
    book = compose([Section(parts[0]), Section(parts[1], "M-")], "x", "x")
    with pikepdf.open(io.BytesIO(book)) as pdf:
        (note,) = pdf.pages[0].Annots
        place = pikepdf.NameTree(pdf.Root.Names.Dests)[str(note.Dest)]
        assert place[0].objgen == pdf.pages[2].objgen
        assert float(place[3]) == float(pdf.pages[2].mediabox[3])


def test_covers_differ_by_module_and_the_joined_one_has_rows_of_each() -> None:
    one, other, both = (picture(codes) for codes in (["BLC"], ["KBJ"], ["BLC", "KBJ"]))
    assert len({one, other, both}) == 3
    rows = [list(ElementTree.fromstring(svg)) for svg in (one, both)]
    assert [len(tiles) for tiles in rows] == [ACROSS * ROWS] * 2
    assert [tile.attrib for tile in rows[0][:ACROSS]] == [tile.attrib for tile in rows[1][:ACROSS]]
    greys = {tile.get("fill") for tile in rows[0]}
    assert all(len(set(grey[1:])) == 1 for grey in greys)


def test_on_longer_sheets_the_picture_of_a_cover_has_more_rows() -> None:
    assert (rows_on(297), rows_on(330)) == (ROWS, ROWS + 2)
    assert len(list(ElementTree.fromstring(picture(["BLC"], ROWS + 2)))) == ACROSS * (ROWS + 2)
    assert cover_title("Sinergi", ROWS + 2).picture == 75


@pytest.mark.parametrize(
    ("title", "short", "above"),
    [
        ("Pelatihan: Tingkat Dasar: Sinergi", "Sinergi", "Pelatihan: Tingkat Dasar"),
        ("Membangun Komitmen Belajar", "Membangun Komitmen Belajar", ""),
    ],
)
def test_what_is_behind_the_colon_stands_large(title: str, short: str, above: str) -> None:
    found = cover_title(title)
    assert (found.short, found.above) == (short, above)
    assert cover_title("Penyelenggaraan Kesejahteraan " * 4).size < found.size


def test_abbreviations_explain_those_of_the_templates_too() -> None:
    found = abbreviations([Term(istilah="PKH", kepanjangan="Program", arti="x")])
    assert [term.istilah for term in found] == ["IHB", "JP", "P", "PKH", "PL", "T"]


@pytest.mark.parametrize(("own", "expected"), [("", "Semua."), ("Pelatih.", "Pelatih.")])
def test_the_foreword_of_trainers_is_their_own_where_there_is_one(own: str, expected: str) -> None:
    texts = {"pengantar": "Semua.", "pengantar_pelatih": own}
    curriculum = PROJECT.curriculum.model_copy(update=texts)
    trees = [replace(assemble(PROJECT, RUN, e), curriculum=curriculum) for e in Edition]
    assert {tree.edition: foreword(tree) for tree in trees} == {
        Edition.PELATIH: expected,
        Edition.PESERTA: "Semua.",
    }


def test_the_style_sheet_has_the_measures_that_lists_are_divided_by() -> None:
    css = (Path(__file__).parents[2] / "overrides/buku/muka.css").read_text("utf-8")
    assert css.count("9pt/11.5pt") >= 2
