"""All papers of a run together: which there are, what lists them, on what sheets they fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pypdfium2
import pytest

from .commands import BUILD, REPOSITORY, Project
from .trees import files

EVERY_RUN = set(
    "acara berita-acara biodata daftar-hadir evaluasi-fasilitator evaluasi-penyelenggaraan jadwal "
    "kartu-nama kebutuhan kisi-kisi kunci-latihan kunci-tes kurikulum lampiran-sttp latihan "
    "lembar-jawaban lembar-kerja posttest-a posttest-b pretest-a pretest-b rtl saku sesi".split()
)
EVERY_MODULE = ("rbpmp", "rp")
MM = 72 / 25.4
RUN = f"runs/{BUILD}.yml"


def papers(folder: Path) -> dict[str, Path]:
    """The PDFs of a folder by stem."""
    return {path.stem: path for path in sorted((folder / "dokumen").glob("*.pdf"))}


def sizes(path: Path) -> set[tuple[int, int]]:
    """Width and height of the pages in mm, portrait."""
    with pypdfium2.PdfDocument(path) as pdf:
        found = [page.get_size() for page in pdf]
    return {tuple(sorted(round(side / MM) for side in size)) for size in found}  # type: ignore[misc]


def said(path: Path) -> str:
    """Text of a PDF."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.fixture(scope="module", params=["tiny", "real"])
def trainers(request: pytest.FixtureRequest) -> Path:
    """The trainers' edition of the tiny project, and of the real run, whose modules are older."""
    if request.param == "tiny":
        return request.getfixturevalue("minimal_once").out / BUILD / "pelatih"
    return request.getfixturevalue("probolinggo").out / "2025-01-probolinggo" / "pelatih"


