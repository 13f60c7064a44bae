"""What people tick and write on the site: it stays there, is sent, loaded, printed and checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .books import texts
from .browser import chromium, served, stays_on_a_card, storing_nothing, visiting
from .commands import BUILD, Project
from .pages import read_page

SHEET = "sapa/tiga-langkah.html"
"""A page with two worksheets, an exercise and two questions."""
SECOND = "2025-09-kedua"

_QUESTIONS = """
- id: sapa-4
  indikator: 1
  jenis: benar-salah
  teks: Ketukan boleh diulang tiga kali.
  kunci: benar
  pembahasan: Tiga ketukan cukup.
  pakai: [latihan]
- id: sapa-5
  indikator: 1
  jenis: menjodohkan
  teks: Jodohkan waktu dengan sapaannya.
  pilihan: {kiri: [pagi hari, sore hari], kanan: [selamat sore, selamat pagi, selamat tidur]}
  kunci: [B, A]
  pembahasan: Sapaan mengikuti waktu.
  pakai: [latihan]
- id: sapa-6
  indikator: 1
  jenis: isian
  teks: Sesudah mengetuk, ucapkan …
  kunci: [salam, ucapan salam]
  pembahasan: Salam membuka percakapan.
  pakai: [latihan]
"""
_BLOCKS = """
/// soal | sapa-4
///

/// soal | sapa-5
///

/// soal | sapa-6
///

## Umpan Balik

- [ ] Saya dapat mengetuk dengan **sopan**.
- [ ] Saya dapat memberi salam.

/// refleksi
Kepada siapa Anda ingin memberi salam besok?
///
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def two_runs(site_once: Project) -> Iterator[str]:
    """Address of the two runs of the tiny project, on one host."""
    with served(site_once.out) as host:
        yield host


