"""Activities are not cut by the turn of a sheet; worksheets have the room that they need."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import weasyprint

from pilar.editions.book.markup import page_markup
from pilar.editions.book.openings import cut
from pilar.editions.book.part import render_part
from pilar.editions.book.worksheets import set_columns, set_rows
from pilar.model.edition import Edition

from .samples import node_of, project_of

_BOOKS = Path(__file__).parents[2] / "overrides/buku"
CSS = "".join((_BOOKS / name).read_text("utf-8") for name in ("buku.css", "isi.css"))
SMALL = CSS + "@page { size: 150mm 90mm; margin: 12mm; } @page :left { margin: 12mm; }"


def activity(code: str, lines: int) -> str:
    steps = "".join(f"<li>Langkah {number}" for number in range(lines))
    return f"<section class='blok kegiatan' data-kode='{code}'><ol>{steps}</ol></section>"


@pytest.mark.parametrize("before", range(1, 9, 2))
@pytest.mark.parametrize("heights", [(4, 4, 4, 4), (9, 8, 3), (12, 7), (14,)])
def test_activities_are_on_a_page_or_an_opening(before: int, heights: tuple[int, ...]) -> None:
    text = "<p>Kalimat yang cukup panjang untuk mengisi satu baris penuh di halaman kecil ini.</p>"
    blocks = (activity(f"A-K{number}", lines) for number, lines in enumerate(heights))
    html = "".join([text * before, *(block + text * 2 for block in blocks)])
    part = render_part("modules/a", f"<html lang=id><title>x</title><body>{html}", SMALL, {})
    assert len(part.quality.activities) == len(heights)
    assert [span for span in part.quality.activities if span.openings > 1] == []


@pytest.mark.parametrize(("content", "expected"), [("<p>a", 1), (activity("A-K1", 3), 2)])
def test_what_has_no_activities_is_laid_out_once(
    content: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Front matter and papers; what has some, twice where its pages are not full."""
    layouts = []
    render = weasyprint.HTML.render

    def counted(*args: Any, **options: Any) -> Any:
        layouts.append(render(*args, **options))
        return layouts[-1]

    monkeypatch.setattr(weasyprint.HTML, "render", counted)
    half = f"<html lang=id><title>x</title><body>{content}<h1>Bab</h1><p>b"
    render_part("modules/a", half, f"{SMALL} h1 {{ break-before: page }}", {})
    assert len(layouts) == expected


@pytest.mark.parametrize(
    ("begin", "height", "expected"),
    [
        pytest.param(0.5, 0.5, False, id="ends with a right page"),
        pytest.param(0.5, 0.6, True, id="goes on behind it"),
        pytest.param(1.5, 0.6, False, id="left to right"),
        pytest.param(1.0, 2.0, False, id="fills an opening"),
        pytest.param(1.5, 1.6, True, id="three pages"),
    ],
)
def test_an_opening_is_a_left_page_and_the_next(
    begin: float, height: float, expected: bool
) -> None:
    assert cut(begin, height) is expected


def worksheet(heads: list[str], labels: list[str]) -> lxml.html.HtmlElement:
    first = "".join(f"<th>{head}</th>" for head in heads)
    cells = "<td></td>" * (len(heads) - 1)
    rows = "".join(f"<tr><th>{label}</th>{cells}</tr>" for label in labels)
    html = f"<table><thead><tr>{first}</tr></thead><tbody>{rows}</tbody></table>"
    return lxml.html.fragment_fromstring(html)


def widths(table: lxml.html.HtmlElement) -> list[float]:
    set_columns(table)
    return [float(col.get("style").strip("width: %")) for col in table.iter("col")]


def test_columns_of_labels_and_short_answers_are_narrow() -> None:
    table = worksheet(["Tahap", "Langkah", "Tanggal", "Hasil"], ["Satu", "Dua"])
    label, wide, short, other = widths(table)
    assert label < short < wide == other
    assert sum(widths(table)) == pytest.approx(100, abs=0.3)


@pytest.mark.parametrize(("columns", "rows", "lines"), [(2, 5, 1), (3, 5, 2), (5, 4, 3), (5, 8, 1)])
def test_rows_have_one_to_three_lines_by_the_width_of_answers(
    columns: int, rows: int, lines: int
) -> None:
    table = worksheet(["Hal", *["Isian"] * (columns - 1)], ["Butir yang diamati"] * rows)
    set_rows(table)
    heights = {row.get("style") for row in table.findall("./tbody/tr")}
    assert heights == {f"height: {lines * 8.5:g}mm"}


