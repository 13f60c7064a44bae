"""No cell of what came back from a run is in anything that participants get."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilar.leaks.gate import check_output
from pilar.model.problem import ContentError

from .result_samples import BOOK, FOLDER, PAGE, as_csv, as_workbook, typed
from .samples import project_of
from .test_leaks import tree_of

NOTE = "Peserta kelompok dua membedakan gotong royong dan arisan dengan susah payah"
TABLES = {
    **typed(4),
    "pretest": [["P01", *"DBCAX", *[""] * 9]],
    "catatan": [["CTH-K1", NOTE], ["CTH-K2", "Tulislah tiga norma."]],
}


@pytest.fixture(params=["csv", "xlsx", "damaged"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project with results."""
    folder = tmp_path / "proyek" / FOLDER
    folder.mkdir(parents=True)
    files = as_csv(TABLES) if request.param != "xlsx" else {BOOK: as_workbook(TABLES)}
    if request.param == "damaged":
        files |= {BOOK: b"PK\x03\x04", "waktu.csv": b"\xff"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return tmp_path / "proyek"


def places(root: Path, said: str) -> list[str]:
    """Folders in which the gate finds what a page says."""
    output = root / "keluaran"
    output.mkdir(exist_ok=True)
    (output / "halaman.html").write_text(f"<html><body><p>{said}</p></body></html>", "utf-8")
    try:
        check_output(tree_of(project_of(PAGE)), output, root)
    except ContentError as error:
        return [problem.path.rpartition("/")[0] for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "said",
    [NOTE, "… membedakan gotong royong dan arisan …", "P01 D, B, C, A, X", "arisan"],
)
def test_a_cell_in_a_participants_page_is_found(root: Path, said: str) -> None:
    assert {*places(root, said)} == {FOLDER}


@pytest.mark.parametrize("said", ["Tulislah tiga norma.", "Kegiatan: Menyusun norma", "P01"])
def test_what_participants_may_read_anyway_is_no_leak(root: Path, said: str) -> None:
    assert places(root, said) == []
