"""The site as a visitor has it: on a phone and at a desk, by day and by night, from a card too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import DESK, PHONE, chromium, is_drawn, served, stays_on_a_card, visiting
from .commands import BUILD, Project

SHEET = "sapa/tiga-langkah.html"
"""A page with two worksheets and a question that is answered in words."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def national(probolinggo: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the real run, some folders below the root of its host."""
    root = tmp_path_factory.mktemp("host")
    (root / "pusdiklat").mkdir()
    (root / "pusdiklat/pelatihan").symlink_to(probolinggo.out)
    with served(root) as host:
        yield f"{host}/pusdiklat/pelatihan/2025-01-probolinggo"


@pytest.fixture(scope="module")
def two_runs(site_once: Project) -> Iterator[str]:
    """Address of the two runs of the tiny project, on one host."""
    with served(site_once.out) as host:
        yield host


@pytest.fixture(params=[PHONE, DESK])
def width(request: pytest.FixtureRequest) -> int:
    """Each of the two windows."""
    return request.param


def kinds_of_pages(page: Page, site: str) -> Iterator[str]:
    """Home, timetable, a module's opening page, a chapter, glossary, references: one by one."""
    for name in ("index.html", "jadwal.html", "glosarium.html", "rujukan.html", "blc/index.html"):
        page.goto(f"{site}/{name}")
        yield name
    chapter = page.locator(".pilar-isi a", has_text=re.compile(r"BAB II\b")).get_attribute("href")
    page.goto(f"{site}/blc/{chapter}")
    yield f"blc/{chapter}"


def search(page: Page, word: str) -> None:
    """Look for a word, and wait until that is done."""
    page.locator("#cari").click()
    page.get_by_role("searchbox").fill(word)
    expect(page.locator(".pilar-cari ol")).to_have_attribute("data-kata", word)


