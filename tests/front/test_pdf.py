"""The books as PDFs: what a reader program sees, what a screen reader gets, what paper shows."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from lxml.html import HtmlElement
from pikepdf import Array, Dictionary, Name
from PIL import Image

from .books import numbers, outline, pictures, texts, tree_numbers
from .commands import BUILD, Project
from .pages import read_page

JOINED = {"peserta": "buku-modul", "pelatih": "panduan-pelatih"}
LABELS = {"peserta": "Bahan Ajar Peserta", "pelatih": "Panduan Pelatih"}


@pytest.fixture
def books(run_folder: Path, edition: str) -> list[Path]:
    """The books of one edition of a run, the joined one last."""
    found = sorted((run_folder / edition / "buku").glob("*.pdf"), key=lambda p: "-" in p.stem)
    assert found[-1].stem == JOINED[edition]
    assert len(found) >= 3
    return found


@pytest.fixture
def joined(books: list[Path]) -> Path:
    """The book of all modules."""
    return books[-1]


def _row_and_column(cell: HtmlElement) -> str:
    row = cell.getparent()
    return f"b{row.getparent().index(row) + 1}k{row.index(cell) + 1}"


class TestReaderProgram:
    def test_title_subject_and_language_are_set(self, books: list[Path], edition: str):
        titles = set()
        for book in books:
            with pikepdf.open(book) as pdf:
                title = str(pdf.docinfo["/Title"])
                assert LABELS[edition] in title
                assert str(pdf.docinfo["/Subject"]) == LABELS[edition]
                assert pdf.Root.Lang == "id"
                assert pdf.Root.ViewerPreferences.DisplayDocTitle
                with pdf.open_metadata() as meta:
                    assert meta["dc:title"] == title
                    assert meta["dc:language"] in ({"id"}, ["id"], "id")
                titles.add(title)
        assert len(titles) == len(books)

    def test_participants_fill_in_what_the_paper_has_room_for_as_on_the_site(
        self, run_folder: Path, joined: Path, edition: str
    ):
        with pikepdf.open(joined) as pdf:
            fields = [] if (form := pdf.Root.get(Name.AcroForm)) is None else list(form.Fields)
            printed = [str(field.T) for field in fields]
            assert all(str(field.TU).strip() for field in fields)
        assert len(printed) == len(set(printed))
        places = set()
        for path in (run_folder / edition).glob("*/*.html"):
            for place in read_page(path).xpath("//*[@data-kode]//*[@data-isi]"):
                code = place.xpath("string(ancestor::*[@data-kode][1]/@data-kode)")
                # A worksheet's table has all its cells as places, by row and column.
                cells = place.xpath("self::table[@class='isian']/tbody/tr/td")
                names = [_row_and_column(cell) for cell in cells] or [place.get("data-isi")]
                places.update(f"{code}-{name}" for name in names)
        # Only on a screen: answers are marked on paper, and notes are made where one likes.
        places = {name for name in places if not name.endswith(("-pilihan", "-jodoh", "-catatan"))}
        assert places
        if edition == "pelatih":
            assert not printed
        else:
            assert places <= set(printed)
            assert "Masukan-b1k1" in printed

    def test_the_joined_book_is_called_after_the_run(self, minimal_once: Project):
        with pikepdf.open(minimal_once.out / BUILD / "peserta/buku/buku-modul.pdf") as pdf:
            title = str(pdf.docinfo["/Title"])
        assert title == "Bahan Ajar Peserta: Pelatihan Kunjungan Rumah: Angkatan Contoh"

    def test_nothing_tells_when_or_by_whom_it_was_made(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                assert not {"/CreationDate", "/ModDate", "/Author"} & set(pdf.docinfo.keys()), book

    def test_nothing_is_attached_and_nothing_runs(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                assert len(pdf.attachments) == 0
                assert not {Name.OpenAction, Name.AA, Name.AF} & set(pdf.Root.keys())
                kinds = {obj.get(Name.S) for obj in pdf.objects if isinstance(obj, Dictionary)}
                assert not kinds & {Name.JavaScript, Name.Launch, Name.SubmitForm}

    def test_the_outline_opens_with_the_book_and_follows_its_order(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                assert pdf.Root.PageMode == Name.UseOutlines
                entries = outline(pdf)
            pages = [entry.target.page for entry in entries]
            assert pages == sorted(pages), book

    def test_the_outline_of_the_joined_book_has_modules_and_their_chapters(
        self, run_folder: Path, edition: str, joined: Path
    ):
        with pikepdf.open(joined) as pdf:
            entries = [(entry.level, entry.title) for entry in outline(pdf)]
        for code, title, chapters in _modules(run_folder / edition):
            start = entries.index((1, f"{code} {title}"))
            end = next(
                (n for n, (level, _) in enumerate(entries) if n > start and level == 1),
                len(entries),
            )
            assert [text for level, text in entries[start:end] if level == 2] == chapters

    def test_the_outline_of_a_module_begins_with_its_chapters(self, run_folder: Path, edition: str):
        for code, _, chapters in _modules(run_folder / edition):
            with pikepdf.open(run_folder / edition / f"buku/{code.lower()}.pdf") as pdf:
                top = [entry.title for entry in outline(pdf) if entry.level == 1]
            assert [title for title in top if title in chapters] == chapters


class TestPageNumbers:
    def test_the_number_on_the_page_is_the_label_of_the_page(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                labels = [page.label for page in pdf.pages]
            assert numbers(book)[0] == "", book  # the cover
            assert list(numbers(book)[1:]) == labels[1:], book

    def test_labels_are_roman_in_front_and_count_each_module_from_1(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                labels = [page.label for page in pdf.pages]
            front = [label for label in labels if "-" not in label]
            assert labels[: len(front)] == front
            assert front[:4] == ["i", "ii", "iii", "iv"][: len(front)]
            counts: dict[str, int] = {}
            for label in labels[len(front) :]:
                code, number = re.fullmatch(r"([A-Z][A-Z0-9]*)-(\d+)", label).groups()
                counts[code] = counts.get(code, 0) + 1
                assert int(number) == counts[code], (book, label)

    def test_what_begins_a_new_count_begins_on_a_right_hand_page(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                labels = [page.label for page in pdf.pages]
            first = [n for n, label in enumerate(labels) if label == "i" or label.endswith("-1")]
            assert len(first) >= 3
            assert [n for n in first if n % 2] == [], book

    def test_the_joined_book_is_the_sum_of_its_parts(self, books: list[Path]):
        """A page of a module is the same page, with the same number, in both of its books."""
        in_joined = _pages_by_code(books[-1])
        for book in books[:-1]:
            own = _pages_by_code(book)
            code = book.stem.upper()
            assert own[code]
            assert own[code] == in_joined[code], book
        assert set(in_joined) - {book.stem.upper() for book in books[:-1]} <= {"", "A"}

    def test_the_site_states_how_many_pages_and_bytes_each_book_has(
        self, run_folder: Path, edition: str, books: list[Path]
    ):
        home = read_page(run_folder / edition / "index.html").text_content()
        for book in books:
            with pikepdf.open(book) as pdf:
                stated = f"{len(pdf.pages)} halaman, {_size(book.stat().st_size)}"
            assert stated in re.sub(r"\s+", " ", home), book
        for code, _, _ in _modules(run_folder / edition):
            book = run_folder / edition / f"buku/{code.lower()}.pdf"
            with pikepdf.open(book) as pdf:
                stated = f"{len(pdf.pages)} halaman, {_size(book.stat().st_size)}"
            opening = _opening(run_folder / edition, code)
            assert stated in re.sub(r"\s+", " ", read_page(opening).text_content())


class TestStructure:
    """Tagged, as screen readers need it; joining the parts must not break a number."""

    def test_every_page_is_covered_by_the_parent_tree(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                assert pdf.Root.MarkInfo.Marked
                parents = list(tree_numbers(pdf.Root.StructTreeRoot.ParentTree))
                keys = [key for key, _ in parents]
                assert keys == sorted(set(keys)), f"{book}: keys must be unique and in order"
                covered = dict(parents)
                used = []
                for page in pdf.pages:
                    number = int(page.obj.StructParents)
                    used.append(number)
                    marks = [int(m) for m in re.findall(rb"/MCID (\d+)", _drawing(page))]
                    owners = covered[number]
                    assert isinstance(owners, Array), book
                    assert max(marks, default=-1) < len(owners), (book, page.label)
                    for mark in marks:
                        assert owners[mark].get(Name.S) is not None, (book, page.label, mark)
                    for note in page.obj.get(Name.Annots, Array()):
                        if Name.StructParent in note:
                            used.append(int(note.StructParent))
                            assert int(note.StructParent) in covered, (book, page.label)
                assert len(used) == len(set(used)), f"{book}: two things share a number"
                assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(used)

    def test_every_element_hangs_on_the_one_tree_and_stands_on_a_page(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                root = pdf.Root.StructTreeRoot
                pages = {page.obj.objgen for page in pdf.pages}
                hanging = set()
                kinds: set[str] = set()
                ahead = [(kid, root) for kid in _kids(root)]
                while ahead:
                    element, parent = ahead.pop()
                    assert element.P.objgen == parent.objgen, book
                    assert element.objgen not in hanging, f"{book}: hangs twice"
                    hanging.add(element.objgen)
                    kinds.add(str(element.S))
                    if Name.Pg in element:
                        assert element.Pg.objgen in pages, book
                    ahead += [(kid, element) for kid in _kids(element)]
                for _, owners in tree_numbers(root.ParentTree):
                    for owner in owners if isinstance(owners, Array) else [owners]:
                        if isinstance(owner, Dictionary) and not _in_running_head(owner):
                            assert owner.objgen in hanging, book
            assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH"} <= kinds, book

    def test_pictures_have_the_text_that_stands_for_them(self, minimal_once: Project):
        with pikepdf.open(minimal_once.out / BUILD / "peserta/buku/sap.pdf") as pdf:
            texts = [
                str(obj.Alt)
                for obj in pdf.objects
                if isinstance(obj, Dictionary) and obj.get(Name.S) == Name.Figure
            ]
        assert texts == ["Tiga kotak berurutan: ketuk, salam, perkenalan"]


class TestPrint:
    def test_only_the_fonts_that_come_with_pilar_are_in_it_and_embedded(self, books: list[Path]):
        strange: dict[str, set[str]] = {}
        for book in books:
            with pikepdf.open(book) as pdf:
                for font in pdf.objects:
                    if not isinstance(font, Dictionary) or font.get(Name.Type) != Name.Font:
                        continue
                    name = str(font.BaseFont)
                    if not re.fullmatch(r"/[A-Z]{6}\+Source-(Sans|Serif)-Pro(-[A-Za-z-]+)?", name):
                        strange.setdefault(book.name, set()).add(name)
                    below = font.get(Name.DescendantFonts, Array([font]))[0]
                    held = {Name.FontFile, Name.FontFile2, Name.FontFile3}
                    assert held & set(below.FontDescriptor.keys()), (book, name)
        assert strange == {}

    def test_each_font_is_in_it_once(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                held = [str(o.FontName) for o in pdf.objects if _is_embedded(o)]
            assert len(held) == len(set(held)) > 1, book

    def test_every_page_is_a4_and_shows_something(self, joined: Path):
        pages = 0
        for picture in pictures(joined, 20):
            pages += 1
            assert abs(picture.width - 165) <= 1
            assert abs(picture.height - 234) <= 1
            # Between running head and foot, in which every page has its title and its number.
            body = picture.crop((0, 24, picture.width, 214))
            ink = sum(body.histogram()[:240])  # lines to write on are pale at this size
            assert ink > 25, f"{joined}: page {pages} is blank"
        with pikepdf.open(joined) as pdf:
            assert pages == len(pdf.pages)

    def test_books_are_black_on_white(self, minimal_once: Project):
        """Ink for a photocopier: no colour is set anywhere, the pictures' greys aside."""
        for book in (minimal_once.out / BUILD).glob("*/buku/*.pdf"):
            with pikepdf.open(book) as pdf:
                for page in pdf.pages:
                    colours = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", _drawing(page))
                    assert all(len(set(colour)) == 1 for colour in colours), (book, page.label)

    def test_the_mark_of_trainers_text_is_printed_for_trainers_alone(self, minimal_once: Project):
        """Notes have a double rule at their left, the word of keys is white on black."""
        folder = minimal_once.out / BUILD
        ours = list(_marks(folder / "pelatih/buku/panduan-pelatih.pdf"))
        # pelatih in sapa and catat; kunci after the exercise, below two questions and in the bank
        assert sorted(ours) == ["Kunci"] * 4 + ["Pelatih"] * 2
        assert list(_marks(folder / "peserta/buku/buku-modul.pdf")) == []


