"""Papers that the organizer files: rows, signatures, sums, and places to write on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from pilar.assembly.tree import assemble
from pilar.content.yaml import read_yaml
from pilar.editions.book.part import render_part
from pilar.editions.papers import panitia
from pilar.editions.papers.catalogue import PAPERS
from pilar.editions.papers.paper import BothEditions, Paper
from pilar.editions.papers.press import Press
from pilar.editions.papers.spelled import spelled
from pilar.model.curriculum import Hours
from pilar.model.edition import Edition
from pilar.model.run import RunFile

from .samples import PROJECT, text

TEMPLATES = Path(__file__).parents[2] / "overrides/kertas"
RUN = PROJECT.runs["2025-01-contoh"]
TEMPLATES_ALONE = ("biodata", "rtl", "evaluasi-penyelenggaraan")
OURS = {paper.stem: paper for paper in PAPERS if paper.data.__module__ == panitia.__name__}
OURS |= {paper.stem: paper for paper in PAPERS if paper.stem in TEMPLATES_ALONE}
FULL = {
    "pengajar": [
        {"nama": "Bu Mawar", "nip": "111", "peran": "Widyaiswara", "instansi": "Balai"},
        {"peran": "Penyuluh", "instansi": "Dinas", "modul": ["lain"]},
        {"nama": "Pak Jati", "peran": "Widyaiswara", "instansi": "Balai", "modul": ["contoh"]},
    ],
    "administrasi": {
        "kepala": {"nama": "Bu Kenanga", "nip": "222", "jabatan": "Kepala Balai"},
        "ketua_panitia": {"nama": "Pak Merbau", "nip": "333", "jabatan": "Ketua Pelaksana"},
        "nomor_berita_acara": "4/BA",
        "nomor_sttp": "5/STTP",
        "tanggal_sttp": "2025-02-03",
    },
}


def both(people: int = 40, days: Any = None, **keys: Any) -> BothEditions:
    """The base project's run with so many people, these days and keys."""
    value, source = read_yaml(text("runs/2025-01-contoh.yml"), "runs/2025-01-contoh.yml", [])
    value |= keys
    value["peserta"]["jumlah"] = people
    if days:
        value["jadwal"] |= {"hari": days, "selesai": "16.00"}
        value["tanggal"]["selesai"] = f"2025-01-{20 + len(days)}"
    run = replace(RUN, file=RunFile.model_validate(value), source=source)
    return BothEditions(*(assemble(PROJECT, run, edition) for edition in Edition))


def html(paper: Paper, made: BothEditions) -> str | None:
    press = Press(made, TEMPLATES, render_part, {})
    data = paper.data(made)
    return None if data is None else press.html(paper, made.trainers, None, data)


