"""Does a printed copy still hold? QR codes in the books, and the public pages they open."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import lxml.html
import pikepdf
import pytest
import zxingcpp
from pikepdf import Array, Dictionary, Name

from .books import annotations, pictures, texts, tree_numbers
from .browser import PHONE, chromium, served, visiting
from .commands import BUILD, Project
from .pages import read_page
from .test_reproducibility import built_elsewhere
from .test_versions import commit, git
from .trees import digests

ADDRESS = "https://contoh.go.id/pelatihan"
BASE = f"{ADDRESS}/edisi/{BUILD}/"
MILLIMETRES = 25.4


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory, minimal_once: Project) -> Project:
    """The tiny project, built by those who know where it will be reached."""
    project = minimal_once.copied(tmp_path_factory.mktemp("alamat") / "proyek")
    project.build(PILAR_SITE_URL=ADDRESS).fine()
    return project


def codes(book: Path, resolution: int = 150) -> dict[int, list[tuple[str, float]]]:
    """Text and width (millimetres) of the QR codes of each page that has one, by page from 0."""
    found = {}
    for number, picture in enumerate(pictures(book, resolution)):
        if read := zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
            found[number] = [
                (
                    code.text,
                    (code.position.top_right.x - code.position.top_left.x)
                    / resolution
                    * MILLIMETRES,
                )
                for code in read
            ]
    return found


def labels(book: Path) -> list[str]:
    with pikepdf.open(book) as pdf:
        return [page.label for page in pdf.pages]


class TestCodes:
    @pytest.mark.parametrize("name", ["peserta/buku/buku-modul", "pelatih/buku/panduan-pelatih"])
    def test_cover_and_first_page_of_each_module_open_their_page(
        self, addressed: Project, name: str
    ):
        book = addressed.out / BUILD / f"{name}.pdf"
        printed = labels(book)
        found = {printed[page]: [text for text, _ in read] for page, read in codes(book).items()}
        assert found == {"i": [BASE], "SAP-1": [f"{BASE}sap/"], "CTT-1": [f"{BASE}ctt/"]}

    def test_the_cover_of_a_module_book_opens_the_page_of_the_module(self, addressed: Project):
        book = addressed.out / BUILD / "peserta/buku/sap.pdf"
        printed = labels(book)
        found = {printed[page]: read for page, read in codes(book).items()}
        assert {label: [t for t, _ in read] for label, read in found.items()} == {
            "i": [f"{BASE}sap/"],
            "SAP-1": [f"{BASE}sap/"],
        }
        assert all(width >= 20 for read in found.values() for _, width in read)

    def test_the_address_stands_below_in_words_and_leads_there(self, addressed: Project):
        book = addressed.out / BUILD / "peserta/buku/sap.pdf"
        cover = re.sub(r"\s", "", texts(book)[0])
        assert f"{BASE}sap".removeprefix("https://") in cover
        with pikepdf.open(book) as pdf:
            links = [(note.page, note.uri) for note in annotations(pdf) if note.uri]
        assert links == [(0, f"{BASE}sap/"), (labels(book).index("SAP-1"), f"{BASE}sap/")]

    def test_screen_readers_are_told(self, addressed: Project):
        """Each code is a Figure with words in a Link, and both are where the tree says."""
        with pikepdf.open(addressed.out / BUILD / "peserta/buku/buku-modul.pdf") as pdf:
            root = pdf.Root.StructTreeRoot
            owners = dict(tree_numbers(root.ParentTree))
            pages = [
                page for page in pdf.pages if "/PilarQR" in page.obj.Resources.get(Name.XObject, {})
            ]
            assert [page.label for page in pages] == ["i", "SAP-1", "CTT-1"]
            for page in pages:
                (note,) = [
                    n
                    for n in page.obj.Annots
                    if str(n.get(Name.A, Dictionary()).get(Name.URI, "")).startswith("http")
                ]
                link = owners[int(note.StructParent)]
                figure, reference = link.K
                assert (link.S, figure.S, reference.Obj.objgen) == (
                    Name.Link,
                    Name.Figure,
                    note.objgen,
                )
                assert BASE in str(figure.Alt)
                assert owners[int(page.obj.StructParents)][int(figure.K)].objgen == figure.objgen
                part = link.P
                assert isinstance(part.K, Array)
                assert part.K[0].objgen == link.objgen
                assert part.P.objgen == root.K[0].objgen
            assert int(root.ParentTreeNextKey) > max(owners)

    def test_without_an_address_there_is_no_code_and_no_word_of_it(self, minimal_once: Project):
        for book in (minimal_once.out / BUILD).glob("*/buku/*.pdf"):
            assert codes(book, 100) == {}
            assert "Masih berlaku" not in "".join(texts(book))
        home = (minimal_once.out / BUILD / "peserta/index.html").read_text("utf-8")
        assert "edisi/" not in home

    def test_a_draft_has_no_code(self, addressed: Project, tmp_path: Path):
        out = tmp_path / "draf"
        draft = Project(addressed.root, addressed.cache, out)
        draft.build("--worktree", "--edition", "peserta", PILAR_SITE_URL=ADDRESS).fine()
        assert codes(out / BUILD / "peserta/buku/sap.pdf", 100) == {}
        assert not (out / "edisi").exists()

    def test_the_same_bytes_under_other_circumstances(self, addressed: Project, tmp_path: Path):
        elsewhere = addressed.copied(tmp_path / "tempat lain")
        shutil.rmtree(elsewhere.out)
        for path in sorted(elsewhere.root.rglob("*")):
            os.utime(path, (0, 0))
        again = built_elsewhere(elsewhere, tmp_path, BUILD, 2, PILAR_SITE_URL=f"{ADDRESS}/")
        for name in (BUILD, "edisi"):
            ours, theirs = digests(addressed.out / name), digests(again.parent / name)
            assert {file for file in ours | theirs if ours.get(file) != theirs.get(file)} == set()

    def test_an_address_that_is_none_is_told(self, minimal: Project):
        outcome = minimal.build(PILAR_SITE_URL="contoh.go.id")
        assert outcome.problems() == [("mkdocs.yml", 1, "K101")]


class TestPages:
    def test_the_site_leads_to_the_page_of_its_run(self, addressed: Project):
        for edition in ("peserta", "pelatih"):
            home = read_page(addressed.out / BUILD / edition / "index.html")
            (link,) = home.xpath("//a[.='Apakah salinan ini masih berlaku?']")
            assert link.get("href") == BASE

    def test_pages_are_small_and_stand_alone(self, minimal_once: Project):
        pages = sorted((minimal_once.out / "edisi").rglob("*.html"))
        names = [page.relative_to(minimal_once.out / "edisi").as_posix() for page in pages]
        assert names == [
            f"{BUILD}/ctt/index.html",
            f"{BUILD}/index.html",
            f"{BUILD}/ralat.html",
            f"{BUILD}/sap/index.html",
            "index.html",
        ]
        for page in pages:
            text = page.read_text("utf-8")
            assert len(text) < 8000, page
            assert not re.search(r"<script|https?:|stylesheet|@import|url\(", text), page
            for link in lxml.html.fromstring(text).xpath("//a/@href"):
                assert (page.parent / link.partition("#")[0]).is_file(), (page, link)

    def test_a_copy_that_nothing_replaced_holds(self, minimal_once: Project):
        folder = minimal_once.out / "edisi" / BUILD
        for page in ("index.html", "sap/index.html"):
            (box,) = read_page(folder / page).xpath("//div[contains(@class, 'keadaan')]/strong")
            assert box.text_content() == "✓ Salinan ini berlaku"

    def test_a_second_build_leaves_them_alone(self, built: Project):
        before = digests(built.out / "edisi")
        outcome = built.build().fine()
        assert "edisi: tidak berubah" in outcome.out
        assert digests(built.out / "edisi") == before


@pytest.fixture(scope="module")
def outdated(minimal_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A locked run; since then `sapa` was set right in a word, `catat` changed and erred."""
    project = minimal_once.copied(tmp_path_factory.mktemp("lama") / "proyek")
    git(project.root, "init", "--quiet", "--initial-branch", "main")
    commit(project, "Pertama")
    project.pilar("lock", BUILD).fine()
    commit(project, "Kunci")
    project.build().fine()
    project.replace("modules/sapa/modul.yml", "versi: 1.0.0", "versi: 1.0.1")
    project.write("modules/sapa/perubahan.md", "# Perubahan\n\n## 1.0.1\n\n- Satu kata.\n")
    project.replace("modules/catat/modul.yml", "versi: 1.2.0", "versi: 1.3.0")
    project.write("modules/catat/perubahan.md", CHANGES)
    for slug, old, new in (("sapa", "1.0.0", "1.0.1"), ("catat", "1.2.0", "1.3.0")):
        project.replace("modules/kurikulum.yml", f"{slug}: {old}", f"{slug}: {new}")
    project.replace("modules/kurikulum.yml", "versi: 1.0.0", "versi: 1.1.0")
    commit(project, "Rilis")
    return project


