"""Writing with the site beside it: a saved page shows, a mistake does not end the server."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import URLError

import pytest

from .commands import BUILD, PATIENCE, Project
from .launcher import HOST

PAGE = "modules/sapa/penutup.md"


@pytest.fixture
def host() -> str:
    """A free address of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@dataclass
class Server:
    """A running server, and all that it said once it has ended."""

    process: subprocess.Popen[str]
    said: str = ""

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait, PATIENCE at the most."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.1)


@contextmanager
def serving(project: Project, *command: str, **environment: str) -> Iterator[Server]:
    """Run a server; it must end at Ctrl+C, and without a traceback."""
    with project.started(*command, **environment) as process:
        server = Server(process)
        yield server
        assert process.poll() is None, "the server ended by itself"
        process.send_signal(signal.SIGINT)
        server.said = "".join(process.communicate(timeout=PATIENCE))
        assert process.returncode in (0, 130)
        assert "Traceback" not in server.said, server.said


def page(address: str) -> str:
    """A page as served, empty where there is no answer yet."""
    try:
        with urllib.request.urlopen(f"http://{address}", timeout=5) as answer:
            return answer.read().decode()
    except (URLError, ConnectionError, TimeoutError):
        return ""


def test_live_reload_brings_the_problem_and_the_mended_page(minimal: Project, host: str):
    """The answer that browsers wait for comes with the problem, and once it is gone."""
    minimal.add_host_files()

    def reloaded(after: int) -> int:
        found = 0

        def newer() -> bool:
            nonlocal found
            found = int(page(f"{host}/livereload/{after}/1") or 0)
            return found > after

        server.until(newer)
        return found

    def epoch(text: str) -> int:
        match = re.search(r"livereload\((\d+),", text)
        assert match
        return int(match[1])

    with serving(minimal, HOST, "serve", "-a", host) as server:
        server.until(lambda: "senyum" in page(f"{host}/sapa/penutup.html"))
        first = epoch(page(f"{host}/sapa/penutup.html"))
        minimal.replace("modules/sapa/modul.yml", "prasyarat: []", "prasarat: []")
        second = reloaded(first)
        assert "“prasyarat”" in page(f"{host}/sapa/penutup.html")
        minimal.replace("modules/sapa/modul.yml", "prasarat: []", "prasyarat: []")
        reloaded(second)
        assert "senyum" in page(f"{host}/sapa/penutup.html")


@pytest.mark.parametrize(
    ("edition", "environment"),
    [("peserta", {}), ("pelatih", {"PILAR_EDITION": "pelatih", "PILAR_RUN": BUILD})],
)
def test_mkdocs_serve_shows_a_saved_page_and_no_leak(
    minimal: Project, host: str, edition: str, environment: dict[str, str]
):
    minimal.add_host_files()
    with serving(minimal, HOST, "serve", "-a", host, **environment) as server:
        server.until(lambda: "senyum" in page(f"{host}/sapa/penutup.html"))
        shown = page(f"{host}/sapa/tiga-langkah.html")
        assert ("hati yang ringan" in shown) == (edition == "pelatih")
        minimal.replace(PAGE, "senyum", "tawa")
        server.until(lambda: "Bawalah tawa Anda" in page(f"{host}/sapa/penutup.html"))


def test_pilar_serve_shows_a_saved_page_question_and_run(minimal: Project, host: str):
    command = ("pilar", "serve", BUILD, "--edition", "pelatih", "--address", host)
    with serving(minimal, *command) as server:
        server.until(lambda: "senyum" in page(f"{host}/sapa/penutup.html"))
        assert "hati yang ringan" in page(f"{host}/sapa/tiga-langkah.html")
        minimal.replace("modules/sapa/soal.yml", "Ketukan memberi", "Bunyi ketukan memberi")
        server.until(lambda: "Bunyi ketukan" in page(f"{host}/sapa/tiga-langkah.html"))
        minimal.replace(f"runs/{BUILD}.yml", "Angkatan Contoh", "Angkatan Lain")
        server.until(lambda: "Angkatan Lain" in page(f"{host}/index.html"))


def test_a_mistake_is_told_and_the_server_goes_on(minimal: Project, host: str):
    site = "https://contoh.example/modul/"
    with serving(minimal, "pilar", "serve", "--address", host, PILAR_SITE_URL=site) as server:
        server.until(lambda: "senyum" in page(f"{host}/sapa/penutup.html"))
        minimal.replace(PAGE, "senyum Anda", "senyum Anda\n\n/// pelatih\nrahasia")
        for path in ("index.html", "sapa/penutup.html"):
            server.until(lambda path=path: "Situs belum dapat dibuat" in page(f"{host}/{path}"))
            shown = page(f"{host}/{path}")
            assert f"<h2>{PAGE}</h2>" in shown
            assert "B102" in shown
            assert "blok `pelatih` yang dibuka di sini tidak ditutup" in shown
            assert "livereload(" in shown
            assert "rahasia" not in shown
        minimal.replace(PAGE, "senyum Anda\n\n/// pelatih\nrahasia", "tawa Anda")
        server.until(lambda: "Bawalah tawa Anda" in page(f"{host}/sapa/penutup.html"))
        assert "belum dapat" not in page(f"{host}/index.html")
        minimal.pilar("serve", "--address", host).refused(f"alamat {host} tidak dapat dipakai")
    assert f"buka http://{host}/ di peramban" in server.said
    assert re.search(rf"{PAGE}:\d+: B102 ", server.said)
    assert "An error" not in server.said


def test_serve_refuses_what_it_cannot_show(minimal: Project, host: str):
    minimal.pilar("serve", "2025-03-conto", "--address", host).refused(f"“{BUILD}”")
    minimal.pilar("serve", "--edition", "umum").refused("pelatih, peserta")
    for address in ("tanpa-port", "127.0.0.1:99999", "127.0.0.1:0"):
        minimal.pilar("serve", "--address", address).refused("--address")
    line = minimal.replace(PAGE, "# Penutup", "# Penutup\n\n/// pelatij\n///")
    found = minimal.pilar("serve", "--address", host).problems()
    assert (PAGE, line + 2, "B101") in found
