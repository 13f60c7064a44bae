"""Forms of trainers, curriculum and timetable of runs of many kinds, as HTML."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

import lxml.html
import pytest

from pilar.assembly.tree import assemble
from pilar.content.yaml import read_yaml
from pilar.editions.book.part import render_part
from pilar.editions.papers.catalogue import PAPERS
from pilar.editions.papers.jadwal import jadwal
from pilar.editions.papers.paper import BothEditions
from pilar.editions.papers.press import Press
from pilar.model.edition import Edition
from pilar.model.run import Project, RunFile

from .samples import PROJECT, project_of, text
from .test_organizer_papers import RUN, TEMPLATES

OURS = {paper.stem: paper for paper in PAPERS if paper.stem in ("rbpmp", "rp", "kurikulum")}

PAGE = """# Norma Kelas

//// kegiatan | Menyusun norma
    menit: 45
    indikator: [2]

{participants}

/// pelatih
Langkah
:   1. (5 menit) Sapa kelas. {long}
    2. (40 menit) Kelompok menulis norma.
///
////
"""
LONG = "Kalimat ini panjang supaya tidak semua kalimat mendapat tempat di kolom yang sempit itu."


def both(project: Project = PROJECT, **changes: Any) -> BothEditions:
    value, _ = read_yaml(text(RUN.source.path), RUN.source.path, [])
    assert isinstance(value, dict)
    run = replace(RUN, file=RunFile.model_validate({**value, **changes}))
    taught = {s: m for s, m in project.modules.items() if s not in run.file.tanpa}
    project = replace(project, modules=taught)
    return BothEditions(*(assemble(project, run, edition) for edition in Edition))


def html(stem: str, made: BothEditions, slug: str = "contoh") -> lxml.html.HtmlElement:
    paper = OURS[stem]
    node = next((n for n in made.trainers.modules if n.module.slug == slug), None)
    given = [node] if paper.each else []
    press = Press(made, TEMPLATES, render_part, {})
    markup = press.html(paper, made.trainers, given[0] if given else None, paper.data(made, *given))
    assert not re.search(r"\bNone\b", markup)
    return lxml.html.document_fromstring(markup)


def said(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    ("participants", "steps"),
    [
        (
            f"1. Duduklah. {LONG} {LONG}\n2. Tulislah. Bacakan.",
            [f"Duduklah. {LONG}", "Tulislah. Bacakan."],
        ),
        ("Tulislah norma. Bacakan.\n\nSimpan.", ["Tulislah norma. Bacakan.", "Simpan."]),
        ("Jawablah:\n\n1. Mengapa?\n\nTulislah.", ["Jawablah:", "Mengapa?", "Tulislah."]),
        (
            "Pilih kartu.\n\n" + "\n".join(f"{n}. Kartu." for n in range(1, 10)),
            ["Pilih kartu."],
        ),
    ],
)
def test_rp_has_whole_sentences_of_both_books(participants: str, steps: list[str]) -> None:
    made = both(project_of(PAGE.format(participants=participants, long=f"{LONG} {LONG}")))
    row = html("rp", made).xpath("//td[contains(., 'CTH-K1')]/..")[0]
    moves, theirs = ([said(li) for li in cell.iter("li")] for cell in row[2:4])
    assert moves == [f"Sapa kelas. {LONG} (5 menit)", "Kelompok menulis norma. (40 menit)"]
    assert theirs == steps


def test_an_activity_that_only_trainers_have_asks_nothing_of_participants() -> None:
    page = PAGE.format(participants="Rahasia pelatih.", long="")
    made = both(project_of(f"---\nedisi: pelatih\n---\n{page}", "# Isi\n"))
    row = html("rp", made).xpath("//td[contains(., 'CTH-K1')]/..")[0]
    assert said(row[3]) == ""
    assert said(row[2]).startswith("CTH-K1 Menyusun norma Sapa kelas. (5 menit)")


def test_rp_is_signed_by_those_who_teach_the_module() -> None:
    trainers = [
        {"nama": "Bu Mawar", "nip": "111", "peran": "Widyaiswara", "instansi": "Balai", "modul": m}
        for m in (["contoh"], ["lain"])
    ]
    made = both(pengajar=trainers)
    (signed,) = html("rp", made).find_class("tanda-tangan")
    # Where it is signed is not where the run is held, and all runs share the form.
    assert said(signed) == ", Widyaiswara Bu Mawar NIP 111"
    (nobody,) = html("rp", both()).find_class("tanda-tangan")
    assert said(nobody) == ", Fasilitator NIP"
    assert len(nobody.find_class("kosong")) == 4


def test_the_curriculum_of_a_run_that_leaves_modules_out_says_why() -> None:
    whole, part = (html("kurikulum", made) for made in (both(), both(**LEFT_OUT)))
    assert "Tidak Diselenggarakan" not in said(whole)
    assert "Tidak Diselenggarakan Lain: waktunya hanya setengah hari Alur" in said(part)
    letters = [said(row[0]) for row in part.xpath("//tr[@class='golongan']") if said(row[0])]
    assert letters == ["C"]
    assert said(part.xpath("//table[@class='struktur']//tr[@class='jumlah']")[0]) == "JUMLAH1001"


LEFT_OUT: dict[str, Any] = {
    "tanpa": {"lain": "waktunya hanya setengah hari"},
    "jadwal": {"mulai": "08.00", "selesai": "12.00", "hari": [["contoh"]]},
}


def test_the_timetable_counts_each_day_and_all() -> None:
    dates = {"mulai": datetime.date(2025, 1, 21), "selesai": datetime.date(2025, 1, 22)}
    days = [["lain"], ["contoh"]]
    plan = {"mulai": "08.00", "selesai": "12.00", "hari": days}
    data = jadwal(both(tanggal=dates, jadwal=plan))
    assert [hours for _, _, hours in data["baris_hari"]] == [2, 1]
    assert data["jumlah_jp"] == 3