class TestPages:
    @pytest.mark.parametrize(
        ("width", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light")]
    )
    def test_every_kind_of_page_fits_and_is_quiet(
        self, browser: Browser, national: str, edition: str, width: int, scheme: str
    ):
        with visiting(browser, width, scheme) as page:
            seen = 0
            for name in kinds_of_pages(page, f"{national}/{edition}"):
                seen += 1
                assert page.evaluate("document.documentElement.lang") == "id"
                expect(page.locator("h1")).to_have_count(1)
                expect(page.locator("h1")).to_be_visible()
                assert page.evaluate(_OVERHANG) == [], name
                page.evaluate("window.scrollTo(500, 0)")
                assert page.evaluate("window.scrollX") == 0, f"{name} scrolls sideways"
                assert (page.evaluate(_LIGHTNESS) < 0.2) == (scheme == "dark"), name
                assert page.evaluate(_FAINT) == [], f"{name}: text too faint to read"
            assert seen == 6

    def test_no_chapter_of_any_module_is_wider_than_a_phone(self, browser: Browser, national: str):
        """All pages of the trainers' site, which hold all that the participants' ones hold."""
        with visiting(browser, PHONE) as page:
            page.goto(f"{national}/pelatih/index.html")
            modules = page.locator("#navigasi .modul > a").evaluate_all(
                "all => all.map(a => a.href)"
            )
            addresses = set()
            for module in modules:
                page.goto(module, wait_until="domcontentloaded")
                links = page.locator("#navigasi .modul a")
                addresses |= set(links.evaluate_all("all => all.map(a => a.href)"))
            assert len(addresses) > 30
            wide = []
            for address in sorted(addresses):
                page.goto(address, wait_until="domcontentloaded")
                if page.evaluate(_OVERHANG):
                    wide.append(address)
            assert wide == []

    def test_titles_and_language_are_indonesian(self, browser: Browser, two_runs: str):
        with visiting(browser, DESK) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            assert page.title() == (
                "BAB II: Tiga Langkah Menyapa · Menyapa Warga · Kota Contoh, Maret 2025"
            )
            shown = page.locator("body").inner_text()
            english = (
                r"\b(Search|Next|Previous|Table of contents|Skip to|Back to top|Home|Loading)\b"
            )
            assert not re.search(english, shown)
            labels = page.locator("[title], [aria-label], [placeholder]").evaluate_all(
                "all => all.flatMap(e => [e.title, e.ariaLabel, e.getAttribute('placeholder')])"
            )
            assert not re.search(english, " ".join(filter(None, labels)))

    def test_the_reader_may_choose_day_or_night_and_is_not_asked_again(
        self, browser: Browser, two_runs: str
    ):
        with visiting(browser, DESK, "light") as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/index.html")
            assert page.evaluate(_LIGHTNESS) > 0.8
            page.get_by_role("button", name="Tampilan").click()
            page.get_by_label("Gelap").check()
            assert page.evaluate(_LIGHTNESS) < 0.2
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            assert page.evaluate(_LIGHTNESS) < 0.2

    def test_pages_can_be_read_without_scripts(self, browser: Browser, two_runs: str):
        with visiting(browser, PHONE, scripts=False) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            expect(page.locator("h1")).to_be_visible()
            expect(page.get_by_text("Ketuklah pintu tiga kali")).to_be_visible()


class TestWays:
    def test_next_and_previous(self, browser: Browser, two_runs: str, width: int):
        with visiting(browser, width) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/sapa/index.html")
            titles = []
            for _ in range(2):
                page.locator("a[rel=next]").click()
                titles.append(page.locator("h1").inner_text().strip())
            assert titles == ["BAB I: Pendahuluan", "BAB II: Tiga Langkah Menyapa"]
            page.locator("a[rel=prev]").click()
            expect(page.locator("h1")).to_have_text(re.compile("BAB I: Pendahuluan"))

    def test_the_menu_of_a_phone_leads_to_a_chapter(self, browser: Browser, two_runs: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/index.html")
            page.get_by_role("button", name="Menu").click()
            menu = page.get_by_role("navigation", name="Navigasi utama")
            menu.get_by_role("link", name="Menyapa Warga").click()
            page.get_by_role("button", name="Menu").click()
            menu.get_by_role("link", name="BAB III: Penutup").click()
            expect(page.locator("h1")).to_have_text(re.compile("BAB III: Penutup"))

    @pytest.mark.parametrize("edition", ["peserta", "pelatih"])
    def test_search_finds_a_word_and_leads_to_it(
        self, browser: Browser, two_runs: str, edition: str, width: int
    ):
        with visiting(browser, width) as page:
            page.goto(f"{two_runs}/{BUILD}/{edition}/index.html")
            search(page, "senyum")
            result = page.locator(".pilar-cari li a").first
            expect(result).to_contain_text("Penutup")
            result.click()
            page.wait_for_url(re.compile(r"/sapa/penutup\.html"))
            expect(page.locator("article")).to_contain_text("Bawalah senyum Anda")

    def test_search_of_participants_finds_nothing_of_the_trainers(
        self, browser: Browser, two_runs: str
    ):
        for edition, found in (("pelatih", True), ("peserta", False)):
            with visiting(browser, DESK) as page:
                page.goto(f"{two_runs}/{BUILD}/{edition}/index.html")
                search(page, "ringan")
                assert bool(page.locator(".pilar-cari li a").count()) is found, edition


class TestFromAMemoryCard:
    """file://: pages and links work."""

    def test_pages_open_and_links_work(self, browser: Browser, built_books: Path, width: int):
        with visiting(browser, width) as page:
            page.goto((built_books / "index.html").as_uri())
            expect(page.locator("h1")).to_have_text("Angkatan Contoh")
            assert page.evaluate(_LIGHTNESS) > 0.8
            styled = "getComputedStyle(document.querySelector('h1')).fontFamily"
            assert "Georgia" in page.evaluate(styled)
            page.locator("article").get_by_role("link", name="Menyapa Warga").first.click()
            page.locator("article").get_by_role("link", name="Tiga Langkah Menyapa").click()
            expect(page.locator("h1")).to_have_text(re.compile("BAB II: Tiga Langkah Menyapa"))
            assert is_drawn(page.locator("article img").first)

            def leave() -> None:
                page.locator("a[rel=next]").click()
                expect(page.locator("h1")).to_have_text(re.compile("BAB III: Penutup"))
                page.locator("a[rel=prev]").click()

            field = _sheet(page, "SAP-LK2").locator("textarea")
            text = "dari kartu memori"
            assert stays_on_a_card(
                lambda: field.fill(text), leave, lambda: field.input_value() == text
            )

    @pytest.fixture
    def built_books(self, minimal_once: Project) -> Path:
        """The participants' site of the tiny project, books included."""
        return minimal_once.out / BUILD / "peserta"


def _sheet(page: Page, code: str) -> object:
    return page.locator(f"section[data-kode='{code}']")


_OVERHANG = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= document.documentElement.clientWidth) return [];
  return [...document.querySelectorAll("article *")]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(e => `${e.tagName}.${e.className}`).concat("page").slice(0, 5);
}"""
"""What sticks out of the window, where the page is wider than that."""

_COLOURS = """
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const parse = css => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const mix = ([r, g, b, a], [x, y, z]) =>
    [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const ground = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => mix(layer, below), [255, 255, 255, 1]);
  };
  const luminance = colour => {
    const [r, g, b] = colour.slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
"""

_LIGHTNESS = f"() => {{ {_COLOURS} return luminance(ground(document.body)); }}"
"""How light the page is: 0 black, 1 white."""

_FAINT = f"""() => {{ {_COLOURS}
  const faint = new Set();
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {{
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest(".headerlink, script, style")) continue;
    const below = ground(element);
    const pair = [luminance(mix(parse(getComputedStyle(element).color), below)), luminance(below)];
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    const name = `${{element.tagName}}.${{element.className}}`;
    if (contrast < 4.5) faint.add(`${{name}} ${{contrast.toFixed(1)}}`);
  }}
  return [...faint];
}}"""
"""Elements whose text has a contrast below 4.5 (WCAG 2.2, 1.4.3)."""
