"""What is served while writing is what a build of the same content makes, and costs its page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from pilar.content import module_store
from pilar.host import quick_page
from pilar.host.plugin import PilarPlugin
from pilar.project.state import Workspace

from .commands import BUILD, Project
from .trees import digests

RELOAD = re.compile(rb"<script>\s*var livereload.*?</script>", re.DOTALL)
"""What the host puts into each page that it serves."""
PAGES = ("sapa/penutup", "sapa/tiga-langkah", "sapa/persiapan-pelatih", "catat/mencatat")
ADDRESS = "http://127.0.0.1:8000/"


@dataclass
class Serving:
    """A site as `mkdocs serve` holds it, without its sockets and threads."""

    project: Project
    folder: Path
    whole: int = 0
    """How often all of it was built."""
    config: MkDocsConfig = field(init=False)
    server: LiveReloadServer = field(init=False)

    def __post_init__(self) -> None:
        self.config = self.configured()
        self.config.plugins.on_startup(command="serve", dirty=False)
        self.server = LiveReloadServer(self.build, "127.0.0.1", 0, str(self.folder))
        try:
            build(self.config, serve_url=ADDRESS)
        except Abort:
            self.server.server_close()
            raise
        self.config.plugins.on_serve(self.server, config=self.config, builder=self.build)

    def configured(self) -> MkDocsConfig:
        path, folder = self.project.root / "mkdocs.yml", str(self.folder)
        config = load_config(str(path), site_dir=folder, site_url="")
        config.site_url = ADDRESS
        return config

    def build(self) -> None:
        self.whole += 1
        build(self.configured(), serve_url=ADDRESS)

    def close(self) -> None:
        self.config.plugins.on_shutdown()
        self.server.server_close()

    @property
    def plugin(self) -> PilarPlugin:
        plugin = self.config.plugins["pilar"]
        assert isinstance(plugin, PilarPlugin)
        return plugin

    def saved(self) -> frozenset[str]:
        """The host sees that something was saved; gives what is shown before all is built."""
        self.server.builder()
        assert self.plugin.live
        return self.plugin.live._shown or frozenset()

    def ask(self, name: str) -> bytes:
        """A file as a browser gets it, without the script for live reload."""
        said: list[str] = []
        asked: dict[str, Any] = {"PATH_INFO": f"/{name}", "wsgi.input": BytesIO()}
        app = self.server.get_app()
        assert app
        answer = app(asked, lambda status, *_: said.append(status) or bytes)  # type: ignore[arg-type,func-returns-value]
        body = b"".join(answer)
        if isinstance(answer, FileWrapper):
            answer.filelike.close()
        assert said == ["200 OK"], name
        return RELOAD.sub(b"", body)


@contextmanager
def another_plugin() -> Iterator[None]:
    """The host keeps plugins from one build to the next: begin with none."""
    option = dict(MkDocsConfig._schema)["plugins"]
    known = option.plugin_cache  # type: ignore[attr-defined]
    option.plugin_cache = {}  # type: ignore[attr-defined]
    try:
        yield
    finally:
        option.plugin_cache = known  # type: ignore[attr-defined]


@pytest.fixture(params=["peserta", "pelatih"])
def serving(
    request: pytest.FixtureRequest, minimal: Project, tmp_path: Path, monkeypatch: Any
) -> Iterator[Serving]:
    minimal.add_host_files()
    monkeypatch.setenv("PILAR_CACHE", str(minimal.cache))
    monkeypatch.setenv("PILAR_EDITION", request.param)
    with another_plugin():
        found = Serving(minimal, tmp_path / "situs")
        yield found
        found.close()


def fresh(serving: Serving, folder: Path) -> None:
    """The same content, built by a server that has just begun, with nothing in its cache."""
    with pytest.MonkeyPatch.context() as patch, another_plugin():
        patch.setenv("PILAR_CACHE", f"{folder}-cache")
        Serving(serving.project, folder).close()


def same_as_fresh(serving: Serving, shown: frozenset[str], folder: Path) -> None:
    """What is served at once, and all the rest when it is asked for."""
    try:
        fresh(serving, folder)
    except Abort:
        assert b"Situs belum dapat dibuat" in serving.ask("index.html")
        return
    for name in [*sorted(shown), *sorted(digests(folder))]:
        assert serving.ask(name) == (folder / name).read_bytes(), name
    assert digests(serving.folder) == digests(folder)


Edit = Callable[[Project, random.Random], None]


def added(text: str, pages: Sequence[str] = PAGES) -> Edit:
    """Something at the end of one of the pages."""

    def edit(project: Project, choice: random.Random) -> None:
        name = f"modules/{choice.choice(pages)}.md"
        number = choice.randrange(10**6)
        project.write(name, f"{project.text(name)}\n{text.format(number)}\n")

    return edit


def swapped(name: str, pattern: str, new: str) -> Edit:
    """Another text in the place of the first that fits."""

    def edit(project: Project, choice: random.Random) -> None:
        text, number = project.text(name), choice.randrange(10**6)
        assert re.search(pattern, text), name
        project.write(name, re.sub(pattern, new.format(number), text, count=1))

    return edit


def new_page(project: Project, choice: random.Random) -> None:
    name = f"baru-{choice.randrange(10**6)}.md"
    project.write(f"modules/catat/{name}", "# Halaman Baru\n\nTeks tentang PPKS.\n")
    swapped("modules/catat/modul.yml", "halaman: .", f"halaman: [{name}, ")(project, choice)


def page_gone(project: Project, choice: random.Random) -> None:
    (project.root / "modules/sapa/penutup.md").unlink()
    swapped("modules/sapa/modul.yml", ", penutup.md", "")(project, choice)


EDITS: dict[str, Edit] = {
    "text": added("Tulis juga {} kata."),
    "term": added("Ingat **PPKS** nomor {}, `kode`, dan[^a] kunjungan.\n\n[^a]: Catatan."),
    "heading": added("## Bagian {}\n\nIsinya."),
    "block": added("/// diskusi | Pertanyaan {}\n\nApa pendapat Anda?\n///"),
    "trainers": added("/// pelatih\nHanya Anda yang tahu {} rahasia ini, Widyaiswara.\n///"),
    "picture shown": added("![Langkah {}](aset/langkah.svg)", PAGES[:2]),
    "title": swapped("modules/sapa/penutup.md", "# .*", "# Akhir {}"),
    "glossary": swapped("modules/glosarium.yml", "arti: Pertemuan.*", "arti: Pertemuan ke-{}."),
    "question": swapped("modules/sapa/soal.yml", "teks: Langkah.*", "teks: Langkah ke-{} adalah …"),
    "module": swapped("modules/sapa/modul.yml", "judul: M.*", "judul: Menyapa {} Warga"),
    "run": swapped(f"runs/{BUILD}.yml", "judul: .*", 'judul: "Pelatihan {}"'),
    "figure": swapped("modules/sapa/aset/langkah.svg", "</text>", " {}</text>"),
    "style": swapped("overrides/tema/assets/isi.css", r"^", "main {{ order: {}; }}\n"),
    "frame": swapped("overrides/tema/partials/copyright.html", "^", "<p>{}</p>"),
    "new page": new_page,
    "page gone": page_gone,
    "mistake": added("/// pelatih\nTanpa akhir, {}."),
}
SELDOM = {"picture shown", "page gone", "frame", "module", "mistake"}
"""What only the long test tries."""


def test_whatever_is_saved_is_served_as_a_fresh_build_has_it(
    serving: Serving, tmp_path: Path
) -> None:
    """One edit upon the other, some of them while the last one is not built yet."""
    choice = random.Random(serving.plugin.config.edition)
    names = choice.sample(sorted(EDITS.keys() - SELDOM), 7)
    for number, name in enumerate(names):
        EDITS[name](serving.project, choice)
        shown = serving.saved()
        if choice.random() < 0.4 or number == len(names) - 1:
            same_as_fresh(serving, shown, tmp_path / f"segar-{number}")


@pytest.mark.panjang
@pytest.mark.parametrize("seed", range(3))
def test_in_any_order(serving: Serving, tmp_path: Path, seed: int) -> None:
    choice, root = random.Random(seed), serving.project.root
    before = content(root)
    for number in range(30):
        now = content(root)
        if choice.random() < 0.2:
            for name in now.keys() - before.keys():
                (root / name).unlink()
            for name, data in before.items():
                if now.get(name) != data:
                    (root / name).write_bytes(data)
        else:
            before = now
            with suppress(FileNotFoundError):  # an edit of a page that is gone
                EDITS[choice.choice(sorted(EDITS))](serving.project, choice)
        shown = serving.saved()
        if choice.random() < 0.6:
            same_as_fresh(serving, shown, tmp_path / f"segar-{number}")


def content(root: Path) -> dict[str, bytes]:
    """All that a site is made of."""
    found = (path for name in ("modules", "runs", "overrides") for path in (root / name).rglob("*"))
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found if p.is_file()}


@pytest.mark.parametrize("serving", ["pelatih"], indirect=True)
def test_a_paragraph_costs_its_page(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page is read and one rendered; the rest once anything else is asked for."""
    done: list[str] = []

    def counting(module: Any, name: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: done.append(name) or real(*given))

    counting(module_store, "parse_page")
    counting(quick_page, "with_first_styles")
    serving.project.replace("modules/sapa/penutup.md", "senyum", "tawa")
    shown = serving.saved()
    assert {name for name in shown if name.endswith(".html")} == {"sapa/penutup.html"}
    assert b"Bawalah tawa Anda" in serving.ask("sapa/penutup.html")
    assert serving.ask("assets/pilar.css")
    assert done == ["parse_page", "with_first_styles"]
    assert serving.whole == 0
    assert serving.ask("index.html")
    assert serving.whole == 1
    assert serving.ask("sapa/penutup.html")
    assert serving.whole == 1


