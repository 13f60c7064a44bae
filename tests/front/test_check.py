"""`pilar check`: every mistake at once, with its line and the way out, in five formats."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from .commands import BUILD, REPOSITORY, Project

META = "modules/sapa/modul.yml"
PAGE = "modules/sapa/tiga-langkah.md"
LAST = "modules/sapa/penutup.md"
CLEAN = "Tidak ada masalah: 2 modul, 1 pelatihan.\n"

Place = tuple[str, int, str]


def make_eight_mistakes(project: Project) -> list[Place]:
    """Put eight different mistakes into one module; gives where each one stands and its code."""
    unknown = project.replace(PAGE, "/// peserta\nSimpan", "/// pesertaa\nSimpan")
    picture = project.replace(PAGE, "aset/langkah.svg", "aset/tangga.svg")
    link = project.replace(PAGE, "../catat/mencatat.md#buku-saku", "../catat/catatan.md")
    project.replace(PAGE, "menit: 45", "menit: 40")
    question = project.replace(PAGE, "/// soal | sapa-2", "/// soal | sapa-9")
    key = project.replace(META, "prasyarat: []", "prasarat: []")
    page = project.replace(META, "penutup.md]", "penutup.md, hilang.md]")
    hours = project.line(META, "jp: {")
    project.write(LAST, project.text(LAST) + "\n/// refleksi\nApa yang Anda pelajari?\n")
    unclosed = project.line(LAST, "/// refleksi")
    return sorted(
        [
            (META, hours, "M104"),
            (META, key, "Y103"),
            (META, page, "F101"),
            (PAGE, unknown, "B101"),
            (PAGE, picture, "T104"),
            (PAGE, link, "T101"),
            (LAST, unclosed, "B102"),
            (PAGE, question, "S103"),
        ]
    )


@pytest.fixture
def faulty(minimal: Project) -> tuple[Project, list[Place]]:
    """The tiny project with eight mistakes, and where they are."""
    return minimal, make_eight_mistakes(minimal)


class TestEightMistakes:
    def test_all_are_told_at_once_each_with_its_line(self, faulty: tuple[Project, list[Place]]):
        project, mistakes = faulty
        assert project.pilar("check").problems() == mistakes

    def test_each_line_says_what_and_how_to_mend_it(self, faulty: tuple[Project, list[Place]]):
        project, mistakes = faulty
        out = project.pilar("check").out
        lines = [line for line in out.splitlines() if line.startswith("modules/")]
        assert all(re.fullmatch(r"\S+:\d+: [A-Z]\d{3} .+\. .+\.", line) for line in lines), out
        assert out.startswith(f"{len(mistakes)} galat ditemukan.\n\nGalat: ")
        assert "\x1b" not in out
        for way_out in ("“prasyarat”", "“peserta”", "“sapa-3”", "“mencatat.md”", "kurang 5 menit"):
            assert way_out in out

    def test_build_and_mkdocs_refuse_with_the_same_list(self, faulty: tuple[Project, list[Place]]):
        project, _ = faulty
        told = project.pilar("check").problems()
        assert project.build().problems() == told
        project.add_host_files()
        outcome = project.mkdocs("build")
        assert outcome.code == 1
        assert "Traceback" not in outcome.err
        assert all(f"{path}:{line}: {code} " in outcome.err for path, line, code in told)

    def test_a_path_limits_the_report(self, faulty: tuple[Project, list[Place]]):
        project, _ = faulty
        told = project.pilar("check").problems()
        in_page = [place for place in told if place[0] == PAGE]
        in_module = [place for place in told if place[0].startswith("modules/sapa/")]
        assert in_page
        assert len(in_module) > len(in_page)
        assert project.pilar("check", PAGE).problems() == in_page
        assert project.pilar("check", "modules/sapa").problems() == in_module
        assert project.pilar("check", META, PAGE, LAST).problems() == in_module
        assert "Tidak ada masalah" in project.pilar("check", "runs").fine().out

    def test_a_path_is_taken_from_where_the_user_stands(self, faulty: tuple[Project, list[Place]]):
        project, _ = faulty
        here = project.root / "modules/sapa"
        found = project.pilar("check", "tiga-langkah.md", cwd=here).problems()
        assert found == project.pilar("check", PAGE).problems()


class TestFormats:
    """The same list for other programs to read."""

    def test_json(self, faulty: tuple[Project, list[Place]]):
        told, report = _report(faulty[0], "json")
        rows = json.loads(report)
        assert [(row["path"], row["line"], row["code"]) for row in rows] == told
        assert all(row["message"] and row["hint"] for row in rows)

    def test_rdjson_as_reviewdog_reads_it(self, faulty: tuple[Project, list[Place]]):
        told, report = _report(faulty[0], "rdjson")
        document = json.loads(report)
        assert set(document) == {"source", "severity", "diagnostics"}
        assert document["source"]["name"] == "pilar"
        found = []
        for entry in document["diagnostics"]:
            assert entry["message"]
            assert entry["severity"] == "ERROR"
            place = entry["location"]
            found.append((place["path"], place["range"]["start"]["line"], entry["code"]["value"]))
        assert found == told

    def test_github_workflow_commands(self, faulty: tuple[Project, list[Place]]):
        told, report = _report(faulty[0], "github")
        columns = r"(?:,endLine=\d+,col=\d+,endColumn=\d+)?"
        pattern = re.compile(
            rf"::error file=([^,:]+),line=(\d+){columns},title=([A-Z]\d{{3}})::\S.*"
        )
        lines = report.splitlines()
        found = [match.groups() for line in lines if (match := pattern.fullmatch(line))]
        assert [(path, int(line), code) for path, line, code in found] == told
        assert len(lines) == len(told)


class TestBadContentIsNeverATraceback:
    """Each of these stops the check with a line to look at (Project.pilar refuses tracebacks)."""

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            pytest.param(META, b"kode: [SAP\njudul: x\n", id="broken YAML"),
            pytest.param(META, b"kode: SAP\nkode: SAQ\n", id="duplicate key"),
            pytest.param(META, b"", id="empty YAML"),
            pytest.param(META, b"- a\n- b\n", id="list for mapping"),
            pytest.param(META, b"a: &a [*a]\n", id="recursive alias"),
            pytest.param(META, b"\xff\xfe\x00", id="not UTF-8"),
            pytest.param("modules/sapa/soal.yml", b"id: sapa-1\n", id="mapping for list"),
            pytest.param("modules/sapa/soal.yml", b"", id="empty question bank"),
            pytest.param("modules/kurikulum.yml", b"nama: x\n", id="curriculum without keys"),
            pytest.param("modules/glosarium.yml", b"?\n", id="strange glossary"),
            pytest.param("runs/2025-03-contoh.yml", b"jadwal: {hari: 3}\n", id="wrong run"),
            pytest.param("runs/2025-03-contoh.yml", b"judul: \x01\n", id="control character"),
            pytest.param(PAGE, b"", id="empty page"),
            pytest.param(PAGE, b"# A\n\n//// kegiatan |\n    menit: [\n", id="broken options"),
            pytest.param(PAGE, b"# A\n\n```\n/// pelatih\n", id="unclosed code"),
            pytest.param(PAGE, b"# A\n\n<!-- rahasia\n", id="unclosed comment"),
            pytest.param(PAGE, b"# A\n\n<script>alert(1)</script>\n", id="raw HTML"),
            pytest.param(PAGE, "# A\n\n\u2215\u2215\u2215 pelatih\nx\n".encode(), id="look-alike"),
        ],
    )
    def test_is_told_with_path_and_line(self, minimal: Project, name: str, data: bytes):
        (minimal.root / name).write_bytes(data)
        found = minimal.pilar("check").problems()
        assert found
        assert name in {path for path, _, _ in found}

    @pytest.mark.parametrize("name", [META, "modules/kurikulum.yml", "modules/sapa/penutup.md"])
    def test_a_missing_file_is_told(self, minimal: Project, name: str):
        (minimal.root / name).unlink()
        assert minimal.pilar("check").problems()


def test_a_clean_project_is_0_and_counts_what_was_read(minimal: Project):
    assert minimal.pilar("check").fine().out.startswith(CLEAN)
    assert json.loads(minimal.pilar("check", "--format", "json").fine().out) == []
    assert json.loads(minimal.pilar("check", "--format", "rdjson").fine().out)["diagnostics"] == []
    assert minimal.pilar("check", "--format", "github").fine().out == ""
    [run] = json.loads(minimal.pilar("check", "--format", "sarif").fine().out)["runs"]
    assert run["results"] == []


def test_a_mistake_is_not_followed_by_others_that_are_none(minimal: Project):
    """A module that cannot be read is still there: nobody should look for it elsewhere."""
    line = minimal.replace(META, "prasyarat: []", "prasarat: []")
    assert minimal.pilar("check").problems() == [(META, line, "Y103")]


def test_errors_come_first_and_are_told_from_warnings(negated: tuple[Project, int]):
    project, line = negated
    key = project.replace(META, "prasyarat: []", "prasarat: []")
    before, errors, warnings, _ = project.pilar("check").out.split("\n\n")
    assert before == "1 galat dan 1 peringatan ditemukan."
    assert errors.startswith(f"Galat: harus diperbaiki\n{META}:{key}: Y103 ")
    assert warnings.startswith(f"Peringatan: sebaiknya diperbaiki\n{QUESTIONS}:{line}: S202 ")


def test_what_is_unverified_is_one_line_until_it_is_asked_for(minimal: Project):
    project = minimal
    project.write(META, project.text(META) + "perlu_verifikasi: [Nomor telepon, Alamat]\n")
    number = project.line(META, "perlu_verifikasi:")
    out = project.pilar("check").fine().out
    assert out.endswith("\n\n2 hal perlu diverifikasi. Daftarnya: pilar check --unverified\n")
    assert "Nomor telepon" not in out
    out = project.pilar("check", "--unverified").fine().out
    row = f"{META}:{number}"
    assert out.endswith(f"\n\nPerlu verifikasi (2)\n{row}: Nomor telepon\n{row}: Alamat\n")
    assert project.pilar("check", "--unverified", "modules/catat").fine().out.endswith("(0)\n")


def test_a_run_has_its_lock_with_it(minimal: Project):
    lock, run = f"runs/{BUILD}.lock", f"runs/{BUILD}.yml"
    minimal.write(lock, "kurikulum: [\n")
    for path in (run, lock):
        [(told, _, code)] = minimal.pilar("check", path).problems()
        assert (told, code) == (lock, "Y101")
    minimal.pilar("check", "modules/sapa").fine()


def test_check_writes_nothing(minimal: Project):
    before = sorted(minimal.root.rglob("*"))
    minimal.pilar("check").fine()
    assert sorted(minimal.root.rglob("*")) == before


def test_wrong_usage_is_told(minimal: Project):
    minimal.pilar("check", "modules/tidak-ada").refused("modules/tidak-ada")
    minimal.pilar("check", "--format", "xml").refused("text, json, rdjson, github, sarif")


QUESTIONS = "modules/sapa/soal.yml"


@pytest.fixture
def negated(minimal: Project) -> tuple[Project, int]:
    """The tiny project with one warning whose fix is certain, and its line."""
    old = "Langkah pertama sebelum memberi salam adalah …"
    return minimal, minimal.replace(QUESTIONS, old, "Manakah yang bukan langkah pertama Anda?")


class TestFixes:
    def test_what_is_certain_is_mended_and_told(self, negated: tuple[Project, int]):
        project, line = negated
        outcome = project.pilar("check", "--fix")
        assert outcome.code == 0
        assert outcome.err == f"{QUESTIONS}:{line}: S202 diperbaiki: “bukan” menjadi “**bukan**”\n"
        assert "Manakah yang **bukan** langkah pertama" in project.text(QUESTIONS)
        assert project.pilar("check", "--strict", "--fix").fine().out.startswith(CLEAN)

    def test_without_being_asked_nothing_is_mended(self, negated: tuple[Project, int]):
        project, _ = negated
        before = project.text(QUESTIONS)
        assert " S202 " in project.pilar("check").out
        assert project.text(QUESTIONS) == before

    def test_only_below_the_paths_asked_for(self, negated: tuple[Project, int]):
        project, _ = negated
        before = project.text(QUESTIONS)
        project.pilar("check", "--fix", "modules/catat").fine()
        assert project.text(QUESTIONS) == before

    def test_line_endings_and_all_else_stay(self, negated: tuple[Project, int]):
        project, _ = negated
        path = project.root / QUESTIONS
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        before = path.read_bytes()
        project.pilar("check", "--fix")
        assert path.read_bytes() == before.replace(b" bukan ", b" **bukan** ")

    def test_every_format_has_the_fix_at_its_place(self, negated: tuple[Project, int]):
        project, line = negated
        start = project.text(QUESTIONS).splitlines()[line - 1].index("bukan") + 1
        [row] = json.loads(project.pilar("check", "--format", "json").out)
        assert (row["line"], row["column"], row["end_column"]) == (line, start, start + 5)
        assert row["fix"] == {"old": "bukan", "new": "**bukan**", "safe": True}
        [row] = json.loads(project.pilar("check", "--format", "rdjson").out)["diagnostics"]
        [proposal] = row["suggestions"]
        assert proposal["text"] == "**bukan**"
        assert proposal["range"]["start"] == {"line": line, "column": start}
        [run] = json.loads(project.pilar("check", "--format", "sarif").out)["runs"]
        [result] = run["results"]
        assert result["ruleId"] == run["tool"]["driver"]["rules"][0]["id"] == "S202"
        [change] = result["fixes"][0]["artifactChanges"][0]["replacements"]
        assert change["insertedContent"]["text"] == "**bukan**"
        assert change["deletedRegion"]["startColumn"] == start


def test_a_code_is_explained(minimal: Project):
    page = minimal.pilar("check", "--explain", "s202").fine().out
    assert page.startswith("# S202: ")
    assert "## Cara memperbaiki" in page
    minimal.pilar("check", "--explain", "S222").refused("Mungkin maksud Anda “S202”")
    minimal.pilar("check", "--explain", "S202", "--fix").refused("--explain")


def test_every_code_has_an_address_where_the_site_has_one(negated: tuple[Project, int]):
    project, _ = negated

    def report(form: str, address: str = "https://contoh.example/modul") -> Any:
        out = project.pilar("check", "--format", form, PILAR_SITE_URL=address).out
        return out if form in ("text", "github") else json.loads(out)

    page = "https://contoh.example/modul/aturan/S202.html"
    [run] = report("sarif")["runs"]
    assert [rule["helpUri"] for rule in run["tool"]["driver"]["rules"]] == [page]
    assert report("rdjson")["diagnostics"][0]["code"] == {"value": "S202", "url": page}
    assert report("json")[0]["url"] == page
    assert report("github").endswith(f"%0A{page}\n")
    assert report("text").endswith("kode: https://contoh.example/modul/aturan/index.html\n")
    assert " K101 `site_url` bukan alamat" in report("text", "contoh.example")


def test_the_real_repository_is_clean(cache: Path, tmp_path: Path):
    """Warnings about the language there may be; mistakes there may not."""
    Project(REPOSITORY, cache, tmp_path).pilar("check").fine()


def _report(project: Project, form: str) -> tuple[list[Place], str]:
    """What the plain report tells, and the report in another format."""
    told = project.pilar("check").problems()
    assert len(told) >= 3
    outcome = project.pilar("check", "--format", form)
    assert outcome.code == 1
    assert outcome.err == ""
    return told, outcome.out


def test_a_path_of_another_project_is_wrong_usage(minimal: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "lain.md"
    elsewhere.write_text("# Lain\n", "utf-8")
    minimal.pilar("check", str(elsewhere)).refused("di luar proyek")


def test_every_command_says_what_cannot_be_read(minimal: Project):
    """Before it needs what is not there."""
    minimal.write("modules/kurikulum.yml", "nama: [")
    for command in (
        ("check",),
        ("build", "--no-books"),
        ("lock", BUILD),
        ("errata", BUILD),
        ("serve", BUILD),
        ("new", "run", "2026-01-contoh"),
    ):
        [(path, _, code)] = minimal.pilar(*command).problems()
        assert (path, code) == ("modules/kurikulum.yml", "Y101"), command
