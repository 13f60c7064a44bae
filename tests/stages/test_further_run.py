"""A further run of known versions: only what names its place or dates is laid out and written."""

from __future__ import annotations

import pickle
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pilar.assembly.tree import assemble
from pilar.build.output import paper_work
from pilar.editions.book import markup, volume
from pilar.editions.book.page_quality import PageQuality
from pilar.editions.book.part import render_part
from pilar.editions.book.rendered import Part
from pilar.editions.papers.catalogue import PAPERS
from pilar.editions.papers.paper import BothEditions
from pilar.editions.papers.press import Press
from pilar.model.edition import Edition
from pilar.model.run import Project, Run

from .bench_papers import elsewhere
from .samples import PROJECT, project_of

LOCK: Any = SimpleNamespace(waktu=datetime(2025, 1, 2, tzinfo=UTC))
"""Of the same versions, as both runs have it."""
RUN = replace(*PROJECT.runs.values(), lock=LOCK)
OVERRIDES = Path(__file__).parents[2] / "overrides"
TEMPLATES = OVERRIDES / "kertas"
PAGE = """# Judul

//// kegiatan | Kegiatan
    menit: 45

/// pelatih
Kata pembuka
:   Selamat datang.
///

/// latihan | Tugas
Ceritakan.
///

/// kunci
Cerita apa saja.
///
////

/// lembar-kerja | Lembar
    garis: 3
///

/// kartu | Peran
- Ketua
///
"""
FROM_PAGES = {"kartu-cth", "kunci-latihan", "latihan", "lembar-kerja"}
"""Papers made of pieces of pages."""
OF_A_RUN = set(
    "berita-acara biodata daftar-hadir evaluasi-penyelenggaraan jadwal kartu-nama lampiran-sttp rtl"
    "".split()
)
"""Papers that name its place or its dates."""


def both_of(project: Project, run: Run = RUN) -> BothEditions:
    return BothEditions(*(assemble(project, run, edition) for edition in Edition))


def inputs(both: BothEditions, folder: Path, templates: Path = TEMPLATES) -> dict[str, list[Any]]:
    """What each paper is made from, by its stem: all that keys its entries in the cache."""
    asked: list[Any] = []
    blank = render_part("x", '<html lang="id"><title>Kosong</title><p>x</p></html>', "", {})

    def render(_: str, *given: Any) -> Part:
        asked.append(given)
        return blank

    def write(*given: Any, **facts: str) -> bytes:
        asked.append((given, facts))
        return b""

    def printed() -> Iterator[tuple[str, list[Any]]]:
        press = Press(both, templates, render, {Edition.PELATIH: folder}, write, write)
        done: list[Any] = []
        for paper in PAPERS:
            for one in press.print(paper, done):
                done.append(one)
                yield one.stem, asked.copy()
                asked.clear()

    return dict(printed())


def changed(first: dict[str, list[Any]], second: dict[str, list[Any]]) -> set[str]:
    assert first.keys() == second.keys()
    return {stem for stem in first if first[stem] != second[stem]}


def test_papers_that_name_neither_place_nor_dates_are_those_of_every_run(tmp_path: Path) -> None:
    project = project_of(PAGE)
    here, there = (inputs(both_of(project, run), tmp_path) for run in (RUN, elsewhere(RUN)))
    assert here.keys() >= FROM_PAGES | {"evaluasi-fasilitator", "kebutuhan", "kurikulum", "rp-cth"}
    assert changed(here, there) == OF_A_RUN


def book_pieces(run: Run) -> list[Any]:
    """What each part of the participants' books is made from."""
    asked: list[Any] = []
    part = Part(b"", 1, (), defaultdict(int), PageQuality(), {})

    def render(_: str, *given: Any) -> Part:
        asked.append(given)
        return part

    tree = assemble(project_of(PAGE), run, Edition.PESERTA)
    list(volume.Bindery(tree, OVERRIDES / "buku", render, bind=lambda *_: b"").books())
    return asked


def test_of_books_only_what_names_the_run_is_laid_out_again() -> None:
    organizer = RUN.file.model_copy(update={"penyelenggara": "Balai Lain"})
    runs = RUN, elsewhere(replace(RUN, file=organizer))
    pieces = zip(*(book_pieces(run) for run in runs), strict=True)
    other = [re.search(r' id="([^"]+)', one[0]) for one, another in pieces if one != another]
    assert [found and found[1] for found in other] == ["masukan", "cap-sampul", "jadwal"]


def test_what_papers_are_made_from_is_never_that_of_before(tmp_path: Path) -> None:
    before = inputs(both_of(project_of(PAGE)), tmp_path)
    page = inputs(both_of(project_of(PAGE.replace("Ceritakan.", "Tuliskan."))), tmp_path)
    assert "latihan" in changed(before, page)
    project = project_of(PAGE)
    aim = project.curriculum.model_copy(update={"tujuan": "Tujuan yang lain."})
    registry = inputs(both_of(replace(project, curriculum=aim)), tmp_path)
    assert "kurikulum" in changed(before, registry)


def test_papers_take_pages_as_books_have_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of their own; no page is read again."""
    both = both_of(project_of(PAGE))
    read = inputs(both, tmp_path)
    work = pickle.loads(pickle.dumps(paper_work(both, {}, {})))
    monkeypatch.setattr(markup, "render", None)
    handed = inputs(work.both, tmp_path)
    assert not changed(read, handed) & FROM_PAGES