class TestSameBytes:
    def test_the_manifest_tells_no_time_and_no_folder(self, minimal_once: Project):
        text = (minimal_once.out / BUILD / "manifes.json").read_text("utf-8")
        assert str(minimal_once.root.parent) not in text
        assert not re.search(r"20\d\d-\d\d-\d\d|\d\d:\d\d", text)
        assert json.loads(text)

    def test_the_site_map_tells_no_time_of_the_build(self, minimal_once: Project):
        """Its dates, and the one that gzip writes, are the run's own."""
        for edition in ("peserta", "pelatih"):
            packed = (minimal_once.out / BUILD / edition / "sitemap.xml.gz").read_bytes()
            stamp = datetime.fromtimestamp(int.from_bytes(packed[4:8], "little"), UTC)
            assert stamp.year <= 2025
            dates = re.findall(r"<lastmod>([^<]+)", gzip.decompress(packed).decode())
            assert not [date for date in dates if date > "2025-12-31"]


def _modules(site: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Code, title and chapters of every module, as the site has them."""
    home = read_page(site / "index.html")
    for link in home.xpath("//ol[@class='pilar-modul']/li/a[1]"):
        chapters = []
        for entry in read_page(site / link.get("href")).xpath("//ol[@class='pilar-isi']/li/a"):
            number = entry.xpath("string(.//*[@class='bab'])").strip()
            title = entry.text_content().strip().removeprefix(number).strip()
            chapters.append(f"{number}: {title}" if number.startswith("BAB") else title)
        code = link.xpath("string(.//*[@class='kode'])").strip()
        yield code, link.xpath("string(.//*[@class='judul'])").strip(), chapters


def _opening(site: Path, code: str) -> Path:
    home = read_page(site / "index.html")
    (link,) = home.xpath(f"//ol[@class='pilar-modul']/li/a[.//*[.='{code}']]")
    return site / link.get("href")


def _pages_by_code(book: Path) -> dict[str, list[str]]:
    """The text of the pages of each numbering, page by page."""
    found: dict[str, list[str]] = {}
    with pikepdf.open(book) as pdf:
        labels = [page.label for page in pdf.pages]
    for label, text in zip(labels, texts(book), strict=True):
        found.setdefault(label.rpartition("-")[0], []).append(text)
    return found


def _size(count: int) -> str:
    """Bytes as Indonesian print writes them (editions/words.py says so too)."""
    if count < 1e6:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1e6:.1f}".removesuffix(".0").replace(".", ",") + " MB"


def _drawing(page: pikepdf.Page) -> bytes:
    """What draws a page."""
    held = page.obj.Contents
    streams = list(held) if isinstance(held, Array) else [held]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _is_embedded(item: pikepdf.Object) -> bool:
    return isinstance(item, Dictionary) and Name.FontFile2 in item


def _kids(element: Dictionary) -> list[Dictionary]:
    """Elements directly below one of a structure tree."""
    held = element.get(Name.K, Array())
    kids = list(held) if isinstance(held, Array) else [held]
    return [kid for kid in kids if isinstance(kid, Dictionary) and Name.S in kid]


def _in_running_head(element: Dictionary) -> bool:
    """WeasyPrint puts head and foot of a page into elements that no reader is led to."""
    return element.P.get(Name.S) == Name.NonStruct


def _marks(book: Path) -> Iterator[str]:
    """Kunci printed white on black, and Pelatih with a rule (a double one, close) at its left."""
    scale = 3
    command = ["pdftotext", "-bbox", str(book), "-"]
    found = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    tree = ElementTree.fromstring(re.sub(r' xmlns="[^"]+"|<!DOCTYPE[^>]+>', "", found))
    pages = list(zip(tree.iter("page"), pictures(book, 72 * scale), strict=True))
    for page, picture in pages[1:]:  # the cover has the edition white on black
        for word in page.iter("word"):
            if word.text in ("Pelatih", "Kunci"):
                sides = [float(word.get(k)) * scale for k in ("xMin", "yMin", "xMax", "yMax")]
                left, top, right, bottom = (round(side) for side in sides)
                middle = (top + bottom) // 2
                beside = picture.crop((left - 14 * scale, middle, left - 6 * scale, middle + 1))
                dark = _dark(picture.crop((left - 3, top, right + 3, bottom))) > 0.5
                if dark if word.text == "Kunci" else _runs(beside) == 1:
                    yield word.text


def _dark(picture: Image.Image) -> float:
    """Share of the dots that are dark."""
    return sum(picture.histogram()[:128]) / (picture.width * picture.height)


def _runs(line: Image.Image) -> int:
    """How many separate dark stretches a line of dots has."""
    dots = "".join("#" if line.getpixel((x, 0)) < 128 else " " for x in range(line.width))
    return len(dots.split())
