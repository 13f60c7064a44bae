"""A browser that notes whatever goes wrong, and a host that serves from a folder below its root."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from .commands import PATIENCE

CHROMIUM = "/usr/bin/chromium-headless-shell"
"""Debian's Chromium without what draws windows: a visit takes a quarter of the processor's time."""
WITH_SETTINGS = "/usr/bin/chromium"
"""The whole of it, where a setting of its user matters."""
FLAGS = ("--no-sandbox", "--disable-gpu")
"""Tests run as root, where no screen is: drawing by a software GPU doubled their time."""
PHONE, DESK = 360, 1280
"""Widths of a cheap phone and of a desk computer, in CSS pixels."""


expect.set_options(timeout=1000 * PATIENCE)


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; gives the address of its root."""
    handler = partial(_Handler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, timeout=1000 * PATIENCE
        )
        yield browser
        browser.close()


@contextmanager
def storing_nothing(browser: Browser, folder: Path) -> Iterator[Page]:
    """A visitor whose Chromium has the setting "Block all cookies", with its profile in an empty
    `folder`. It forbids storage, caches and service workers too.
    """
    (folder / "Default").mkdir(parents=True)
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (folder / "Default/Preferences").write_text(json.dumps(blocked), "utf-8")
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=WITH_SETTINGS,
        args=FLAGS,
        viewport={"width": PHONE, "height": 740},
        timeout=1000 * PATIENCE,
    )
    try:
        page = context.new_page()
        noise: list[str] = []
        page.on("pageerror", lambda error: noise.append(f"script: {error}"))
        yield page
        assert noise == []
    finally:
        context.close()


@contextmanager
def visiting(
    browser: Browser,
    width: int = PHONE,
    scheme: str = "light",
    *,
    scripts: bool = True,
    allowed: tuple[str, ...] = (),
    zone: str | None = None,
) -> Iterator[Page]:
    """A fresh visitor with a window so wide, whose device is set to a time zone.

    At the end there must have been no message of the console at warning or above, no error in a
    script, no answer that is one, and no request to any host but that of the page; messages that
    hold one of `allowed` aside.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        java_script_enabled=scripts,
        locale="id-ID",
        timezone_id=zone,
    )
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    noise: list[str] = []
    page.on("console", lambda m: m.type in ("error", "warning") and noise.append(_message(m)))
    page.on("pageerror", lambda error: noise.append(f"script: {error}"))
    page.on("requestfailed", lambda r: noise.extend(_failure(r)))
    page.on("response", lambda r: r.status >= 400 and noise.append(f"{r.status}: {r.url}"))
    page.on("request", lambda r: _outward(r.url) and noise.append(f"outward: {r.url}"))
    try:
        yield page
        page.wait_for_load_state("networkidle")
        assert [text for text in noise if not any(word in text for word in allowed)] == []
    finally:
        context.close()


def stays_on_a_card(
    write: Callable[[], object], leave: Callable[[], object], shown: Callable[[], bool]
) -> bool:
    """Whether a page of file:// shows what was written in it, once `leave` has led away and back.

    On a busy machine Chromium gives a page of file:// a storage now and then that is its alone: 1
    of 160 visits with a profile, 10 of 160 without one, none of 160 over HTTP. So up to five times.
    """
    for _ in range(5):
        write()
        leave()
        if shown():
            return True
    return False


def is_drawn(picture: Locator) -> bool:
    """Whether a picture has come; waits until it has, or has failed to."""
    expect(picture).to_have_js_property("complete", True)
    return bool(picture.evaluate("image => image.naturalWidth > 0"))


def _message(message: object) -> str:
    return f"console: {message.text} {message.location.get('url', '')}"


def _outward(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme not in ("data", "blob", "file", "about") and parts.hostname != "127.0.0.1"


def _failure(request: object) -> list[str]:
    # A page that is left before all of it has come is no failure.
    aborted = "ERR_ABORTED" in request.failure
    return [] if aborted else [f"failed: {request.url} {request.failure}"]
