"""`pilar build --seal`: nothing of the trainer site without the passphrase, all of it with."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from playwright.sync_api import Browser, Page, Response, expect

from pilar.editions.seal.keys import normalized

from .browser import DESK, PHONE, chromium, is_drawn, served, stays_on_a_card, visiting
from .commands import BIN, BUILD, PATIENCE, REPOSITORY, Project, clean_environment
from .trees import files

PASSPHRASE = "tikar pandan rebus jagung"
TYPED = " tikar\u00a0pandan  rebus jagung"
"""The same as a phone's keyboard may give it."""
PAGE = "sapa/tiga-langkah.html"
SECRET = "mengetuk pintu dengan hati yang ringan"
"""Stands on PAGE, for trainers."""


@pytest.fixture(scope="module")
def project(minimal_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny project, its trainer site sealed over the plain one."""
    project = minimal_once.copied(tmp_path_factory.mktemp("segel") / "proyek")
    (project.root / "tmp").mkdir()
    environment = {"PILAR_PASSPHRASE": TYPED, "TMPDIR": str(project.root / "tmp")}
    outcome = project.build("--seal", **environment).fine()
    assert "selesai, disegel" in outcome.out
    return project


@pytest.fixture(scope="module")
def sealed(project: Project) -> Path:
    """The sealed site."""
    return project.out / BUILD / "pelatih"


@pytest.fixture(scope="module")
def plain(minimal_once: Project) -> Path:
    """The same site, not sealed."""
    return minimal_once.out / BUILD / "pelatih"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def host(project: Project) -> Iterator[str]:
    """Address of the sealed site, some folders below the root of its host."""
    with served(project.root) as root:
        yield f"{root}/build/{BUILD}/pelatih"


def texts(site: Path) -> set[str]:
    """All that a reader of a site's pages sees, piece by piece: sixteen letters or more.

    What `luring.html` says where a page is not saved is no secret.
    """
    paths = sorted(path for path in site.rglob("*.html") if path.name != "luring.html")
    pages = [lxml.html.parse(path).getroot() for path in paths]
    pieces = {" ".join(text.split()) for page in pages for text in page.xpath("//text()|//@alt")}
    return {piece for piece in pieces if len(piece) >= 16}


def bodies(answers: list[Response]) -> bytes:
    """What came into the browser; what it made itself came from nowhere.

    Fetched again: of a page that was left meanwhile, the browser may no longer know it.
    """
    addresses = {answer.url.partition("#")[0] for answer in answers}
    came = sorted(a for a in addresses if not a.startswith(("blob:", "data:")))
    assert came
    found = b""
    for address in came:
        with urllib.request.urlopen(address) as answer:
            found += answer.read()
    return found


_NOTED_KINDS = """
    window.kinds = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { window.kinds.push(blob.type); return make.call(URL, blob); };
"""


def unlock(page: Page, passphrase: str = TYPED) -> None:
    """Type the passphrase into the form, and enter."""
    page.get_by_label("Kata sandi pelatihan").fill(passphrase)
    page.get_by_role("button", name="Buka").click()


class TestFiles:
    def test_no_file_holds_a_piece_of_the_site(self, project: Project, sealed: Path, plain: Path):
        pieces = {piece.encode() for piece in texts(plain)}
        assert len(pieces) > 50
        assert any(SECRET.encode() in piece for piece in pieces)
        looked_at = [
            *files(sealed).values(),
            *files(project.root / "tmp").values(),
            project.out / BUILD / "manifes.json",
        ]
        for path in looked_at:
            data = path.read_bytes()
            if path.suffix not in (".js", ".css", ".map"):
                assert [piece for piece in pieces if piece in data] == [], path
            assert PASSPHRASE.encode() not in data
        assert SECRET.encode() in (plain / PAGE).read_bytes()

    def test_nothing_plain_is_left_behind(self, project: Project):
        assert {path.name for path in project.out.iterdir()} == {BUILD, "edisi", ".pilar.lock"}
        assert list(project.cache.glob("segel-*")) == []
        assert files(project.root / "tmp") == {}

    def test_pictures_and_the_site_map_are_gone(self, sealed: Path, plain: Path):
        missing = {path.relative_to(plain) for path in plain.rglob("*") if path.is_file()}
        missing -= {path.relative_to(sealed) for path in sealed.rglob("*")}
        edited = {path for path in missing if path.suffix in (".docx", ".xlsx")}
        assert {path.parent.name for path in edited} == {"dokumen"}
        for path in edited:
            assert (sealed / f"{path}.html").exists(), "moved into a page that asks"
        missing -= edited
        assert {str(name) for name in missing} == {
            "sapa/aset/langkah.svg",
            "sitemap.xml",
            "sitemap.xml.gz",
        }

    def test_participants_get_what_they_always_got(self, project: Project, plain: Path):
        def participants(folder: Path) -> dict[str, bytes]:
            return {name: path.read_bytes() for name, path in files(folder / "peserta").items()}

        assert participants(project.out / BUILD) == participants(plain.parent)

    def test_the_manifest_tells_that_it_is_sealed_and_no_more(
        self, project: Project, sealed: Path, plain: Path
    ):
        text = (project.out / BUILD / "manifes.json").read_text("utf-8")
        manifest = json.loads(text)
        assert manifest["disegel"] is True
        assert set(manifest["segel"]) == {"garam", "putaran"}
        for name, path in files(sealed).items():
            said = manifest["berkas"][f"pelatih/{name}"]
            assert said == hashlib.sha256(path.read_bytes()).hexdigest()
        public = {path.read_bytes() for path in files(plain.parent / "peserta").values()}
        trainers = {path.read_bytes(): name for name, path in files(plain).items()}
        trainers = {data: name for data, name in trainers.items() if data not in public}
        assert len(trainers) > 10
        told = {name for data, name in trainers.items() if hashlib.sha256(data).hexdigest() in text}
        # Software, without a word of a module: it draws the pages once they are open.
        assert told == {"assets/kelas.css", "assets/kelas.js", "assets/pilar.css"}
        unsealed = json.loads((plain.parent / "manifes.json").read_text("utf-8"))
        assert unsealed["disegel"] is False
        assert manifest["edisi"]["peserta"] == unsealed["edisi"]["peserta"]
        assert unsealed["edisi"]["pelatih"] not in manifest["edisi"]["pelatih"]

    def test_books_open_with_the_passphrase_only(self, sealed: Path):
        books = sorted((sealed / "buku").glob("*.pdf"))
        assert [book.stem for book in books] == ["ctt", "panduan-pelatih", "sap"]
        for book in (*books, sealed / "dokumen/kunci-latihan.pdf"):
            for wrong in ("", "tikar pandan rebus", PASSPHRASE.upper()):
                with pytest.raises(pikepdf.PasswordError):
                    pikepdf.open(book, password=wrong)
            with pikepdf.open(book, password=PASSPHRASE) as pdf:
                assert pdf.encryption.R == 6
                assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
                assert str(pdf.docinfo["/Title"])
                assert pdf.pages


@pytest.mark.parametrize("way", ["http", "file"])
class TestBrowser:
    @pytest.fixture
    def address(self, way: str, host: str, sealed: Path) -> str:
        return host if way == "http" else sealed.as_uri()

    def test_nothing_shows_before_the_passphrase(self, browser: Browser, address: str, plain: Path):
        with visiting(browser, PHONE) as page:
            received: list[Response] = []
            page.on("response", lambda answer: received.append(answer))
            for name in ("index.html", PAGE):
                page.goto(f"{address}/{name}")
                expect(page.get_by_label("Kata sandi pelatihan")).to_be_focused()
                assert page.title() == "Situs pelatih"
                page.evaluate("window.scrollTo(500, 0)")
                assert page.evaluate("window.scrollX") == 0
                seen = page.content()
                assert [piece for piece in texts(plain) if piece in seen] == []
            page.wait_for_load_state("networkidle")
            kept = page.evaluate(_KEPT)
            assert kept == {"caches": [], "databases": [], "local": 0, "session": 0, "cookie": ""}
            everything = bodies(received)
            assert [piece for piece in texts(plain) if piece.encode() in everything] == []

    def test_a_wrong_passphrase_is_told_in_plain_words(self, browser: Browser, address: str):
        with visiting(browser, PHONE) as page:
            page.goto(f"{address}/{PAGE}")
            unlock(page, PASSPHRASE.title())
            expect(page.get_by_role("status")).to_contain_text("Kata sandi ini tidak cocok.")
            assert page.evaluate("sessionStorage.length") == 0
            page.get_by_label("Tampilkan yang saya ketik").check()
            unlock(page)
            expect(page.locator("article h1")).to_contain_text("Tiga Langkah Menyapa")

    def test_the_right_one_opens_all_until_the_session_ends(
        self, browser: Browser, address: str, way: str
    ):
        with visiting(browser, DESK) as page:
            received: list[Response] = []
            page.on("response", lambda answer: received.append(answer))
            secret, lock = page.get_by_text(SECRET), page.get_by_label("Kata sandi pelatihan")

            def enter() -> None:
                page.goto(f"{address}/{PAGE}#sap-k1")
                expect(lock.or_(secret).first).to_be_visible()
                if lock.is_visible():
                    unlock(page)
                expect(secret).to_be_in_viewport()
                assert is_drawn(page.locator("article img").first)

            def shown() -> bool:
                heading = page.locator("h1", has_text="BAB III: Penutup")
                expect(lock.or_(heading).first).to_be_visible()
                return heading.is_visible()

            assert stays_on_a_card(enter, page.locator("a[rel=next]").click, shown)
            kept = page.evaluate("Object.entries({...sessionStorage})")
            assert [(len(base64.b64decode(key)), name[:12]) for name, key in kept] == [
                (32, "pilar-segel:")
            ]
            box = page.get_by_role("searchbox")
            for _ in range(5 * PATIENCE):  # a key that comes before the script is nobody's
                page.keyboard.press("/")
                page.wait_for_timeout(200)
                if box.is_visible():
                    break
            box.fill("ringan")
            expect(page.locator(f".pilar-cari a[href*='{PAGE}']").first).to_be_visible()
            page.keyboard.press("Escape")
            assert page.evaluate("navigator.serviceWorker?.controller ?? null") is None
            assert SECRET not in str(page.evaluate("Object.entries({...localStorage})"))
            page.wait_for_load_state("networkidle")
            assert SECRET.encode() not in bodies(received)
            page.get_by_role("button", name="Kunci situs ini").click()
            expect(page.get_by_label("Kata sandi pelatihan")).to_be_focused()
            assert page.evaluate("sessionStorage.length") == 0
        with visiting(browser, DESK) as page:
            page.goto(f"{address}/{PAGE}")
            expect(page.get_by_label("Kata sandi pelatihan")).to_be_focused()
            assert SECRET not in page.content()


class TestScript:
    def test_a_passphrase_counts_alike_here_and_there(self, browser: Browser):
        """Every sign that both know, between letters: what Python makes of it, the browser does."""
        source = (REPOSITORY / "overrides/segel/segel.js").read_text("utf-8")
        function = re.search(r"const normalized = (.*?);\n", source, re.DOTALL)
        assert function
        words = [
            f" a{chr(code)}\u0301b {chr(code)}"
            for code in range(0x110000)
            if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
        ]
        with visiting(browser) as page:
            there = page.evaluate(f"words => words.map({function[1]})", words)
        assert len(words) > 100_000
        assert [w for w, t in zip(words, there, strict=True) if normalized(w) != t] == []

    def test_a_paper_to_edit_is_handed_out_as_what_it_is(
        self, browser: Browser, sealed: Path, plain: Path
    ):
        with visiting(browser, allowed=("ERR_FILE_NOT_FOUND",)) as page:
            # The page's policy lets no script fetch what it hands out.
            page.add_init_script(_NOTED_KINDS)
            lock = page.get_by_label("Kata sandi pelatihan")
            paper = page.locator("a[href$='dokumen/jadwal.docx.html']")
            save = page.get_by_role("link", name="Simpan jadwal.docx")

            def enter() -> None:
                page.goto((sealed / "cetak.html").as_uri())
                expect(lock.or_(paper).first).to_be_visible()
                if lock.is_visible():
                    unlock(page)

            def shown() -> bool:
                expect(lock.or_(save).first).to_be_visible()
                return save.is_visible()

            assert stays_on_a_card(enter, paper.click, shown)
            with page.expect_download() as download:
                save.click()
            assert download.value.suggested_filename == "jadwal.docx"
            original = (plain / "dokumen/jadwal.docx").read_bytes()
            assert download.value.path().read_bytes() == original
            assert page.evaluate("window.kinds").pop().endswith("wordprocessingml.document")

    def test_a_damaged_page_is_not_taken_for_a_wrong_passphrase(
        self, browser: Browser, sealed: Path, tmp_path: Path
    ):
        text = (sealed / PAGE).read_text("utf-8")
        load = re.search(r'"isi": "[^"]{40}', text)
        assert load
        damaged = f"{load[0][:-4]}{'AAAA' if load[0][-4:] != 'AAAA' else 'BBBB'}"
        (tmp_path / "rusak.html").write_text(text.replace(load[0], damaged), "utf-8")
        with visiting(browser, allowed=("ERR_FILE_NOT_FOUND",)) as page:
            page.goto((tmp_path / "rusak.html").as_uri())
            unlock(page)
            expect(page.get_by_role("status")).to_contain_text("rusak")


class TestCommand:
    def test_what_will_not_do_is_refused_before_anything_is_built(self, minimal: Project):
        minimal.build("--seal").refused("PILAR_PASSPHRASE")
        minimal.build("--seal", PILAR_PASSPHRASE="kurang panjang").refused("sedikitnya 16")
        outcome = minimal.build("--seal", "--edition", "peserta", PILAR_PASSPHRASE=PASSPHRASE)
        outcome.refused("edisi pelatih")
        assert not minimal.out.exists()

    def test_a_passphrase_without_the_option_is_noticed(self, site: Project):
        outcome = site.build("--no-books", PILAR_PASSPHRASE=PASSPHRASE)
        assert outcome.code == 0
        assert "tidak ada yang disegel" in outcome.err
        assert "tidak berubah" in outcome.out

    def test_it_is_asked_for_twice_and_not_shown(self, minimal: Project):
        shown = _at_a_terminal(minimal, f"{PASSPHRASE}\n", "lain sama sekali ini\n")
        assert "Kata sandi pelatihan" in shown
        assert "Ulangi kata sandi" in shown
        assert "kedua kata sandi tidak sama" in shown
        assert PASSPHRASE not in shown

    @pytest.mark.panjang
    def test_a_build_knows_how_the_folder_is_sealed(self, site: Project):
        """Plain, sealed, sealed again, other passphrase, participants only, plain."""

        def build(*arguments: str, **environment: str) -> tuple[str, dict[str, object]]:
            common = ("--no-books", "--jobs", "1", BUILD)
            outcome = site.build(*arguments, *common, **environment).fine()
            return outcome.out, json.loads((site.out / BUILD / "manifes.json").read_bytes())

        assert "tidak berubah" in build()[0]
        out, first = build("--seal", PILAR_PASSPHRASE=PASSPHRASE)
        assert "selesai, disegel" in out
        out, second = build("--seal", PILAR_PASSPHRASE=TYPED)
        assert "tidak berubah, disegel" in out
        assert second == first
        out, other = build("--seal", PILAR_PASSPHRASE="ember bocor di sudut dapur")
        assert "selesai, disegel" in out
        assert other["segel"] != first["segel"]
        assert "tidak berubah" in build("--edition", "peserta")[0]
        site.replace("modules/sapa/penutup.md", "senyum", "tawa")
        out, mixed = build("--edition", "peserta")
        assert "selesai" in out
        assert mixed["segel"] == other["segel"]
        assert SECRET not in (site.out / BUILD / "pelatih" / PAGE).read_text("utf-8")
        assert "tadinya disegel" not in out
        out, last = build()
        assert "selesai" in out
        assert "edisi pelatih tadinya disegel, kini terbuka" in out
        assert last["disegel"] is False
        assert SECRET in (site.out / BUILD / "pelatih" / PAGE).read_text("utf-8")


def _at_a_terminal(project: Project, *typed: str) -> str:
    """What `pilar build --seal` shows at a terminal where this is typed."""
    controller, terminal = pty.openpty()
    code = f"import os, pty, sys; os.login_tty({terminal}); os.execv(*{_command()!r})"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=project.root,
        env=clean_environment(project.cache),
        pass_fds=[terminal],
    )
    os.close(terminal)
    shown = ""
    for answer in (*typed, ""):
        if answer:
            while shown.count(": ") < typed.index(answer) + 1:
                shown += os.read(controller, 4096).decode()
            os.write(controller, answer.encode())
    try:
        while data := os.read(controller, 4096):
            shown += data.decode()
    except OSError:
        pass  # the other end is closed
    os.close(controller)
    assert process.wait(60) == 2
    return shown


def _command() -> tuple[str, list[str]]:
    return str(BIN / "pilar"), ["pilar", "build", "--seal"]


_KEPT = """async () => ({
  caches: globalThis.caches ? await caches.keys().catch(() => []) : [],
  databases: (await indexedDB.databases()).map(d => d.name),
  local: localStorage.length,
  session: sessionStorage.length,
  cookie: document.cookie,
})"""


class TestOffline:
    def test_saved_pages_open_by_the_passphrase_without_a_network(
        self, browser: Browser, host: str, sealed: Path
    ):
        worker = (sealed / "sw.js").read_text("utf-8")
        assert "Menyapa Warga" not in worker
        with visiting(browser, PHONE, allowed=("ERR_INTERNET_DISCONNECTED",)) as page:
            page.goto(f"{host}/index.html")
            unlock(page)
            page.get_by_role("button", name="Simpan untuk luring").click()
            expect(page.locator("#luring")).to_contain_text("Selesai.")
            page.context.set_offline(True)
            page.evaluate("sessionStorage.clear()")
            page.goto(f"{host}/{PAGE}")
            unlock(page)
            expect(page.locator("article")).to_contain_text(SECRET)
            page.context.set_offline(False)
