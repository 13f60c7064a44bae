"""An author is told everything at once: an error hides only what nobody can know because of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilar.content.files import read_folder
from pilar.model.problem import Problem
from pilar.project.state import Workspace

from .golden import committed, fresh
from .test_rules import SOUND, fix_all, lay_example, with_keys

META, PAGE, QUESTIONS = (f"modules/contoh/{name}" for name in ("modul.yml", "norma.md", "soal.yml"))
BANK = (SOUND / QUESTIONS).read_text("utf-8")
ALL_OF_THEM = (
    "- {id: norma-3, indikator: 1, jenis: pilihan-ganda, teks: Apa arti norma?, "
    "pilihan: [janji, aturan, Semua benar], kunci: B}\n"
)


def told(tmp_path: Path, files: dict[str, str]) -> list[str]:
    problems = fresh(lay_example(tmp_path / "proyek", files)).problems
    return [f"{Path(p.path).name}:{p.line} {p.code}" for p in problems]


def test_an_error_of_hours_hides_no_warning_of_its_file(tmp_path: Path) -> None:
    files = {META: "jp: {teori: 2}\nindikator: [memahami norma, menyusun norma kelas]\n"}
    assert [row.split()[1] for row in told(tmp_path, files)] == ["M104", "M205"]


def test_a_page_is_told_of_down_to_what_cannot_be_read(tmp_path: Path) -> None:
    page = "Norma disepakti.\n\n/// pelatlh\nBeri waktu.\n///\n\nNorma disepakti lagi.\n"
    files = {
        PAGE: page,
        "modules/contoh/penutup.md": "Beri feedback.\n",
        QUESTIONS: BANK + ALL_OF_THEM,
    }
    rows = told(tmp_path, files)
    # Below the block that is none, nobody knows what is text; a question may be shown there.
    assert [row for row in rows if "norma.md" in row] == ["norma.md:56 L106", "norma.md:58 B101"]
    assert [row.split()[1] for row in rows if "norma.md" not in row] == ["L103", "S201"]


def test_a_comment_is_not_called_needless_where_not_all_is_known(tmp_path: Path) -> None:
    needless = "<!-- pilar: abaikan L103 dibahas -->\nNorma disepakati.\n"
    assert told(tmp_path / "a", {PAGE: needless}) == ["norma.md:56 L100"]
    broken = {PAGE: needless, "modules/contoh/penutup.md": "/// pelatlh\nBeri waktu.\n///\n"}
    assert {row.split()[1] for row in told(tmp_path / "b", broken)} == {"B101"}


def test_what_a_missing_page_would_show_is_not_told_as_unused(tmp_path: Path) -> None:
    files = {META: "halaman: [pendahuluan.md, norme.md, penutup.md]\n"}
    assert {row.split()[1] for row in told(tmp_path, files)} == {"F101", "F103", "M104", "M105"}


def test_review_tells_what_check_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_CACHE", str(tmp_path / "cache"))
    page = "Norma disepakti.\n\n/// pelatlh\nBeri waktu.\n///\n\nNorma disepakti lagi.\n"
    files = {PAGE: page, META: "indikator: [memahami norma, menyusun norma kelas]\n"}
    root = lay_example(tmp_path / "proyek", files)
    problems = fresh(root).problems
    commit = committed(root)
    assert Workspace(root, tmp_path / "cache").commit(commit).problems == problems
    assert {problem.code for problem in problems} == {"B101", "L106", "M205"}
    assert all(problem.column for problem in problems)


class TestNeedlessCommentsAreCut:
    """`--fix` for L100."""

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("Satu.\n\n<!-- pilar: abaikan L103 x -->\nDua.\n", "Satu.\n\nDua.\n"),
            # Without an empty line two paragraphs would become one.
            ("Satu.\n<!-- pilar: abaikan L103 x -->\nDua.\n", "Satu.\n\nDua.\n"),
            ("> Satu.\n>\n> <!-- pilar: abaikan L103 x -->\n> Dua.\n", "> Satu.\n>\n> Dua.\n"),
            # Not alone on its line: it silences nothing, and is no matter of L100.
            ("Satu. <!-- pilar: abaikan L103 x -->\n", "Satu. <!-- pilar: abaikan L103 x -->\n"),
            # What is wrong with it is for its author to say.
            ("<!-- pilar: abaikan L103 -->\nDua.\n", "<!-- pilar: abaikan L103 -->\nDua.\n"),
            ("<!-- pilar: abaikan B101 x -->\nDua.\n", "<!-- pilar: abaikan B101 x -->\nDua.\n"),
        ],
    )
    def test_on_a_page(self, before: str, after: str, tmp_path: Path) -> None:
        root = lay_example(tmp_path / "proyek", {PAGE: before})
        self.fixed(root)
        text = (root / PAGE).read_text("utf-8")
        assert text == (SOUND / PAGE).read_text("utf-8") + f"\n{after}"

    def test_in_yaml(self, tmp_path: Path) -> None:
        key = "# pilar: abaikan M205 x\nindikator: [menjelaskan norma, menyusun norma kelas]\n"
        root = lay_example(tmp_path / "proyek", {META: key})
        [done] = self.fixed(root)
        assert done.fix
        assert done.fix.old == "# pilar: abaikan M205 x"
        wanted = with_keys((SOUND / META).read_text("utf-8"), key.split("\n", 1)[1])
        assert (root / META).read_text("utf-8") == wanted

    def test_one_that_is_needed_stays(self, tmp_path: Path) -> None:
        page = "<!-- pilar: abaikan L103 dibahas -->\nBeri feedback.\n"
        root = lay_example(tmp_path / "proyek", {PAGE: page})
        before = read_folder(root, [])
        assert self.fixed(root) == []
        assert read_folder(root, []) == before

    def fixed(self, root: Path) -> list[Problem]:
        return fix_all(root, fresh(root).problems)
