"""Every rule has a page, and the page's own examples prove it: the wrong one, and only it, is told.

Examples lie over `golden/sound`, a project that no rule finds fault with. A fragment of a page goes
to its end, one that begins with `# ` or `---` replaces it; keys of a YAML fragment replace those
of the file, a list replaces it whole. `golden/rules/<code>.txt` holds the messages.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pilar.checks.apply import check_warnings
from pilar.checks.fixes import fixed
from pilar.content.files import read_folder
from pilar.model.problem import Problem
from pilar.model.rule import CORRECTION, RIGHT, WHY, WRONG, Basis, Severity, parse_rule, rules
from pilar.model.span import text_at

from .golden import ROOT, as_text, fresh, load_project

SOUND = ROOT / "sound"
MESSAGES = ROOT / "rules"

WITHOUT_EXAMPLE = {
    "F102": "bytes that are no text",
    "F105": "needs more text than a page should show, see test_hostile.py",
    "K101": "needs MkDocs, see tests/front",
    "K102": "needs MkDocs, see tests/front",
    "C101": "needs WeasyPrint, see tests/front",
    **dict.fromkeys(
        ("V101", "V102", "V103", "V105", "V106", "V107", "V108", "V110"),
        "needs git, see tests/front/test_versions.py",
    ),
    **dict.fromkeys(("P101", "P102", "P103"), "need an output, see test_leaks.py"),
    **dict.fromkeys(("G102", "G103"), "need a repository, see test_opened.py"),
    "K103": "needs a built folder, see tests/front/test_reproducibility.py",
    "K201": "needs a built site, see tests/front/test_weight.py",
    "L102": "needs a whole module of long sentences, see tests/stages/language",
}
"""Rules whose examples are words, or cannot be tried here, and why."""

WITHOUT_PLACE = {
    **dict.fromkeys(
        ("P104", *(f"U10{number}" for number in range(1, 9))),
        "the message names the cell, which no editor of text knows",
    ),
    **dict.fromkeys(("F103", "F104", "F201", "T204"), "the whole file or folder is meant"),
    "G101": "the file of a picture is no text that anybody edits",
    "T205": "what is missing has no place",
}
"""Codes whose problems mark no words of a file, and why."""

SOURCE = "norma.svg: {sumber: Digambar untuk modul ini, lisensi: CC BY-SA 4.0}\n"
LONG = " ".join("Norma kelas disusun bersama." for _ in range(8)) + "\n"
BANK = [
    f"- {{id: tambahan-{number}, indikator: 1, jenis: pilihan-ganda, teks: Apa arti norma?, "
    f"pilihan: [perjanjian, aturan, jadwal, tugas], kunci: {letter}, "
    f"pakai: [latihan]}}\n"
    for number, letter in enumerate("BBBBBACD")
]
LONG_KEYS = [
    f"- {{id: panjang-{number}, indikator: 1, jenis: pilihan-ganda, teks: Apa arti norma?, "
    f"pilihan: [janji, {'aturan' if number < 4 else 'adat'}, tugas, jadwal], kunci: {letter}, "
    f"pakai: [latihan]}}\n"
    for number, letter in enumerate("BDBDACAAC")
]
MEASURED = [
    f"- {{id: ukur-{number}, indikator: {1 + number % 2}, jenis: benar-salah, "
    f"teks: Norma disusun bersama., kunci: benar, pakai: [{use}]}}\n"
    for number, use in enumerate(["latihan"] * 8 + ["pretest, posttest"] * 2)
]
SECOND = (
    {
        path.replace("contoh", "kedua"): text.replace("CTH", "DUA").replace(
            "judul: Norma", "judul: Dua"
        )
        for path in ("modules/contoh/modul.yml", "modules/contoh/soal.yml")
        for text in [(SOUND / path).read_text("utf-8")]
    }
    | {
        f"modules/kedua/{name}.md": (SOUND / f"modules/contoh/{name}.md").read_text("utf-8")
        for name in ("pendahuluan", "norma", "penutup")
    }
    | {
        "modules/kedua/aset/norma.svg": (SOUND / "modules/contoh/aset/norma.svg").read_text(
            "utf-8"
        ),
        "modules/kedua/aset/gambar.yml": SOURCE,
    }
)
STRUCTURE = "struktur: {inti: {contoh: 1.0.0, kedua: 1.0.0}}\n"
SCHEDULE = 'jadwal: {{mulai: "08.00", selesai: "12.00", hari: [[pembukaan, {}]]}}\n'
BOTH = {**SECOND, "modules/kurikulum.yml": STRUCTURE}
RUN = "runs/2025-01-contoh.yml"
LEFT_OUT = "tanpa: {kedua: sudah diajarkan tahun lalu}\n"


def with_steps(last: int) -> dict[str, str]:
    """The page with the activity of 45 minutes, whose note has two steps."""
    steps = f"Langkah\n:   1. (15 menit) Baca bersama.\n    2. ({last} menit) Tulis norma."
    page = (SOUND / "modules/contoh/norma.md").read_text("utf-8")
    return {"modules/contoh/norma.md": page.replace("Beri waktu sepuluh menit.", steps)}


ANSWERS = "runs/2025-01-contoh.hasil/pretest.csv"
TESTED = {
    RUN: "tes: {soal: 1}\n" + SCHEDULE.format("{acara: pretest, menit: 5}, contoh"),
    "modules/contoh/soal.yml": (SOUND / "modules/contoh/soal.yml").read_text("utf-8")
    + "- {id: uji, indikator: 1, tingkat: C1, jenis: pilihan-ganda, teks: Siapa menyusun norma?, "
    "pilihan: [Kelas, Pelatih], kunci: A, pembahasan: Norma milik kelas., pakai: [pretest]}\n",
}
"""A run with a pretest."""
PRINTED = "CAB"
"""Choices of its question in the order of form A."""


def taught(answers: str = "", minutes: tuple[int, ...] = ()) -> dict[str, str]:
    """Runs that are no examples, with what came back: the choice of each participant, by its letter
    in soal.yml, or the minutes of the activity in each of two runs.
    """
    files = dict(TESTED)
    run = (SOUND / RUN).read_text("utf-8").partition("jadwal:")[0] + files.pop(RUN)
    bank = "modules/contoh/soal.yml"
    files[bank] = files[bank].replace("[Kelas, Pelatih]", "[Kelas, Pelatih, Panitia]")
    if answers:
        files["runs/2025-02-utara.yml"] = run
        typed = answers.translate(str.maketrans(PRINTED, "ABC"))
        rows = "".join(f"P{n:02};{letter}\n" for n, letter in enumerate(typed, 1))
        files["runs/2025-02-utara.hasil/pretest.csv"] = f"peserta;A1 uji {PRINTED}\n{rows}"
    for name, took in zip(("2025-03-barat", "2025-04-timur"), minutes, strict=False):
        files[f"runs/{name}.yml"] = run
        files[f"runs/{name}.hasil/waktu.csv"] = f"kode;menit\nCTH-K1;{took}\n"
    return files


LARGER: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "F202": (
        SECOND,
        {**BOTH, RUN: SCHEDULE.format("contoh, kedua")},
    ),
    "M208": (
        {
            **BOTH,
            RUN: SCHEDULE.format("contoh, kedua"),
            "modules/contoh/penutup.md": f"# Penutup\n\n{LONG}",
            "modules/kedua/penutup.md": f"# Penutup\n\n{LONG}",
        },
        {"modules/contoh/penutup.md": f"# Penutup\n\n{LONG}"},
    ),
    "M209": (
        {
            "modules/contoh/soal.yml": (SOUND / "modules/contoh/soal.yml").read_text()
            + "".join([*MEASURED[:9], MEASURED[0].replace("ukur-0", "ukur-9")])
        },
        {
            "modules/contoh/soal.yml": (SOUND / "modules/contoh/soal.yml").read_text()
            + "".join(MEASURED)
        },
    ),
    "R202": (
        {
            **BOTH,
            RUN: SCHEDULE.format("kedua, contoh"),
            "modules/kedua/modul.yml": SECOND["modules/kedua/modul.yml"] + "prasyarat: [contoh]\n",
        },
        {
            **BOTH,
            RUN: SCHEDULE.format("contoh, kedua"),
            "modules/kedua/modul.yml": SECOND["modules/kedua/modul.yml"] + "prasyarat: [contoh]\n",
        },
    ),
    "R110": (
        {**BOTH, RUN: LEFT_OUT + SCHEDULE.format("contoh, kedua")},
        {**BOTH, RUN: LEFT_OUT + SCHEDULE.format("contoh")},
    ),
    "R208": (with_steps(20), with_steps(30)),
    "S204": (
        {
            "modules/contoh/soal.yml": (SOUND / "modules/contoh/soal.yml").read_text()
            + "".join(BANK)
        },
        {
            "modules/contoh/soal.yml": (SOUND / "modules/contoh/soal.yml").read_text()
            + "".join(BANK[2:])
        },
    ),
    "S209": (
        {
            "modules/contoh/soal.yml": (SOUND / "modules/contoh/soal.yml").read_text()
            + "".join(LONG_KEYS)
        },
        {
            "modules/contoh/soal.yml": (SOUND / "modules/contoh/soal.yml").read_text()
            + "".join(LONG_KEYS[2:])
        },
    ),
    "U104": (
        {**TESTED, ANSWERS: "peserta;A1\nP07;B\nP41;A\nP7;A\n"},
        {**TESTED, ANSWERS: "peserta;A1\nP07;B\nP08;A\n"},
    ),
    "U201": (taught("A" * 18 + "BC"), taught("A" * 17 + "BBC")),
    "U202": (taught("A" * 15 + "B" * 5), taught("A" * 15 + "B" * 4 + "C")),
    "U203": (taught(minutes=(55, 60)), taught(minutes=(55, 54))),
    "T204": (
        {
            "modules/contoh/aset/norma.svg": '<svg xmlns="http://www.w3.org/2000/svg">'
            f"{' ' * 300_000}</svg>"
        },
        {},
    ),
}
"""Examples too large for a page: the wrong files, and right ones."""


def lay_example(root: Path, files: dict[str, str]) -> Path:
    """The sound project with the files of an example."""
    shutil.copytree(SOUND, root)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".yml" and path.exists() and not text.startswith("- "):
            path.write_text(with_keys(path.read_text("utf-8"), text), "utf-8")
        elif path.suffix == ".md" and path.exists() and not text.startswith(("# ", "---")):
            path.write_text(f"{path.read_text('utf-8')}\n{text}", "utf-8")
        else:
            path.write_text(text, "utf-8")
    return root


def with_keys(text: str, fragment: str) -> str:
    """The YAML file without the keys that the fragment has, and the fragment."""
    own = set(re.findall(r"^([\w.-]+):", fragment, re.M))
    parts = re.split(r"^(?=\w)", text, flags=re.M)
    return "".join(part for part in parts if part.partition(":")[0] not in own) + fragment


def marked(problem: Problem, root: Path) -> str:
    """What an editor would underline, on a line of its own."""
    if not problem.column:
        return ""
    lines = (root / problem.path).read_text("utf-8").split("\n")
    place = (problem.line, problem.column, problem.end_line, problem.end_column)
    return f"    {' '.join(text_at(lines, place).split())}\n"


def told(root: Path) -> list[Problem]:
    return fresh(root).problems


def fix_all(root: Path, problems: list[Problem]) -> list[Problem]:
    """What `pilar check --fix` does."""
    project = fresh(root).project
    assert project
    changed, applied = fixed(read_folder(root, []), project, problems)
    for path, data in changed.items():
        (root / path).write_bytes(data)
    return applied


def test_the_base_of_all_examples_is_sound(tmp_path: Path) -> None:
    assert as_text(told(lay_example(tmp_path / "proyek", {}))) == ""


@pytest.mark.parametrize("code", rules())
def test_page_is_whole(code: str) -> None:
    rule = rules()[code]
    assert rule.code == code
    assert min(len(rule.section(name)) for name in (WHY, WRONG, RIGHT, CORRECTION)) > 20
    assert rule.example(WRONG) or code in WITHOUT_EXAMPLE or code in LARGER
    assert "<!--" not in rule.page.partition("\n## ")[0], "what is for the program is not shown"
    assert rule.hidden is None or rule.severity is Severity.ERROR
    assert rule.basis is Basis.FILE or rule.severity is Severity.WARNING


@pytest.mark.parametrize("code", sorted(set(rules()) - set(WITHOUT_EXAMPLE)))
def test_examples_prove_the_rule(code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    rule = rules()[code]
    wrong_files, right_files = LARGER.get(code, (rule.example(WRONG), rule.example(RIGHT)))
    wrong = told(lay_example(tmp_path / "salah", wrong_files))
    assert {problem.code for problem in wrong} == {code}, as_text(wrong)
    shown = "".join(f"{problem}\n{marked(problem, tmp_path / 'salah')}" for problem in wrong)
    expected = MESSAGES / f"{code}.txt"
    if request.config.getoption("--perbarui", default=False):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")
    assert code in WITHOUT_PLACE or all(problem.column for problem in wrong)
    right = told(lay_example(tmp_path / "benar", right_files))
    assert as_text(right) == ""


@pytest.mark.parametrize(("mark", "codes"), [("false", ["H201"]), ("true", [])])
def test_replaced_law_in_a_module_that_no_run_has_yet(
    mark: str, codes: list[str], tmp_path: Path
) -> None:
    files = {
        "modules/contoh/modul.yml": "versi: 1.1.0\n"
        f"rujukan: [uu-11-2009, {{id: permensos-1-2012, sejarah: {mark}}}]\n",
        "modules/kurikulum.yml": "versi: 1.1.0\nstruktur: {inti: {contoh: 1.1.0}}\n",
    }
    project = load_project(lay_example(tmp_path / "proyek", files))
    assert [problem.code for problem in check_warnings(project)] == codes


def test_messages_are_of_rules_that_there_are() -> None:
    assert {path.stem for path in MESSAGES.glob("*.txt")} == set(rules()) - set(WITHOUT_EXAMPLE)


def test_a_page_without_its_sections_is_refused() -> None:
    with pytest.raises(ValueError, match="no page of a rule"):
        parse_rule("# X101: contoh\n\nKeparahan: galat\n\n## Mengapa\n\nSebab.\n")


FIXES = {
    "B101": "pelatlh > pelatih",
    "B203": "**Cara menyusun** > ### Cara menyusun",
    "B204": "• > -",
    "L100": "<!-- pilar: abaikan L103 kata asing dibahas --> > ",
    "L103": "feedback > umpan balik",
    "L104": "cacat > penyandang disabilitas",
    "L105": "PPKS > Pemerlu Pelayanan Kesejahteraan Sosial (PPKS)",
    "L106": "disepakti > disepakati",
    "L107": "perlindungan sosial > pelindungan sosial",
    "M102": "cotoh > contoh",
    "R101": "pembukan > pembukaan",
    "S103": "norma-9 > norma-2",
    "S202": "bukan > **bukan**",
    "T101": "penutp.md > penutup.md",
    "T102": "#artinya-norma > #arti-norma",
    "T104": "aset/noma.svg > aset/norma.svg",
    "T106": "uu-11-2090 > uu-11-2009",
    "T107": "susum > susun",
    "T202": "http://contoh.go.id > https://contoh.go.id",
    "Y103": "kepanjagan > kepanjangan",
    # These mark some words of their line or value, and have no fix.
    **dict.fromkeys(("B112", "B120", "M203", "M205", "R104", "S101", "S201", "T105"), ""),
}


@pytest.mark.parametrize("code", FIXES)
def test_place_and_fix_do_not_hang_on_wording(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever messages and hints say: they can be reworded, and nothing else changes."""
    made = Problem.__post_init__

    def reworded(problem: Problem) -> None:
        made(problem)
        object.__setattr__(problem, "message", "pesan")
        object.__setattr__(problem, "hint", "jalan keluar")

    monkeypatch.setattr(Problem, "__post_init__", reworded)
    wrong = told(lay_example(tmp_path / "salah", rules()[code].example(WRONG)))
    found = {(f"{p.path}:{p.line}: {p.code}", marked(p, tmp_path / "salah")) for p in wrong}
    rows = (MESSAGES / f"{code}.txt").read_text("utf-8")
    assert found == {*re.findall(r"^(\S+: \w+) .*\n( {4}.*\n)?", rows, re.M)}
    fixes = {f"{p.fix.old} > {p.fix.new}" for p in wrong if p.fix}
    assert fixes == ({FIXES[code]} if FIXES[code] else set())
