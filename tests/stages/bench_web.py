"""A site beside stock Material with the same text: weight, paint, search, accessibility.

python -m tests.stages.bench_web ROOT RUN

Real Chromium on slow networks and a slow processor, set by its own protocol; both sites in turn,
each visit with an empty cache, medians. Both come from the same host, compressed, over connections
that stay open. Stock has `font: false`, for ours asks no foreign host for anything; its scripts are
its own affair. Builds in a folder of its own; needs Chromium as the tests of tests/front do.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from http.server import ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

import lxml.html
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.front.browser import PHONE, _Handler, chromium

VISITS = 5
NETWORKS = {"400 kbit/s": (300, 50_000), "1.6 Mbit/s": (150, 200_000)}
"""Milliseconds of latency, bytes a second: a village at the edge of a mobile network; a town."""
SLOWDOWN = 4
WORD = "rujukan"
BAR = 0.7
"""Share of the stock site's time until the first and the largest paint that ours may take."""
_STOCK = """site_name: Stock
use_directory_urls: false
theme: {name: material, language: id, font: false}
plugins: [search]
"""
_PAINT = """() => new Promise(done => {
  let largest = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) largest = e.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => {
    const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    done([first, largest]);
  }, 500);
})"""


class _Gzip(_Handler):
    """A host that compresses, as they all do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 (http.server calls it so)
        path = Path(self.translate_path(self.path))
        found = path.is_file()
        data = gzip.compress(path.read_bytes(), 9) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip" if found else "identity")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of connections that a visitor leaves."""


def stock(ours: Path, folder: Path) -> Path:
    """A site of stock Material with the text of every page of ours."""
    docs = folder / "docs"
    for path in sorted(ours.rglob("*.html")):
        name = path.relative_to(ours)
        article = lxml.html.fromstring(path.read_bytes()).find(".//article")
        if article is None or name.parts[0] == "unduhan":
            continue
        html = "".join(lxml.html.tostring(child, encoding="unicode") for child in article)
        target = docs / name.with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\ntitle: {name.stem}\n---\n<div>{html}</div>\n", "utf-8")
        for picture in path.parent.glob("aset/*"):
            (target.parent / "aset").mkdir(exist_ok=True)
            (target.parent / "aset" / picture.name).write_bytes(picture.read_bytes())
    (folder / "mkdocs.yml").write_text(_STOCK, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder / "situs")]
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return folder / "situs"


def kinds(ours: Path) -> dict[str, str]:
    """A page of each kind: home, module, a chapter of middling length, the longest page, and that
    of most bytes.
    """
    pages = [p for p in ours.glob("*/*.html") if p.parent.name not in ("unduhan", "kelas")]
    chapters = sorted((p for p in pages if p.stem != "index"), key=lambda p: p.stat().st_size)
    modules = sorted(p for p in pages if p.stem == "index")
    found = {"home": ours / "index.html", "module": modules[0]}
    found |= {"chapter": chapters[len(chapters) // 2], "longest": chapters[-1]}
    found |= {"heaviest": max(pages, key=lambda page: len(gzip.compress(page.read_bytes(), 9)))}
    return {kind: path.relative_to(ours).as_posix() for kind, path in found.items()}


def visit(browser: Browser, address: str, network: str, *, whole: bool) -> dict[str, float]:
    """Figures of one visit with an empty cache; if `whole`, also bytes, to the first results."""
    context = browser.new_context(viewport={"width": PHONE, "height": 740})
    page, received = context.new_page(), []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    latency, rate = NETWORKS[network]
    limits = {"latency": latency, "downloadThroughput": rate, "uploadThroughput": rate}
    wire.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle" if whole else "load")
    figures = dict(zip(("FCP", "LCP"), page.evaluate(_PAINT), strict=True))
    if whole:
        figures["first load"] = sum(received)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        _search(page)
        figures["until results"] = sum(received)
    context.close()
    return figures


def _search(page: Page) -> None:
    """Ask for a word. Stock Material has loaded its whole index and its worker by now."""
    if page.locator("#cari").count():
        page.locator("#cari").click()
        field = page.locator("dialog input[type=search]")
        field.wait_for()
        field.press_sequentially(WORD)
        page.locator("dialog li a").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")


def axe(browser: Browser, root: str, pages: Iterable[str]) -> int:
    """Elements that axe-core objects to, on these pages."""
    page = browser.new_page(viewport={"width": PHONE, "height": 740})
    found = 0
    for name in pages:
        page.goto(f"{root}/{name}")
        found += sum(len(rule["nodes"]) for rule in Axe().run(page).response["violations"])
    return found


def whole_site(folder: Path) -> int:
    """Bytes of what is kept to read without a network: of ours the packs, else all there is."""
    if packs := list((folder / "assets/luring").glob("*.bin")):
        return sum(path.stat().st_size for path in packs)
    parts = [p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".map", ".gz")]
    aside = {"unduhan", "buku", "dokumen"}
    parts = [p for p in parts if not aside.intersection(p.relative_to(folder).parts)]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in parts)


