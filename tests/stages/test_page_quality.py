"""Pages are measured: how full, which activities are cut, what stands alone at their edges."""

from __future__ import annotations

import pytest

from pilar.editions.book.page_quality import (
    Lone,
    PageQuality,
    Span,
    summary,
)
from pilar.editions.book.part import render_part

CSS = """@page { size: 100px; margin: 0 }
@page pembuka { margin: 0 }
html { font: 8px/10px "Source Serif Pro" } * { margin: 0; padding: 0 }
p, li { orphans: 1; widows: 1 } table { border-spacing: 0 } .pembuka { page: pembuka }
ul { list-style: none } h1 { font-size: 8px; break-before: page }
h2 { font: 8px/10px "Source Serif Pro"; break-after: auto }"""
"""Pages of ten lines."""


def lines(count: int, tag: str = "p") -> str:
    return f"<{tag}>{'<br>'.join(['baris'] * count)}</{tag}>" if count else ""


def items(*counts: int, tag: str = "ul") -> str:
    return f"<{tag}>{''.join(lines(count, 'li') for count in counts)}</{tag}>"


def rows(*counts: int) -> str:
    cells = "".join(f"<tr>{lines(count, 'td')}</tr>" for count in counts)
    return f"<table><thead><tr><th>Kepala</th></tr></thead><tbody>{cells}</tbody></table>"


def activity(code: str, count: int, extra: str = "") -> str:
    return f"<section class='blok kegiatan' data-kode='{code}'>{lines(count)}{extra}</section>"


def measured(body: str) -> PageQuality:
    html = f"<html lang='id'><title>x</title>{body}"
    return render_part("modules/contoh", html, CSS, {}).quality


@pytest.mark.parametrize(
    ("body", "fills"),
    [
        pytest.param(lines(10) + lines(10) + lines(1), (1, 1, None), id="the last does not count"),
        pytest.param(lines(4) + "<h1>Bab</h1>" + lines(3), (0.4, None), id="before a chapter"),
        pytest.param(
            f"<div class=pembuka>{lines(2)}</div><h1>Bab</h1>{lines(8)}<h1>Bab</h1>",
            (None, 0.9, None),
            id="an opening",
        ),
        pytest.param(
            f"{lines(5)}<div style='height: 20px; border-bottom: 1px solid'></div><h1>Bab</h1>",
            (0.71, None),
            id="a ruled line is ink",
        ),
        pytest.param(
            f"{lines(5)}<div style='height: 20px'></div><h1>Bab</h1>", (0.5, None), id="room is not"
        ),
        pytest.param(
            f"{lines(5)}<h1>Bab</h1><h1 style='break-before: right'>Bab</h1>",
            (0.5, 0.1, None),
            id="no blank page between a left and a right one",
        ),
        pytest.param(
            f"{lines(5)}<h1 style='break-before: right'>Bab</h1>",
            (0.5, None, None),
            id="a blank page",
        ),
    ],
)
def test_fill_is_what_is_above_the_lowest_ink(body: str, fills: tuple[float | None, ...]) -> None:
    assert measured(body).fills == pytest.approx(fills, abs=0.02)


@pytest.mark.parametrize(
    ("before", "length", "first", "last", "openings"),
    [
        pytest.param(2, 5, 0, 0, 1, id="one page"),
        pytest.param(15, 10, 1, 2, 1, id="an opening"),
        pytest.param(5, 10, 0, 1, 2, id="two pages that do not face each other"),
        pytest.param(15, 20, 1, 3, 2, id="three pages"),
        pytest.param(25, 40, 2, 6, 3, id="five pages"),
    ],
)
def test_pages_and_openings_of_an_activity_are_counted(
    before: int, length: int, first: int, last: int, openings: int
) -> None:
    (span,) = measured(lines(before) + activity("CTH-K1", length) + lines(3)).activities
    assert span == Span("CTH-K1", first, last)
    assert span.openings == openings


def test_what_stands_in_an_activity_belongs_to_it() -> None:
    body = lines(13) + activity("CTH-K1", 4, "<aside><table><td>Catatan</table></aside>" * 5)
    assert measured(body).activities == (Span("CTH-K1", 1, 2),)


def test_a_rule_alone_is_a_cut_as_well() -> None:
    body = f"<style>section {{ border-bottom: 1px solid; padding-bottom: 3px }}</style>{lines(6)}"
    assert measured(body + activity("CTH-K1", 4) + lines(2)).activities == (Span("CTH-K1", 0, 1),)


ALONE = [
    pytest.param(lines(9) + items(1, 1, 1), [Lone(0, "butir")], id="first item"),
    pytest.param(lines(8) + items(1, 1, 1), [Lone(1, "butir")], id="last item"),
    pytest.param(lines(8) + items(1, 1, 1, 1), [], id="two and two items"),
    pytest.param(lines(9) + items(1), [], id="the only item"),
    pytest.param("<ul></ul>", [], id="no item"),
    pytest.param(lines(6) + items(4, 1, 1), [], id="a long item"),
    pytest.param(lines(8) + items(4, 1, 1), [], id="an item that is cut itself"),
    pytest.param(lines(8) + rows(1, 1, 1), [Lone(0, "baris")], id="first row"),
    pytest.param(lines(7) + rows(1, 1, 1), [Lone(1, "baris")], id="last row"),
    pytest.param(lines(9) + lines(4), [Lone(0, "larik")], id="first line"),
    pytest.param(lines(7) + lines(4), [Lone(1, "larik")], id="last line"),
    pytest.param(lines(8) + lines(4), [], id="two lines"),
    pytest.param(lines(9) + "<h2>Judul</h2>" + lines(2), [Lone(0, "judul")], id="heading"),
    pytest.param(lines(9) + "<p class=label>x</p>" + lines(2), [Lone(0, "judul")], id="label"),
    pytest.param(lines(9) + "<h2>Judul</h2>", [], id="heading at the end of all"),
]


@pytest.mark.parametrize(("body", "lone"), ALONE)
def test_what_stands_alone_at_an_edge_is_found(body: str, lone: list[Lone]) -> None:
    assert list(measured(body).lone) == lone


def test_heads_of_tables_stand_on_each_page_and_not_alone() -> None:
    assert measured(lines(4) + rows(*[1] * 20)).lone == ()


def test_a_summary_joins_parts_and_names_their_pages() -> None:
    first = PageQuality((None, 0.9, 0.4, None), (Span("A-K1", 1, 2),), (Lone(2, "butir"),))
    second = PageQuality((1.0, None), (Span("B-K1", 0, 0), Span("B-K2", 0, 1)), (Lone(0, "judul"),))
    named = [(first, "A-{}".format), (second, "B-{}".format)]
    assert summary(named) == {
        "isi": 0.767,
        "lengang": ["A-2"],
        "kegiatan": 3,
        "satu_halaman": 1,
        "satu_bukaan": 1,
        "terpotong": ["B-K2"],
        "menyendiri": ["A-2", "B-0"],
    }
    assert summary([])["isi"] is None
