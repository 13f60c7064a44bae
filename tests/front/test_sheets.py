"""Worksheets, exercises and keys on paper, as `pilar build` leaves them; and who may have which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pilar.leaks.corpus import corpus_of
from pilar.leaks.fingerprints import fingerprints
from pilar.leaks.gate import Search
from pilar.model.edition import Edition
from pilar.project.state import Workspace

from .books import letters, texts
from .commands import BUILD, REPOSITORY, Project
from .trees import files

THEIRS = {"jadwal.pdf", "latihan.pdf", "lembar-kerja.pdf"}
_CODE = re.compile(r"\b[A-Z]{3}-(?:LK|KS|[LDS])\d+\b")


@pytest.fixture(scope="module")
def papers(minimal_once: Project) -> Path:
    """The participants' papers of the tiny project."""
    return minimal_once.out / BUILD / "peserta/dokumen"


def codes(*papers: Path) -> list[str]:
    """The first place of each code on these papers, in order."""
    return list(dict.fromkeys(_CODE.findall("".join("".join(texts(paper)) for paper in papers))))


class TestPaper:
    def test_participants_have_three_and_trainers_the_same_three(self, papers: Path):
        assert set(files(papers)) == THEIRS
        trainers = papers.parents[1] / "pelatih/dokumen"
        for name in THEIRS:
            assert (papers / name).read_bytes() == (trainers / name).read_bytes()

    def test_every_code_of_the_book_is_there_once(self, papers: Path):
        book = codes(papers.parent / "buku/buku-modul.pdf")
        sheets, tasks = codes(papers / "lembar-kerja.pdf"), codes(papers / "latihan.pdf")
        # The book lists them before its modules, kind by kind.
        assert sorted(sheets) == sorted(code for code in book if "-LK" in code)
        assert sorted(tasks) == sorted(code for code in book if "-LK" not in code)
        assert len(sheets) == 3
        assert len(tasks) == 3

    def test_each_worksheet_is_a_sheet_of_its_own(self, papers: Path):
        pages = texts(papers / "lembar-kerja.pdf")
        assert [_CODE.findall(page)[0] for page in pages] == codes(papers / "lembar-kerja.pdf")
        for page in pages:
            assert re.search(r"Nama +Kelompok +Tanggal", page)
            assert page.rstrip().endswith(_CODE.findall(page)[0])

    def test_keys_are_apart(self, papers: Path):
        keys = papers.parents[1] / "pelatih/dokumen/kunci-latihan.pdf"
        assert codes(keys) == ["SAP-L1", "SAP-S1", "SAP-S2"]
        found = letters("".join(texts(keys)))
        public = letters("".join(texts(papers / "latihan.pdf")))
        for said in ("Telepon genggam disimpan", "Memuat salam", "Ketukan memberi warga"):
            assert letters(said) in found
            assert letters(said) not in public
        assert letters("Pendamping boleh masuk ketika pintu terbuka") not in found, "of a test"

    def test_nothing_of_the_trainers_is_on_them(self, rahasia: Project):
        run = rahasia.out / "2025-04-rahasia"
        tasks, sheets = (
            letters("".join(texts(run / f"peserta/dokumen/{name}.pdf")))
            for name in ("latihan", "lembar-kerja")
        )
        for said in ("xsemuasoallatihan", "xsemuacerita", "xsemuapertanyaan"):
            assert said in tasks
        assert "xsemuabaris" in sheets
        assert "xpelatih" not in tasks + sheets
        keys = letters("".join(texts(run / "pelatih/dokumen/kunci-latihan.pdf")))
        for said in ("xpelatihjawaban", "xpelatihbahasankasus", "xpelatihmenilai"):
            assert said in keys


def test_leak_gate_is_red_for_every_paper_of_the_trainers_under_any_name(
    minimal_once: Project,
) -> None:
    """Put into another folder of the participants', called otherwise."""
    state = Workspace(minimal_once.root, minimal_once.cache).folder()
    tree = state.runs[BUILD].tree(Edition.PESERTA)
    search = Search(fingerprints(corpus_of(REPOSITORY, tree), tree))
    passed = set()
    for name, path in files(minimal_once.out / BUILD / "pelatih/dokumen").items():
        other = f"unduhan/{len(name)}{path.suffix}"
        search.signs.clear()
        if not (set(search.hits(other, path.read_bytes())) or search.signs):
            passed.add(name)
    assert passed == THEIRS
