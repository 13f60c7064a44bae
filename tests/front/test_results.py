"""Results of a run: tables to fill in, and what `pilar check` says of what was filled in."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilar.content.results.blank_tables import blank_tables
from pilar.project.state import Workspace
from stages.result_samples import without_places

from .commands import Project

RUN = "2025-03-contoh"
FOLDER = f"runs/{RUN}.hasil"
FILES = {
    f"{RUN}.xlsx",
    *(f"{name}.csv" for name in ("pretest", "posttest", "waktu", "catatan")),
    *(f"evaluasi-{name}.csv" for name in ("fasilitator", "penyelenggaraan")),
}


@pytest.fixture
def results(minimal: Project) -> Path:
    """The folder that `pilar new hasil` makes."""
    minimal.pilar("new", "hasil", RUN).fine()
    return minimal.root / FOLDER


def filled(book: Path, values: dict[str, dict[str, Any]]) -> None:
    """Type values into cells, by sheet and cell."""
    opened = openpyxl.load_workbook(book, rich_text=True)
    for sheet, cells in values.items():
        for cell, value in cells.items():
            opened[sheet][cell] = value
    opened.save(book)


LOST = "runs/2025-04-lain.hasil"
ANSWERS = {
    "Pretest A": {"B2": "b", "B4": "S"},
    "Waktu": {"D2": 55},
    "Catatan": {"A2": "SAP-K1", "B2": "Kelas mulai terlambat."},
    "Evaluasi penyelenggaraan": {"B2": 4, "C2": 3},
}


def test_tables_are_made_and_never_made_anew(minimal: Project, results: Path) -> None:
    assert {path.name for path in results.iterdir()} == FILES
    before = {path: path.read_bytes() for path in results.iterdir()}
    (results / "waktu.csv").write_text("kode;menit\n", "utf-8")
    (results / "catatan.csv").unlink()
    again = minimal.pilar("new", "hasil", RUN).fine()
    assert f"dibuat: {FOLDER}/catatan.csv" in again.out
    assert f"sudah ada, dibiarkan: {FOLDER}/waktu.csv" in again.out
    assert (results / "waktu.csv").read_text("utf-8") == "kode;menit\n"
    assert (results / "catatan.csv").read_bytes() == before[results / "catatan.csv"]
    minimal.pilar("new", "hasil", "2025-03-contho").refused("Mungkin maksud Anda", RUN)


def test_empty_tables_change_nothing(minimal: Project, results: Path) -> None:
    assert "Tidak ada masalah" in minimal.pilar("check").fine().out
    assert not any(path.suffix == ".lock" for path in (minimal.root / "runs").iterdir())


def test_mistakes_of_all_files_are_told_at_once(minimal: Project, results: Path) -> None:
    filled(results / f"{RUN}.xlsx", {**ANSWERS, "Pretest B": {"B3": "Q", "A9": "Budi Santoso"}})
    (results / "posttest.csv").write_text("peserta;A1\nP21;A\n", "utf-8")
    minimal.write(f"{LOST}/waktu.csv", "kode;menit\n")
    told = minimal.pilar("check")
    assert told.code == 1
    assert told.problems() == [
        (f"{FOLDER}/{RUN}.xlsx", 3, "U105"),
        (f"{FOLDER}/{RUN}.xlsx", 9, "P104"),
        (f"{FOLDER}/posttest.csv", 2, "U104"),
        (LOST, 1, "U102"),
    ]
    assert "lembar “Pretest B”, sel B3: “Q” bukan jawaban soal B1" in told.out
    one = minimal.pilar("check", f"runs/{RUN}.yml")
    assert len(one.problems()) == 3


def test_results_stop_no_build_and_reach_no_participant(minimal: Project, results: Path) -> None:
    """What is wrong in them is for `pilar check`; what is new in them makes no site stale."""
    note = "Peserta kelompok dua kebingungan membedakan kunjungan pertama dan susulan."
    filled(results / f"{RUN}.xlsx", {"Catatan": {"A2": "SAP-K1", "B2": note, "A3": "salah"}})
    options = ("--edition", "peserta", "--no-books")
    assert f"{RUN}: selesai" in minimal.build(*options).fine().out
    site = minimal.out / RUN / "peserta"
    assert not any("hasil" in path.name for path in site.rglob("*"))
    assert not any("kebingungan" in p.read_text("utf-8") for p in site.rglob("*.html"))
    filled(results / f"{RUN}.xlsx", ANSWERS)
    assert f"{RUN}: tidak berubah" in minimal.build(*options).fine().out


class TestWorkbook:
    """What the workbook that a clerk gets is like."""

    @pytest.fixture
    def book(self, results: Path) -> Any:
        return openpyxl.load_workbook(results / f"{RUN}.xlsx")

    def test_every_form_that_comes_back_has_its_sheet(self, book: Any) -> None:
        assert book.sheetnames == [
            "Petunjuk",
            *("Pretest A", "Pretest B", "Post-test A", "Post-test B"),
            *("Evaluasi fasilitator", "Evaluasi penyelenggaraan", "Waktu", "Catatan", "Daftar"),
        ]

    def test_participants_and_questions_are_filled_in(self, minimal: Project, book: Any) -> None:
        state = Workspace(minimal.root).folder()
        out = state.results[RUN].results.handed_out
        for table in blank_tables(out):
            sheet = book[table.name.title]
            heads = [" ".join(str(cell.value).split()) for cell in sheet[1]]
            assert heads == [column.title for column in table.columns]
        codes = [cell.value for cell in book["Pretest A"]["A"]][1:]
        assert codes == [f"P{number:02}" for number in range(1, 21)]

    def test_what_is_typed_is_chosen_from_a_list(self, book: Any) -> None:
        sheet = book["Pretest A"]
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        assert rules["B2:B21"].type == "list"
        start, end = rules["B2:B21"].formula1.replace("$", "").removeprefix("Daftar!").split(":")
        listed = [row[0].value for row in book["Daftar"][f"{start}:{end}"]]
        assert listed[0] in ("A", "B")
        assert listed[-1] == "X"
        minutes = book["Waktu"].data_validations.dataValidation[0]
        assert (minutes.type, minutes.formula1, minutes.formula2) == ("whole", "1", "1440")

    def test_only_what_is_typed_is_unlocked(self, book: Any) -> None:
        for sheet in book.worksheets:
            assert sheet.protection.sheet
            assert sheet.protection.password is None
            open_cells = [cell for row in sheet for cell in row if not cell.protection.locked]
            assert bool(open_cells) == (sheet.title not in ("Petunjuk", "Daftar")), sheet.title
            assert not any(cell.value or cell.row == 1 for cell in open_cells)
            assert sheet.freeze_panes or sheet.title == "Petunjuk"


@pytest.mark.panjang
def test_libreoffice_gives_back_what_was_typed(
    minimal: Project, results: Path, tmp_path: Path
) -> None:
    """Opened and saved there, as a workbook and as CSV, it is read the same."""
    book = results / f"{RUN}.xlsx"
    filled(book, ANSWERS)
    before = Workspace(minimal.root).folder().results[RUN].results
    for form in ("xlsx", f"csv:{CSV}"):
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profil", "--headless"),
                *("--convert-to", form, "--outdir", str(tmp_path / form[:3]), str(book)),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    book.write_bytes((tmp_path / "xls" / book.name).read_bytes())
    after = Workspace(minimal.root).folder()
    assert after.problems == ()
    assert after.results[RUN].results == before
    book.unlink()
    for path in (tmp_path / "csv").iterdir():
        name = path.stem.removeprefix(f"{RUN}-").replace(" ", "-").lower()
        if name not in ("petunjuk", "daftar"):
            (results / f"{name}.csv").write_bytes(path.read_bytes())
    after = Workspace(minimal.root).folder()
    assert after.problems == ()
    assert without_places(after.results[RUN].results) == without_places(before)


CSV = "Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
"""Its filter: `;`, double quotes, UTF-8, as shown, every sheet in a file."""
