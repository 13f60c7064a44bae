"""Worksheets, exercises and keys, taken out of their pages."""

from __future__ import annotations

from typing import Any

import pytest
from lxml.html import HtmlElement

from pilar.assembly.tree import EditionTree
from pilar.editions.papers.catalogue import PAPERS
from pilar.editions.papers.excerpts import excerpts
from pilar.editions.papers.latihan import kunci_latihan
from pilar.editions.papers.lembar_kerja import lembar_kerja
from pilar.editions.papers.paper import BothEditions
from pilar.model.edition import Edition
from pilar.model.run import Project

from .samples import PROJECT, node_of, project_of


def both_of(*sources: str) -> BothEditions:
    """A run with module `contoh` alone, of these pages."""
    project = project_of(*sources)
    return BothEditions(_tree(project, Edition.PELATIH), _tree(project, Edition.PESERTA))


def _tree(project: Project, edition: Edition) -> EditionTree:
    run = PROJECT.runs["2025-01-contoh"]
    return EditionTree(run, edition, project.curriculum, (node_of(project, edition),), ())


def blocks(source: str, *names: str, edition: Edition = Edition.PESERTA) -> list[str]:
    """The content of the blocks of these names of one page, as HTML."""
    both = both_of(source)
    tree = both.participants if edition is Edition.PESERTA else both.trainers
    return [one.content for one in excerpts(both, tree.modules[0], *names)]


TASK = "/// latihan | Tugas\n    id: a\n\nCeritakan.\n///\n"


class TestStandingAlone:
    def test_links_to_what_is_not_there_become_text(self):
        links = "[tadi](#judul) [@#a] [lain](hal-2.md) [laman](https://contoh.id/x)"
        page = f"# Judul {{: #judul }}\n\n{TASK}\n/// latihan | Lagi\n{links}\n///\n"
        both = both_of(page, "# Lain\n")
        _, again = excerpts(both, both.participants.modules[0], "latihan")
        links = again.element.xpath(".//a")
        assert [link.get("href") for link in links] == ["https://contoh.id/x"]
        assert "tadi Latihan CTH-L1 lain laman" in again.element.text_content()

    def test_a_footnote_goes_with_the_block_that_refers_to_it(self):
        notes = "[^a]: Asal *satu*.\n\n[^b]: Asal dua.\n"
        page = f"# Judul\n\nSatu[^a].\n\n/// latihan | Tugas\nDua[^b], satu[^a].\n///\n\n{notes}"
        [content] = blocks(page, "latihan")
        assert "Dua<sup>2</sup>, satu<sup>1</sup>" in content
        assert ">2 Asal dua.</p>" in content
        assert ">1 Asal satu.</p>" in content

    def test_one_within_another_stays_in_it(self):
        sheet = "/// lembar-kerja | Lembar\n    garis: 3\n///\n"
        page = f"# Judul\n\n//// latihan | Tugas\nIsi.\n\n{sheet}////\n\n{sheet}"
        assert len(blocks(page, "lembar-kerja")) == 2
        [both] = blocks(page, "latihan")
        assert "CTH-LK1" in both
        run = both_of(page)
        found = excerpts(run, run.participants.modules[0], "latihan", "lembar-kerja")
        assert [one.anchor for one in found] == ["cth-l1", "cth-lk2"]

    def test_a_block_of_another_edition_is_none(self):
        page = f"# Judul\n\n//// pelatih\n{TASK}////\n"
        assert blocks(page, "latihan") == []
        assert len(blocks(page, "latihan", edition=Edition.PELATIH)) == 1


KEYED = """# Judul

///// kegiatan | Kegiatan
    menit: 10

/// kunci
Kunci kegiatan.
///

//// latihan | Dalam kegiatan
Isi.
////

/// kunci | Berjudul
Kunci sesudah latihan.
///
/////

//// kasus | Kasus
Isi.

/// lembar-kerja | Lembar
    garis: 2
///

/// kunci
Kunci di dalam kasus.
///

/// kunci
Kunci kedua.
///
////

Jeda.

/// kunci
Kunci sesudah kasus.
///
"""


def test_a_key_is_of_the_block_that_it_stands_in_or_after() -> None:
    data = kunci_latihan(both_of(KEYED, "# Lain\n\n/// kunci\nTanpa pemilik.\n///\n"))
    assert data
    [(_, [(_, keys), (_, others)])] = data["modul"]
    said = [(one.label, one.title, " ".join(_text(one.content))) for one in keys]
    assert said == [
        ("Kegiatan CTH-K1", "Kegiatan", "Kunci kegiatan."),
        ("Latihan CTH-L1", "Dalam kegiatan", "Kunci Berjudul Kunci sesudah latihan."),
        ("Kasus CTH-KS1", "Kasus", "Kunci di dalam kasus. Kunci kedua. Kunci sesudah kasus."),
    ]
    assert [one.label for one in others] == [""]


def _text(markup: Any) -> list[str]:
    return str(markup.striptags()).split()


@pytest.mark.parametrize("name", ["lembar-kerja", "latihan", "kunci-latihan"])
def test_a_run_without_any_has_no_such_paper(name: str) -> None:
    [paper] = [paper for paper in PAPERS if paper.stem == name]
    assert paper.data(both_of("# Judul\n\nTanpa apa-apa.\n")) is None


SHEETS = {
    "empty rows": ("kolom: [A, B, C, D]\n    baris: 3", 4, False),
    "short labels": ("kolom: [Kartu, Isi]\n    baris: [A, B]", 2, True),
    "long labels": (
        "kolom: [Yang diamati, Isi, Usul]\n    baris: [Kemudahan bagi penyandang disabilitas]",
        3,
        True,
    ),
    "forty rows": ("kolom: [A, B]\n    baris: 40", 2, False),
    "one column": ("kolom: [A]\n    baris: 2", 1, False),
}


@pytest.mark.parametrize("kind", SHEETS)
def test_columns_fill_the_sheet_and_rows_have_room_to_write(kind: str) -> None:
    options, count, labelled = SHEETS[kind]
    data = lembar_kerja(both_of(f"# Judul\n\n/// lembar-kerja | Lembar\n    {options}\n///\n"))
    assert data
    [(_, sheet)] = data["lembar"]
    assert sheet.content.count("<col ") == count
    [table] = sheet.element.iter("table")
    widths = [float(col.get("style")[7:-1]) for col in table.iter("col")]
    assert sum(widths) == pytest.approx(100, abs=0.3)
    assert len(set(widths[labelled:])) <= 1
    heights = row_heights(table)
    assert len(heights) == 1
    assert 17 <= heights.pop() <= 51


def row_heights(table: HtmlElement) -> set[float]:
    return {float(row.get("style")[8:-2]) for row in table.findall("./tbody/tr")}


@pytest.mark.parametrize(
    "text", ["Lembar " * 9 + "\n{}", "Lembar\n{}\n" + "Tulis dengan kata Anda sendiri. " * 4]
)
def test_a_longer_title_or_instruction_leaves_less_room(text: str) -> None:
    rooms = []
    for sheet in (text, "Lembar\n{}"):
        block = sheet.format("    kolom: [A, B]\n    baris: 6\n")
        data = lembar_kerja(both_of(f"# Judul\n\n/// lembar-kerja | {block}\n///\n"))
        assert data
        rooms += row_heights(data["lembar"][0][1].element.find(".//table"))
    assert rooms[0] < rooms[1]
