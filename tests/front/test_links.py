"""Every link of every output leads somewhere, wherever the output is put."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pikepdf
import pytest
from pikepdf import Array, Name

from .books import Places, annotations, bodies, contents, letters, listed, outline
from .canaries import strings
from .pages import Link, ids, links, pages, read_page
from .trees import files

HOSTS = ["https://contoh.test/", "https://contoh.test/pelatihan/2025/probolinggo/"]
"""The root of a host, and a folder somewhere below one."""
OUTWARD = ("https://", "http://", "mailto:", "tel:")
"""How links out of the site begin; the reader follows them, the browser never by itself."""
APART = re.compile(r"kelas/|unduhan/")
"""Folders outside the order of reading: activities in class, files to pass on."""

BLOCK = re.compile(r"--[a-z0-9]+-(?:k|kt|l|ks|d|lk)\d+$|__(?:figure|table)-caption_\d+$")
"""Names of the destinations of numbered blocks and figures."""


@pytest.fixture
def site_folder(run_folder: Path, edition: str) -> Path:
    """Each site that is built."""
    return run_folder / edition


class TestSite:
    def test_there_are_links_to_look_at(self, site_folder: Path):
        found = list(links(site_folder))
        assert len([link for link in found if not link.fetched]) > 200
        styled = {li.page for li in found if li.fetched and li.address.endswith("pilar.css")}
        whole = {n for n in pages(site_folder) if n.startswith("unduhan/") or n == "luring.html"}
        assert styled == set(pages(site_folder)) - whole

    def test_nothing_is_fetched_from_another_host(self, site_folder: Path):
        assert [
            link
            for link in links(site_folder)
            if link.fetched and (urlsplit(link.address).scheme or link.address.startswith("//"))
        ] == []

    def test_no_address_begins_at_the_root_of_the_host(self, site_folder: Path):
        assert [link for link in links(site_folder) if link.address.startswith("/")] == []

    @pytest.mark.parametrize("host", HOSTS)
    def test_every_link_inside_leads_to_a_file_and_an_id(self, site_folder: Path, host: str):
        inside = [link for link in links(site_folder) if not link.address.startswith(OUTWARD)]
        assert [link for link in inside if not _resolves(link, site_folder, host)] == []

    def test_links_outside_are_whole_addresses(self, site_folder: Path):
        outside = {li.address for li in links(site_folder) if li.address.startswith("http")}
        assert [address for address in outside if "." not in urlsplit(address).netloc] == []

    def test_every_page_can_be_reached_from_the_home_page(self, site_folder: Path):
        leads: dict[str, set[str]] = {}
        for link in links(site_folder):
            if not link.fetched and not link.address.startswith(OUTWARD):
                place = unquote(urldefrag(urljoin(link.page, link.address)).url)
                leads.setdefault(link.page, set()).add(place)
        reached, ahead = set(), {"index.html"}
        while ahead:
            reached |= ahead
            ahead = set().union(*(leads.get(name, set()) for name in ahead)) - reached
        alone = {"luring.html"}  # shown when there is no network
        assert set(pages(site_folder)) - reached == alone
        books = {name for name in files(site_folder) if name.endswith(".pdf")}
        assert books <= reached

    def test_previous_and_next_run_through_all_pages_of_modules_once(self, site_folder: Path):
        chapters = {name for name in pages(site_folder) if "/" in name and not APART.match(name)}
        first = [name for name in chapters if not _turn(site_folder, name, "prev")]
        [*order] = first
        while following := _turn(site_folder, order[-1], "next"):
            assert _turn(site_folder, following, "prev") == order[-1]
            assert following not in order
            order.append(following)
        assert len(first) == 1
        assert set(order) == chapters
        others = [name for name in pages(site_folder) if "/" not in name]
        assert not any(_turn(site_folder, name, way) for name in others for way in ("prev", "next"))


def _resolves(link: Link, site: Path, host: str) -> bool:
    """Whether a browser that has the run at `host` finds what the link names.

    The trainers' site may name pages of the participants', which stands beside it; no other.
    """
    address, fragment = urldefrag(urljoin(f"{host}{site.name}/{link.page}", link.address))
    if not address.startswith((f"{host}{site.name}/", f"{host}peserta/")):
        return False
    path = site.parent / unquote(address.removeprefix(host))
    if not path.is_file():
        return False
    return not fragment or (path.suffix == ".html" and unquote(fragment) in ids(path))


def _turn(site: Path, name: str, where: str) -> str | None:
    """The page that the link at the foot of a page, `prev` or `next`, leads to."""
    found = read_page(site / name).xpath(f"//a[@rel='{where}']/@href")
    return urljoin(name, found[0]) if found else None


class TestBooks:
    @pytest.fixture
    def books(self, run_folder: Path) -> list[Path]:
        """Every PDF of a run."""
        found = sorted(run_folder.glob("*/buku/*.pdf"))
        assert len(found) >= 6
        return found

    def test_every_link_leads_to_a_page_of_the_book_or_to_the_web(self, books: list[Path]):
        count = 0
        for book in books:
            with pikepdf.open(book) as pdf:
                places = Places(pdf)
                for note in annotations(pdf):
                    count += 1
                    if note.uri:
                        assert note.uri.startswith(OUTWARD), (book, note)
                    else:
                        assert places.target(note.destination) is not None, (book, note)
        assert count > 50

    def test_every_named_destination_is_a_page_of_the_book(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                places = Places(pdf)
                assert len(places.names) > 5
                lost = [name for name in places.names if places.target(name) is None]
                assert lost == [], book

    def test_every_outline_entry_leads_to_the_page_that_shows_its_title(self, books: list[Path]):
        for book in books:
            with pikepdf.open(book) as pdf:
                entries = outline(pdf)
                code = {page.label.rpartition("-")[0] for page in pdf.pages}
            assert len(entries) >= 1
            shown = [letters(text) for text in bodies(book)]
            for entry in entries:
                assert entry.target is not None, (book, entry)
                title = entry.title
                if title.split()[0] in code:
                    title = title.partition(" ")[2]  # a module's entry begins with its code
                assert letters(title) in shown[entry.target.page], (book, entry)

    def test_no_scheme_of_pilars_own_is_left(self, books: list[Path]):
        for book in books:
            held = strings(book)
            for scheme in ("pilar-bagian", "pilar-aset", "pilar-huruf", "file:"):
                assert scheme not in held, (book, scheme)

    def test_links_that_lead_nowhere_are_gone_from_the_structure_too(self, books: list[Path]):
        """A link of the structure tree points at an annotation that its page has."""
        for book in books:
            with pikepdf.open(book) as pdf:
                on_pages = {
                    note.objgen for page in pdf.pages for note in page.obj.get(Name.Annots, Array())
                }
                referred = {
                    entry.Obj.objgen
                    for entry in pdf.objects
                    if isinstance(entry, pikepdf.Dictionary) and entry.get(Name.Type) == Name.OBJR
                }
                assert referred - on_pages == set(), book


class TestContents:
    """The table of contents says where things are."""

    @pytest.fixture(params=["module", "joined"])
    def kind(self, request: pytest.FixtureRequest) -> str:
        """A module's own book, or the book of all modules."""
        return request.param

    @pytest.fixture
    def some_books(self, run_folder: Path, kind: str) -> list[Path]:
        """All books of that kind."""
        joined = ("buku-modul", "panduan-pelatih")
        found = [
            p for p in run_folder.glob("*/buku/*.pdf") if (p.stem in joined) == (kind == "joined")
        ]
        assert found
        return sorted(found)

    def test_titles_stand_on_the_page_whose_number_the_contents_print(self, some_books: list[Path]):
        for book in some_books:
            lines = contents(book)
            assert len(lines) >= 3, book
            with pikepdf.open(book) as pdf:
                labels = [page.label for page in pdf.pages]
            shown = dict(zip(labels, map(letters, bodies(book)), strict=True))
            for line in lines:
                assert letters(line.title) in shown[line.label], (book, line)

    def test_a_chapter_begins_on_that_page_and_not_before(self, some_books: list[Path]):
        """The opening page of a module lists its chapters; past it, the first page counts."""
        for book in some_books:
            with pikepdf.open(book) as pdf:
                labels = [page.label for page in pdf.pages]
            shown = list(map(letters, bodies(book)))
            chapters = [line for line in contents(book) if line.title.startswith("BAB ")]
            assert chapters
            for line in chapters:
                code = line.label.rpartition("-")[0]
                body = [n for n, label in enumerate(labels) if label.startswith(f"{code}-")]
                first = next(n for n in body[1:] if letters(line.title) in shown[n])
                assert labels[first] == line.label, (book, line)

    def test_the_number_behind_each_line_is_that_of_the_page_it_leads_to(
        self, some_books: list[Path]
    ):
        for book in some_books:
            with pikepdf.open(book) as pdf:
                labels, places = [page.label for page in pdf.pages], Places(pdf)
            lines = listed(book)
            assert {line.name for line in lines} > {line.name for line in contents(book)}
            for line in lines:
                assert labels[places.target(line.name).page] == line.label, (book, line)

    def test_a_day_of_the_timetable_is_not_divided(self, run_folder: Path, edition: str):
        """A table that is has its head on each page; the trainers' days have a page each."""
        [book] = (run_folder / edition / "buku").glob("*-*.pdf")
        heads = [page for page in bodies(book)[:40] for _ in re.findall(r"Waktu \(WI", page)]
        days = [
            page for page in bodies(book)[:40] for _ in re.findall(r"^\s*Hari \d+: ", page, re.M)
        ]
        assert heads == days
        assert days
        assert edition == "peserta" or len(set(days)) == len(days)

    def test_every_numbered_block_is_in_a_list(self, run_folder: Path, edition: str, kind: str):
        for book in (run_folder / edition / "buku").glob("*.pdf"):
            with pikepdf.open(book) as pdf:
                names = {name for name in Places(pdf).names if BLOCK.search(name)}
            assert names, book
            assert names <= {line.name for line in listed(book)}, book

    def test_the_contents_list_every_chapter_of_the_site_in_its_order(
        self, run_folder: Path, edition: str
    ):
        book = {"peserta": "buku-modul.pdf", "pelatih": "panduan-pelatih.pdf"}[edition]
        home = read_page(run_folder / edition / "index.html")
        wanted: list[str] = []
        for link in home.xpath("//ol[@class='pilar-modul']/li/a[1]"):
            wanted.append(link.xpath("string(.//*[@class='judul'])").strip())
            opening = read_page(run_folder / edition / link.get("href"))
            for chapter in opening.xpath("//ol[@class='pilar-isi']/li/a"):
                number = chapter.xpath("string(.//*[@class='bab'])").strip()
                title = chapter.text_content().strip().removeprefix(number).strip()
                wanted.append(f"{number}: {title}" if number.startswith("BAB") else title)
        assert len(wanted) >= 4
        listed = [line.title for line in contents(run_folder / edition / "buku" / book)]
        back = ["Daftar Pustaka", "Glosarium", "Indeks"]
        assert [letters(t) for t in listed if t not in back] == [letters(t) for t in wanted]
