"""The forms that a trainer hands in, and the curriculum, as an office opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from .books import letters, texts
from .commands import BUILD, Project

RBPMP = (
    "No|Indikator Hasil Belajar|Materi Pokok|Sub Materi Pokok|Metode|Media/Alat Bantu|"
    "Alokasi Waktu (Menit)|Referensi"
)
RP = (
    "No|Tahapan Kegiatan|Kegiatan Fasilitator|Kegiatan Peserta|Metode|Media/Alat Bantu|"
    "Alokasi Waktu (Menit)"
)
CURRICULUM = "No|Mata Pelatihan|T|P|PL|JPL"
TIMETABLE = "Hari|Waktu|Alokasi\nWaktu|JPL|Mata Pelatihan|Pengajar"


@pytest.fixture(scope="module")
def papers(minimal_once: Project) -> Path:
    return minimal_once.out / BUILD / "pelatih/dokumen"


def table(paper: Path, head: str) -> list[list[str]]:
    """Rows below the head of the table with these columns, each cell of a span once."""
    for found in docx.Document(str(paper)).tables:
        rows: list[Any] = [
            [docx.table._Cell(tc, found).text for tc in row._tr.tc_lst] for row in found.rows
        ]
        if rows[0] == head.split("|"):
            return rows[1:]
    raise AssertionError(f"{paper.name} has no table {head}")


def test_rbpmp_has_the_official_columns_and_all_minutes(papers: Path) -> None:
    rows = table(papers / "rbpmp-sap.docx", RBPMP)
    assert [row[0] for row in rows[:-1]] == ["1", "2"]
    assert rows[-1][0] == "Akumulasi Waktu"
    assert rows[-1][1] == str(sum(int(row[6]) for row in rows[:-1])) == "45"
    subs = {sub for row in rows[:-1] for sub in row[3].split("\n")}
    assert subs >= {"Mengetuk", "Memberi salam", "Memperkenalkan diri"}
    assert all(row[7].startswith("Modul SAP, BAB II") for row in rows[:-1])


def test_rp_has_the_official_rows_and_all_minutes(papers: Path) -> None:
    rows = table(papers / "rp-sap.docx", RP)
    stages = [row[1].split("\n")[0] for row in rows[:-1] if row[0]]
    assert stages == ["Pendahuluan", "Tiga Langkah Menyapa", "Penutup"]
    assert [row[0] for row in rows[:-1] if row[0]] == ["1", "2", "3"]
    assert rows[-1] == ["Jumlah Waktu", str(sum(int(row[6]) for row in rows[:-1]))]
    assert rows[-1][1] == "45"
    said = "\n".join(p.text for p in docx.Document(str(papers / "rp-sap.docx")).paragraphs)
    assert "Bentuk Evaluasi" in said
    assert "Referensi" in said
    assert "None" not in said


def test_kurikulum_sums_its_groups(papers: Path) -> None:
    rows = table(papers / "kurikulum.docx", CURRICULUM)
    counted = [list(map(int, row[2:])) for row in rows if row[0].isdecimal()]
    parts = [list(map(int, row[2:])) for row in rows if row[1].startswith("Subjumlah")]
    together = [sum(column) for column in zip(*counted, strict=True)]
    assert [sum(column) for column in zip(*parts, strict=True)] == together
    assert rows[-1] == ["", "JUMLAH", *map(str, together)]
    assert [row[0] for row in rows if row[0].isalpha()] == ["A", "B"]


def test_the_timetable_has_the_official_columns(papers: Path) -> None:
    rows = table(papers / "jadwal.docx", TIMETABLE)
    assert rows[0][0].startswith("Hari 1\n")
    assert [row[4] for row in rows if row[3] and row[0] != "Jumlah hari 1"] == [
        "Menyapa Warga",
        "Mencatat Kunjungan",
    ]
    assert rows[-1][:2] == ["Jumlah hari 1", "2"]


@pytest.mark.parametrize("stem", ["rbpmp-sap", "rp-sap", "kurikulum", "jadwal"])
def test_the_document_says_what_the_printed_paper_says(papers: Path, stem: str) -> None:
    made = docx.Document(str(papers / f"{stem}.docx"))
    printed = letters("".join(texts(papers / f"{stem}.pdf")))
    said = " ".join(made.element.body.itertext("{*}t")).split()
    assert len(said) > 50
    assert [word for word in said if letters(word) not in printed] == []