class TestSet:
    def test_a_run_has_every_paper_that_its_modules_allow(self, trainers: Path):
        found = papers(trainers)
        books = [path.stem for path in (trainers / "buku").glob("???.pdf")]
        each = {f"{stem}-{code}" for stem in EVERY_MODULE for code in books}
        assert EVERY_RUN | each <= found.keys()

    def test_an_empty_place_is_a_line_and_no_word_of_ours(self, trainers: Path):
        for name, path in papers(trainers).items():
            assert not re.search(r"\bNone\b|Undefined|\{\{|\bnan\b", said(path)), name

    def test_sheets_are_of_one_size(self, trainers: Path):
        assert {size for path in papers(trainers).values() for size in sizes(path)} == {(210, 297)}

    def test_the_page_lists_every_file_with_its_weight(self, trainers: Path):
        page = lxml.html.parse(trainers / "cetak.html").getroot()
        linked = {link.get("href") for link in page.xpath("//article//a[@href]")}
        there = {f"dokumen/{name}" for name in files(trainers / "dokumen")}
        assert there <= linked
        assert {f"buku/{name}" for name in files(trainers / "buku")} <= linked

    def test_sheets_on_the_page_are_counted_from_the_pdfs(self, trainers: Path):
        page = lxml.html.parse(trainers / "cetak.html").getroot()
        rows = list(_rows(page))
        assert len(rows) == len(papers(trainers))
        for stem, pages, copies, sheets, sides in rows:
            with pypdfium2.PdfDocument(trainers / f"dokumen/{stem}.pdf") as pdf:
                assert pages == len(pdf), stem
            assert sheets == copies * (-(-pages // 2) if sides == "dua" else pages), stem
        total = page.xpath("string(//h2[@id='kertas']/following-sibling::p)")
        assert f"{sum(sheets for *_, sheets, _ in rows)} lembar" in total.replace(".", "")

    def test_the_manifest_names_each_file_once(self, trainers: Path):
        listed = json.loads((trainers.parent / "manifes.json").read_text("utf-8"))["cetak"]
        named = [name for entry in listed["pelatih"] for name in entry["berkas"]]
        assert sorted(named) == sorted(
            f"{folder}/{name}"
            for folder in ("buku", "dokumen")
            for name in files(trainers / folder)
        )


def _rows(page: lxml.html.HtmlElement) -> Iterator[tuple[str, int, int, int, str]]:
    for row in page.xpath("//table[contains(@class, 'pilar-cetak')]/tbody/tr"):
        figure = {cell.get("data-nama"): cell.text_content() for cell in row.iter("td")}
        (pdf, *_) = [link.get("href") for link in row.iter("a")]
        counts = (int(figure[name].replace(".", "")) for name in ("halaman", "salinan", "lembar"))
        pages, copies, sheets = counts
        yield Path(pdf).stem, pages, copies, sheets, figure["sisi"]


class TestRuns:
    """What runs differ in: people, sheets, days, and how much they say."""

    @pytest.mark.parametrize(
        ("people", "paper", "size"),
        [(1, "A4", (210, 297)), pytest.param(120, "F4", (215, 330), marks=pytest.mark.panjang)],
    )
    def test_papers_and_books_follow_the_run(
        self, minimal: Project, people: int, paper: str, size: tuple[int, int]
    ):
        minimal.replace(RUN, "jumlah: 20", f"jumlah: {people}")
        minimal.replace(RUN, "tahap: uji-coba", f"tahap: uji-coba\nkertas: {paper}")
        minimal.build("--edition", "pelatih").fine()
        found = papers(minimal.out / BUILD / "pelatih")
        books = {path.stem: path for path in (minimal.out / BUILD / "pelatih/buku").glob("*.pdf")}
        both = {name: sizes(path) for name, path in (found | books).items()}
        # The annex of the STTP is A4, as Permensos 9/2019 has it.
        assert {name for name, on in both.items() if on != {size}} <= {"lampiran-sttp"}
        places = re.findall(
            r"(\w{3}-K\d+)(?:(?!hlm)[\s\S])*hlm\.\s(\w{3}-\d+)", said(found["sesi"])
        )
        assert len(places) == 2
        for code, label in places:
            with pypdfium2.PdfDocument(books["panduan-pelatih"]) as pdf:
                page = next(n for n in range(len(pdf)) if pdf.get_page_label(n) == label)
                assert code in pdf[page].get_textpage().get_text_range()
        numbers = set(map(int, re.findall(r"\b\d+\b", said(found["daftar-hadir"]))))
        assert people in numbers
        assert people + 1 not in numbers

    def test_a_build_without_books_prints_nothing(self, minimal: Project):
        minimal.build_sites()
        for edition in ("pelatih", "peserta"):
            folder = minimal.out / BUILD / edition
            assert not (folder / "dokumen").exists()
            assert "belum dibuat" in (folder / "cetak.html").read_text("utf-8")


class TestTable:
    def test_the_build_closes_with_what_there_is_to_print(self, minimal: Project):
        outcome = minimal.build("--edition", "peserta").fine()
        (row,) = [line for line in outcome.out.splitlines() if "dokumen/lembar-kerja.pdf" in line]
        pages, copies, sheets = map(int, re.findall(r"\d+", row)[:3])
        assert (copies, sheets) == (20, 20 * pages)
        assert "Semua (6 kertas dan buku)" in outcome.out
        # Then what the pages of books are like; the joined one has all that the others have.
        quality = outcome.out.partition("Mutu halaman buku")[2].splitlines()
        *modules, joined = (
            list(map(int, line.split()[-5:])) for line in quality if line.startswith(" peserta/")
        )
        assert [sum(column) for column in zip(*modules, strict=True)] == joined
        assert joined == [2, 2, 0, 0, 0]
        assert max(len(line) for line in outcome.out.splitlines() if line.startswith(" ")) <= 100

    def test_many_runs_have_a_line_each(self, minimal: Project):
        first = minimal.text(RUN)
        for number in range(3):
            minimal.write(f"runs/2025-09-angkatan-{number}.yml", first)
        outcome = minimal.build("--edition", "peserta").fine()
        assert "lembar-kerja.pdf" not in outcome.out
        assert "Semua (4 pelatihan)" in outcome.out
        assert len(re.findall(r"^ 2025-\S+ +43 ", outcome.out, re.MULTILINE)) == 4
        assert "kurang dari 0,90 di 12 buku" in outcome.out


def test_forms_that_nobody_saw_are_listed_and_not_printed(trainers: Path, cache: Path):
    listed = Project(REPOSITORY, cache, trainers).pilar("check", "--unverified").out
    assert "rtl: kolom RTL" in listed
    for path in papers(trainers).values():
        assert "perlu verifikasi" not in said(path).casefold()
