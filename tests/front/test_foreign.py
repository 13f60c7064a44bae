"""No command replaces in its output folder what Pilar did not make: wrong usage, with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commands import BUILD, Project
from .test_versions import commit, git
from .trees import digests, names

WAY_OUT = "Pindahkan atau hapus dahulu, atau pilih folder hasil yang lain"


def letter(path: Path) -> Path:
    """Somebody's file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("saya")
    return path


class TestBuild:
    @pytest.mark.parametrize("name", [BUILD, "edisi"])
    def test_a_folder_that_is_called_like_its_own_stays(self, minimal: Project, name: str):
        letter(minimal.out / name / "surat.txt")
        others = [letter(minimal.out / n / "surat.txt") for n in (f".{BUILD}.lama", ".a.baru")]
        outcome = minimal.build("--no-books", "--edition", "peserta")
        outcome.refused(f"`build/{name}`", "surat.txt", WAY_OUT)
        assert digests(minimal.out / name).keys() == {"surat.txt"}
        assert all(other.read_text() == "saya" for other in others)
        assert names(minimal.out) == {name, f".{BUILD}.lama", ".a.baru"}

    @pytest.mark.parametrize(
        ("harm", "words"),
        [
            (lambda folder: letter(folder / "peserta/catatan.txt"), "peserta/catatan.txt"),
            (lambda folder: (folder / "manifes.json").unlink(), "tidak memuat manifes.json"),
            (lambda folder: (folder / "manifes.json").write_text("[]"), "tidak memuat manifes"),
        ],
        ids=["added file", "lost manifest", "broken manifest"],
    )
    def test_so_does_its_own_where_that_is_not_certain(self, site: Project, harm, words: str):
        harm(site.out / BUILD)
        before = digests(site.out)
        site.build("--no-books", BUILD).refused(f"`build/{BUILD}`", words, WAY_OUT)
        assert digests(site.out) == before

    def test_what_hosts_leave_stays_and_nothing_is_built_for_it(self, site: Project):
        for name in (".git/HEAD", ".nojekyll", "CNAME"):
            letter(site.out / BUILD / name)
        assert f"{BUILD}: tidak berubah" in site.build_sites(BUILD).out
        site.replace("modules/sapa/penutup.md", "senyum", "tawa")
        assert f"{BUILD}: selesai" in site.build_sites(BUILD).out
        assert (site.out / BUILD / ".git/HEAD").read_text() == "saya"
        assert (site.out / BUILD / "CNAME").read_text() == "saya"


def test_a_review_replaces_a_review_and_nothing_else(built: Project):
    git(built.root, "init", "--quiet")
    commit(built, "Kurikulum pertama")
    options = ("--base", "HEAD", "--worktree", "--no-pictures", "--out")
    for name in ("rumah", f"build/{BUILD}", "."):
        before = letter(built.root / "rumah/index.html").read_text()
        built.pilar("review", *options, name).refused(f"`{name}`", WAY_OUT)
        assert (built.root / "rumah/index.html").read_text() == before
    for _ in range(2):
        built.pilar("review", *options, "ulasan").fine()
    letter(built.root / "ulasan/surat.txt")
    built.pilar("review", *options, "ulasan").refused("surat.txt")


def test_errata_go_beside_other_files_but_not_over_them(built: Project):
    page = letter(built.root / f"meja/ralat-{BUILD}-pelatih.html")
    outcome = built.pilar("errata", BUILD, "--out", "meja").refused(page.name, WAY_OUT)
    assert page.read_text() == "saya"
    page.rename(page.with_name("surat.html"))
    for _ in range(2):
        outcome = built.pilar("errata", BUILD, "--out", "meja").fine()
    assert f"meja/{page.name}" in outcome.out
    assert page.with_name("surat.html").read_text() == "saya"


def test_mkdocs_keeps_what_is_the_hosts_and_refuses_the_rest(minimal: Project):
    minimal.add_host_files()
    site = minimal.root / "situs"
    for name in (".git/HEAD", ".nojekyll", "CNAME"):
        letter(site / name)
    for _ in range(2):
        assert minimal.mkdocs("build", "--site-dir", "situs").code == 0
        assert {".git", ".nojekyll", "CNAME", "index.html"} <= names(site)
    letter(site / "surat.txt")
    outcome = minimal.mkdocs("build", "--site-dir", "situs")
    assert outcome.code == 1
    assert "surat.txt" in outcome.err
    assert WAY_OUT in outcome.err
    assert "Traceback" not in outcome.err
    assert (site / "surat.txt").read_text() == "saya"
    assert not list(minimal.root.glob(".situs*"))


def test_the_public_pages_do_not_change_with_trainers_text(site: Project):
    """Not even a fingerprint of it stands among them."""
    before = digests(site.out / "edisi")
    page = "modules/sapa/tiga-langkah.md"
    text = site.text(page)
    site.write(page, text + "\n/// pelatih\nHanya pelatih.\n///\n")
    assert "edisi: selesai" in site.build_sites(BUILD).out
    assert digests(site.out / "edisi") == before