@pytest.fixture(scope="module")
def every_kind(site_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny project with fields of every kind in a module for self-study; its sites."""
    project = site_once.copied(tmp_path_factory.mktemp("isian") / "proyek")
    project.write("modules/sapa/soal.yml", project.text("modules/sapa/soal.yml") + _QUESTIONS)
    page = "modules/sapa/tiga-langkah.md"
    project.write(page, project.text(page) + _BLOCKS)
    meta = "modules/sapa/modul.yml"
    project.write(meta, project.text(meta) + "latihan_mandiri: true\n")
    project.build_sites(BUILD)
    return project


@pytest.fixture(scope="module")
def kinds(every_kind: Project) -> Iterator[str]:
    """Address of the participants' page with fields of every kind."""
    with served(every_kind.out) as host:
        yield f"{host}/{BUILD}/peserta/{SHEET}"


def sheet(page: Page, code: str) -> Locator:
    """The block with a code."""
    return page.locator(f"section[data-kode='{code}']")


def fill_all(page: Page) -> None:
    """Something into one field of each kind."""
    sheet(page, "SAP-LK1").locator("textarea").first.fill("Selamat pagi,\nMbah.")
    sheet(page, "SAP-LK2").locator("textarea").fill("Tetangga menyapa saya.")
    sheet(page, "SAP-L1").locator("textarea").fill("Teleponnya disimpan.")
    sheet(page, "SAP-S1").get_by_label("mengetuk pintu").check()
    sheet(page, "SAP-S4").get_by_label("Salah").check()
    sheet(page, "SAP-S5").get_by_label("Pasangan 1. pagi hari").select_option(
        label="A. selamat sore"
    )
    sheet(page, "SAP-S5").get_by_label("Pasangan 2. sore hari").select_option(
        label="A. selamat sore"
    )
    sheet(page, "SAP-S6").locator("input").fill("Salam.")
    page.get_by_label("Saya dapat memberi salam.").check()
    page.locator(".refleksi textarea").fill("Kepada tetangga baru.")


def values(page: Page) -> list[object]:
    """What every field of the page shows."""
    return page.locator("[data-bentuk] :is(textarea, input, select)").evaluate_all(
        "all => all.map(f => /radio|checkbox/.test(f.type) ? f.checked : f.value)"
    )


def stored(page: Page) -> dict[str, str]:
    """What the origin keeps of answers."""
    kept = json.loads(page.evaluate("JSON.stringify(localStorage)"))
    return {key: value for key, value in kept.items() if re.search(r":[A-Z]+-.*:", key)}


def status(page: Page) -> Locator:
    """What the bar says."""
    return page.locator(".isian-bilah [role=status]")


def choose(page: Page, button: str) -> None:
    """Open the dialog and press one of its buttons."""
    page.locator(".isian-bilah button").click()
    page.locator("dialog").get_by_role("button", name=button).click()


class TestStaying:
    def test_what_is_filled_in_stays(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            sheet(page, "SAP-LK1").locator("textarea").first.fill("Selamat pagi,\nMbah.")
            sheet(page, "SAP-LK2").locator("textarea").fill("Tetangga menyapa saya.")
            page.reload()
            fields = sheet(page, "SAP-LK1").locator("textarea")
            assert fields.evaluate_all("all => all.map(f => f.value)") == [
                "Selamat pagi,\nMbah.",
                "",
            ]
            expect(sheet(page, "SAP-LK2").locator("textarea")).to_have_value(
                "Tetangga menyapa saya."
            )

    def test_it_appears_in_no_other_worksheet_module_or_run(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            sheet(page, "SAP-LK2").locator("textarea").fill("hanya di sini")
            for elsewhere in (
                f"{BUILD}/peserta/catat/mencatat.html",
                f"{SECOND}/peserta/{SHEET}",
                f"{SECOND}/peserta/catat/mencatat.html",
            ):
                page.goto(f"{two_runs}/{elsewhere}")
                values = page.locator("textarea").evaluate_all("all => all.map(f => f.value)")
                assert values
                assert not any(values), elsewhere

    def test_it_is_kept_by_run_and_code_and_goes_when_emptied(
        self, browser: Browser, two_runs: str
    ):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            field = sheet(page, "SAP-LK2").locator("textarea")
            field.fill("isian saya")
            kept = json.loads(page.evaluate("JSON.stringify(localStorage)"))
            (key,) = [key for key, value in kept.items() if value == "isian saya"]
            assert BUILD in key
            assert "SAP-LK2" in key
            field.fill("")
            page.reload()
            assert "isian saya" not in page.evaluate("JSON.stringify(localStorage)")
            expect(field).to_have_value("")

    def test_every_field_says_what_it_is_for(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            names = page.locator("textarea").evaluate_all("all => all.map(f => f.ariaLabel)")
        assert names[:2] == ["Kata-kata saya, Lanjut usia", "Kata-kata saya, Anak"]
        assert all(names)

    def test_an_answer_to_a_question_in_words_stays_too(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            question = page.locator("section.soal", has_text="SAP-S2").locator("textarea")
            question.fill("Permisi, Mbah.")
            page.reload()
            expect(question).to_have_value("Permisi, Mbah.")

    def test_what_is_written_is_text_and_never_markup(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            text = "</textarea><img src=x onerror=console.error('bocor')>"
            sheet(page, "SAP-LK2").locator("textarea").fill(text)
            page.reload()
            expect(sheet(page, "SAP-LK2").locator("textarea")).to_have_value(text)

    def test_every_kind_of_field_stays(self, browser: Browser, kinds: str):
        with visiting(browser) as page:
            page.goto(kinds)
            before = values(page)
            expect(status(page)).to_have_text("Yang Anda isi disimpan di perangkat ini saja.")
            fill_all(page)
            expect(status(page)).to_have_text("Tersimpan di perangkat ini.")
            written = values(page)
            assert written != before
            page.reload()
            expect(status(page)).to_have_text("Tersimpan di perangkat ini.")
            assert values(page) == written

    def test_every_question_and_task_has_a_field_in_the_real_run(self, newest: Path):
        empty = []
        for path in sorted((newest / "peserta").glob("[!u]*/*.html")):
            for block in read_page(path).xpath(_ASKING):
                if not block.xpath("descendant-or-self::*/@data-isi"):
                    empty.append(f"{path.name}: {block.get('data-kode')}")
        assert empty == []

    def test_fields_are_large_enough_and_named(self, browser: Browser, kinds: str):
        with visiting(browser) as page:
            page.goto(kinds)
            small = page.locator("[data-bentuk] :is(textarea, input:not([type]), select, label)")
            sizes = small.evaluate_all(_SIZES)
            assert len(sizes) > 15
            assert min(height for height, _ in sizes) >= 44
            assert min(size for _, size in sizes) >= 16
            unnamed = page.locator("[data-bentuk] :is(textarea, input, select)").evaluate_all(
                "all => all.filter(f => !f.ariaLabel && !f.labels.length).length"
            )
            assert unnamed == 0
            for group in page.get_by_role("group", name=re.compile("Soal SAP-S")).all():
                expect(group.locator("legend")).to_have_count(1)

    def test_another_window_sees_it(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            other = page.context.new_page()
            other.goto(page.url)
            sheet(other, "SAP-LK2").locator("textarea").fill("dari jendela lain")
            expect(sheet(page, "SAP-LK2").locator("textarea")).to_have_value("dari jendela lain")

    def test_without_scripts_there_are_lines_to_print(self, browser: Browser, kinds: str):
        with visiting(browser, scripts=False) as page:
            page.goto(kinds)
            expect(sheet(page, "SAP-LK2").locator(".baris").first).to_be_visible()
            expect(sheet(page, "SAP-L1").locator(".baris").first).to_be_visible()
            expect(sheet(page, "SAP-S1").locator("li")).to_have_count(3)

    def test_no_bar_where_there_is_nothing_to_fill_in(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/jadwal.html")
            expect(page.locator(".isian-bilah")).to_have_count(0)


_FULL = "Belum tersimpan: penyimpanan peramban penuh. Kirim atau salin isian Anda"
_FILL = """() => {
  for (let size = 1 << 22; size; size >>= 1) {
    try { for (;;) localStorage.setItem(`isi${Math.random()}`, "x".repeat(size)); } catch {}
  }
}"""
"""Fills what an origin may store, to the last letter."""
_MAKE_ROOM = """() => Object.keys(localStorage)
  .filter(key => key.startsWith("isi")).forEach(key => localStorage.removeItem(key))"""


class TestNotSaved:
    def test_a_full_phone_is_named_until_there_is_room(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            page.evaluate(_FILL)
            field = sheet(page, "SAP-LK2").locator("textarea")
            field.fill("tetap bisa ditulis")
            expect(status(page)).to_contain_text(_FULL)
            expect(field).to_have_value("tetap bisa ditulis")
            page.evaluate(_MAKE_ROOM)
            sheet(page, "SAP-LK1").locator("textarea").first.fill("dan ini")
            expect(status(page)).to_have_text("Tersimpan di perangkat ini.")
            page.reload()
            expect(field).to_have_value("tetap bisa ditulis")

    def test_a_storage_that_forgets_at_once_is_not_believed(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.add_init_script("Storage.prototype.setItem = () => {}")
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            sheet(page, "SAP-LK2").locator("textarea").fill("hilang?")
            expect(status(page)).to_contain_text("Belum tersimpan")

    def test_a_browser_set_to_store_nothing_loses_nothing_before_it_is_closed(
        self, browser: Browser, two_runs: str, tmp_path: Path
    ):
        with storing_nothing(browser, tmp_path / "profil") as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            expect(status(page)).to_contain_text("peramban ini melarang halaman menyimpan")
            field = sheet(page, "SAP-LK2").locator("textarea")
            field.fill("hanya di layar")
            expect(status(page)).to_contain_text("Belum tersimpan")
            page.pdf(path=tmp_path / "cetakan.pdf")
            assert "hanya di layar" in " ".join(texts(tmp_path / "cetakan.pdf"))
            with page.expect_download() as download:
                choose(page, "Simpan sebagai berkas")
            assert "hanya di layar" in download.value.path().read_text("utf-8")
            expect(field).to_have_value("hanya di layar")
            page.goto(f"{two_runs}/{BUILD}/peserta/index.html", wait_until="commit")
            expect(page.locator("#luring")).to_contain_text("tidak mengizinkan situs menyimpan")


class TestSending:
    def test_a_file_comes_back_on_another_phone(self, browser: Browser, kinds: str, tmp_path: Path):
        with visiting(browser) as page:
            page.goto(kinds)
            fill_all(page)
            written = values(page)
            with page.expect_download() as download:
                choose(page, "Simpan sebagai berkas")
            saved = tmp_path / download.value.suggested_filename
            download.value.save_as(saved)
        data = json.loads(saved.read_text("utf-8"))
        assert (data["pelatihan"], data["edisi"]) == (BUILD, "peserta")
        assert data["versi"] == {"SAP": "1.0.0"}
        assert data["isian"]["SAP-LK1:b1k2"] == "Selamat pagi,\nMbah."
        assert data["keterangan"]["SAP-LK1:b1k2"].endswith("Kata-kata saya, Lanjut usia")
        with visiting(browser) as page:
            page.goto(kinds)
            sheet(page, "SAP-LK2").locator("textarea").fill("akan diganti")
            page.once("dialog", lambda dialog: dialog.accept())
            page.locator(".isian-bilah button").click()
            page.locator("dialog input[type=file]").set_input_files(saved)
            expect(page.locator("dialog .kabar")).to_contain_text("isian dimuat")
            assert values(page) == written

    def test_what_is_no_such_file_or_of_another_run_changes_nothing(
        self, browser: Browser, two_runs: str, tmp_path: Path
    ):
        foreign = {"jenis": "isian-pilar", "pelatihan": SECOND, "isian": {"SAP-LK2:teks": "lain"}}
        (tmp_path / "lain.json").write_text(json.dumps(foreign))
        (tmp_path / "rusak.json").write_text('{"isian": {"terakhir:x": 1}')
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            page.locator(".isian-bilah button").click()
            for name, said in (("lain", "pelatihan lain"), ("rusak", "bukan berkas isian")):
                page.locator("dialog input[type=file]").set_input_files(tmp_path / f"{name}.json")
                expect(page.locator("dialog .kabar")).to_contain_text(said)
            assert stored(page) == {}

    def test_text_and_file_go_to_other_apps_where_the_phone_can(self, browser: Browser, kinds: str):
        with visiting(browser) as page:
            page.add_init_script(
                "navigator.canShare = () => true; navigator.share = async data => {"
                " window.dikirim = {text: data.text, files: (data.files ?? []).map(f => f.name)}; }"
            )
            page.goto(kinds)
            fill_all(page)
            choose(page, "Kirim sebagai teks")
            text = page.evaluate("dikirim.text")
            assert "*Isian: BAB II: Tiga Langkah Menyapa*" in text
            assert "Kata-kata saya, Lanjut usia: Selamat pagi,\nMbah." in text
            assert "*Soal SAP-S1*\nmengetuk pintu" in text
            assert "✓ Saya dapat memberi salam." in text
            page.locator("dialog").get_by_role("button", name="Kirim sebagai berkas").click()
            assert page.evaluate("dikirim.files") == [f"isian-{BUILD}-tiga-langkah.txt"]

    def test_clearing_asks_and_clears_this_page_alone(self, browser: Browser, two_runs: str):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/catat/mencatat.html")
            page.locator("textarea").first.fill("di halaman lain")
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            field = sheet(page, "SAP-LK2").locator("textarea")
            field.fill("di sini")
            page.once("dialog", lambda dialog: dialog.dismiss())
            choose(page, "Kosongkan halaman ini")
            expect(field).to_have_value("di sini")
            page.once("dialog", lambda dialog: dialog.accept())
            page.locator("dialog").get_by_role("button", name="Kosongkan halaman ini").click()
            expect(field).to_have_value("")
            left = stored(page)
            assert "di halaman lain" in left.values()
            assert not [key for key in left if "SAP-" in key]

    def test_what_is_written_is_printed_in_full(self, browser: Browser, kinds: str, tmp_path: Path):
        with visiting(browser) as page:
            page.goto(kinds)
            fill_all(page)
            long = "\n".join(f"baris panjang {number}" for number in range(30))
            sheet(page, "SAP-LK2").locator("textarea").fill(long)
            page.pdf(path=tmp_path / "cetak.pdf")
        text = "".join(texts(tmp_path / "cetak.pdf"))
        for words in (
            "Mbah.",
            "baris panjang 29",
            "Teleponnya disimpan.",
            "→ A. selamat sore",
            "Salam.",
            "Kepada tetangga baru.",
        ):
            assert words in text
        assert "Kirim, cetak" not in text


class TestNewVersions:
    def test_what_was_written_stays_and_changes_are_named(
        self, browser: Browser, every_kind: Project, tmp_path: Path
    ):
        newer = every_kind.copied(tmp_path / "baru")
        text = newer.text("modules/sapa/tiga-langkah.md")
        text = text.replace("[Lanjut usia, Anak]", "[Anak]").replace(
            "di depan pintu", "di muka pintu"
        )
        newer.write("modules/sapa/tiga-langkah.md", text)
        questions = newer.text("modules/sapa/soal.yml")
        newer.write(
            "modules/sapa/soal.yml", questions.replace("mengetuk pintu,", "mengucap salam,")
        )
        newer.build_sites(BUILD)
        place = tmp_path / "situs"
        place.symlink_to(every_kind.out / BUILD)
        with served(tmp_path) as host, visiting(browser) as page:
            page.goto(f"{host}/situs/peserta/{SHEET}")
            fill_all(page)
            sheet(page, "SAP-LK1").locator("textarea").nth(1).fill("Halo, Adik.")
            place.unlink()
            place.symlink_to(newer.out / BUILD)
            page.reload()
            expect(sheet(page, "SAP-LK2").locator("textarea")).to_have_value(
                "Tetangga menyapa saya."
            )
            expect(page.locator(".isian-berubah")).to_have_count(2)
            note = sheet(page, "SAP-LK1").locator(".isian-berubah")
            expect(note).to_contain_text("Lembar kerja ini berubah")
            expect(note.locator("li")).to_have_text("Halo, Adik.")
            expect(sheet(page, "SAP-S1").locator(".isian-berubah li")).to_have_text(
                "mengetuk pintu"
            )
            note.get_by_role("button").click()
            page.reload()
            expect(page.locator(".isian-berubah")).to_have_count(1)
            assert "Halo, Adik." in stored(page).values()

    def test_what_the_site_stored_before_there_were_shapes_is_found(
        self, browser: Browser, two_runs: str
    ):
        with visiting(browser) as page:
            page.goto(f"{two_runs}/{BUILD}/peserta/{SHEET}")
            page.evaluate(f"localStorage.setItem('pilar:{BUILD}:SAP-LK2:teks', 'dahulu')")
            page.reload()
            expect(sheet(page, "SAP-LK2").locator("textarea")).to_have_value("dahulu")
            expect(page.locator(".isian-berubah")).to_have_count(0)


class TestSelfCheck:
    def test_an_answer_is_judged_in_words_and_explained(self, browser: Browser, kinds: str):
        with visiting(browser) as page:
            page.goto(kinds)
            question = sheet(page, "SAP-S1")
            check = question.get_by_role("button", name="Periksa Soal SAP-S1")
            result, key = question.locator(".hasil"), question.locator(".kunci-soal")
            expect(key).to_be_hidden()
            check.click()
            expect(result).to_have_text("Jawablah dahulu.")
            expect(key).to_be_hidden()
            question.get_by_label("berteriak").check()
            check.click()
            expect(result).to_have_text("Belum benar.")
            expect(key).to_contain_text("Ketukan memberi warga waktu")
            question.get_by_label("mengetuk pintu").check()
            expect(key).to_be_hidden()
            check.click()
            expect(result).to_have_text("Benar.")

    def test_every_kind_is_judged(self, browser: Browser, kinds: str):
        with visiting(browser) as page:
            page.goto(kinds)
            fill_all(page)
            sheet(page, "SAP-S2").locator("textarea").fill("Permisi.")
            for code, said in (
                ("SAP-S2", "Bandingkan jawaban Anda dengan kunci di bawah ini."),
                ("SAP-S4", "Belum benar."),
                ("SAP-S5", "1 dari 2 pasangan benar."),
                ("SAP-S6", "Benar."),
            ):
                sheet(page, code).get_by_role("button").click()
                expect(sheet(page, code).locator(".hasil")).to_have_text(said)

    def test_no_key_of_any_kind_where_the_module_is_not_for_self_study(self, site_once: Project):
        for path in (site_once.out / BUILD / "peserta").rglob("*.html"):
            text = path.read_text("utf-8")
            assert "kunci-soal" not in text, path
            assert "data-kunci" not in text, path


class TestFromAMemoryCard:
    def test_fields_stay_there_too(self, browser: Browser, every_kind: Project):
        with visiting(browser, allowed=("workers/search.", "search_index.json")) as page:
            page.goto((every_kind.out / BUILD / "peserta" / SHEET).as_uri())
            fill_all(page)
            written = values(page)
            assert stays_on_a_card(
                lambda: fill_all(page), page.reload, lambda: values(page) == written
            )
            with page.expect_download():
                choose(page, "Simpan sebagai teks")


_SIZES = """all => all.map(field =>
  [field.getBoundingClientRect().height, parseFloat(getComputedStyle(field).fontSize)])"""
"""Height and size of text of fields, in CSS pixels."""
_ASKING = (
    "//section[contains(concat(' ', @class, ' '), ' soal ')]"
    " | //section[@class='blok latihan' or @class='blok kasus' or @class='blok diskusi']"
    " | //section[@class='blok refleksi' or @class='blok lembar-kerja'] | //li//input[@disabled]"
)
"""Whatever asks for an answer."""