CHANGES = """\
# Perubahan

## 1.3.0

- Urutan baru.

    /// pelatih
    XRAHASIAPELATIH
    ///

/// pelatih
XRAHASIALAIN
///

- **Ralat.** Nomor layanan &lt;salah&gt; & tertukar.

## 1.2.0

- Yang lama.
"""


def told(folder: Path, page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", read_page(folder / page).text_content())


class TestNewerVersions:
    def test_each_copy_is_told_how_it_stands_and_the_runs_keep_their_bytes(self, outdated: Project):
        before = digests(outdated.out / BUILD)
        outdated.build().fine()
        assert digests(outdated.out / BUILD) == before
        folder = outdated.out / "edisi" / BUILD
        assert "! Ada ralat" in told(folder, "sap/index.html")
        assert "Satu kata." in told(folder, "sap/index.html")
        page = told(folder, "ctt/index.html")
        assert "Sudah diganti versi 1.3.0" in page
        assert "Ada ralat: 1 kesalahan diperbaiki" in page
        assert page.index("Nomor layanan <salah> & tertukar.") < page.index("Urutan baru.")
        assert "Yang lama" not in page
        book = told(folder, "index.html")
        assert "Dari 2 modul: 1 sudah diganti, 1 ada ralat. Ada 1 ralat." in book
        assert "Kurikulum kini versi 1.1.0." in book
        index = told(outdated.out / "edisi", "index.html")
        assert re.search(rf"1\.3\.0 ?belum dipakai pelatihan 1\.2\.0 ?{BUILD}", index)
        assert "Nomor layanan" in "".join(texts(folder / "ralat.pdf"))

    def test_what_only_trainers_may_read_is_in_no_public_file(self, outdated: Project):
        outdated.build("--no-books").fine()
        for path in (outdated.out / "edisi").rglob("*.*"):
            words = "".join(texts(path)) if path.suffix == ".pdf" else path.read_text("utf-8")
            assert "XRAHASIA" not in words, path

    def test_the_command_tells_trainers_all_and_writes_page_and_sheet(self, outdated: Project):
        outcome = outdated.pilar("errata", BUILD).fine()
        assert "  RALAT Nomor layanan" in outcome.out
        assert outcome.out.index("RALAT") < outcome.out.index("Urutan baru.")
        assert "XRAHASIALAIN" in outcome.out
        stem = outdated.root / f"build/ralat/ralat-{BUILD}-pelatih"
        assert "XRAHASIAPELATIH" in stem.with_suffix(".html").read_text("utf-8")
        sheet = stem.with_suffix(".pdf")
        with pikepdf.open(sheet) as pdf:
            assert len(pdf.pages) <= 2
            assert pdf.Root.MarkInfo.Marked
        assert "XRAHASIALAIN" in "".join(texts(sheet))
        ours = outdated.pilar("errata", BUILD, "--edition", "peserta").fine()
        assert "XRAHASIA" not in ours.out
        assert "Nomor layanan" in ours.out

    def test_between_two_runs_the_newer_one_is_told_of(self, outdated: Project):
        second = outdated.text(f"runs/{BUILD}.yml").replace("kurikulum: 1.0.0", "kurikulum: 1.1.0")
        outdated.write("runs/2025-09-kedua.yml", second)
        outcome = outdated.pilar("errata", "2025-09-kedua", "--since", BUILD).fine()
        assert "Yang berubah sejak Anda terakhir mengajar" in outcome.out
        assert "1.2.0 menjadi 1.3.0" in outcome.out
        same = outdated.pilar("errata", BUILD, "--since", BUILD).fine()
        assert "Tidak ada yang berubah." in same.out
        outdated.pilar("errata", BUILD, "--since", "2024-01-x").refused("2024-01-x")

    def test_pages_read_well_on_a_phone_without_scripts(self, outdated: Project):
        outdated.build("--no-books").fine()
        with served(outdated.out / "edisi") as host, chromium() as browser:
            for path in (f"{BUILD}/ctt/", f"{BUILD}/", f"{BUILD}/ralat.html", ""):
                with visiting(browser, PHONE, scripts=False) as page:
                    page.goto(f"{host}/{path}")
                    width = page.evaluate("document.documentElement.scrollWidth")
                    assert width <= PHONE, path