def said(markup: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", markup, flags=re.S).split())


def pages(stem: str, made: BothEditions, tmp_path: Path) -> list[str]:
    press = Press(made, TEMPLATES, render_part, {Edition.PELATIH: tmp_path})
    (printed,) = press.print(OURS[stem])
    document = pypdfium2.PdfDocument(tmp_path / printed.path().removeprefix("dokumen/"))
    return [page.get_textpage().get_text_bounded() for page in document]


def signed(sheets: list[str]) -> Iterator[tuple[list[int], bool]]:
    """Of each page the numbers of its rows, and whether it is signed."""
    for sheet in sheets:
        rows = dict.fromkeys(map(int, re.findall(r"^(\d+)(?: \1)*\s*$", sheet, re.M)))
        yield sorted(rows), "Ketua panitia" in sheet


def test_every_paper_of_a_run_that_says_nothing_has_lines_to_write_on() -> None:
    for stem, paper in OURS.items():
        markup = html(paper, both())
        if stem == "kartu-nama-pengajar":
            assert markup is None
            continue
        assert markup is not None
        assert 'class="kosong"' in markup or "<td></td>" in markup, stem
        assert not re.search(r"\bNone\b|–\s*(?:<|$)|\( *\)", markup), stem


def test_what_a_run_says_is_printed_where_it_belongs() -> None:
    made = both(**FULL)
    texts = {stem: said(html(paper, made) or "") for stem, paper in OURS.items()}
    record, annex = texts["berita-acara"], texts["lampiran-sttp"]
    assert "Nomor: 4/BA" in record
    assert "Selasa, tanggal dua puluh satu bulan Januari tahun dua ribu dua puluh lima" in record
    assert "40 (empat puluh) orang" in record
    assert re.search(
        r"Kepala Balai .*Ketua Pelaksana .*Bu Kenanga NIP 222 Pak Merbau NIP 333", record
    )
    assert "Nomor 5/STTP" in annex
    assert "3 Februari 2025 Kepala Balai Bu Kenanga NIP 222" in annex
    assert "21 Januari 2025 Ketua Pelaksana Pak Merbau NIP 333" in texts["daftar-hadir"]
    forms = texts["evaluasi-fasilitator"].split("Evaluasi Fasilitator ")[1:]
    assert [form.count("Bu Mawar") for form in forms] == [1, 0, 0]
    title = PROJECT.modules["lain"].meta.judul
    assert f"Penyuluh, Dinas Mata pelatihan {title} Isilah segera" in forms[1]
    cards = texts["kartu-nama-pengajar"]
    assert cards.count("Bu Mawar") == cards.count("Pak Jati") == 2  # both faces
    assert cards.count("Unsur/instansi") == 2  # the fourth card of two sheets is spare


@pytest.mark.parametrize("kertas", ["A4", "F4"])
def test_attendance_has_a_row_for_everyone_and_no_signature_alone(
    kertas: str, tmp_path: Path
) -> None:
    days = [["pembukaan", "lain"], [], ["contoh", {"acara": "x", "menit": 60, "mulai": "13.00"}]]
    people = {"A4": 22, "F4": 25}[kertas]  # as many rows as the first page has
    made = both(people, days, kertas=kertas)
    sheets = pages("daftar-hadir", made, tmp_path)
    found = list(signed(sheets))
    assert [is_signed for _, is_signed in found] == [False, True] * 2
    for first, last in (found[:2], found[2:]):
        assert first[0] + last[0] == list(range(1, people + 1))
        assert last[0]
    assert "Selasa, 21 Januari 2025" in sheets[1]
    assert "Kamis, 23 Januari 2025" in sheets[3]
    assert all("Tanda tangan pagi" in sheet for sheet in sheets)
    assert ["Tanda tangan siang" in sheet for sheet in sheets] == [False, False, True, True]


def test_each_day_begins_a_sheet_of_its_own(tmp_path: Path) -> None:
    sheets = pages("daftar-hadir", both(1, [["pembukaan", "lain"], ["contoh"]]), tmp_path)
    assert ["Hari 1" in sheets[0], sheets[1].strip(), "Hari 2" in sheets[2]] == [True, "", True]


def test_an_office_gets_each_day_on_a_page_of_its_own(tmp_path: Path) -> None:
    pages("daftar-hadir", both(30, [["pembukaan", "lain"], ["contoh"]]), tmp_path)
    document = docx.Document(str(tmp_path / "daftar-hadir.docx"))
    assert [len(table.rows) for table in document.tables if len(table.columns) > 2] == [31, 31]
    first, second = [p for p in document.paragraphs if p.text.startswith("Daftar Hadir")]
    assert not first.paragraph_format.page_break_before
    assert second.paragraph_format.page_break_before


@pytest.mark.parametrize("keys", [{}, FULL | {"kertas": "F4"}], ids=["little", "full"])
def test_forms_are_single_sheets(keys: Mapping[str, Any], tmp_path: Path) -> None:
    """Long names leave the forms on their page."""
    made = both(**{"judul": "Pelatihan yang bernama panjang " * 4} | keys)
    counts = {
        stem: len(pages(stem, made, tmp_path))
        for stem in OURS.keys() - {"daftar-hadir", "kartu-nama-pengajar"}
    }
    forms = len(keys.get("pengajar", made.trainers.modules))
    assert counts == dict.fromkeys(counts, 1) | {"evaluasi-fasilitator": forms}


def test_without_names_each_module_is_rated_on_the_day_on_which_it_ends() -> None:
    made = both(4, [["pembukaan", "lain"], [], ["contoh"]])
    markup = html(OURS["evaluasi-fasilitator"], made) or ""
    assert re.findall(r'id="(hari-\d)"', markup) == ["hari-1", "hari-3"]
    titles = [PROJECT.modules[slug].meta.judul for slug in ("lain", "contoh")]
    forms = said(markup).split("Evaluasi Fasilitator ")[1:]
    assert [title in form for title, form in zip(titles, forms, strict=True)] == [True, True]


def test_the_annex_follows_the_structure_of_the_curriculum() -> None:
    made = both()
    groups = panitia.lampiran_sttp(made)["golongan"]
    assert sum((group.hours for group in groups), Hours()) == made.trainers.hours
    rows = [module for group in groups for module in group.modules]
    assert {module.slug for module in rows} == {node.module.slug for node in made.trainers.modules}
    total = made.trainers.hours
    last = f"JUMLAH {total.teori} {total.penugasan} {total.praktik_lapangan} {total.total}"
    assert last in said(html(OURS["lampiran-sttp"], made) or "")


def test_cards_without_a_foot_say_that_they_are_a_draft() -> None:
    made = both()
    draft = BothEditions(replace(made.trainers, draft="DRAF 1 Mei"), made.participants)
    assert said(html(OURS["kartu-nama"], draft) or "").count("DRAF 1 Mei") == 4


def test_copies_are_those_of_people() -> None:
    copies = {stem: paper.copies(both(41)) for stem, paper in OURS.items()}
    assert copies["kartu-nama"] == 21
    assert copies["biodata"] == copies["evaluasi-fasilitator"] == copies["rtl"] == 41
    assert copies["berita-acara"] == copies["daftar-hadir"] == 1


def test_an_annex_keeps_the_paper_that_its_form_prescribes() -> None:
    press = Press(both(kertas="F4"), TEMPLATES, render_part, {})
    assert press.size(OURS["lampiran-sttp"]) == (210, 297)
    assert press.size(OURS["rtl"]) == (330, 215)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (101, "seratus satu"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1111, "seribu seratus sebelas"),
        (2025, "dua ribu dua puluh lima"),
        (10_000, "sepuluh ribu"),
        (100_000, "seratus ribu"),
    ],
)
def test_numbers_are_written_out(number: int, words: str) -> None:
    assert spelled(number) == words


def test_no_two_numbers_are_written_alike() -> None:
    assert len({spelled(number) for number in range(10_001)}) == 10_001


def test_groups_and_seed_follow_the_run_where_it_says_nothing() -> None:
    assert [both(people).run.groups for people in (1, 5, 6, 40)] == [1, 1, 2, 8]
    assert both(kelompok=3).run.groups == 3
    assert both().run.seed == 2025
    assert both(tes={"benih": 0}).run.seed == 0
