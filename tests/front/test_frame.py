"""The frame of every page: by keyboard, by thumb, without scripts, on paper, as one likes it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pilar.editions.web import first_screen
from pilar.editions.web.first_screen import with_first_styles

from .browser import DESK, PHONE, chromium, served, visiting
from .commands import BUILD, REPOSITORY, Project
from .trees import packed

PAGE = "sapa/tiga-langkah.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(site_once: Project) -> Iterator[str]:
    """Address of the participants' site of the tiny project."""
    with served(site_once.out) as host:
        yield f"{host}/{BUILD}/peserta"


def focused(page: Page) -> str:
    """The text, or the id, of what has the focus."""
    return page.evaluate(
        "(document.activeElement.innerText || document.activeElement.id).trim().split('\\n')[0]"
    )


_BOXES = """() => [...document.querySelectorAll("header, article, article *")].slice(0, 15).map(
  e => [e.tagName, ...["x", "y", "width"].map(side => e.getBoundingClientRect()[side])])"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_heavy_chapter_stands_where_its_sheet_leaves_it(
    browser: Browser,
    site_once: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: Literal["light", "dark"],
):
    """overrides/awal.css has the measures of the sheet, which comes later."""
    shutil.copytree(site_once.out / BUILD / "peserta/assets", tmp_path / "assets")
    held = dict(packed(tmp_path / "assets/luring/sapa.bin"))  # pages without styles of their own
    weighed = iter([True, True, False])
    monkeypatch.setattr(first_screen, "_too_heavy", lambda _: next(weighed))
    chapter = (REPOSITORY / "overrides/awal.css").read_text("utf-8")
    html = with_first_styles(held[PAGE].decode(), "", chapter)
    assert "<style>" in html
    (tmp_path / "sapa").mkdir()
    (tmp_path / PAGE).write_text(html, "utf-8")
    with served(tmp_path) as host, visiting(browser, PHONE, allowed=("langkah.svg",)) as page:
        page.emulate_media(color_scheme=scheme)
        waiting: list[Route] = []
        page.route("**/pilar.css", lambda route: waiting.append(route))
        page.goto(f"{host}/{PAGE}", wait_until="commit")
        page.locator(".tujuan li").last.wait_for()
        colour = "getComputedStyle(document.body).backgroundColor"
        before, ground = page.evaluate(_BOXES), page.evaluate(colour)
        for route in waiting:
            route.continue_()
        page.wait_for_load_state("load")
        after = page.evaluate(_BOXES)
        assert len(before) > 6
        # The article itself grows with the rest of the page, downwards.
        assert after[: len(before)] == before
        assert page.evaluate(colour) == ground


class TestKeyboard:
    def test_the_way_into_a_page_is_short_and_every_stop_is_seen(self, browser: Browser, site: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{site}/{PAGE}")
            stops = []
            while not page.evaluate("document.activeElement.closest('article') !== null"):
                page.keyboard.press("Tab")
                stops.append(focused(page))
                box = page.evaluate(_BOX)
                assert 0 <= box["left"] < box["right"] <= PHONE, stops
                assert 0 <= box["top"] < 740, stops
                assert box["outline"] >= 3, stops
                assert len(stops) < 9, stops
            assert stops[:2] == ["Langsung ke isi", "Menu"]

    def test_the_skip_link_leads_to_the_content(self, browser: Browser, site: str):
        with visiting(browser, DESK) as page:
            page.goto(f"{site}/{PAGE}")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "isi"

    def test_the_menu_holds_the_focus_and_gives_it_back(self, browser: Browser, site: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{site}/{PAGE}")
            menu = page.get_by_role("button", name="Menu", exact=True)
            expect(menu).to_have_attribute("aria-expanded", "false")
            menu.press("Enter")
            expect(page.get_by_role("button", name="Tutup menu")).to_be_focused()
            assert page.locator("#isi").evaluate("e => e.inert")
            links = page.locator("#navigasi a").count()
            for _ in range(links):
                page.keyboard.press("Tab")
                assert page.evaluate("document.activeElement.closest('#navigasi') !== null")
            page.keyboard.press("Escape")
            expect(menu).to_be_focused()
            expect(menu).to_have_attribute("aria-expanded", "false")
            expect(page.locator("#navigasi")).to_be_hidden()
            assert not page.locator("#isi").evaluate("e => e.inert")

    def test_a_tap_beside_the_menu_closes_it(self, browser: Browser, site: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{site}/{PAGE}")
            page.locator("#menu").click()
            page.mouse.click(PHONE - 5, 600)
            expect(page.locator("#navigasi")).to_be_hidden()


class TestNavigation:
    def test_it_names_all_modules_and_the_chapters_of_one(self, site_once: Project):
        html = (site_once.out / BUILD / "peserta" / PAGE).read_bytes()
        nav = lxml.html.fromstring(html).get_element_by_id("navigasi")
        assert len(nav.xpath(".//li[@class='modul']")) == 2
        chapters = [link.get("href") for link in nav.xpath(".//ul//ul//a")]
        assert chapters
        assert not any("/" in address for address in chapters)
        assert [a.text for a in nav.xpath(".//a[@aria-current='page']")] == [
            "BAB II: Tiga Langkah Menyapa"
        ]

    def test_no_two_pages_have_the_same_title(self, site_once: Project):
        pages = (site_once.out / BUILD / "pelatih").rglob("*.html")
        titles = [
            lxml.html.fromstring(path.read_bytes()).findtext(".//title")
            for path in pages
            if path.parent.name != "unduhan"
        ]
        assert len(titles) == len(set(titles))

    def test_targets_are_as_large_as_a_thumb(self, browser: Browser, site: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{site}/{PAGE}")
            page.locator("#menu").click()
            heights = page.locator("header button, #navigasi a, #navigasi button").evaluate_all(
                "all => all.map(e => e.getBoundingClientRect().height)"
            )
            assert min(heights) >= 44


@pytest.mark.parametrize("width", [PHONE, DESK])
class TestFirstPaint:
    @pytest.mark.parametrize("path", ["index.html", "sapa/index.html", PAGE])
    def test_it_is_there_as_it_stays_while_the_style_sheet_is_on_its_way(
        self, browser: Browser, site: str, path: str, width: int
    ):
        with visiting(browser, width) as page:
            waiting: list[Route] = []
            page.route("**/pilar.css", lambda route: waiting.append(route))
            page.route("**/*.js", lambda route: route.fulfill(body=""))
            page.goto(f"{site}/{path}", wait_until="commit")
            expect(page.locator("body link[rel=stylesheet]")).to_be_attached()
            page.evaluate(_PAINTED)
            assert page.evaluate("document.readyState") == "loading"
            before = page.evaluate(_PLACES)
            assert len(before) > 20
            waiting.pop().continue_()
            page.wait_for_load_state("networkidle")
            assert page.evaluate(_PLACES) == before
            assert page.evaluate(_SHIFTS) <= 0.02

    def test_nothing_moves_when_scripts_come(self, browser: Browser, site: str, width: int):
        with visiting(browser, width) as page:
            page.goto(f"{site}/index.html", wait_until="networkidle")
            expect(page.get_by_role("button", name="Simpan untuk luring")).to_be_attached()
            assert page.evaluate(_SHIFTS) <= 0.02


class TestAppearance:
    def test_choices_hold_for_all_pages_before_anything_is_painted(
        self, browser: Browser, site: str
    ):
        with visiting(browser, PHONE) as page:
            page.goto(f"{site}/index.html")
            before = page.evaluate(
                "parseFloat(getComputedStyle(document.documentElement).fontSize)"
            )
            page.get_by_role("button", name="Tampilan").click()
            page.get_by_label("Paling besar").check()
            page.get_by_label("Gelap").check()
            page.get_by_label("Kuat").check()
            page.keyboard.press("Escape")
            expect(page.get_by_role("button", name="Tampilan")).to_be_focused()
            page.goto(f"{site}/{PAGE}")
            root = page.evaluate("({...document.documentElement.dataset})")
            assert root == {"mdColorScheme": "slate", "ukuran": "paling", "kontras": "kuat"}
            after = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
            assert after >= 1.5 * before
            assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE
            assert (
                page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
            )

    def test_where_nothing_may_be_stored_it_still_works_and_says_so(
        self, browser: Browser, site: str
    ):
        with visiting(browser, PHONE) as page:
            page.add_init_script(
                "Object.defineProperty(window, 'localStorage',"
                " {get() { throw new DOMException('x') }})"
            )
            page.goto(f"{site}/{PAGE}")
            page.get_by_role("button", name="Tampilan").click()
            page.get_by_label("Gelap").check()
            expect(page.get_by_text("tidak mau menyimpan pilihan")).to_be_visible()
            assert page.evaluate("document.documentElement.dataset.mdColorScheme") == "slate"

    def test_one_comes_back_to_the_section_one_left(self, browser: Browser, site: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{site}/{PAGE}")
            page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
            page.evaluate("""() => {
                Object.defineProperty(document, "hidden", {value: true});
                dispatchEvent(new Event("visibilitychange"));
            }""")
            left = page.evaluate("JSON.parse(window.pilar.store.get('terakhir:peserta'))")
            assert re.fullmatch(r"sapa/tiga-langkah\.html#[\w-]+", left["path"])
            assert left["title"] == "BAB II: Tiga Langkah Menyapa · Menyapa Warga"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_all_can_be_reached_and_the_device_decides_on_dark(
    browser: Browser, site: str, scheme: str
):
    with visiting(browser, PHONE, scheme, scripts=False) as page:
        page.goto(f"{site}/{PAGE}")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (int(re.findall(r"\d+", colour)[0]) < 60) == (scheme == "dark")
        for name in ("#menu", "#cari", "#tampilan"):
            expect(page.locator(name)).to_be_hidden()
        page.get_by_role("link", name="Menu", exact=True).click()
        page.locator("#navigasi").get_by_role("link", name="BAB III: Penutup").click()
        expect(page.locator("h1")).to_contain_text("BAB III: Penutup")


def test_on_paper_is_the_page_with_where_it_comes_from_and_never_dark(browser: Browser, site: str):
    with visiting(browser, DESK, "dark") as page:
        page.goto(f"{site}/{PAGE}")
        page.emulate_media(media="print", color_scheme="dark")
        shown = page.locator("body").inner_text()
        for words in (BUILD, "SAP", "versi 1.0.0", "Bahan Ajar Peserta"):
            assert words in shown.split("BAB II")[0]
        assert "Langsung ke isi" not in shown
        assert "Berikutnya" not in shown
        ink = page.evaluate("getComputedStyle(document.querySelector('article p')).color")
        assert all(int(part) < 100 for part in re.findall(r"\d+", ink)[:3])


_PAINTED = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().length))
    .observe({ type: "paint", buffered: true });
})"""
_PLACES = """() => {
  const end = document.querySelector("body link[rel=stylesheet]"), places = {};
  const all = document.querySelectorAll("article *, .pilar-nama span, #navigasi a");
  all.forEach((element, index) => {
    const { left, top, width } = element.getBoundingClientRect();
    const { color, fontFamily, fontSize } = getComputedStyle(element);
    const looks = [left, top, width, color, fontFamily, fontSize];
    if (top < innerHeight && element.compareDocumentPosition(end) === 4)
      places[`${index} ${element.tagName}`] = looks.join();
  });
  return places;
}"""
"""Where what ends before the link to the style sheet is, and how it is written."""
_SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""
_BOX = """() => {
  const element = document.activeElement;
  const { left, right, top } = element.getBoundingClientRect();
  return { left, right, top, outline: parseFloat(getComputedStyle(element).outlineWidth) };
}"""
