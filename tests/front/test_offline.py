"""A saved site: whole without a network, of one version, gone when asked; real Chromium."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser, Error, Page, expect

from .browser import PHONE, chromium, visiting
from .commands import BUILD, PATIENCE, Project
from .trees import files, packed

SECOND = "2025-09-kedua"
CHAPTER = "sapa/tiga-langkah.html"
NEW = "Bawalah payung bila mendung"
"""Stands in the second version of the site alone."""
CACHES = "async () => (await caches.keys()).sort()"
HELD = "async name => (await (await caches.open(name)).keys()).length"


def elements(page: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Elements of a page with attributes and text, all of its head aside but the title."""
    found = lxml.html.document_fromstring(page.decode()).iter("*")
    return [
        (each.tag, dict(each.attrib), "".join(each.itertext()))
        for each in found
        if each.tag not in ("html", "head", "meta", "link", "style")
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def newer(site_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same two runs after a change in a chapter."""
    project = site_once.copied(tmp_path_factory.mktemp("baru") / "proyek")
    page = "modules/sapa/tiga-langkah.md"
    project.write(page, f"{project.text(page)}\n{NEW}.\n")
    project.build_sites()
    return project.out


class Host:
    """A host below a sub-path whose site can be replaced, and which may drop files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dropped: set[str] = set()
        self.asked: list[str] = []
        self.address = ""

    def show(self, site: Path) -> None:
        """Publish a site, in the place of the one before."""
        shutil.rmtree(self.folder / "pusdiklat", ignore_errors=True)
        shutil.copytree(site, self.folder / "pusdiklat")


@pytest.fixture
def host(site_once: Project, tmp_path: Path) -> Iterator[Host]:
    """Shows the first version."""
    made = Host(tmp_path)
    made.show(site_once.out)

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            if any(self.path.endswith(name) for name in made.dropped):
                self.close_connection = True
            else:
                super().do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=tmp_path)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        made.address = f"http://127.0.0.1:{server.server_port}/pusdiklat"
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def phone(browser: Browser) -> Iterator[Page]:
    """A phone that may lose its network; errors of scripts fail."""
    context = browser.new_context(viewport={"width": PHONE, "height": 740}, locale="id-ID")
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
        assert errors == []
    finally:
        context.close()


def box(page: Page) -> object:
    return page.locator("#luring")


def save(page: Page, address: str) -> None:
    """Open a home page and save its site."""
    page.goto(f"{address}/index.html")
    box(page).get_by_role("button", name="Simpan untuk luring").click()
    expect(box(page)).to_contain_text("Selesai.")


def wait_until(page: Page, asked: str) -> None:
    """Ask the page until the promise says yes; Page.wait_for_function takes any promise for one."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(Error):  # the page was just left
            if page.evaluate(asked):
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came: {asked}")


def wait_for_new(page: Page) -> None:
    """Until the browser has the next version ready beside the one in use."""
    wait_until(
        page,
        "async () => { const r = await navigator.serviceWorker.getRegistration();"
        " await r.update().catch(() => {}); return Boolean(r.waiting); }",
    )


def wait_for_change(page: Page) -> None:
    """Until no version waits any more: a page left at once may still be the old one's window."""
    wait_until(page, "async () => !(await navigator.serviceWorker.getRegistration()).waiting")


class TestSaving:
    def test_nothing_is_saved_before_it_is_asked_for(self, browser: Browser, host: Host):
        with phone(browser) as page:
            page.goto(f"{host.address}/{BUILD}/peserta/index.html")
            expect(box(page)).to_contain_text(re.compile(r"sekitar \d+ KB, memakai \d"))
            assert page.evaluate(CACHES) == []
            workers = "async () => (await navigator.serviceWorker.getRegistrations()).length"
            assert page.evaluate(workers) == 0
            assert not [path for path in host.asked if path.endswith("sw.js")]

    def test_every_page_and_worksheet_is_there_without_a_network(
        self, browser: Browser, host: Host, edition: str
    ):
        site, folder = (
            f"{host.address}/{BUILD}/{edition}",
            host.folder / "pusdiklat" / BUILD / edition,
        )
        packs = (folder / "assets/luring").iterdir()
        held = {name: data for path in packs for name, data in packed(path)}
        names = [
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*.html")
            if "unduhan" not in path.parts and path.name != "luring.html"
        ]
        with phone(browser) as page:
            save(page, site)
            page.context.set_offline(True)
            host.asked.clear()
            failed: list[str] = []
            # A page that is left stops asking for its icon; without a network it is another error.
            page.on(
                "requestfailed",
                lambda r: r.failure != "net::ERR_ABORTED" and failed.append(r.url),
            )
            for name in names:
                answer = page.goto(f"{site}/{name}")
                assert answer is not None
                assert answer.body() == held[name]
                expect(page.locator("h1")).to_be_visible()
                expect(page).not_to_have_title("Sedang tanpa jaringan")
            assert len(names) > 8
            page.goto(f"{site}/{CHAPTER}")
            field = page.locator("textarea").first
            field.fill("ditulis tanpa sinyal")
            page.reload()
            expect(field).to_have_value("ditulis tanpa sinyal")
            assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
            # The browser looks for a new worker by itself, not as a page (Service Workers, Update).
            assert [path for path in host.asked if not path.endswith("/sw.js")] == []
            assert failed == []

    def test_an_unsaved_page_says_so_at_any_depth(self, browser: Browser, host: Host):
        site = f"{host.address}/{BUILD}/peserta"
        with phone(browser) as page:
            save(page, site)
            page.context.set_offline(True)
            page.goto(f"{site}/sapa/tidak-ada/lagi.html")
            expect(page.locator("h1")).to_have_text("Sedang tanpa jaringan")
            overhang = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert page.evaluate(overhang) is False
            page.get_by_role("link", name="Menyapa Warga").click()
            expect(page).to_have_url(f"{site}/sapa/index.html")
            # Nothing left but the worker.
            page.evaluate(
                "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
            )
            page.context.new_cdp_session(page).send("Network.clearBrowserCache")
            page.goto(f"{site}/sapa/penutup.html")
            expect(page.locator("h1")).to_have_text("Sedang tanpa jaringan")

    def test_it_goes_when_asked_and_what_was_written_stays(self, browser: Browser, host: Host):
        site = f"{host.address}/{BUILD}/peserta"
        with phone(browser) as page:
            page.goto(f"{site}/{CHAPTER}")
            page.locator("textarea").first.fill("tetap ada")
            save(page, site)
            page.reload()
            box(page).get_by_role("button", name="Hapus simpanan").click()
            expect(box(page)).to_contain_text("Simpanan dihapus")
            assert page.evaluate(CACHES) == []
            page.goto(f"{site}/{CHAPTER}")
            expect(page.locator("textarea").first).to_have_value("tetap ada")
            assert page.evaluate("navigator.serviceWorker.controller") is None

    def test_two_runs_on_one_host_do_not_touch_each_other(self, browser: Browser, host: Host):
        first, second = (f"{host.address}/{run}/peserta" for run in (BUILD, SECOND))
        with phone(browser) as page:
            save(page, first)
            save(page, second)
            both = page.evaluate(CACHES)
            assert len(both) == 2
            page.goto(f"{first}/index.html")
            box(page).get_by_role("button", name="Hapus simpanan").click()
            expect(box(page)).to_contain_text("Simpanan dihapus")
            assert page.evaluate(CACHES) == [name for name in both if SECOND in name]
            page.context.set_offline(True)
            page.goto(f"{second}/{CHAPTER}")
            expect(page.locator("h1")).to_contain_text("Tiga Langkah Menyapa")

    def test_a_book_is_saved_only_when_asked(
        self, browser: Browser, host: Host, minimal_once: Project
    ):
        host.show(minimal_once.out)
        site = f"{host.address}/{BUILD}/peserta"
        with phone(browser) as page:
            save(page, site)
            page.goto(f"{site}/cetak.html")
            one = page.get_by_role("button", name=re.compile("^Simpan: .*Menyapa Warga")).first
            assert not any(path.endswith(".pdf") for path in host.asked)
            one.click()
            expect(box(page)).to_contain_text("Tersimpan untuk luring.")
            assert len({path for path in host.asked if path.endswith(".pdf")}) == 1
            page.context.set_offline(True)
            page.reload()
            again = page.get_by_role("button", name=re.compile("^Hapus simpanan: .*Menyapa Warga"))
            expect(again).to_have_count(1)


class TestVersions:
    def test_a_new_version_is_taken_whole_and_between_two_pages(
        self, browser: Browser, host: Host, newer: Path
    ):
        site = f"{host.address}/{BUILD}/peserta"
        with phone(browser) as page:
            save(page, site)
            page.goto(f"{site}/{CHAPTER}")
            (old,) = page.evaluate(CACHES)
            host.show(newer)
            host.asked.clear()
            wait_for_new(page)
            fetched = {path.rpartition("/")[2] for path in host.asked if path.endswith(".bin")}
            assert fetched == {"sapa.bin", "cari.bin"}, "what has not changed is not loaded again"
            page.context.set_offline(True)
            expect(page.locator("article")).not_to_contain_text(NEW)
            page.goto(f"{site}/index.html")
            wait_for_change(page)
            page.goto(f"{site}/{CHAPTER}#sapa-lk1")
            expect(page.locator("article")).to_contain_text(NEW)
            assert page.url.endswith("#sapa-lk1")
            wait_until(page, "async () => (await caches.keys()).length === 1")
            assert page.evaluate(CACHES) != [old]

    def test_two_windows_keep_the_old_version_until_one_is_closed(
        self, browser: Browser, host: Host, newer: Path
    ):
        site = f"{host.address}/{BUILD}/peserta"
        with phone(browser) as page:
            save(page, site)
            page.goto(f"{site}/index.html")
            other = page.context.new_page()
            other.goto(f"{site}/{CHAPTER}")
            host.show(newer)
            wait_for_new(page)
            page.goto(f"{site}/{CHAPTER}")
            expect(page.locator("article")).not_to_contain_text(NEW)
            other.close()
            page.goto(f"{site}/index.html")
            wait_for_change(page)
            page.goto(f"{site}/{CHAPTER}")
            expect(page.locator("article")).to_contain_text(NEW)

    def test_an_interrupted_update_leaves_the_old_version_whole(
        self, browser: Browser, host: Host, newer: Path
    ):
        site = f"{host.address}/{BUILD}/peserta"
        with phone(browser) as page:
            save(page, site)
            page.reload()
            before = page.evaluate(CACHES)
            count = page.evaluate(HELD, before[0])
            host.show(newer)
            host.dropped = {"sapa.bin"}
            state = page.evaluate(
                "async () => { const r = await navigator.serviceWorker.getRegistration();"
                " await r.update(); const w = r.installing;"
                " if (!w) return 'none';"
                " if (w.state === 'installing') await new Promise(done =>"
                " w.addEventListener('statechange', done, {once: true}));"
                " return w.state; }"
            )
            assert state == "redundant"
            assert page.evaluate(CACHES) == before
            assert page.evaluate(HELD, before[0]) == count
            page.context.set_offline(True)
            page.goto(f"{site}/{CHAPTER}")
            expect(page.locator("h1")).to_contain_text("Tiga Langkah Menyapa")
            expect(page.locator("article")).not_to_contain_text(NEW)

    def test_a_file_of_another_version_is_refused(self, browser: Browser, host: Host, newer: Path):
        """The host is in the middle of being updated: list of the old, module of the new."""
        wrong = f"{BUILD}/peserta/assets/luring/sapa.bin"
        shutil.copy(newer / wrong, host.folder / "pusdiklat" / wrong)
        with phone(browser) as page:
            page.goto(f"{host.address}/{BUILD}/peserta/index.html")
            box(page).get_by_role("button", name="Simpan untuk luring").click()
            expect(box(page)).to_contain_text("belum ada yang disimpan")
            assert page.evaluate(CACHES) == []


class TestHindrances:
    def test_a_broken_connection_leaves_nothing_half(self, browser: Browser, host: Host):
        host.dropped = {"sapa.bin"}
        with phone(browser) as page:
            page.goto(f"{host.address}/{BUILD}/peserta/index.html")
            box(page).get_by_role("button", name="Simpan untuk luring").click()
            expect(box(page)).to_contain_text("Jaringan terputus")
            assert page.evaluate(CACHES) == []
            host.dropped = set()
            box(page).get_by_role("button", name="Simpan untuk luring").click()
            expect(box(page)).to_contain_text("Selesai.")

    @pytest.mark.parametrize("asked_before", [True, False])
    def test_a_full_phone_is_said_and_leaves_nothing_half(
        self, browser: Browser, host: Host, asked_before: bool
    ):
        """Where the browser says how much room there is, and where writing fails on the way."""
        with phone(browser) as page:
            if not asked_before:
                page.add_init_script(
                    "navigator.storage.estimate = async () => ({quota: 1e9, usage: 0});"
                )
            page.goto(f"{host.address}/{BUILD}/peserta/index.html")
            origin = page.evaluate("location.origin")
            tools = page.context.new_cdp_session(page)
            quota = {"origin": origin, "quotaSize": 60_000}
            tools.send("Storage.overrideQuotaForOrigin", quota)
            box(page).get_by_role("button", name="Simpan untuk luring").click()
            expect(box(page)).to_contain_text("Penyimpanan telepon ini penuh")
            assert page.evaluate(CACHES) == []
            tools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
            box(page).get_by_role("button", name="Simpan untuk luring").click()
            expect(box(page)).to_contain_text("Selesai.")

    def test_where_storing_is_forbidden_the_box_says_what_works(self, browser: Browser, host: Host):
        with phone(browser) as page:
            page.add_init_script(
                "const no = () => { throw new DOMException('', 'SecurityError'); };"
                "navigator.serviceWorker.register = async () => no(); caches.keys = no;"
            )
            page.goto(f"{host.address}/{BUILD}/peserta/index.html")
            box(page).get_by_role("button", name="Simpan untuk luring").click()
            expect(box(page)).to_contain_text("tidak mengizinkan")

    def test_without_https_there_is_no_button(self, browser: Browser, host: Host):
        with phone(browser) as page:
            page.add_init_script(
                "Object.defineProperty(window, 'isSecureContext', {get: () => false});"
            )
            page.goto(f"{host.address}/{BUILD}/peserta/index.html")
            expect(box(page)).to_contain_text("tidak diawali https://")
            expect(box(page).get_by_role("button")).to_have_count(0)

    def test_from_a_memory_card_it_is_there_already(self, browser: Browser, site_once: Project):
        with visiting(browser, PHONE, allowed=("search",)) as page:
            page.goto((site_once.out / BUILD / "peserta/index.html").as_uri())
            expect(box(page)).to_contain_text("sudah ada di perangkat Anda")
            expect(box(page).get_by_role("button")).to_have_count(0)


class TestFiles:
    def test_the_manifest_of_the_app_names_run_and_edition(self, site_once: Project):
        ids = set()
        for path in site_once.out.glob("*/p*/manifest.webmanifest"):
            app = json.loads(path.read_text("utf-8"))
            assert (app["start_url"], app["scope"], app["lang"]) == ("index.html", "./", "id")
            assert (path.parent / app["icons"][0]["src"]).exists()
            ids.add(app["id"])
        assert len(ids) == 4

    def test_packs_hold_pages_and_search_and_no_books(self, minimal_once: Project):
        site = minimal_once.out / BUILD / "peserta"
        worker = (site / "sw.js").read_text("utf-8")
        listed = json.loads(worker.partition(";\n")[0].removeprefix("const daftar = "))
        packs = files(site / "assets/luring")
        assert {f"assets/luring/{name}" for name in packs} == set(listed["kemasan"])
        held = {name: data for path in packs.values() for name, data in packed(path)}
        apart = ("buku/", "dokumen/", "unduhan/", "sitemap", "assets/luring/", "luring.html")
        never = {"sw.js", "manifest.webmanifest", "assets/luring-daftar.js"}
        there = {name for name in files(site) if not name.startswith(apart)} - never
        assert set(held) == there
        same = {name for name, data in held.items() if data == (site / name).read_bytes()}
        assert {name.rpartition(".")[2] for name in there - same} == {"html"}
        assert not [name for name, data in held.items() if b"<style>" in data]
        for name in there - same:
            assert elements(held[name]) == elements((site / name).read_bytes())
        assert listed["simpan"] == sum(map(len, held.values()))
        loaded = sum(path.stat().st_size for path in packs.values())
        assert loaded < listed["unduh"] < loaded + 5000
        assert "buku/buku-modul.pdf" in listed["unduhan"]
        for name, size in listed["unduhan"].items():
            assert (site / name).stat().st_size == size