@pytest.mark.parametrize("serving", ["peserta"], indirect=True)
def test_what_is_built_in_quiet_makes_way(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something is saved in the middle of it: that is shown at once all the same."""
    live = serving.plugin.live
    assert live
    serving.project.replace("modules/sapa/penutup.md", "senyum", "tawa")
    assert "sapa/penutup.html" in serving.saved()
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "anew", lambda self: live._saved.set() or self)
        live._in_quiet()
    assert serving.whole == 1
    assert live._shown, "what was left is still behind"
    serving.project.replace("modules/sapa/penutup.md", "tawa", "sapa")
    shown = serving.saved()
    assert "sapa/penutup.html" in shown
    assert serving.whole == 1
    same_as_fresh(serving, shown, tmp_path / "segar")


@pytest.mark.parametrize("serving", ["peserta"], indirect=True)
def test_what_was_taken_back_is_not_shown(serving: Serving) -> None:
    page = "modules/sapa/penutup.md"
    serving.project.replace(page, "senyum", "tawa")
    assert serving.saved()
    serving.project.replace(page, "tawa", "senyum")
    serving.saved()
    assert b"Bawalah senyum Anda" in serving.ask("sapa/penutup.html")


@pytest.mark.parametrize("serving", ["peserta"], indirect=True)
def test_after_a_mistake_all_is_built(serving: Serving) -> None:
    """No page of the site before stands among those that say what is wrong."""
    page = "modules/sapa/penutup.md"
    serving.project.replace(page, "senyum", "tawa")
    assert serving.saved()
    serving.project.replace(page, "Anda ketuk.", "Anda ketuk.\n\n/// pelatih\nRahasia.")
    assert not serving.saved()
    assert b"B102" in serving.ask("sapa/penutup.html")
    assert b"B102" in serving.ask("index.html")
    serving.project.replace(page, "\n\n/// pelatih\nRahasia.", "")
    assert not serving.saved()
    assert b"Bawalah tawa Anda" in serving.ask("sapa/penutup.html")
    assert b"B102" not in serving.ask("index.html")
