"""What results of runs speak against, answered or not, and what `status: ditetapkan` asks for.

All results are invented (see test_rules.py), and show what must show.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pilar.checks.apply import warnings_by_evidence
from pilar.evidence.cutoffs import FEWEST
from pilar.model.problem import Problem
from pilar.project.state import Workspace

from .golden import fresh
from .test_rules import lay_example, taught

BANK, PAGE, META = (f"modules/contoh/{name}" for name in ("soal.yml", "norma.md", "modul.yml"))
KNOWN, IDLE = "A" * 19 + "C", "A" * 12 + "B" * 8
LATE = (60, 60)
RESULTS = "runs/2025-02-utara.hasil/pretest.csv"


def problems(tmp_path: Path, files: dict[str, str], *swaps: tuple[str, str, str]) -> list[Problem]:
    """Of the sound project with these files, after texts in it were replaced."""
    root = lay_example(tmp_path / "proyek", files)
    for name, old, new in swaps:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), "utf-8")
    return list(fresh(root).problems)


def codes(found: list[Problem]) -> list[str]:
    return [f"{Path(problem.path).name} {problem.code}" for problem in found]


@pytest.mark.parametrize(
    ("files", "comment", "told"),
    [
        (taught(KNOWN), (BANK, "- {id: uji", "# pilar: abaikan {} awal yang mudah\n"), "U201"),
        (taught(IDLE), (BANK, "- {id: uji", "# pilar: abaikan {} awal yang mudah\n"), "U202"),
        (
            taught(minutes=LATE),
            (PAGE, "//// kegiatan", "<!-- pilar: abaikan {} langkah ketiga dihapus -->\n"),
            "U203",
        ),
    ],
)
def test_a_reason_answers_a_warning(
    files: dict[str, str], comment: tuple[str, str, str], told: str, tmp_path: Path
) -> None:
    name, above, text = comment
    assert codes(problems(tmp_path / "a", files)) == [f"{Path(name).name} {told}"]
    swap = name, above, text.format(told) + above
    assert problems(tmp_path / "b", files, swap) == []
    # Without results it silences nothing; where they cannot be counted, nobody knows.
    content = {n: text for n, text in files.items() if ".hasil/" not in n}
    assert codes(problems(tmp_path / "c", content, swap)) == [f"{Path(name).name} L100"]
    wrong = {n: f"{t}P99;7\n" if ".hasil/" in n else t for n, t in files.items()}
    assert {code.split()[1] for code in codes(problems(tmp_path / "d", wrong, swap))} <= {
        "U104",
        "U108",
    }


def test_an_error_elsewhere_makes_no_answer_needless(tmp_path: Path) -> None:
    swaps = (
        (BANK, "- {id: uji", "# pilar: abaikan U201 awal yang mudah\n- {id: uji"),
        (META, "teori: 1", "teori: 2"),
    )
    assert codes(problems(tmp_path, taught(KNOWN), *swaps)) == ["modul.yml M104"]


def test_too_few_people_speak_against_nothing(tmp_path: Path) -> None:
    fewer = int(FEWEST.value) - 1
    assert problems(tmp_path / "a", taught("A" * fewer)) == []
    assert codes(problems(tmp_path / "b", taught("A" * (fewer + 1)))) == ["soal.yml U201"]


def test_people_of_several_runs_are_counted_together(tmp_path: Path) -> None:
    files = taught("A" * 12)
    for name in ("yml", "hasil/pretest.csv"):
        files[f"runs/2025-06-selatan.{name}"] = files[f"runs/2025-02-utara.{name}"]
    (found,) = problems(tmp_path, files)
    assert "100 % jawaban sudah benar: 24 peserta di 2 pelatihan" in found.message


def test_invented_results_speak_against_nothing(tmp_path: Path) -> None:
    files = {
        name.replace("-utara", "-contoh"): text
        for name, text in taught(KNOWN + "A", minutes=LATE).items()
        if "timur" not in name
    }
    assert problems(tmp_path, files) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Siapa menyusun norma?", "Siapa menyetujui norma?", []),
        ("Panitia]", "Petugas]", []),
        ("kunci: A", "kunci: B", []),
        ("Siapa menyusun norma?", "Siapa  menyusun norma?", ["soal.yml U201"]),
        ("Norma milik kelas.", "Norma milik bersama.", ["soal.yml U201"]),
    ],
)
def test_a_question_that_changed_has_no_evidence(
    old: str, new: str, told: list[str], tmp_path: Path
) -> None:
    """Results stay those of what was asked; a run that is locked asks it still."""
    root = lay_example(tmp_path / "proyek", taught(KNOWN))
    results = fresh(root).evidence.real
    text = (root / BANK).read_text("utf-8")
    assert text.count(old) == 1
    (root / BANK).write_text(text.replace(old, new), "utf-8")
    module = fresh(root).modules["contoh"]
    assert codes(sorted(warnings_by_evidence([module], results))) == told


@pytest.mark.parametrize(
    ("minutes", "told"),
    [((54, 54), []), ((55, 54), []), ((55, 55), ["norma.md U203"])],
)
def test_activities_are_late_in_two_runs(
    minutes: tuple[int, int], told: list[str], tmp_path: Path
) -> None:
    """54 of 45 minutes are a fifth more, and no more than that."""
    assert codes(problems(tmp_path, taught(minutes=minutes))) == told


def test_late_in_the_lesser_part_of_the_runs_is_not_late(tmp_path: Path) -> None:
    files = taught(minutes=LATE)
    for month in (6, 7, 8):
        for name in ("yml", "hasil/waktu.csv"):
            text = files[f"runs/2025-03-barat.{name}"].replace("60", "45")
            files[f"runs/2025-{month:02}-utara.{name}"] = text
    assert problems(tmp_path / "a", files) == []
    del files["runs/2025-08-utara.hasil/waktu.csv"]
    (found,) = problems(tmp_path / "b", files)
    assert "di 2 dari 4 pelatihan: 60 menit (2025-03-barat), 60 menit (2025-04-timur)" in str(found)


def test_findings_are_remembered_with_the_results(tmp_path: Path) -> None:
    root, cache = lay_example(tmp_path / "proyek", taught(KNOWN)), tmp_path / "cache"
    assert codes(list(Workspace(root, cache).folder().problems)) == ["soal.yml U201"]
    assert codes(list(Workspace(root, cache).folder().problems)) == ["soal.yml U201"]
    answers = (root / RESULTS).read_text("utf-8")
    (root / RESULTS).write_text(re.sub(r"P0[1-6];\w", "", answers), "utf-8")
    assert Workspace(root, cache).folder().problems == ()


class TestSettled:
    """`status: ditetapkan`."""

    SETTLED = META, "status: uji-coba", "status: ditetapkan"

    def told(self, tmp_path: Path, files: dict[str, str], *swaps: tuple[str, str, str]) -> str:
        found = [p for p in problems(tmp_path, files, self.SETTLED, *swaps) if p.code == "U109"]
        assert {problem.path for problem in found} <= {META}
        return "\n".join(problem.text for problem in found)

    def test_two_runs_without_an_open_warning_are_enough(self, tmp_path: Path) -> None:
        assert self.told(tmp_path, taught(minutes=(45, 50))) == ""

    def test_one_run_is_named(self, tmp_path: Path) -> None:
        told = self.told(tmp_path, taught(minutes=(45,)))
        assert "paling sedikit 2 pelatihan yang bukan contoh, dengan versi 1.x modul ini" in told
        assert "baru ada 1 (2025-03-barat)" in told

    def test_runs_of_examples_are_none(self, tmp_path: Path) -> None:
        files = taught(minutes=(45, 50))
        files = {name.replace("-timur", "-contoh"): text for name, text in files.items()}
        assert "baru ada 1 (2025-03-barat)" in self.told(tmp_path, files)

    def test_blank_tables_are_no_results(self, tmp_path: Path) -> None:
        files = taught(minutes=(45, 50))
        files["runs/2025-04-timur.hasil/waktu.csv"] = "kode;menit\nCTH-K1;\n"
        assert "baru ada 1" in self.told(tmp_path, files)

    def test_results_that_cannot_be_counted_are_named(self, tmp_path: Path) -> None:
        files = taught(minutes=(45, 50))
        files["runs/2025-04-timur.hasil/waktu.csv"] += "CTH-K7;40\n"
        told = self.told(tmp_path, files)
        assert "Belum dihitung, karena ada yang salah: 2025-04-timur" in told

    def test_open_warnings_are_named_until_they_are_answered(self, tmp_path: Path) -> None:
        files = taught(KNOWN, LATE)
        told = self.told(tmp_path / "a", files)
        assert "2 peringatan dari hasil pelatihan belum dijawab: U203 di norma.md:14, U201" in told
        answered = (
            (BANK, "- {id: uji", "# pilar: abaikan U201 awal yang mudah\n- {id: uji"),
            (PAGE, "//// kegiatan", "<!-- pilar: abaikan U203 dipersingkat -->\n//// kegiatan"),
        )
        assert self.told(tmp_path / "b", files, *answered) == ""

    def test_no_build_stops_for_it(self, tmp_path: Path) -> None:
        root = lay_example(tmp_path / "proyek", {META: "status: ditetapkan\n"})
        state = fresh(root)
        assert codes(list(state.problems)) == ["modul.yml U109"]
        assert not state.faults
        assert not state.failed
