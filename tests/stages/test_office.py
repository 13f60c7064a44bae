"""Papers as .docx and .xlsx, read back by the libraries that offices' tools are written with."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from pilar.editions.book.part import render_part
from pilar.editions.papers import paper_files
from pilar.editions.papers.cascade import page, parsed
from pilar.editions.papers.paper_files import cached_bound, cached_office_file, office_file
from pilar.editions.papers.word import document
from pilar.editions.papers.workbook import workbook
from pilar.store import cache

from .golden import Golden, cases

CENTER = WD_CELL_VERTICAL_ALIGNMENT.CENTER
A4 = "@page { size: 210mm 297mm; margin: 20mm }"
EPOCH = 1_760_313_600  # 13 October 2025


def word(body: str, css: str = A4) -> Any:
    data = document(f"<body>{body}</body>", css, title="Kertas", subject="Uji", epoch=EPOCH)
    return docx.Document(io.BytesIO(data))


def book(body: str, css: str = A4) -> Any:
    data = workbook(f"<body>{body}</body>", css, title="Kertas", epoch=EPOCH)
    return openpyxl.load_workbook(io.BytesIO(data))


# What is read back, as text.

TEXTS = (qn("w:t"), qn("w:br"), qn("w:tab"))


def paragraph_line(paragraph: Paragraph) -> str:
    shape = paragraph.paragraph_format
    level = paragraph._p.find(f".//{qn('w:ilvl')}")
    listed = paragraph._p.find(f".//{qn('w:numId')}")
    facts = {
        "rata": shape.alignment and shape.alignment.name,
        "jorok": shape.left_indent and round(shape.left_indent.mm),
        "halaman baru": shape.page_break_before,
        "bersama": shape.keep_with_next,
        "butir": listed is not None and f"{listed.get(qn('w:val'))}.{level.get(qn('w:val'))}",
    }
    said = "".join(f" {name}={value}" for name, value in facts.items() if value)
    return f"[{paragraph.style.name}{said}] " + "".join(map(run_text, paragraph.runs))


def run_text(run: Any) -> str:
    text = re.sub("\N{NO-BREAK SPACE}{2,}", lambda m: f"<{len(m[0])} kosong>", run.text)
    for mark, value in (
        ("*", run.bold),
        ("/", run.italic),
        ("_", run.font.underline),
        ("~", run.font.subscript),
    ):
        text = f"{mark}{text}{mark}" if value else text
    return text.replace("\n", "⏎")


def table_lines(table: Table) -> Iterator[str]:
    widths = [round(column.width.mm) for column in table.columns]
    yield f"({table.style.name}, lebar {widths})"
    for row in table.rows:
        facts = [row._tr.trPr.find(qn("w:tblHeader")) is not None and "kepala", row.height]
        yield "-" + "".join(f" {round(f.mm) if f and f != 'kepala' else f}" for f in facts if f)
        for tc in row._tr.tc_lst:
            span = f"{tc.grid_span}{'v' if tc.vMerge == 'continue' else ''}"
            cell = docx.table._Cell(tc, table)
            bare = "".join(edge.tag.rpartition("}")[2][0] for edge in tc.xpath(".//w:tcBorders/*"))
            span += f" tanpa {bare}" if bare else ""
            yield f"  {span} " + " | ".join(map(paragraph_line, cell.paragraphs))


def lines(made: Any) -> Iterator[str]:
    section = made.sections[0]
    yield f"{section.page_width.mm:.0f} x {section.page_height.mm:.0f} {section.orientation}"
    yield "kaki: " + "".join(node.text or "|" for node in section.footer._element.iter(*TEXTS))
    for block in made.iter_inner_content():
        yield from [paragraph_line(block)] if isinstance(block, Paragraph) else table_lines(block)


def sheet_lines(made: Any) -> Iterator[str]:
    for sheet in made:
        setup = sheet.page_setup
        yield f"{sheet.title}: kertas {setup.paperSize} {setup.orientation}, {sheet.freeze_panes}, "
        yield f"kepala {sheet.print_title_rows}, gabung {sorted(map(str, sheet.merged_cells))}"
        for row in sheet.iter_rows():
            yield " | ".join(f"{cell.value!r}{'*' if cell.font.b else ''}" for cell in row)


@cases("office")
def test_what_an_office_reads(case: Path, golden: Golden) -> None:
    html, css = ((case / f"kertas.{kind}").read_text("utf-8") for kind in ("html", "css"))
    made = docx.Document(io.BytesIO(document(html, css, title="Formulir", epoch=EPOCH)))
    sheets = openpyxl.load_workbook(io.BytesIO(workbook(html, css, title="Formulir", epoch=EPOCH)))
    golden.check(
        case,
        {
            "docx.txt": "".join(f"{line}\n" for line in lines(made)),
            "xlsx.txt": "".join(f"{line}\n" for line in sheet_lines(sheets)),
        },
    )


@pytest.mark.parametrize("make", [document, workbook])
def test_the_same_paper_gives_the_same_bytes(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    html = "<body><h1>J</h1><ol><li>x</ol><table><thead><tr><th>1<tbody><tr><td>2</table>"
    first = make(html, A4, title="J", epoch=EPOCH)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert make(html, A4, title="J", epoch=EPOCH) == first
    with ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2025-10-13T"}
    assert "openpyxl" not in core
    assert "python-docx" not in core


def test_a_document_says_its_title_and_language() -> None:
    made = word("<p>x")
    said = made.core_properties
    assert (said.title, said.subject, said.language) == ("Kertas", "Uji", "id-ID")
    assert (said.author, said.comments) == ("", "")
    assert made.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "id-ID"


TAGS = ("p", "div", "strong", "em", "span", "h2", "ul", "ol", "table", "br")
TREES = st.recursive(
    st.just(""),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=3)),
    max_leaves=12,
)
_INLINE = ("strong", "em", "span")


def grown(tree: Any, words: Iterator[int], within: str = "div") -> str:
    """HTML of a made-up tree, a word of its own at every place that can hold one."""
    if not tree:
        return f" k{next(words)} "
    tag, inner = tree
    if within in (*_INLINE, "p", "h2") and tag not in (*_INLINE, "br"):
        tag = "em"
    if tag == "br":
        return "<br>"
    if within == "td" and tag == "table":
        tag = "ol"
    if tag == "table":
        cells = "".join(f"<td>{grown(one, words, 'td')}" for one in inner)
        return f"<table><tr>{cells}<td>k{next(words)}</table> k{next(words)} "
    if tag in ("ul", "ol"):
        items = "".join(f"<li>{grown(one, words, within)}</li>" for one in inner)
        return f"<{tag}>{items}</{tag}> k{next(words)} "
    deeper = within if tag == "div" or (within == "td" and tag not in _INLINE) else tag
    text = "".join(grown(one, words, tag if tag != "div" else deeper) for one in inner)
    return f"<{tag}> k{next(words)} {text}</{tag}> k{next(words)} "


@settings(max_examples=60)
@given(TREES)
def test_every_word_is_there_in_its_order(tree: Any) -> None:
    html = grown(tree, iter(range(10_000)))
    said = " ".join(parsed(f"<body>{html}</body>").itertext()).split()
    made = word(html)
    texts = [
        "".join(node.text or "\n" for node in paragraph.iter(*TEXTS))
        for paragraph in made.element.body.iter(qn("w:p"))
    ]
    assert " ".join(texts).split() == said


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>x",
        "<p><img src=a>",
        "<ul><div>x</div></ul>",
        "<p>x</p><svg></svg>",
        "<table><tr><td><table><tr><td>x",
    ],
)
def test_what_has_no_counterpart_is_an_error(html: str) -> None:
    with pytest.raises(ValueError, match="no counterpart"):
        word(html)


def test_each_list_counts_anew() -> None:
    made = word("<ol><li>a<li>b</ol><ol start=4><li>c</ol>")
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = made.part.numbering_part.element
    starts = {
        num.numId: num.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for num in numbering.num_lst
        if num.numId in numbers
    }
    assert [starts[numbers[0]], starts[numbers[2]]] == ["1", "4"]


def test_widths_fill_the_line_and_follow_the_length_of_texts() -> None:
    made = word("<table><col style='width: 20mm'><tr><td>1<td>panjang sekali isinya<td>isi</table>")
    widths = [column.width.mm for column in made.tables[0].columns]
    assert sum(widths) == pytest.approx(170, abs=0.2)
    assert widths[0] == pytest.approx(20, abs=0.1)
    assert widths[1] > 3 * widths[2]


def test_cells_stand_as_the_sheet_says_and_spanned_ones_are_joined() -> None:
    rows = "<tr><td rowspan=2>a</td><td class=t>b</td></tr><tr><td class=t></td></tr>"
    table = word(
        f"<table>{rows}</table>", A4 + "td { border: 1px solid } .t { vertical-align: middle }"
    )
    cells = [tc for row in table.tables[0]._tbl.tr_lst for tc in row.tc_lst]
    places = [tc.tcPr.vAlign_val for tc in cells]
    assert places == [None, CENTER, None, CENTER]
    assert [tc.vMerge for tc in cells] == ["restart", None, "continue", None]


def test_a_block_that_must_not_be_divided_stays_with_what_follows_in_it() -> None:
    made = word("<div style='break-inside: avoid'><p>a</p><p>b</p><p>c</p></div><p>d</p>")
    assert [p.paragraph_format.keep_with_next for p in made.paragraphs] == [True, True, None, None]


@pytest.mark.parametrize(
    ("margin", "edges"),
    [("20mm", (20,) * 4), ("1cm 5mm", (10, 5, 10, 5)), ("1mm 2mm 3mm", (1, 2, 3, 2))],
)
def test_margins_as_css_writes_them(margin: str, edges: tuple[float, ...]) -> None:
    root = parsed(f"<body><style>@page {{ margin: {margin} }}</style><p>x")
    assert page(root, A4)["margin"] == pytest.approx(edges)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.250", 1250),
        ("1.250,5", 1250.5),
        ("-3", -3),
        ("0", 0),
        ("0,25", 0.25),
        ("007", "007"),
        ("08.00", "08.00"),
        ("1.25", "1.25"),
        ("", None),
        ("=1+1", "=1+1"),
        ("+62 31", "+62 31"),
        ("@ibu", "@ibu"),
        ("a<br>b<ul><li>c</ul>", "a\nb\n• c"),
    ],
)
def test_a_cell_of_a_workbook(text: str, value: object) -> None:
    cell = book(f"<table><thead><tr><th>Kolom<tbody><tr><td>{text}</table>").active["A2"]
    assert (cell.value, type(cell.value)) == (value, type(value))
    assert cell.data_type != "f"
    assert bool(cell.quotePrefix) == (isinstance(value, str) and value[0] in "=+@-")


def test_rows_are_as_high_as_their_text() -> None:
    long = "kata " * 60
    sheet = book(
        f"<table><col style='width: 40mm'><col><thead><tr><th>a<th>b<tbody><tr><td>{long}<td>x"
        f"<tr><td>x<br>y<br>z<td>x</table>"
    ).active
    assert sheet is not None
    one, many, three = (sheet.row_dimensions[number].height or 0 for number in (1, 2, 3))
    assert many > 8 * one
    assert 2 * one < three < 4 * one


def test_sheets_have_names_that_workbooks_allow() -> None:
    table = "<thead><tr><th>x</table>"
    long = "Kebutuhan [hari]: pertama/kedua dan seterusnya"
    made = book(f"<h2>{long}</h2><table>{table}<table>{table}<h2>'</h2><table>{table}")
    assert made.sheetnames == [
        "Kebutuhan  hari   pertama kedua",
        "Kebutuhan  hari   pertama k (2)",
        "Tabel",
    ]


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_cached_file_is_that_of_its_own_inputs(suffix: str, tmp_path: Path) -> None:
    page = "@page { size: 210mm 297mm; margin: 20mm }"
    head = "<thead><tr><th>A</th></tr></thead>"
    html = f"<h1>Judul</h1><table>{head}<tbody><tr><td>1</td></tr></tbody></table>"
    usual: dict[str, Any] = {
        "html": html,
        "css": page,
        "title": "Daftar",
        "subject": "Pelatihan",
        "epoch": 10**9,
    }
    changed = {
        "html": html.replace("<td>1", "<td>2"),
        "css": page.replace("210mm 297mm", "215mm 330mm"),
        "title": "Lain",
        "subject": "Lain",
        "epoch": 10**9 + 86400,
    }
    inputs = varied(usual, changed)
    files = [cached_office_file(tmp_path, suffix, **given) for given in inputs]
    assert len(set(files)) == len(inputs)
    assert files == [office_file(suffix, **given) for given in inputs]
    assert files == [cached_office_file(tmp_path, suffix, **given) for given in inputs]


def varied(usual: dict[str, Any], changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The usual inputs, then each of them changed alone."""
    return [usual, *({**usual, name: value} for name, value in changed.items())]


PRINTED = '<html lang="id"><title>Kertas</title><h1>{}</h1></html>'


def test_a_cached_pdf_is_that_of_its_own_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (render_part("x", PRINTED.format(n), A4, {}) for n in ("Satu", "Dua"))
    marks = replace(one, bookmarks=two.bookmarks)
    facts = {"title": "Daftar", "subject": "Pelatihan", "keywords": ""}
    inputs = varied({"part": one, **facts}, dict.fromkeys(facts, "Lain"))
    inputs += [{"part": part, **facts} for part in (two, marks)]
    files = [cached_bound(tmp_path, **given) for given in inputs]
    assert len(set(files)) == len(inputs)
    monkeypatch.setattr(paper_files, "bound", lambda part, **facts: b"anew")
    assert files == [cached_bound(tmp_path, **given) for given in inputs]
    monkeypatch.setattr(cache, "software", lambda code: "other code")
    assert cached_bound(tmp_path, **inputs[0]) == b"anew"
