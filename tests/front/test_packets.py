"""Packets to pass on: one file, one a module, EPUB, ZIP; as a phone opens them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from lxml import etree
from playwright.sync_api import Browser, expect

from pilar.leaks.opening import opened

from .browser import PHONE, chromium, is_drawn, stays_on_a_card, visiting
from .commands import BUILD, Project

STEM = f"{BUILD}-peserta"
SECRET = "mengetuk pintu dengan hati yang ringan"
"""Stands in the trainers' edition alone."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(site_once: Project) -> Path:
    """The participants' site of the tiny project."""
    return site_once.out / BUILD / "peserta"


@pytest.fixture(scope="module")
def packets(site: Path) -> Path:
    """Its packets."""
    return site / "unduhan"


def overhang(page: object) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


class TestOneFile:
    def test_it_reads_well_on_a_phone_without_scripts(self, browser: Browser, packets: Path):
        with visiting(browser, PHONE, scripts=False) as page:
            page.goto((packets / f"{STEM}.html").as_uri())
            expect(page.locator("h1")).to_have_count(1)
            expect(page.locator("h1")).to_contain_text("Kunjungan Rumah")
            page.get_by_role("navigation").get_by_role("link", name="BAB II: Tiga Langkah").click()
            heading = page.get_by_role("heading", name="BAB II: Tiga Langkah Menyapa")
            expect(heading).to_be_in_viewport()
        with visiting(browser, PHONE) as page:
            page.goto((packets / f"{STEM}.html").as_uri())
            assert not overhang(page)
            assert is_drawn(page.locator("img").first)
            page.emulate_media(media="print")
            assert not overhang(page)

    def test_it_needs_no_other_file_and_every_link_leads_somewhere(self, packets: Path):
        names = {path.name for path in packets.glob("*.html")}
        assert names == {f"{STEM}.html", f"{STEM}-sap.html", f"{STEM}-ctt.html"}
        for name in names:
            data = (packets / name).read_bytes()
            assert len(data) <= 2_000_000
            page = lxml.html.document_fromstring(data.decode())
            ids = page.xpath("//@id")
            assert len(ids) == len(set(ids))
            assert set(page.xpath("//a/@href[starts-with(., '#')]")) <= {f"#{one}" for one in ids}
            addresses = page.xpath("//@src | //a/@href[not(starts-with(., '#'))]")
            assert all(re.match(r"data:|https?:|mailto:|tel:", one) for one in addresses)
            assert page.xpath("//link/@href") == ["data:,"]  # or the browser asks for an icon
            assert not page.xpath("//script | //button | //input | //textarea | //@style")

    def test_it_says_what_the_site_says(self, site: Path, packets: Path):
        whole = "".join(lxml.html.parse(packets / f"{STEM}.html").getroot().text_content().split())
        for name in ("sapa/tiga-langkah.html", "catat/mencatat.html", "glosarium.html"):
            article = lxml.html.parse(site / name).getroot().find(".//article")
            for text in article.xpath(".//p | .//li[not(*)] | .//td"):
                said = "".join(text.text_content().split()).replace("¶", "")
                assert said in whole, said


