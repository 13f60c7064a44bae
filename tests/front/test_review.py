"""`pilar review`: the front door; what the summaries say is tested in tests/stages/review."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pypdfium2
import pytest

from pilar.editions.words import size

from .commands import BUILD, Project
from .test_versions import META, PAGE, commit, git

FILES = {"index.html", "ringkasan.md", "ulasan.rdjson", "ulasan.sarif"}


@pytest.fixture
def changed(minimal: Project) -> Project:
    """The tiny project with two commits: a sentence more in the second."""
    git(minimal.root, "init", "--quiet", "--initial-branch", "main")
    commit(minimal, "Kurikulum pertama")
    minimal.write(PAGE, minimal.text(PAGE) + "\nBuku saku disimpan di tempat yang kering.\n")
    minimal.replace(META, "versi: 1.2.0", "versi: 1.2.1")
    minimal.replace("modules/kurikulum.yml", "catat: 1.2.0", "catat: 1.2.1")
    commit(minimal, "Satu kalimat")
    return minimal


def state(root: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of every file, git's own among them, but for what git itself keeps fresh."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "index"
    }


def test_two_commits_are_compared_and_nothing_else_is_touched(
    changed: Project, minimal_once: Project
) -> None:
    changed.write("modules/sapa/penutup.md", "Belum jadi, bukan bagian dari kedua komit.")
    before, status = state(changed.root), git(changed.root, "status", "--porcelain")
    out = changed.root.parent / "hasil"
    told = changed.pilar("review", "--base", "HEAD~1", "--out", str(out)).fine().out
    assert "hanya teks di 1 halaman modul CTT (+7 kata)" in told
    assert {path.name for path in out.iterdir()} == {*FILES, "aturan", "manifes.json"}
    assert state(changed.root) == before
    assert git(changed.root, "status", "--porcelain") == status
    summary = (out / "ringkasan.md").read_text("utf-8")
    assert "Bukti" not in summary + (out / "index.html").read_text("utf-8")  # no run has results
    assert (
        "[“Mencatat di Buku Saku”](index.html#halaman-catat--mencatat) +7 kata: "
        "“**Buku saku disimpan di tempat yang kering.**”"
    ) in summary
    _counts_what_is_handed_out(summary, minimal_once.out / BUILD)
    assert "1.2.0 → 1.2.1, sesuai dengan perubahannya" in summary
    page = lxml.html.document_fromstring((out / "index.html").read_bytes())
    inserted = [ins.text_content() for ins in page.xpath("//*[@class='naskah']//ins")]
    assert inserted == ["Buku saku disimpan di tempat yang kering."]
    # The printed page, before and after, in both editions.
    sheets = page.xpath("//*[contains(@class, 'kertas')]//img/@src")
    assert len(sheets) == 4
    assert all(sheet.startswith("data:image/webp;base64,") for sheet in sheets)
    assert len(set(sheets)) == 4
    findings = json.loads((out / "ulasan.rdjson").read_bytes())
    assert findings["source"]["name"] == "pilar"


def _counts_what_is_handed_out(summary: str, built: Path) -> None:
    """Before the change, the books are those of a build, from cover to glossary."""
    joined = {"peserta": "buku-modul", "pelatih": "panduan-pelatih"}
    (told,) = (line for line in summary.splitlines() if line.startswith("- **Halaman cetak**: "))
    for edition, stem in joined.items():
        for book, name in ((f"Buku gabungan {BUILD}", stem), ("CTT Mencatat Kunjungan", "ctt")):
            path = built / edition / "buku" / f"{name}.pdf"
            pages = len(pypdfium2.PdfDocument(path))
            (row,) = (line for line in summary.splitlines() if f"| {book} | {edition} |" in line)
            firsts = [cell.split(" → ")[0] for cell in row.strip("| ").split(" | ")[2:]]
            assert firsts == [f"{pages}", f"{-(-pages // 2)}", size(path.stat().st_size)]
        assert f"buku {edition} {BUILD} " in told


def test_uncommitted_work_is_reviewed_on_request(changed: Project) -> None:
    changed.replace(META, "versi: 1.2.1", "versi: 1.3.0")
    out = changed.root.parent / "hasil"
    options = ("--base", "HEAD", "--worktree", "--no-pictures", "--out", str(out))
    changed.pilar("review", *options).fine()
    summary = (out / "ringkasan.md").read_text("utf-8")
    assert "`folder kerja`" in summary
    assert "versinya 1.2.1 → 1.3.0, padahal isinya tidak berubah" in summary
    assert git(changed.root, "status", "--porcelain") == f"M {META}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ["`--base` harus disebut"]),
        (("--base", "tidak-ada"), ["komit `tidak-ada` tidak ditemukan", "git branch --all"]),
        (("--base", "HEAD", "--head", "salah"), ["komit `salah` tidak ditemukan"]),
        (("--base", "HEAD", "--head", "HEAD~1", "--worktree"), ["pilih salah satu"]),
    ],
)
def test_wrong_names_are_wrong_usage(
    changed: Project, arguments: tuple[str, ...], words: list[str]
) -> None:
    changed.pilar("review", *arguments).refused(*words)
    assert not (changed.root / "ulasan").exists()


def test_without_git_there_is_nothing_to_compare(minimal: Project) -> None:
    minimal.pilar("review", "--base", "HEAD").refused("bukan repositori git")


def test_a_broken_curriculum_is_told(changed: Project) -> None:
    changed.write("modules/kurikulum.yml", "nama: [\n")
    commit(changed, "Rusak")
    options = ("--base", "HEAD~1", "--no-pictures")
    outcome = changed.pilar("review", *options, PILAR_SITE_URL="https://contoh.example/")
    assert outcome.code == 1
    assert "isi tidak dapat dibaca" in outcome.out
    out = changed.root / "ulasan"
    assert "Y101" in (out / "ringkasan.md").read_text("utf-8")
    [run] = json.loads((out / "ulasan.sarif").read_bytes())["runs"]
    [rule] = run["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://contoh.example/aturan/Y101.html"
    # The code of the problem leads to the page of its rule, and on to all rules.
    report = lxml.html.document_fromstring((out / "index.html").read_bytes())
    (link,) = set(report.xpath("//*[@id='masalah']//li/a[text()='Y101']/@href"))
    rule = lxml.html.document_fromstring((out / link).read_bytes())
    assert "YAML tidak dapat dibaca" in rule.findtext(".//title")
    assert (out / link).with_name("index.html").is_file()
