"""Home and timetable by the clock, terms on tap, tables on a phone; the published home page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import DESK, PHONE, chromium, served, visiting
from .commands import BUILD, Project

HOME = f"{BUILD}/peserta/index.html"
NARROW = 320
DAY = "2025-03-10"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def host(site_once: Project) -> Iterator[str]:
    """Address of the runs of the tiny project."""
    with served(site_once.out) as address:
        yield address


def open_at(page: Page, address: str, time: str) -> None:
    """Open a page on a device whose clock says `time`."""
    page.clock.set_fixed_time(time)
    page.goto(address)


_SHIFTS = """() => new Promise(done => {
  const found = [];
  new PerformanceObserver(list => found.push(...list.getEntries().map(one => one.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(found), 300);
})"""


class TestNow:
    @pytest.mark.parametrize(
        ("time", "when", "what"),
        [
            ("2025-03-07T09:00:00+07:00", "Mulai: 3 hari lagi", "08.00 Pembukaan"),
            (f"{DAY}T07:15:00+07:00", "Hari 1, hari ini", "08.00 Pembukaan"),
            (f"{DAY}T09:35:00+07:00", "Sekarang, hari 1", "Menyapa Warga"),
            # A device set to the zone of Jayapura shows what goes on in the class.
            (f"{DAY}T11:35:00+09:00", "Sekarang, hari 1", "Menyapa Warga"),
            (f"{DAY}T10:05:00+07:00", "Sekarang, hari 1, sampai 10.15", "Rehat"),
            ("2025-03-12T09:00:00+07:00", "sudah selesai", "tetap dapat dibuka"),
        ],
    )
    def test_the_first_screen_says_what_goes_on(
        self, browser: Browser, host: str, time: str, when: str, what: str
    ):
        with visiting(browser, PHONE) as page:
            open_at(page, f"{host}/{HOME}", time)
            box = page.locator("#hari-ini")
            expect(box.locator(".saat")).to_contain_text(when)
            expect(box.locator(".acara")).to_contain_text(what)
            expect(box).to_be_in_viewport(ratio=1)

    def test_a_session_leads_to_its_activity(self, browser: Browser, host: str):
        with visiting(browser, PHONE) as page:
            open_at(page, f"{host}/{HOME}", f"{DAY}T09:35:00+07:00")
            page.locator("#hari-ini").get_by_role("link").click()
            expect(page.locator("h1")).to_contain_text("BAB")
            assert re.search(r"sapa/[\w-]+\.html#sap-k\d$", page.url)

    def test_the_timetable_marks_day_and_hour(self, browser: Browser, host: str):
        with visiting(browser, PHONE) as page:
            open_at(page, f"{host}/{BUILD}/pelatih/jadwal.html", f"{DAY}T10:05:00+07:00")
            expect(page.locator("tr.kini")).to_contain_text("Rehat")
            expect(page.locator("[data-hari][aria-current=date]")).to_have_text("Hari 1")

    def test_one_may_go_on_where_one_left_off(self, browser: Browser, host: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{host}/{HOME}")
            expect(page.locator("#lanjutkan")).to_be_hidden()
            page.goto(f"{host}/{BUILD}/peserta/sapa/penutup.html")
            page.goto(f"{host}/{HOME}")
            page.get_by_role("link", name="Lanjutkan membaca").click()
            expect(page.locator("h1")).to_contain_text("Penutup")

    def test_what_scripts_put_there_moves_nothing(self, browser: Browser, host: str):
        """Neither what goes on, nor where one left off, nor the box that saves the site."""
        with visiting(browser, PHONE) as page:
            page.goto(f"{host}/{BUILD}/peserta/sapa/penutup.html")
            open_at(page, f"{host}/{HOME}", f"{DAY}T09:35:00+07:00")
            page.get_by_role("button", name="Simpan untuk luring").wait_for()
            expect(page.locator("#lanjutkan")).to_be_visible()
            assert page.evaluate(_SHIFTS) == []

    def test_without_scripts_the_short_timetable_is_there(self, browser: Browser, host: str):
        with visiting(browser, PHONE, scripts=False) as page:
            page.goto(f"{host}/{HOME}")
            expect(page.locator("#hari-ini a")).to_have_attribute("href", "jadwal.html")
            expect(page.locator(".pilar-hari li.modul a").first).to_be_visible()


class TestReading:
    def test_a_term_opens_on_tap_and_by_keyboard(self, browser: Browser, host: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{host}/{BUILD}/peserta/catat/index.html")
            term = page.locator("article a[href*='glosarium.html#']").first
            box = page.get_by_role("dialog", name=re.compile("Arti"))
            term.click()
            expect(box).to_contain_text(re.compile("Pertemuan pendamping|Orang atau keluarga"))
            page.keyboard.press("Escape")
            expect(box).to_be_hidden()
            expect(term).to_be_focused()
            page.keyboard.press("Enter")
            expect(box).to_be_focused()
            box.get_by_role("link").click()
            expect(page.locator("dt:target")).to_be_visible()

    def test_without_scripts_a_term_leads_to_the_glossary(self, browser: Browser, host: str):
        with visiting(browser, PHONE, scripts=False) as page:
            page.goto(f"{host}/{BUILD}/peserta/catat/index.html")
            page.locator("article a[href*='glosarium.html#']").first.click()
            expect(page.locator("dt:target")).to_be_visible()

    def test_tables_of_a_phone_cut_no_word(self, browser: Browser, newest: Path):
        """On the newest run, whose modules hold tables of every kind."""
        pages = [
            path.relative_to(newest).as_posix()
            for path in sorted(newest.rglob("*.html"))
            if 'class="susun"' in (text := path.read_text("utf-8")) and "<table" in text
        ]
        assert len(pages) > 5
        with served(newest) as host, visiting(browser, NARROW) as page:
            for name in pages[::4]:
                page.goto(f"{host}/{name}")
                assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, name
                for box in page.locator(".gulir").all():
                    wide = box.evaluate("box => box.scrollWidth > box.clientWidth + 1")
                    expect(box).to_have_attribute("tabindex", "0") if wide else None
                labels = page.locator(".susun td[data-label]")
                assert "/unduhan/" in name or labels.count() > 1, name
                assert labels.evaluate_all("all => all.every(e => e.offsetParent)")
        # Without scripts no cell can be under its head: the table stays one, in its box.
        with served(newest) as host, visiting(browser, NARROW, scripts=False) as page:
            page.goto(f"{host}/{pages[0]}")
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
            heads = page.locator(".susun").first.locator("th")
            tops = heads.evaluate_all("all => all.map(e => e.getBoundingClientRect().bottom)")
            assert len(tops) > 1
            assert len(set(tops)) == 1


class TestModule:
    def test_every_activity_and_worksheet_has_a_link(self, minimal_once: Project):
        folder = minimal_once.out / BUILD / "peserta"
        codes = {
            code
            for path in (folder / "sapa").glob("*.html")
            for code in lxml.html.parse(path).xpath(
                "//section[@data-kode][div[@class='kepala']]/@data-kode"
            )
        }
        page = lxml.html.parse(folder / "sapa/index.html")
        linked = {href.split("#")[1].upper() for href in page.xpath("//table//a/@href")}
        linked |= {
            href.split("#")[1].upper() for href in page.xpath("//*[@class='pilar-lembar']//a/@href")
        }
        assert codes == linked


class TestPublishedHome:
    @pytest.fixture
    def published(self, minimal_once: Project, tmp_path: Path) -> Path:
        """The folder of scripts/publish with packets, and a trainers' site that stands for one."""
        project = minimal_once.copied(tmp_path / "proyek")
        curriculum = project.text("modules/kurikulum.yml")
        project.write(
            "modules/kurikulum.yml",
            f"{curriculum}kolofon: {{penerbit: Pusat Contoh, alamat: surat@contoh.example}}\n",
        )
        out = tmp_path / "terbit"
        shutil.copytree(project.out / BUILD / "peserta", out / BUILD / "peserta")
        (out / BUILD / "pelatih").mkdir()
        (out / BUILD / "pelatih/index.html").touch()
        packet = out / BUILD / f"peserta/unduhan/{BUILD}-peserta.epub"
        packet.parent.mkdir(exist_ok=True)
        packet.write_bytes(bytes(120_000))
        project.run("python", "-m", "pilar.build.publish", str(out)).fine()
        return out

    def test_it_says_who_publishes_for_whom_and_what_to_download(self, published: Path):
        page = lxml.html.parse(published / "index.html")
        text = " ".join(page.xpath("string(//body)").split())
        for words in ("Pusat Contoh", "10 Maret 2025", "Balai Contoh", "120 KB", "Kota Contoh"):
            assert words in text, words
        links = page.xpath("//a/@href")
        assert "mailto:surat@contoh.example" in links
        assert f"{BUILD}/pelatih/index.html" in links
        for link in links:
            assert link.startswith("mailto:") or (published / link).is_file(), link

    @pytest.mark.parametrize("width", [NARROW, PHONE, DESK])
    def test_it_fits(self, browser: Browser, published: Path, width: int):
        with served(published) as host, visiting(browser, width) as page:
            page.goto(f"{host}/index.html")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            expect(page.get_by_role("link", name="Buka bahan peserta")).to_be_in_viewport()
