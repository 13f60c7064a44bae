"""The search of the real run's participants: what comes first, what it weighs, how it is used."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pilar.editions.web.search.word_families import roots, words_in

from .browser import DESK, PHONE, chromium, served, visiting

LETTER = "layanan-rujukan/keluhan-surat.html"
FLOW = "layanan-rujukan/"
OFFICE = "layanan-rujukan/slrt-puskesos.html"
REACHING = "penjangkauan-asesmen/penjangkauan.html"
ASSESSING = "penjangkauan-asesmen/asesmen.html"
RECORDING = "penjangkauan-asesmen/pendataan.html"
KINDS = "kebijakan-ppks/ppks-dan-psks.html"
MINIMUM = "kebijakan-ppks/spm-dan-peran-pilar.html"
WELFARE = "kebijakan-ppks/kesejahteraan-sosial.html"
CONFLICT = "tim-efektif/komunikasi-dan-konflik.html"
AGREEMENT = "tim-efektif/peran-dan-kesepakatan.html"
CASHBOOK = "kewirausahaan/model-usaha-dan-buku-kas.html"
PLAN = "evaluasi-tindak-lanjut/menyusun-rtl.html"
MONITORING = "evaluasi-tindak-lanjut/memantau-hasil.html"
RULES = "blc/norma-kelas.html"

FIRST = {
    # one word, and its forms
    "keluhan": LETTER,
    "mengeluh": LETTER,
    "rujukan": FLOW,
    "merujuk": FLOW,
    "dirujuk": FLOW,
    "penjangkauan": REACHING,
    "menjangkau": REACHING,
    "terjangkau": REACHING,
    "pendataan": RECORDING,
    "memantau": MONITORING,
    "pemantauan": MONITORING,
    "dilatih": "evaluasi-tindak-lanjut/menilai-belajar.html",
    "melatih": "evaluasi-tindak-lanjut/menilai-belajar.html",
    "pelatihan": "evaluasi-tindak-lanjut/menilai-belajar.html",
    "kesepakatan": AGREEMENT,
    "konflik": CONFLICT,
    "harapan": "blc/harapan.html",
    "genogram": ASSESSING,
    "pasar": "kewirausahaan/pasar-dan-tindak-lanjut.html",
    "kerahasiaan": LETTER,
    "jadwal": "jadwal.html",
    # several
    "surat rujukan": LETTER,
    "menulis surat": LETTER,
    "verifikasi validasi": RECORDING,
    "kunjungan rumah": RECORDING,
    "buku kas": CASHBOOK,
    "kanvas model usaha": CASHBOOK,
    "norma kelas": RULES,
    "kontrol kolektif": RULES,
    "rapat singkat": CONFLICT,
    "komunikasi tim": CONFLICT,
    "peran pilar dalam tim": AGREEMENT,
    "tim gagal": "tim-efektif/tim-berhasil-dan-gagal.html",
    "kesejahteraan sosial": WELFARE,
    "bagaimana menyusun rencana tindak lanjut": PLAN,
    # abbreviations and other names
    "RTL": PLAN,
    "SPM": MINIMUM,
    "standar pelayanan minimal": MINIMUM,
    "PPKS": KINDS,
    "PMKS": KINDS,
    "lansia": KINDS,
    "monitoring": MONITORING,
    "SLRT": OFFICE,
    "sistem layanan dan rujukan terpadu": OFFICE,
    # as people say
    "gepeng": "kebijakan-ppks/",
    "odgj": LETTER,
    "homevisit": RECORDING,
    "home visit": RECORDING,
    "komplain": LETTER,
    "monev": MONITORING,
    "jam berapa mulai": "jadwal.html",
    "kapan istirahat": "jadwal.html",
    "buku pdf": "cetak.html",
    # one letter wrong
    "terlantar": "kebijakan-ppks/",
    "rujkan": FLOW,
    "genogarm": ASSESSING,
    "kesejahtraan": WELFARE,
    "penjangkuan": REACHING,
    "asessment": ASSESSING,
    "monitorng": MONITORING,
    # as fingers and keyboards write
    "NORMA  kelas!": RULES,
    "géno’gram": ASSESSING,
    # codes
    "BLC-LK2": "blc/harapan.html#blc-lk2",
    "lrt-k5": "layanan-rujukan/alur-rujukan.html#lrt-k5",
    "8/2012": "rujukan.html#permensos-8-2012",
    "permensos 15/2018": "rujukan.html#permensos-15-2018",
}
"""What is looked for, and how the address of the first result begins."""

HOSTILE = ("", "   ", "[", "(.*)+$", "\\", "a" * 1000, "<img src=x onerror=alert(1)>", "__proto__")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(newest: Path) -> Path:
    return newest / "peserta"


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def page(browser: Browser, host: str) -> Iterator[Page]:
    with visiting(browser, DESK) as page:
        page.goto(f"{host}/blc/harapan.html")
        yield page


def opened(page: Page) -> Page:
    page.locator("#cari").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    return page


def looked_for(page: Page, query: str) -> list[str]:
    """Addresses of the results, within the site."""
    found = page.evaluate("query => pilar.cari.search(query)", query)
    return [result["address"] for result in found["results"]]


def weight(site: Path, name: str) -> int:
    """Bytes of a file as a web server sends it."""
    return len(gzip.compress((site / name).read_bytes(), 9))


def test_what_comes_first(page: Page) -> None:
    opened(page)
    found = {query: looked_for(page, query)[:1] for query in FIRST}
    wrong = {q: f for q, f in found.items() if not (f and f[0].startswith(FIRST[q]))}
    assert wrong == {}


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_is_a_query(page: Page, query: str) -> None:
    opened(page)
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("ArrowDown")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
        re.compile("Tulis kata|Tidak ada|ditemukan")
    )
    assert page.locator(".pilar-cari img").count() == 0


def test_words_are_taken_apart_on_a_phone_as_in_the_index(page: Page, site: Path) -> None:
    """Every word of the site, and its text: the two must agree."""
    texts = [_data(path)[2] for path in sorted((site / "cari").glob("t*.js"))]
    text = " ".join(f"{title} {words}" for block in texts for _, title, words in block)
    words = sorted(set(words_in(text)))
    opened(page)
    there = page.evaluate("words => words.map(pilar.cari.roots)", words)
    assert there == [roots(word) for word in words]
    assert len(words) > 3000
    script = "text => pilar.cari.tokens(text, new Map())"
    plain = [word for word in words_in(text) if word.isalnum()]
    assert page.evaluate(script, text) == plain


def _data(path: Path) -> list:
    return json.loads(path.read_text("utf-8").partition(",")[2].removesuffix(")\n"))


class TestWeight:
    def test_nothing_of_it_comes_before_it_is_opened(self, browser: Browser, host: str) -> None:
        with visiting(browser, PHONE) as page:
            names = _requests(page, host)
            page.goto(f"{host}/index.html")
            page.wait_for_load_state("networkidle")
            assert [name for name in names if "cari" in name] == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("lansia terlantar", "PMKS"),
            ("peran pilar dalam tim", "SLRT"),
            ("rujukan", "keluhan"),
            ("jadwal hari kedua", "DTSEN"),
        ],
    )
    def test_a_query_loads_what_it_needs(
        self, browser: Browser, host: str, site: Path, one: str, other: str
    ) -> None:
        with visiting(browser, PHONE) as page:
            page.goto(f"{host}/index.html")
            page.wait_for_load_state("networkidle")
            names = _requests(page, host)
            opened(page)
            page.wait_for_load_state("networkidle")
            core = sum(weight(site, name) for name in names)
            _found(page, one)
            first = sum(weight(site, name) for name in names)
            _found(page, other)
            second = sum(weight(site, name) for name in names) - first
            assert core <= 16_000
            assert first <= 60_000
            assert second <= 40_000

    def test_no_piece_is_heavy(self, site: Path) -> None:
        files = ["assets/cari.js", "assets/cari.css", *(f"cari/{p.name}" for p in _pieces(site))]
        assert {name: weight(site, name) for name in files if weight(site, name) > 6000} == {}


def _pieces(site: Path) -> list[Path]:
    return sorted((site / "cari").iterdir())


def _requests(page: Page, host: str) -> list[str]:
    names: list[str] = []
    page.on("request", lambda request: names.append(request.url.removeprefix(f"{host}/")))
    return names


def _found(page: Page, query: str) -> None:
    page.get_by_role("searchbox").fill(query)
    expect(page.locator(".pilar-cari ol")).to_have_attribute("data-kata", query)
    page.wait_for_load_state("networkidle")


class TestUse:
    def test_results_say_where_they_are_and_show_the_words(self, page: Page) -> None:
        opened(page)
        page.get_by_role("searchbox").fill("surat rujukan")
        first = page.locator(".pilar-cari li").first
        expect(first).to_contain_text("C. Menulis Surat Rujukan")
        expect(first).to_contain_text("Layanan dan Rujukan Terpadu › BAB IV:")
        assert first.locator(".kutipan mark").all_text_contents()[:2] == ["Surat", "rujukan"]
        first.locator("a").click()
        page.wait_for_url(re.compile(r"keluhan-surat\.html#menulis-surat-rujukan$"))
        expect(page.locator("#menulis-surat-rujukan")).to_be_in_viewport()

    def test_the_keyboard_is_enough(self, page: Page) -> None:
        page.locator("#cari").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("norma kelas")
        expect(page.locator(".pilar-cari li")).to_have_count(10)
        page.keyboard.press("ArrowDown")
        expect(page.locator(".pilar-cari li a").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("#cari")).to_be_focused()
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_have_value("norma kelas")
        page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/blc/norma-kelas\.html"))

    def test_what_was_found_is_announced(self, page: Page) -> None:
        opened(page)
        status = page.get_by_role("dialog").get_by_role("status")
        expect(status).to_contain_text("Tulis kata")
        page.get_by_role("searchbox").fill("rujkan")
        expect(status).to_contain_text("Tidak ada “rujkan”, ditampilkan yang mirip: rujukan.")
        page.get_by_role("searchbox").fill("qzxqz")
        expect(status).to_contain_text("Tidak ada yang cocok dengan “qzxqz”.")

    def test_a_result_on_the_same_page_leads_there(self, page: Page) -> None:
        opened(page)
        page.get_by_role("searchbox").fill("blc-lk2")
        page.locator(".pilar-cari li a").first.click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("#blc-lk2")).to_be_in_viewport()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_a_phone_shows_all_of_it(self, browser: Browser, host: str, scheme: str) -> None:
        with visiting(browser, PHONE, scheme) as page:
            page.goto(f"{host}/index.html")
            opened(page)
            page.get_by_role("searchbox").fill("sistem layanan dan rujukan terpadu")
            expect(page.locator(".pilar-cari li")).to_have_count(10)
            wide = "document.querySelector('.pilar-cari').scrollWidth"
            assert page.evaluate(wide) <= PHONE

    def test_it_runs_from_a_memory_card(self, browser: Browser, site: Path) -> None:
        with visiting(browser, PHONE) as page:
            page.goto((site / "blc/harapan.html").as_uri())
            opened(page)
            page.get_by_role("searchbox").fill("merujuk")
            page.locator(".pilar-cari li a").first.click()
            page.wait_for_url(re.compile("^file:.*/layanan-rujukan/"))

    def test_storage_is_not_needed(self, browser: Browser, host: str) -> None:
        with visiting(browser, PHONE) as page:
            page.add_init_script(
                "for (const name of ['localStorage', 'sessionStorage'])"
                "Object.defineProperty(window, name, { get() { throw new DOMException('x'); } })"
            )
            page.goto(f"{host}/index.html")
            opened(page)
            page.get_by_role("searchbox").fill("asesmen")
            expect(page.locator(".pilar-cari li")).to_have_count(10)

    def test_without_its_pieces_it_says_so(self, browser: Browser, host: str) -> None:
        with visiting(browser, PHONE, allowed=("ERR_FAILED",)) as page:
            page.goto(f"{host}/index.html")
            page.route("**/cari/*.js", lambda route: route.abort())
            opened(page)
            page.get_by_role("searchbox").fill("asesmen")
            status = page.get_by_role("dialog").get_by_role("status")
            expect(status).to_contain_text("Pencarian belum dapat dimuat.")
            page.unroute("**/cari/*.js")
            page.get_by_role("searchbox").fill("asesmen sosial")
            expect(page.locator(".pilar-cari li")).to_have_count(10)
