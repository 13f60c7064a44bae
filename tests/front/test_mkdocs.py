"""Plain `mkdocs build`: the newest run and the safe edition, unless the environment says so."""

from __future__ import annotations

import re

import pytest

from .commands import BUILD, Project
from .trees import files

SECOND = "2025-09-kedua"
BESIDE = re.compile(rb" <a href=\"(?:\.\./)+peserta/[^>]*>Halaman peserta</a>")
"""Way from an activity to the participants' page, whose site MkDocs alone does not make."""
OFFLINE = {"sw.js", "assets/luring-daftar.js"}
"""Digests of all other files."""


@pytest.fixture(scope="module")
def hosted(site_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of two runs with its sites, and a mkdocs.yml of its own."""
    project = site_once.copied(tmp_path_factory.mktemp("inang") / "proyek")
    project.add_host_files()
    return project


@pytest.mark.parametrize(
    ("environment", "run", "edition"),
    [
        ({}, SECOND, "peserta"),
        ({"PILAR_EDITION": "pelatih"}, SECOND, "pelatih"),
        ({"PILAR_RUN": BUILD}, BUILD, "peserta"),
        ({"PILAR_RUN": BUILD, "PILAR_EDITION": "pelatih"}, BUILD, "pelatih"),
    ],
)
def test_mkdocs_and_pilar_give_the_same_pages(
    hosted: Project, environment: dict[str, str], run: str, edition: str
):
    outcome = hosted.mkdocs("build", "--strict", "--site-dir", "situs", **environment)
    assert outcome.code == 0, outcome.err
    assert not re.search(r"WARNING|ERROR|Traceback", outcome.err), outcome.err
    ours, theirs = (
        # The site map tells when it was written; only a site alone has a manifest of its own.
        {n: p for n, p in files(folder).items() if "sitemap" not in n and n != "manifes.json"}
        for folder in (hosted.out / run / edition, hosted.root / "situs")
    )
    assert theirs.keys() == ours.keys()
    other = {n for n in ours if theirs[n].read_bytes() != ours[n].read_bytes()}
    pages = {n for n in other if n.endswith(".html")}
    packs = {f"assets/luring/{folder}.bin" for folder in map(_folder, pages)}
    assert other - pages == packs | (OFFLINE if pages else set())
    assert bool(pages) == (edition == "pelatih")
    for name in pages:
        assert theirs[name].read_bytes() == BESIDE.sub(b"", ours[name].read_bytes()), name
    assert len([name for name in theirs if name.endswith(".html")]) >= 10


def _folder(page: str) -> str:
    """Of the pack that has the page: its module's, or that of opening pages."""
    return page.partition("/")[0] if "/" in page else "_"


def test_the_newest_run_is_that_which_begins_last(minimal: Project):
    """Not the one whose file name sorts last, or that was written last."""
    minimal.add_host_files()
    text = minimal.text(f"runs/{BUILD}.yml").replace("2025-03-10", "2024-06-03")
    minimal.write("runs/2024-06-zz.yml", text.replace("Angkatan Contoh", "Angkatan Lama"))
    text = minimal.text(f"runs/{BUILD}.yml").replace("2025-03-10", "2025-03-24")
    minimal.write("runs/2025-03-a.yml", text.replace("Angkatan Contoh", "Angkatan Baru"))
    assert minimal.mkdocs("build", "--site-dir", "situs").code == 0
    assert "Angkatan Baru" in minimal.text("situs/index.html")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PILAR_RUN": "2025-03-conto"}, ["2025-03-conto", BUILD]),
        ({"PILAR_EDITION": "umum"}, ["pelatih", "peserta"]),
    ],
)
def test_an_unknown_run_or_edition_is_refused_without_a_traceback(
    minimal: Project, environment: dict[str, str], words: list[str]
):
    minimal.add_host_files()
    outcome = minimal.mkdocs("build", "--site-dir", "situs", **environment)
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    assert all(word in outcome.err for word in words), outcome.err
    assert not (minimal.root / "situs").exists() or not files(minimal.root / "situs")


def test_without_any_run_mkdocs_says_how_to_make_one(minimal: Project):
    minimal.add_host_files()
    (minimal.root / f"runs/{BUILD}.yml").unlink()
    outcome = minimal.mkdocs("build", "--site-dir", "situs")
    assert outcome.code == 1
    assert "pilar new run" in outcome.err
    assert "Traceback" not in outcome.err