class TestEpub:
    def test_its_parts_are_there_and_well_formed(self, packets: Path):
        with zipfile.ZipFile(packets / f"{STEM}.epub") as book:
            first = book.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            package = etree.fromstring(book.read("EPUB/paket.opf"))
            listed = set(package.xpath("//*[local-name()='item']/@href"))
            held = {name.removeprefix("EPUB/") for name in book.namelist() if "EPUB/" in name}
            assert listed == held - {"paket.opf"}
            for name in listed:
                if name.endswith(".xhtml"):
                    page = etree.fromstring(book.read(f"EPUB/{name}"))
                    for href in page.xpath("//@href[not(contains(., ':'))]"):
                        assert href.partition("#")[0] in listed, href

    @pytest.mark.panjang
    @pytest.mark.skipif(not shutil.which("epubcheck"), reason="scripts/setup --all installs it")
    def test_epubcheck_has_nothing_to_say(self, newest: Path, packets: Path):
        for path in (*(newest / "peserta/unduhan").glob("*.epub"), packets / f"{STEM}.epub"):
            command = ["java", "-jar", shutil.which("epubcheck"), "--failonwarnings", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr

    def test_a_chapter_fits_a_phone(self, browser: Browser, packets: Path, tmp_path: Path):
        with zipfile.ZipFile(packets / f"{STEM}.epub") as book:
            book.extractall(tmp_path)
        with visiting(browser, PHONE) as page:
            page.goto((tmp_path / "EPUB/sapa-tiga-langkah.xhtml").as_uri())
            expect(page.locator("h1")).to_contain_text("Tiga Langkah Menyapa")
            assert not overhang(page)
            assert is_drawn(page.locator("img").first)


class TestZip:
    def test_it_opens_from_a_memory_card(self, browser: Browser, packets: Path, tmp_path: Path):
        with zipfile.ZipFile(packets / f"{STEM}.zip") as archive:
            archive.extractall(tmp_path)
            assert {name.partition("/")[0] for name in archive.namelist()} == {STEM}
        with visiting(browser, PHONE, allowed=("search",)) as page:
            page.goto((tmp_path / STEM / "index.html").as_uri())
            expect(page.locator("article")).to_contain_text("Ini salinan luring")
            assert page.locator("a[href*='unduhan/'], a[href*='buku/']").count() == 0
            page.locator("article").get_by_role("link", name="Menyapa Warga").first.click()
            page.locator("article").get_by_role("link", name="Tiga Langkah Menyapa").click()
            assert is_drawn(page.locator("article img").first)
            field = page.locator("textarea").first
            text = "dari kartu memori"
            assert stays_on_a_card(
                lambda: field.fill(text), page.reload, lambda: field.input_value() == text
            )

    def test_no_link_leads_out_of_it(self, minimal_once: Project, tmp_path: Path):
        """Of a site with books, too."""
        packet = minimal_once.out / BUILD / "peserta/unduhan" / f"{STEM}.zip"
        with zipfile.ZipFile(packet) as archive:
            archive.extractall(tmp_path)
        for path in (tmp_path / STEM).rglob("*.html"):
            for href in lxml.html.parse(path).getroot().xpath("//a/@href | //img/@src"):
                if not re.match(r"[a-z]+:|#", href):
                    assert (path.parent / href.partition("#")[0]).exists(), (path.name, href)


class TestOffer:
    @pytest.mark.parametrize("name", ["index.html", "cetak.html"])
    def test_pages_offer_them_with_their_sizes(self, browser: Browser, site: Path, name: str):
        page = lxml.html.parse(site / name).getroot()
        offered = set(page.xpath("//a/@href[starts-with(., 'unduhan/')]"))
        assert offered == {f"unduhan/{path.name}" for path in (site / "unduhan").iterdir()}
        for item in page.xpath("//*[@class='pilar-paket']//li"):
            assert re.search(r"\d (KB|MB)", item.text_content())

    def test_trainers_get_none(self, site_once: Project):
        trainers = site_once.out / BUILD / "pelatih"
        assert not (trainers / "unduhan").exists()
        assert "unduhan/" not in (trainers / "index.html").read_text("utf-8")
        assert SECRET in (trainers / "sapa/tiga-langkah.html").read_text("utf-8")

    def test_the_manifest_lists_them(self, site_once: Project):
        manifest = json.loads((site_once.out / BUILD / "manifes.json").read_text("utf-8"))
        listed = {name for name in manifest["berkas"] if name.startswith("peserta/unduhan/")}
        assert len(listed) == 5
        assert {"peserta/sw.js", "peserta/manifest.webmanifest"} <= set(manifest["berkas"])

    def test_they_hold_nothing_of_the_trainers(self, packets: Path):
        for path in packets.iterdir():
            said = " ".join(piece.text for piece in opened(path.name, path.read_bytes()))
            assert ("Tiga Langkah Menyapa" in said) is (not path.name.endswith("-ctt.html")), path
            assert SECRET not in said

    def test_bytes_follow_from_the_content_alone(
        self, site: Path, site_once: Project, tmp_path: Path
    ):
        project = site_once.copied(tmp_path / "lagi")
        shutil.rmtree(project.out)
        project.build_sites(BUILD, "--edition", "peserta")
        for path in (project.out / BUILD / "peserta/unduhan").iterdir():
            assert path.read_bytes() == (site / "unduhan" / path.name).read_bytes(), path.name
        for name in ("sw.js", "manifest.webmanifest", "luring.html"):
            assert (project.out / BUILD / "peserta" / name).read_bytes() == (
                site / name
            ).read_bytes()
