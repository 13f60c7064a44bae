"""In class: what goes on now by the clock of the run, and an activity with its countdown."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, expect

from pilar.leaks.gate import check_output
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.project.state import Workspace

from .browser import DESK, PHONE, chromium, served, stays_on_a_card, visiting
from .commands import BUILD, REPOSITORY, Project

FAR = "America/New_York"
"""Time zone of the device: never that of a run."""
ONE_MINUTE = datetime.timedelta(minutes=1)
START = datetime.datetime.fromisoformat("2025-03-10T07:00:00+07:00")
"""A time before the tiny run begins."""


@dataclass(frozen=True)
class Row:
    """A row of the timetable as the page has it."""

    start: datetime.datetime
    end: datetime.datetime
    kind: str
    title: str

    @property
    def middle(self) -> datetime.datetime:
        """A time in it, on a whole minute."""
        return self.start + (self.end - self.start) // 2 // ONE_MINUTE * ONE_MINUTE


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def real(newest: Path) -> Iterator[str]:
    """Address of both sites of the newest run."""
    with served(newest) as host:
        yield host


@pytest.fixture(scope="module")
def tiny(site_once: Project) -> Iterator[str]:
    """Address of both sites of the tiny run."""
    with served(site_once.out / BUILD) as host:
        yield host


@pytest.fixture(scope="module")
def rows(newest: Path) -> list[Row]:
    """All rows of the newest run, in order."""
    page = lxml.html.fromstring((newest / "pelatih/kelas.html").read_bytes())
    return [
        Row(
            *(datetime.datetime.fromisoformat(at) for at in row.xpath(".//time/@datetime")),
            kind=row.get("class"),
            title=" ".join(row.find_class("kelas-nama")[0].text_content().split()),
        )
        for row in page.xpath("//ol[@data-hari]/li")
    ]


@contextmanager
def at(
    browser: Browser, when: datetime.datetime, width: int = PHONE, scheme: str = "light"
) -> Iterator[Page]:
    """A visitor far away at that time; the clock moves only as the test says."""
    with visiting(browser, width, scheme, zone=FAR) as page:
        page.clock.install(time=when - ONE_MINUTE)
        page.clock.pause_at(when)
        yield page


def card(page: Page, *words: str) -> None:
    """The card of “Sekarang” holds these words."""
    for text in words:
        expect(page.locator(".kelas-kini")).to_contain_text(text)


class TestNow:
    def test_an_activity(self, browser: Browser, real: str, rows: list[Row]):
        place = next(n for n, row in enumerate(rows) if row.title.startswith("BLC-K"))
        row = rows[place]
        with at(browser, row.middle) as page:
            page.goto(f"{real}/pelatih/kelas.html")
            left = (row.end - row.middle) // ONE_MINUTE
            card(
                page, row.title, f"{left} menit lagi", f"Berikutnya, {rows[place + 1].start:%H.%M}"
            )
            expect(page.locator("[aria-current=true] time").first).to_have_text(
                f"{row.start:%H.%M}"
            )
            for name, site in (
                ("Buka di kelas", "pelatih/kelas/"),
                (re.compile("^Catatan"), "pelatih/"),
                (re.compile("^Halaman peserta"), "peserta/"),
            ):
                link = page.locator(".kelas-kini").get_by_role("link", name=name)
                target = link.evaluate("link => link.href")
                assert target.startswith(f"{real}/{site}")
                link.click()
                page.wait_for_url(target)
                expect(page.locator(f"[id='{target.rpartition('#')[2]}']")).to_be_visible()
                page.go_back()
                card(page, row.title)

    def test_a_pause_a_night_before_and_after(self, browser: Browser, real: str, rows: list[Row]):
        pause, after_pause = next(pair for pair in pairwise(rows) if pair[0].kind == "jeda")
        evening, morning = next(
            pair for pair in pairwise(rows) if pair[0].end.date() != pair[1].start.date()
        )
        day = datetime.timedelta(days=1)
        for when, words in (
            (pause.middle, (pause.title, "menit lagi", after_pause.title)),
            (evening.end, ("Hari 1 sudah selesai", "Lanjut besok", morning.title)),
            (
                morning.start - ONE_MINUTE,
                ("Hari 1 sudah selesai", "Lanjut 1 menit lagi", "Jadwal hari 2"),
            ),
            (rows[0].start - 3 * day, ("Pelatihan belum mulai", "Mulai 3 hari lagi")),
            (rows[0].start - 90 * ONE_MINUTE, ("Mulai 1 jam 30 menit lagi", rows[0].title)),
            (rows[-1].end + day, ("Pelatihan sudah selesai",)),
        ):
            with at(browser, when) as page:
                page.goto(f"{real}/pelatih/kelas.html")
                card(page, *words)

    def test_time_goes_on_and_is_announced(self, browser: Browser, real: str, rows: list[Row]):
        before, after = next(
            pair
            for pair in pairwise(rows)
            if pair[0].end == pair[1].start and pair[1].kind == "modul"
        )
        with at(browser, before.end - ONE_MINUTE) as page:
            page.goto(f"{real}/pelatih/kelas.html")
            card(page, before.title, "1 menit lagi")
            page.clock.run_for(61_000)
            card(page, after.title)
            expect(page.get_by_role("status")).to_have_text(f"Sekarang: {after.title}")

    def test_rehearsing_another_day(self, browser: Browser, real: str, rows: list[Row]):
        row = next(
            row for row in rows if row.kind == "modul" and row.start.date() > rows[0].start.date()
        )
        with at(browser, rows[-1].end + 99 * ONE_MINUTE) as page:
            page.goto(f"{real}/pelatih/kelas.html")
            page.get_by_text("Berlatih dengan hari dan jam lain").click()
            days = page.get_by_label("Hari", exact=True).locator("option")
            expect(days).to_have_count(len({row.start.date() for row in rows}))
            page.get_by_label("Hari", exact=True).select_option(index=1)
            page.get_by_label("Jam", exact=True).fill(f"{row.middle:%H:%M}")
            page.get_by_role("button", name="Pakai jam ini").click()
            card(page, row.title, f"{row.middle:%H.%M}", "Sedang berlatih")
            page.reload()
            card(page, row.title, "Sedang berlatih")
            page.get_by_role("link", name="Buka di kelas").click()
            expect(page.get_by_text("Sedang berlatih")).to_be_visible()
            expect(page.get_by_role("button", name="Sampai pukul")).to_be_visible()
            page.get_by_role("button", name="Kembali ke jam sebenarnya").click()
            expect(page.get_by_text("Sedang berlatih")).to_be_hidden()
            expect(page.get_by_role("button", name="Sampai pukul")).to_be_hidden()
            page.goto(f"{real}/pelatih/kelas.html")
            card(page, "Pelatihan sudah selesai")

    @pytest.mark.parametrize(
        ("width", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light")]
    )
    def test_fits_and_can_be_touched(
        self, browser: Browser, real: str, rows: list[Row], width: int, scheme: str
    ):
        row = next(row for row in rows if row.title.startswith("BLC-K"))
        with at(browser, row.middle, width, scheme) as page:
            for path in ("kelas.html", f"kelas/BLC.html#{row.title.split()[0].lower()}"):
                page.goto(f"{real}/pelatih/{path}")
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                assert page.evaluate(_SMALL) == [], path

    def test_stands_first_for_trainers_and_nowhere_for_participants(
        self, browser: Browser, real: str, newest: Path
    ):
        with visiting(browser, DESK) as page:
            page.goto(f"{real}/pelatih/index.html")
            links = page.locator("nav").filter(has=page.get_by_role("link", name="Jadwal"))
            expect(links.first.get_by_role("link", name="Sekarang").first).to_be_visible()
        folder = newest / "peserta"
        theirs = [path for path in folder.rglob("*") if path.is_file()]
        names = [path.relative_to(folder).as_posix() for path in theirs]
        assert [name for name in names if re.search(r"(^|/)kelas[./]", name)] == []
        pages = [path.read_text("utf-8") for path in theirs if path.suffix == ".html"]
        assert not any(re.search(r"[/\"]kelas\.html|kelas/[A-Z]|ke-kelas", page) for page in pages)

    def test_is_not_found_beside_the_pages_that_it_repeats(self, newest: Path):
        site = newest / "pelatih"
        blocks = [path.read_text("utf-8") for path in site.glob("cari/t*.js")]
        found = {re.search(r'\["([^"]+)"', block)[1] for block in blocks}
        written = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
        assert found < written
        apart = {name for name in written - found if name.startswith("kelas")}
        assert apart == {"kelas.html", *(name for name in written if name.startswith("kelas/"))}
        assert len(apart) > 7


class TestActivity:
    """Class view of one activity: of 45 minutes, with steps of 15 and 30."""

    PAGE = "pelatih/kelas/SAP.html#sap-k1"

    def test_a_countdown_survives_reload_and_sleep(self, browser: Browser, tiny: str):
        with at(browser, START) as page:
            page.goto(f"{tiny}/{self.PAGE}")
            page.get_by_role("button", name="Mulai 45 menit").click()
            timer = page.get_by_role("timer")
            expect(timer).to_have_text("45.00")
            expect(page.locator("[aria-current=step]")).to_contain_text("Peragakan satu kali")
            page.clock.run_for(60_000)
            expect(timer).to_have_text("44.00")
            expect(page.get_by_text("Langkah 1 dari 2, sisa 14 menit")).to_be_visible()
            page.reload()
            expect(timer).to_have_text("44.00")
            # The phone sleeps: no timer runs, the clock does.
            page.clock.fast_forward("19:00")
            expect(timer).to_have_text("25.00")
            expect(page.locator("[aria-current=step]")).to_contain_text("Semua pasangan")
            page.clock.fast_forward("30:00")
            expect(timer).to_have_text("0.00")
            expect(page.get_by_text("Waktu habis 5 menit yang lalu")).to_be_visible()
            expect(page.get_by_role("status")).to_have_text("Waktu habis: SAP-K1")
            page.get_by_role("button", name="Selesai").click()
            page.reload()
            expect(page.get_by_role("button", name="Mulai 45 menit")).to_be_visible()

    def test_it_pauses_goes_on_and_begins_at_a_step(self, browser: Browser, tiny: str):
        with at(browser, START) as page:
            page.goto(f"{tiny}/{self.PAGE}")
            page.get_by_role("button", name="Langkah 2, 30 menit: mulai dari sini").click()
            timer = page.get_by_role("timer")
            expect(timer).to_have_text("30.00")
            page.clock.run_for(60_000)
            page.get_by_role("button", name="Jeda").click()
            page.clock.fast_forward("10:00")
            page.reload()
            expect(timer).to_have_text("29.00")
            page.get_by_role("button", name="Lanjutkan").click()
            page.get_by_role("button", name="+1 menit").click()
            expect(timer).to_have_text("30.00")
            expect(page.locator("[aria-current=step]")).to_contain_text("Semua pasangan")

    def test_it_ends_with_the_timetable_where_that_is_wanted(self, browser: Browser, tiny: str):
        with at(browser, START) as page:
            page.goto(f"{tiny}/{self.PAGE}")
            start = page.locator(".kelas-kapan time").first.get_attribute("datetime")
            page.clock.pause_at(datetime.datetime.fromisoformat(start) + 20 * ONE_MINUTE)
            page.clock.run_for(1000)
            page.get_by_role("button", name="Sampai pukul").click()
            expect(page.get_by_role("timer")).to_have_text("24.59")
            # Twenty minutes late: by the timetable it is time for the second step.
            expect(page.locator("[aria-current=step]")).to_contain_text("Semua pasangan")

    def test_the_screen_stays_on_while_it_runs(self, browser: Browser, tiny: str):
        with at(browser, START) as page:
            page.add_init_script(_WAKE_LOCK)
            page.goto(f"{tiny}/{self.PAGE}")
            assert page.evaluate("held.size") == 0
            page.get_by_role("button", name="Mulai 45 menit").click()
            page.clock.run_for(1000)
            assert page.evaluate("held.size") == 1
            page.get_by_role("button", name="Jeda").click()
            page.clock.run_for(1000)
            assert page.evaluate("held.size") == 0

    def test_one_activity_at_a_time_from_module_to_module(self, browser: Browser, tiny: str):
        with at(browser, START) as page:
            page.goto(f"{tiny}/{self.PAGE}")
            expect(page.get_by_role("heading", level=2)).to_have_text(
                "SAP-K1 Bermain peran di depan pintu"
            )
            page.get_by_role("link", name="Berikutnya").click()
            expect(page.get_by_role("heading", level=2)).to_have_text("CTT-K1 Mengisi buku saku")
            expect(page.get_by_text("boleh dilewati")).to_be_visible()
            expect(page.get_by_text("nomor induk kependudukan")).to_be_visible()
            page.get_by_role("link", name="Sebelumnya").click()
            expect(page.get_by_text("Hari ini kita belajar mengetuk pintu")).to_be_visible()
            page.get_by_role("link", name="Sekarang").last.click()
            card(page, "Pelatihan belum mulai")

    def test_from_a_memory_card(self, browser: Browser, site_once: Project):
        with at(browser, START) as page:
            page.goto((site_once.out / BUILD / "pelatih/kelas.html").as_uri())
            card(page, "Pelatihan belum mulai")
            page.goto((site_once.out / BUILD / "pelatih/kelas/SAP.html").as_uri())
            timer = page.get_by_role("timer")
            begin = page.get_by_role("button", name="Mulai 45 menit")

            def count() -> None:
                begin.click()
                page.clock.fast_forward("05:00")
                expect(timer).to_have_text("40.00")

            def shown() -> bool:
                expect(timer.or_(begin).first).to_be_visible()
                return timer.count() == 1 and timer.inner_text() == "40.00"

            assert stays_on_a_card(count, page.reload, shown)

    def test_without_scripts_all_of_it_is_there(self, browser: Browser, real: str, newest: Path):
        with visiting(browser, PHONE, scripts=False) as page:
            page.goto(f"{real}/pelatih/kelas/BLC.html")
            sections = page.locator(".kelas-kegiatan")
            for number in range(sections.count()):
                expect(sections.nth(number)).to_be_visible()
                expect(sections.nth(number).get_by_role("heading", name="Langkah")).to_be_visible()
            expect(page.get_by_role("button", name="Mulai")).to_have_count(0)
            page.goto(f"{real}/pelatih/kelas.html")
            expect(page.get_by_role("link", name=re.compile("^BLC-K1 ")).first).to_be_visible()
            expect(page.get_by_role("link", name="Catatan BLC-K1")).to_be_visible()

    def test_each_activity_leads_there(self, browser: Browser, tiny: str):
        with visiting(browser) as page:
            page.goto(f"{tiny}/pelatih/sapa/tiga-langkah.html")
            page.get_by_role("link", name="Buka di kelas").click()
            page.wait_for_url("**/kelas/SAP.html#sap-k1")
            page.goto(f"{tiny}/peserta/sapa/tiga-langkah.html")
            expect(page.get_by_role("link", name="Buka di kelas")).to_have_count(0)


class TestLate:
    """A session that begins late: SAP at 09.15, whose 45 minutes can be cut to 30."""

    def test_the_new_minutes_of_each_step_stay_after_a_reload(self, browser: Browser, tiny: str):
        with at(browser, START) as page:
            page.goto(f"{tiny}/{TestActivity.PAGE}")
            choose_late(page, "15 menit")
            for _ in range(2):
                expect(page.get_by_text("Disingkatkan dari 45 ke 30 menit.")).to_be_visible()
                expect(page.locator(".kelas-kapan:visible")).to_have_text("09.30–10.00")
                step = page.get_by_role("button", name="Langkah 2, 20 menit: mulai dari sini")
                expect(step).to_contain_text("20 menit")
                page.get_by_role("button", name="Mulai 30 menit").click()
                expect(page.get_by_role("timer")).to_have_text("30.00")
                page.clock.run_for(11 * 60_000)
                expect(page.locator("[aria-current=step]")).to_contain_text("Semua pasangan")
                page.get_by_role("button", name="Selesai").click()
                page.reload()
            choose_late(page, "Tepat waktu")
            expect(page.get_by_role("button", name="Mulai 45 menit")).to_be_visible()
            expect(page.locator(".kelas-kapan:visible")).to_have_text("Hari 1, 09.15–10.00")

    def test_the_timetable_follows_and_the_rest_stays(
        self, browser: Browser, real: str, rows: list[Row]
    ):
        """The activity that may be dropped lies in the session after the meal."""
        first = next(row for row in rows if row.title.startswith("KBJ-K1 "))
        with at(browser, first.end - ONE_MINUTE) as page:
            page.goto(f"{real}/pelatih/kelas.html")
            before = when(page)
            choose_late(page, "15 menit")
            card(page, "KBJ-K1 ", "Terlambat 15 menit", "Lewati KBJ-K7")
            after = when(page)
            changed = {code for code, times in before.items() if after[code] != times}
            assert changed == {code for code in before if code.startswith("KBJ-")}
            assert after["KBJ-K7"] == "dilewati"
            assert after["KBJ-K3"] == "13.25–14.00"
            expect(page.locator("[data-kegiatan=KBJ-K1]")).to_have_attribute("aria-current", "true")
            page.goto(f"{real}/pelatih/kelas/KBJ.html#kbj-k7")
            expect(page.get_by_text("Dilewati, karena sesi terlambat mulai.")).to_be_visible()
            page.get_by_role("link", name="Sebelumnya").click()
            expect(page.get_by_role("link", name="Berikutnya (dilewati)")).to_be_visible()

    def test_a_choice_of_yesterday_is_forgotten(self, browser: Browser, tiny: str):
        with at(browser, START) as page:
            page.goto(f"{tiny}/{TestActivity.PAGE}")
            choose_late(page, "30 menit")
            expect(page.get_by_text("Masih kurang 15 menit").first).to_be_visible()
            page.clock.fast_forward("24:00:00")
            page.reload()
            expect(page.get_by_role("button", name="Mulai 45 menit")).to_be_visible()

    def test_without_scripts_it_can_be_read(self, browser: Browser, tiny: str):
        with visiting(browser, PHONE, scripts=False) as page:
            for path in ("kelas.html", "kelas/SAP.html"):
                page.goto(f"{tiny}/pelatih/{path}")
                page.get_by_text("Terlambat mulai? SAP, hari 1, pukul 09.15").click()
                cut = "15 menit Singkatkan SAP-K1 Bermain peran di depan pintu dari 45 ke 30 menit"
                expect(page.get_by_text(f"{cut} (langkahnya 10, 20 menit).")).to_be_visible()


def choose_late(page: Page, name: str) -> None:
    """Open the box of the session, and tap on one of the choices."""
    box = page.locator(".kelas-kini .kelas-telat, .kelas-kegiatan:visible .kelas-telat:visible")
    box.locator("summary").click()
    assert page.evaluate(_SMALL) == []
    box.get_by_role("button", name=name).click()


def when(page: Page) -> dict[str, str]:
    """What the timetable has for each activity that is seen there: its times."""
    return {
        row.get_attribute("data-kegiatan"): row.locator(".kelas-kapan").inner_text()
        for row in page.locator("[data-kegiatan]:visible").all()
    }


def test_codes_lead_to_what_they_name(browser: Browser, tiny: str):
    with visiting(browser, DESK) as page:
        page.goto(f"{tiny}/pelatih/sapa/bank-soal.html")
        links = page.locator("td").get_by_role("link", name=re.compile(r"^SAP-S\d+$"))
        targets = links.evaluate_all("all => all.map(link => link.href)")
        assert len(targets) == page.locator("tbody tr").count() > 1
        for target in targets:
            page.goto(target)
            expect(page.locator(f"[id='{target.rpartition('#')[2]}']")).to_be_visible()


@pytest.mark.parametrize("name", ["kelas.html", "kelas/SAP.html"])
def test_leak_gate_is_red_for_a_page_of_the_class_view(site: Project, name: str):
    tree = Workspace(site.root, site.cache).folder().runs[BUILD].tree(Edition.PESERTA)
    theirs = site.out / BUILD / "peserta"
    check_output(tree, theirs, REPOSITORY)
    (theirs / name).parent.mkdir(exist_ok=True)
    shutil.copy(site.out / BUILD / "pelatih" / name, theirs / name)
    with pytest.raises(ContentError):
        check_output(tree, theirs, REPOSITORY)
    (theirs / name).write_text("<p>Kosong.</p>", "utf-8")
    with pytest.raises(ContentError):
        check_output(tree, theirs, REPOSITORY)


_SMALL = """() => [...document.querySelectorAll(
  ".kelas-kini a:not(.kelas-telat a), .kelas-kini button, .kelas-coba summary, .kelas-jalan a, " +
  ".kelas-hitung button, " +
  ".kelas-urut a, button.kelas-menit, .kelas-bunyi, .kelas-telat summary, .kelas-telat button"
)].filter(one => one.checkVisibility()).map(one => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([text, box]) => `${text} ${box.height}`)"""
"""What is smaller than a finger (WCAG 2.2, 2.5.5)."""
_WAKE_LOCK = """
  globalThis.held = new Set();
  Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
    const lock = { released: false, release() { this.released = true; held.delete(this); } };
    held.add(lock);
    return lock;
  } } });
"""
