"""What a judge who knew only the contract got past Pilar, or past its warnings; one case each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pilar.checks.apply import check_warnings
from pilar.checks.rules.b205_meant_for_trainers import told_to_trainers
from pilar.leaks.gate import check_output
from pilar.model.curriculum import Question
from pilar.model.problem import ContentError, Problem

from .golden import BASE, fresh
from .samples import of_page, project_of
from .test_leaks import REPOSITORY, tree_of

FOR_TRAINERS = [
    "« pelatih »",
    "(pelatih)",
    "## Pelatih",
    "**Pelatih**",
    "Pelatih:",
    "> **Pelatih:**",
    "- Pelatih:",
    "Untuk para fasilitator:",
    "*Petunjuk bagi widyaiswara*",
    "**Catatan untuk pelatih:** bacakan pelan-pelan.",
    "Kunci: B",
    "**Kunci jawaban:** B",
    "Jawaban yang benar: C",
    '!!! note "Pelatih"',
    ";;; pelatih",
    "@pelatih",
    "{>>pelatih: B<<}",
    "Norma {++kelas++} disusun.",
]
FOR_ALL = [
    "Pelatih: “Selamat pagi.”",
    "Untuk pelatih, kursi disiapkan.",
    "Kunci rumah: simpan.",
    "- pelatih",
    "- pelatih;",
    "- **Pelatih**",
    "| pelatih | peserta |",
    "- kunci",
    "Peserta:",
    "Jawaban:",
    "`{>>a<<}`",
    "pelatih",
]


@pytest.mark.parametrize("line", FOR_TRAINERS)
def test_leak_what_is_meant_for_trainers_and_stands_outside_their_blocks(line: str) -> None:
    assert told_to_trainers(line)
    [warning] = told(f"{line}\n\n/// pelatih\n{line}\n///\n", "B205")
    assert warning.line == 3


@pytest.mark.parametrize("line", FOR_ALL)
def test_what_only_looks_so_is_not_told(line: str) -> None:
    assert told_to_trainers(line) == ""


def told(text: str, code: str) -> list[Problem]:
    """Warnings of one kind on a page."""
    project = project_of(f"# Judul\n\n{text}")
    return [problem for problem in check_warnings(project) if problem.code == code]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Teks.\n\n[^a]: Isi.\n", [5]),
        ("Teks[^b].\n\n[^b]: Isi[^c].\n\n[^c]: Isi.\n", []),
        ("Teks.\n\n[^b]: Isi[^c].\n\n[^c]: Isi.\n", [5, 7]),
        ("/// pelatih\nTeks[^a].\n///\n\n[^a]: Isi.\n", []),
        ("/// peserta\nTeks[^a].\n\n[^a]: Isi.\n///\n", []),
        ("/// kunci\nTeks.\n\n[^a]: Isi.\n///\n", [6]),
        ("Teks `[^a]`.\n\n[^a]: Isi.\n", [5]),
    ],
)
def test_footnotes_that_vanish_are_told(text: str, lines: list[int]) -> None:
    assert [problem.line for problem in told(text, "T207")] == lines


@pytest.mark.parametrize("word", ["السلام", "Ωμέγα", "œuvre", "kat\u0430", "İstanbul"])
def test_letters_of_other_scripts_are_told_without_a_traceback(word: str) -> None:
    assert [warning.line for warning in told(f"{word} kelas.\n", "L106")] == [3]


@pytest.mark.parametrize("word", ["ꦗꦮ", "你好", "Ｐｅｌａｔｉｈ:"])
def test_letters_that_no_font_has_are_told(word: str) -> None:
    assert of_page(f"{word} kelas.\n") == ["3: T109"]


@pytest.mark.parametrize("names", ["hidden", ".x hidden", "onclick", "title=a autofocus"])
def test_hostile_attribute_without_a_value_is_told(names: str) -> None:
    assert of_page(f"Teks.\n{{: {names} }}\n") == ["4: B120"]


def test_braces_in_a_text_are_no_attributes() -> None:
    assert of_page("Teks {hidden} saja.\n\n*a*{: .x #y title='z' }\n") == []


@pytest.mark.parametrize(
    "text",
    [
        *("*a*{: .kunci-soal }", "*a*{: class='b pelatih' }", "Teks.\n{: .isian }"),
        *("!!! kunci-soal\n    a", "## Bagian {: #cth-lk1 }", "*a*{: #cth-s2 }"),
        *("*a*{: id=fn:1 }", "*a*{: #fnref:1 }"),
    ],
)
def test_hostile_text_cannot_pass_for_a_block_or_its_anchor(text: str) -> None:
    assert {row.partition(" ")[2] for row in of_page(f"{text}\n")} == {"B120"}


@pytest.mark.parametrize("text", ["*a*{: .penting #kelas-1 }", "## Bagian {: #fungsi }"])
def test_names_of_their_own_stay(text: str) -> None:
    assert of_page(f"{text}\n") == []


@pytest.mark.parametrize(
    "target",
    [
        *("https:jahat.id", "https:///jahat.id", "HTTPS:/jahat.id", "https:\\\\jahat.id"),
        *("https://xn--80ak6aa92e.com", "https://a.XN--80ak6aa92e.com/b", "tel:*21*0812000000#"),
    ],
)
def test_hostile_address_that_is_not_what_it_seems_is_told(target: str) -> None:
    assert of_page(f"[situs]({target})\n") == ["3: B121"]


@pytest.mark.parametrize(
    "target", ["https://contoh.id/xn--a", "http://contoh.id", "tel:+6281200000", "mailto:a@b.id"]
)
def test_usual_addresses_are_fine(target: str) -> None:
    assert of_page(f"[situs]({target})\n") == []


def test_picture_whose_name_is_written_in_code_is_told() -> None:
    """It would be found by nobody who publishes pictures."""
    assert of_page("![norma](aset/norma%2Esvg)\n") == ["3: T104"]


YAML = {
    "picture": ("![alamat](aset/norma.svg)", "Y107"),
    "picture from elsewhere": ("![alamat](https://jahat.id/a.png)", "Y107"),
    "attribute": ("Teks {: onclick=a }", "Y107"),
    "abbreviation": ("*[PKH]: arti", "Y107"),
    "address": ("[a]: https://jahat.id", "Y107"),
    "page of the trainers": ("[rahasia](rahasia.md)", "T103"),
    "page that is not there": ("[tiada](tiada.md)", "T101"),
    "part of no page": ("[tiada](#tiada)", "T101"),
}


@pytest.mark.parametrize("name", YAML)
@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("modules/contoh/modul.yml", "deskripsi: Modul ini contoh."),
        ("modules/contoh/soal.yml", "teks: Apa arti norma kelas?"),
    ],
)
def test_leak_what_is_no_text_is_not_for_yaml(
    name: str, path: str, old: str, tmp_path: Path
) -> None:
    text, code = YAML[name]
    root = shutil.copytree(BASE, tmp_path / "proyek")
    meta = root / "modules/contoh/modul.yml"
    meta.write_text(meta.read_text("utf-8").replace("isi.md]", "isi.md, rahasia.md]"), "utf-8")
    page = "---\nedisi: pelatih\n---\n# Rahasia\n\nIsi.\n"
    (root / "modules/contoh/rahasia.md").write_text(page, "utf-8")
    assert codes(root) == set()
    key = old.partition(":")[0]
    yaml = (root / path).read_text("utf-8").replace(old, f'{key}: "{text}"')
    (root / path).write_text(yaml, "utf-8")
    assert codes(root) == {(path, code)}


@pytest.mark.parametrize("target", ["javascript:alert(1)", "contoh/isi.md", "//jahat.id"])
def test_hostile_link_of_the_curriculum_is_told(target: str, tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "proyek")
    path = root / "modules/kurikulum.yml"
    text = path.read_text("utf-8").replace("Kata pengantar.", f"'[a]({target})'")
    path.write_text(text, "utf-8")
    assert codes(root) == {("modules/kurikulum.yml", "B121")}


def codes(root: Path) -> set[tuple[str, str]]:
    """Path and code of the errors of a project."""
    return {(problem.path, problem.code) for problem in fresh(root).errors}


QUESTION = Question.model_validate(
    {
        "id": "satu",
        "indikator": 1,
        "jenis": "benar-salah",
        "teks": "Norma kelas ditempel di pintu gudang sebelah timur.",
        "kunci": "salah",
        "pakai": ("posttest",),
    }
)
PAGES = {
    "on no page": ("# Judul\n", False),
    "on a page of trainers": ("---\nedisi: pelatih\n---\n# Judul\n\n/// soal | satu\n///\n", False),
    "in a block of trainers": ("# Judul\n\n//// pelatih\n/// soal | satu\n///\n////\n", False),
    "on a page": ("# Judul\n\n/// soal | satu\n///\n", True),
    "in an exercise": ("# Judul\n\n//// latihan | A\n/// soal | satu\n///\n////\n", True),
}


@pytest.mark.parametrize("name", PAGES)
def test_leak_gate_finds_questions_of_tests_that_no_page_shows(name: str, tmp_path: Path) -> None:
    page, shown = PAGES[name]
    tree = tree_of(project_of("# Awal\n", page, questions=(QUESTION,)))
    (tmp_path / "a.html").write_text(f"<p>{QUESTION.teks}</p>", "utf-8")
    if shown:
        check_output(tree, tmp_path, REPOSITORY)
        return
    with pytest.raises(ContentError) as stopped:
        check_output(tree, tmp_path, REPOSITORY)
    assert {(p.path, p.code) for p in stopped.value.problems} == {
        ("modules/contoh/soal.yml", "P101")
    }