def compare(browser: Browser, host: str, folders: dict[str, Path]) -> None:
    """Print a table of both, and the share of the stock site's figure that ours is."""
    rows: dict[str, dict[str, float]] = {}
    pages = kinds(folders["ours"])
    for kind, page in pages.items():
        for network in NETWORKS:
            seen: dict[str, list[dict[str, float]]] = {name: [] for name in folders}
            for turn in range(VISITS):
                whole = kind == "home" and turn == 0 and network == next(iter(NETWORKS))
                for name in folders:
                    address = f"{host}/{name}/{page}"
                    seen[name].append(visit(browser, address, network, whole=whole))
            for figure in seen["ours"][0]:
                unit = "bytes" if figure[0].islower() else f"ms at {network}"
                rows[f"{kind}: {figure}, {unit}"] = {
                    name: median(one[figure] for one in all_ if figure in one)
                    for name, all_ in seen.items()
                }
    rows["whole site, bytes"] = {name: whole_site(folder) for name, folder in folders.items()}
    rows["axe, elements"] = {
        name: axe(browser, f"{host}/{name}", pages.values()) for name in folders
    }
    print(*(f"{kind} is {page}" for kind, page in pages.items()), sep="; ")
    print(f"{'':40}", *(f"{name:>10}" for name in folders), f"{'share':>7}")
    for label, row in rows.items():
        ours, theirs = row.values()
        share = f"{ours / theirs:7.2f}" if theirs else "      –"
        over = " over the bar" if "ms at" in label and ours > BAR * theirs else ""
        print(f"{label:40}", *(f"{value:10.0f}" for value in row.values()), f"{share}{over}")


def main(root: Path, run: str) -> None:
    """Build both of each edition, then visit them in turn."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        command = [str(Path(sys.executable).with_name("pilar")), "build", run, "--no-books"]
        subprocess.run([*command, "--out", str(base / "b")], cwd=root, check=True, text=True)
        for edition in ("peserta", "pelatih"):
            ours = base / "b" / run / edition
            place = base / f"stock-{edition}"
            place.mkdir()
            hosted = base / edition
            hosted.mkdir()
            folders = {"ours": ours, "stock": stock(ours, place)}
            for label, folder in folders.items():
                (hosted / label).symlink_to(folder)
            handler = type("Host", (_Gzip,), {})
            with _Server(
                ("127.0.0.1", 0), lambda *a, h=handler, d=hosted: h(*a, directory=str(d))
            ) as server:
                Thread(target=server.serve_forever, daemon=True).start()
                print(f"\n{edition}, medians of {VISITS} visits")
                with chromium() as browser:
                    compare(browser, f"http://127.0.0.1:{server.server_port}", folders)
                server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
