"""The way back to the authors: who gets which link, and that nobody else gets any."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from .commands import BUILD, Project
from .trees import files, packed

REPOSITORY = "https://git.example/pusat/pilar"
EDITOR = f"{REPOSITORY}/edit/main/"


def name_repository(project: Project, address: str = REPOSITORY) -> None:
    """Give the project a mkdocs.yml that says where its sources are."""
    project.add_host_files()
    text = project.text("mkdocs.yml").replace('repo_url: ""', f'repo_url: "{address}"')
    assert address in text
    project.write("mkdocs.yml", text)


def ways(folder: Path) -> dict[str, list[str]]:
    """By page, the addresses of the links back."""
    return {
        path.relative_to(folder).as_posix(): lxml.html.parse(path).xpath(
            "//a[.='Usulkan perbaikan' or .='Laporkan kesalahan']/@href"
        )
        for path in folder.rglob("*.html")
    }


def test_without_an_address_there_is_none(minimal_once: Project):
    for edition in ("peserta", "pelatih"):
        assert not any(ways(minimal_once.out / BUILD / edition).values())


@pytest.fixture(scope="module")
def named(minimal_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run, of a project that names its repository."""
    project = minimal_once.copied(tmp_path_factory.mktemp("alamat") / "proyek")
    name_repository(project)
    project.build_sites()
    return project.out / BUILD


def test_trainers_get_the_file_of_every_page(named: Path):
    found = ways(named / "pelatih")
    assert all(len(links) == 1 for links in found.values())
    for page, source in {
        "index.html": f"runs/{BUILD}.yml",
        "jadwal.html": f"runs/{BUILD}.yml",
        "glosarium.html": "modules/glosarium.yml",
        "rujukan.html": "modules/rujukan.yml",
        "sapa/index.html": "modules/sapa/modul.yml",
        "sapa/penutup.html": "modules/sapa/penutup.md",
        "sapa/bank-soal.html": "modules/sapa/soal.yml",
        "kelas.html": f"runs/{BUILD}.yml",
        "kelas/SAP.html": "modules/sapa/modul.yml",
        "tentang.html": "overrides/halaman/tentang.md",
    }.items():
        assert found[page] == [EDITOR + source]


def test_participants_report_with_run_version_and_code_filled_in(named: Path):
    found = ways(named / "peserta")
    # A single page to pass on has the text of many pages, and no link that is one page's.
    assert {page for page, links in found.items() if len(links) != 1} == {
        page for page in found if page.startswith("unduhan/")
    }
    (address,) = found["sapa/penutup.html"]
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{REPOSITORY}/issues/new"
    (text,) = parse_qs(parts.query)["body"]
    for words in (f"Pelatihan: {BUILD}", "Modul: SAP 1.", "SAP-LK1", "sapa/penutup.html"):
        assert words in text, words
    for path in (named / "peserta").rglob("*.html"):
        assert EDITOR not in path.read_text("utf-8")


def test_reports_go_to_the_electronic_address_of_the_imprint(minimal: Project):
    name_repository(minimal)
    curriculum = minimal.text("modules/kurikulum.yml")
    minimal.write(
        "modules/kurikulum.yml", f"{curriculum}kolofon: {{alamat: surat@contoh.example}}\n"
    )
    minimal.build_sites("--edition", "peserta")
    (address,) = ways(minimal.out / BUILD / "peserta")["index.html"]
    assert address.startswith("mailto:surat@contoh.example?subject=Kesalahan")


def test_drafts_of_both_editions_can_be_edited(minimal: Project):
    name_repository(minimal)
    minimal.build_sites("--worktree")
    for edition in ("peserta", "pelatih"):
        found = ways(minimal.out / BUILD / edition)
        assert found["sapa/penutup.html"] == [f"{EDITOR}modules/sapa/penutup.md"]
    for path in files(minimal.out / BUILD / "peserta/unduhan").values():
        held = [path.read_bytes(), *(data for _, data in packed(path))]
        assert not [data for data in held if EDITOR.encode() in data], (
            f"{path.name} goes to anybody"
        )


@pytest.mark.parametrize(
    "address", [f"{EDITOR}modules/sapa/penutup.md", "https://lain.example/raw/runs/a.yml", EDITOR]
)
def test_the_gate_refuses_a_way_to_the_sources(minimal: Project, address: str):
    name_repository(minimal)
    partial = minimal.root / "overrides/tema/partials/usulan.html"
    partial.write_text(f'<a href="{address}">Usulkan perbaikan</a>')
    outcome = minimal.build("--no-books", "--edition", "peserta")
    assert outcome.code == 1
    assert "P103 ada tautan ke naskah" in outcome.err + outcome.out
    assert not (minimal.out / BUILD).exists()