@pytest.mark.parametrize("baris", ["[]", "[' ']", "['', Lama]", "[A, B]", "40"])
@pytest.mark.parametrize("kolom", ["[Hal]", "[Hal, '']", f"[{', '.join('ABCDEFGHIJKL')}]"])
def test_any_worksheet_is_set(kolom: str, baris: str) -> None:
    source = f"/// lembar-kerja | Isi\n    kolom: {kolom}\n    baris: {baris}\n///"
    node = node_of(project_of(f"# Judul\n\n{source}\n"), Edition.PESERTA)
    (table,) = lxml.html.fromstring(page_markup(node, node.pages[0])).iter("table")
    shares = [float(col.get("style").strip("width: %")) for col in table.iter("col")]
    assert len(shares) in {1, len(table.find("./thead/tr"))}
    assert min(shares) > 0
    assert sum(shares) == pytest.approx(100, abs=0.9)


SHEET = "/// lembar-kerja | Janji\n    garis: 2\n    dikumpulkan: true\n///\n\n"


@pytest.mark.parametrize(
    ("sheets", "edition", "pages"),
    [
        (SHEET, Edition.PESERTA, (5, [2])),
        (SHEET, Edition.PELATIH, (2, [0])),
        (SHEET * 3, Edition.PESERTA, (7, [2, 3, 3])),
        (f"{SHEET}Lalu.\n\n{SHEET}", Edition.PESERTA, (9, [2, 6])),
    ],
    ids=["alone", "for trainers", "one form", "two forms"],
)
def test_what_is_handed_in_is_on_sheets_of_its_own(
    sheets: str, edition: Edition, pages: tuple[int, list[int]]
) -> None:
    node = node_of(project_of(f"# Judul\n\nAwal.\n\n{sheets}Akhir.\n"), edition)
    html = page_markup(node, node.pages[0])
    body = f"<html lang=id><title>x</title><body class='edisi-{edition}'>{html}"
    part = render_part("modules/a", body, SMALL, {})
    places = [page for name, page in part.anchors.items() if re.search(r"cth-lk\d$", name)]
    assert (part.pages, places) == pages


def sheet(columns: int, rows: int) -> str:
    table = worksheet(["Hal", *(f"Isian{n}" for n in range(1, columns))], [f"Baris{rows}"] * rows)
    table.set("class", "isian")
    set_columns(table)
    set_rows(table)
    markup = lxml.html.tostring(table, encoding="unicode")
    return f"<section class='blok lembar-kerja'><p>Isilah</p>{markup}</section>"


def letters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


ROWS = "".join(f"<tr><td>Nomor{number}<td>Isi" for number in range(100))
ODD = {
    "longer than an opening": ["A-K1"],
    "longer, and second": ["A-K2"],
    "a table of 100 rows": ["A-K1"],
    "first": [],
    "many in a row": [],
    "within another one": [],
    "within a tab": [],
    "12 columns": [],
    "one column": [],
    "40 rows": [],
    "60 lines": [],
}
"""What is laid out, and the activities that have to be cut."""
HTML = {
    "longer than an opening": activity("A-K1", 150).replace("ol>", "ul>"),
    "longer, and second": activity("A-K1", 9) + activity("A-K2", 150).replace("ol>", "ul>"),
    "a table of 100 rows": f"<section class='blok kegiatan' data-kode='A-K1'><table>"
    f"<thead><tr><th>Kepala<th>Kolom<tbody>{ROWS}</table></section>",
    "first": activity("A-K1", 3),
    "many in a row": "".join(activity(f"A-K{number}", 2 + number % 7) for number in range(12)),
    "within another one": f"<section class='blok kegiatan' data-kode='A-K1'>"
    f"{activity('A-K2', 40)}{activity('A-K3', 40)}</section>",
    "within a tab": f"<div class='tab'><p class='label'>Tab</p><ul><li>{activity('A-K1', 9)}</ul>"
    f"</div><blockquote>{activity('A-K2', 7)}</blockquote>",
    "12 columns": sheet(12, 4),
    "one column": sheet(1, 4),
    "40 rows": sheet(3, 40),
    "60 lines": "<section class='blok lembar-kerja'><div class='garis'>"
    f"{'<p class=baris></p>' * 60}</div></section>",
}


@pytest.mark.parametrize("name", HTML)
@pytest.mark.parametrize(
    ("size", "edition"),
    [("", Edition.PELATIH), ("@page { size: 215mm 330mm }", Edition.PESERTA)],
    ids=["A4", "F4"],
)
def test_odd_content_loses_no_letter_and_is_laid_out_alike(
    name: str, size: str, edition: Edition
) -> None:
    before = "<p>Awal.</p>" * (name != "first")
    body = f"<html lang=id><title>x</title><body class='edisi-{edition}'>{before}{HTML[name]}Akhir"
    part = render_part("modules/a", body, CSS + size, {})
    assert letters(lxml.html.fromstring(body).find("body").itertext()) <= letters(part.texts)
    assert [span.code for span in part.quality.activities if span.openings > 1] == ODD[name]
    assert render_part("modules/a", body, CSS + size, {}) == part
