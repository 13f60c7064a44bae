"""`pilar build`: what it makes, when it makes it again, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from .commands import BUILD, Project
from .trees import digests, files, names, stamps

pytestmark = pytest.mark.panjang  # dozens of builds: several minutes

SECOND = "2025-09-kedua"
_HASH = r"[0-9a-f]{40}|[0-9a-f]{64}"


class TestOutput:
    def test_a_run_is_two_editions_and_a_manifest(self, minimal_once: Project):
        assert names(minimal_once.out) == {BUILD, "edisi"}
        assert names(minimal_once.out / BUILD) == {"peserta", "pelatih", "manifes.json"}

    @pytest.mark.parametrize(
        ("edition", "joined"), [("peserta", "buku-modul.pdf"), ("pelatih", "panduan-pelatih.pdf")]
    )
    def test_an_edition_is_a_site_with_a_book_a_module_and_a_joined_one(
        self, minimal_once: Project, edition: str, joined: str
    ):
        folder = minimal_once.out / BUILD / edition
        assert (folder / "index.html").is_file()
        assert names(folder / "buku") == {"sap.pdf", "ctt.pdf", joined}

    def test_the_real_run_has_the_files_that_the_issue_asks_for(self, probolinggo: Project):
        folder = probolinggo.out / "2025-01-probolinggo"
        for name in (
            "peserta/index.html",
            "pelatih/index.html",
            "peserta/buku/blc.pdf",
            "peserta/buku/buku-modul.pdf",
            "pelatih/buku/panduan-pelatih.pdf",
            "manifes.json",
        ):
            assert (folder / name).is_file(), name

    def test_the_manifest_names_every_file_with_its_sha_256(self, run_folder: Path):
        manifest = json.loads((run_folder / "manifes.json").read_text("utf-8"))
        assert manifest["berkas"] == {
            name: digest for name, digest in digests(run_folder).items() if name != "manifes.json"
        }

    def test_the_manifest_says_what_the_run_was_made_from(self, minimal_once: Project):
        manifest = json.loads((minimal_once.out / BUILD / "manifes.json").read_text("utf-8"))
        assert manifest["pelatihan"] == BUILD
        assert manifest["kurikulum"] == "1.0.0"
        assert {slug: m["versi"] for slug, m in manifest["modul"].items()} == {
            "sapa": "1.0.0",
            "catat": "1.2.0",
        }
        for module in manifest["modul"].values():
            hashes = {key: text for key, text in module.items() if re.fullmatch(_HASH, text)}
            assert hashes, "which bytes the version stands for"
            assert len(hashes.get("sha256", "0" * 64)) == 64, "a hash is what its name says"
        assert {"python", "pilar-kessos", "mkdocs", "weasyprint"} <= set(manifest["alat"])
        assert {"pango", "harfbuzz", "fontconfig"} <= set(manifest["alat"])

    def test_it_works_from_any_folder_and_only_reads_the_content(self, minimal: Project):
        before = stamps(minimal.root)
        here = minimal.root / "modules/sapa/aset"
        outcome = minimal.pilar("build", "--no-books", "--jobs", "1", cwd=here).fine()
        told = [f"{name}: selesai, lihat {minimal.root}/build/{name}" for name in (BUILD, "edisi")]
        assert outcome.out.splitlines() == told
        assert (minimal.root / "build" / BUILD / "peserta/index.html").is_file()
        after = stamps(minimal.root)
        assert {n: s for n, s in after.items() if not n.startswith("build/")} == before


class TestOptions:
    def test_one_edition_alone(self, minimal: Project):
        minimal.build_sites("--edition", "peserta")
        assert names(minimal.out / BUILD) == {"peserta", "manifes.json"}

    def test_the_other_edition_joins_the_first(self, minimal: Project):
        minimal.build_sites("--edition", "peserta")
        first = stamps(minimal.out / BUILD / "peserta")
        minimal.build_sites("--edition", "pelatih")
        assert names(minimal.out / BUILD) == {"peserta", "pelatih", "manifes.json"}
        now = stamps(minimal.out / BUILD / "peserta")
        assert {n: s[0] for n, s in now.items()} == {n: s[0] for n, s in first.items()}
        assert f"{BUILD}: tidak berubah" in minimal.build_sites().out

    def test_trainers_pages_lead_to_participants_where_these_are_there(self, minimal: Project):
        minimal.build_sites("--edition", "pelatih")
        assert not any("peserta/" in page for page in _trainers_pages(minimal))
        assert f"{BUILD}: tidak berubah" in minimal.build_sites("--edition", "pelatih").out
        assert f"{BUILD}: selesai" in minimal.build_sites().out
        assert any("../peserta/sapa/" in page for page in _trainers_pages(minimal))
        minimal.replace("modules/sapa/penutup.md", "senyum", "tawa")
        minimal.build_sites("--edition", "pelatih")
        assert any("../peserta/sapa/" in page for page in _trainers_pages(minimal))

    def test_an_edition_left_out_is_made_anew_by_the_next_full_build(self, site: Project):
        site.replace("modules/sapa/penutup.md", "senyum", "tawa")
        site.build_sites(BUILD, "--edition", "peserta")
        assert "tawa Anda" in _page(site, "peserta/sapa/penutup.html")
        assert "senyum Anda" in _page(site, "pelatih/sapa/penutup.html")
        assert f"{BUILD}: selesai" in site.build_sites(BUILD).out
        assert "tawa Anda" in _page(site, "pelatih/sapa/penutup.html")

    def test_building_one_edition_does_not_vouch_for_damage_in_the_other(self, site: Project):
        before = digests(site.out / BUILD / "pelatih")
        _damage(site.out / BUILD / "pelatih/index.html")
        site.build_sites(BUILD, "--edition", "peserta")
        site.build_sites(BUILD)
        assert digests(site.out / BUILD / "pelatih") == before

    def test_without_books_there_are_no_books_and_no_links_to_any(self, site_once: Project):
        found = {n: p for n, p in files(site_once.out).items() if not n.startswith("edisi/")}
        assert not [name for name in found if "buku/" in name or name.endswith(".pdf")]
        pages = [path for name, path in found.items() if name.endswith(".html")]
        assert len(pages) > 40
        assert not [path for path in pages if ".pdf" in path.read_text("utf-8")]

    def test_with_books_the_home_page_links_to_all_of_them(self, run_folder: Path, edition: str):
        home = (run_folder / edition / "index.html").read_text("utf-8")
        for name in names(run_folder / edition / "buku"):
            assert f'href="buku/{name}"' in home

    def test_books_go_and_come_back_and_one_job_makes_them_as_well_as_many(self, built: Project):
        before = digests(built.out / BUILD)
        built.build_sites()
        assert "buku" not in names(built.out / BUILD / "peserta")
        assert f"{BUILD}: selesai" in built.build().fine().out
        assert digests(built.out / BUILD) == before

    def test_out_is_taken_from_where_the_user_stands(self, minimal: Project):
        options = ("--no-books", "--jobs", "1", "--edition", "peserta", "--out", "../../hasil")
        minimal.pilar("build", *options, cwd=minimal.root / "modules").fine()
        assert names(minimal.root.parent / "hasil") == {BUILD, "edisi"}
        assert not (minimal.root / "build").exists()

    def test_out_may_be_no_file_and_no_folder_of_content(self, minimal: Project):
        minimal.pilar("build", "--out", "modules/sapa").refused("modules/")
        minimal.pilar("build", "--out", "runs").refused("runs/")
        minimal.pilar("errata", BUILD, "--out", "modules/ralat").refused("modules/")
        minimal.pilar("review", "--base", "HEAD", "--out", "runs").refused("runs/")
        minimal.write("build", "isi")
        outcome = minimal.pilar("build")
        assert outcome.code == 1
        assert "sudah ada berkas bernama itu" in outcome.err
        assert minimal.text("build") == "isi"

    def test_every_run_is_built_unless_some_are_named(self, site: Project):
        assert names(site.out) == {BUILD, SECOND, "edisi"}
        shutil.rmtree(site.out)
        outcome = site.build_sites(SECOND, SECOND, "--edition", "peserta")
        assert names(site.out) == {SECOND, "edisi"}
        assert outcome.out.count(SECOND) == 2  # once as a name, once in its folder

    def test_runs_are_told_apart_by_what_changed(self, site: Project):
        site.replace(f"runs/{SECOND}.yml", "Balai Contoh, kota", "Aula Contoh, kota")
        before = stamps(site.out / BUILD)
        outcome = site.build_sites()
        assert f"{BUILD}: tidak berubah" in outcome.out
        assert f"{SECOND}: selesai" in outcome.out
        assert stamps(site.out / BUILD) == before
        assert "Aula Contoh" in (site.out / SECOND / "peserta/index.html").read_text("utf-8")


class TestNothingTwice:
    def test_with_nothing_changed_nothing_is_touched(self, built: Project):
        before = stamps(built.out / BUILD)
        outcome = built.build().fine()
        told = [f"{name}: tidak berubah, lihat build/{name}" for name in (BUILD, "edisi")]
        assert outcome.out.splitlines() == told
        assert outcome.err == ""
        assert stamps(built.out / BUILD) == before

    @pytest.mark.parametrize(
        "harm",
        [
            pytest.param(lambda folder: _damage(folder / "peserta/index.html"), id="changed byte"),
            pytest.param(lambda folder: (folder / "pelatih/jadwal.html").unlink(), id="lost file"),
        ],
    )
    def test_output_that_is_not_what_was_built_is_built_again(self, site: Project, harm):
        before = digests(site.out / BUILD)
        harm(site.out / BUILD)
        assert digests(site.out / BUILD) != before
        assert f"{BUILD}: selesai" in site.build_sites(BUILD).out
        assert digests(site.out / BUILD) == before

    @pytest.mark.parametrize(
        ("name", "old", "new", "page"),
        [
            ("modules/sapa/penutup.md", "senyum", "tawa", "sapa/penutup.html"),
            ("modules/sapa/modul.yml", "di depan pintu", "di muka pintu", "sapa/index.html"),
            ("modules/sapa/soal.yml", "memberi salam", "bersalam", "sapa/tiga-langkah.html"),
            ("modules/glosarium.yml", "Pertemuan", "Perjumpaan", "glosarium.html"),
            (f"runs/{BUILD}.yml", "Dinas Sosial Kota", "Dinsos Kota", "index.html"),
        ],
    )
    def test_changed_content_is_built_again(
        self, site: Project, name: str, old: str, new: str, page: str
    ):
        assert new not in _page(site, f"peserta/{page}")
        site.replace(name, old, new)
        assert "selesai" in site.build_sites(BUILD, "--edition", "peserta").out
        assert new in _page(site, f"peserta/{page}")

    def test_a_changed_picture_gets_into_the_books(self, built: Project):
        book = built.out / BUILD / "peserta/buku/sap.pdf"
        before = book.read_bytes()
        built.replace("modules/sapa/aset/langkah.svg", ">Ketuk<", ">Toktok<")
        built.build("--edition", "peserta").fine()
        assert book.read_bytes() != before

    def test_a_changed_template_is_built_again(self, minimal: Project):
        minimal.add_host_files()
        minimal.build_sites("--edition", "peserta")
        template = "overrides/tema/partials/copyright.html"
        minimal.write(template, minimal.text(template).replace("kurikulum", "kurikulum versi"))
        assert "selesai" in minimal.build_sites("--edition", "peserta").out
        assert "kurikulum versi 1.0.0" in _page(minimal, "peserta/index.html")


class TestExitStatus:
    def test_no_runs_is_not_an_error(self, minimal: Project):
        shutil.rmtree(minimal.root / "runs")
        assert "pilar new run" in minimal.build().fine().out

    def test_bad_content_is_1_and_all_of_it_is_told(self, minimal: Project):
        first = minimal.replace("modules/catat/mencatat.md", "/// pelatih", "/// pelatij")
        minimal.replace("modules/sapa/tiga-langkah.md", "aset/langkah.svg", "aset/tangga.svg")
        outcome = minimal.build()
        found = outcome.problems()
        assert ("modules/catat/mencatat.md", first, "B101") in found
        assert any(place.endswith("tiga-langkah.md") and c == "T104" for place, _, c in found)
        assert "Mungkin maksud Anda “pelatih”" in outcome.out

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["2025-03-conto"], ["pelatihan `2025-03-conto` tidak ada", f"“{BUILD}”"]),
            (["--editions", "peserta"], ["opsi `--editions` tidak dikenal", "--edition"]),
            (["--edition", "umum"], ["--edition", "pelatih, peserta"]),
            (["--jobs", "0"], ["--jobs"]),
            (["--jobs", "dua"], ["--jobs"]),
            (["--out", "runs/2025-03-contoh.yml"], ["--out"]),
            (["--out"], ["--out"]),
        ],
    )
    def test_wrong_usage_is_2_and_explained(
        self, minimal: Project, arguments: list[str], words: list[str]
    ):
        before = digests(minimal.root)
        minimal.pilar("build", *arguments).refused(*words)
        made = set(digests(minimal.root)) - set(before)
        assert made <= {"build/.pilar.lock"}

    def test_an_unknown_command_is_2_and_explained(self, minimal: Project):
        minimal.pilar("bild").refused("perintah `bild` tidak dikenal", "“build”")

    def test_outside_a_project_is_2_and_explained(self, tmp_path: Path, cache: Path):
        nowhere = Project(tmp_path, cache, tmp_path / "build")
        for command in (["build"], ["check"], ["serve"], ["new", "module", "baru"]):
            nowhere.pilar(*command).refused("modules/", "dari dalam folder proyek")
        assert not list(tmp_path.iterdir())

    def test_help_is_indonesian_and_0(self, minimal: Project):
        for command in ([], ["build"], ["serve"], ["check"], ["new"], ["new", "run"]):
            outcome = minimal.pilar(*command, "--help").fine()
            assert outcome.out.startswith("Pemakaian: pilar")
            english = ("Usage", "Options", "Commands", "Show this", "default", "[OPTIONS]")
            assert not [word for word in english if word in outcome.out]


def _trainers_pages(project: Project) -> list[str]:
    folder = project.out / BUILD / "pelatih"
    return [path.read_text("utf-8") for path in folder.rglob("*.html")]


def _page(project: Project, name: str) -> str:
    return (project.out / BUILD / name).read_text("utf-8")


def _damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
