"""Parts of books: nothing but the edition's files is fetched, and nothing altered is kept."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest
from weasyprint.text import ffi

from pilar.assembly.tree import assemble
from pilar.build.options import Options
from pilar.build.output import part_tasks
from pilar.editions.book.markup import ASSET_SCHEME
from pilar.editions.book.part import cached_part, render_part
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.review.compare.page_pictures import BOTTOM, TOP
from pilar.store import cache
from pilar.store.manifest import tools

from .samples import PROJECT

CSS = "@page { size: 60mm 60mm }"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'


def page(body: str) -> str:
    return f'<html lang="id"><title>x</title>{body}'


def svg(inside: str) -> dict[str, bytes]:
    return {"a.svg": SVG % inside.encode()}


OWN = f'<img alt="x" src="{ASSET_SCHEME}:a.svg">'
SECRET = "file:///etc/passwd"


@pytest.mark.parametrize(
    ("html", "css", "assets"),
    [
        pytest.param(f'<img alt="x" src="{SECRET}">', CSS, {}, id="picture of this machine"),
        pytest.param(
            '<img alt="x" src="http://127.0.0.1:9/a.png">', CSS, {}, id="picture of a host"
        ),
        pytest.param(
            f'<img alt="x" src="{ASSET_SCHEME}:../a.svg">', CSS, svg(""), id="folder above"
        ),
        pytest.param(f'<link rel="attachment" href="{SECRET}">', CSS, {}, id="attachment"),
        pytest.param(f'<a rel="attachment" href="{SECRET}">x</a>', CSS, {}, id="attached link"),
        pytest.param(f'<link rel="stylesheet" href="{SECRET}">', CSS, {}, id="style sheet"),
        pytest.param("<p>x", f'@import url("{SECRET}"); {CSS}', {}, id="import"),
        pytest.param("<p>x", f'p {{ background: url("{SECRET}") }}', {}, id="background"),
        pytest.param(
            "<p style='font-family: x'>x",
            f'@font-face {{ font-family: x; src: url("{SECRET}") }}',
            {},
            id="font",
        ),
        pytest.param(
            OWN, CSS, svg(f'<image href="{SECRET}" width="9" height="9"/>'), id="SVG image"
        ),
    ],
)
def test_hostile_address_is_refused_and_named(
    html: str, css: str, assets: dict[str, bytes]
) -> None:
    with pytest.raises(ContentError) as refused:
        render_part("modules/contoh", page(html), css, assets)
    assert {problem.code for problem in refused.value.problems} == {"C101"}
    # WeasyPrint drops a font's reason. What an SVG's `use` names is refused before, see
    # test_pictures.py: WeasyPrint would leave it out without a word.
    said = "cannot be loaded" if "@font-face" in css else "bukan gambar atau huruf edisi ini"
    assert said in str(refused.value)


def test_a_picture_of_the_edition_is_printed() -> None:
    part = render_part("modules/contoh", page(OWN), CSS, svg('<rect width="9" height="9"/>'))
    with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
        assert len(pdf.pages) == part.pages == 1
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


@pytest.mark.parametrize(
    "introduction", ["", "<p class=pengantar>Jawablah soal berikut."], ids=["alone", "one line"]
)
@pytest.mark.parametrize("filler", [36, 39, 41, 44])
def test_no_heading_stands_at_the_foot_without_what_it_announces(
    filler: int, introduction: str
) -> None:
    """Wherever the page ends: `filler` lines stand before the heading."""
    folder = Path(__file__).parents[2] / "overrides/buku"
    css = "".join((folder / name).read_text("utf-8") for name in ("buku.css", "isi.css"))
    lines = "<br>".join(["baris"] * filler)
    html = f"{lines}<h2 id=judul>Evaluasi</h2>{introduction}<section class='soal' id=soal>"
    part = render_part("modules/contoh", page(f"{html}<p>{'<br>'.join('ABCDEF')}"), css, {})
    assert part.anchors["judul"] == part.anchors["soal"], part.anchors


def _altered(data: bytes) -> bytes:
    """The same entry with a PDF that is sound, and another one."""
    other = render_part("modules/contoh", page("<p>Lain"), CSS, {}).pdf
    return data[: data.index(b"%PDF")] + other


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut"),
        pytest.param(lambda data: data.replace(b"%PDF", b"%PDX"), id="one byte"),
        pytest.param(_altered, id="another sound PDF"),
    ],
)
def test_an_altered_entry_is_made_anew(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    inputs = ("modules/contoh", page("<p>Norma"), CSS, {})
    right = cached_part(tmp_path, *inputs)
    [entry] = tmp_path.iterdir()
    sound = entry.read_bytes()
    entry.write_bytes(spoil(sound))
    assert cached_part(tmp_path, *inputs) == right
    assert entry.read_bytes() == sound


def test_an_entry_is_not_taken_for_another(tmp_path: Path) -> None:
    right = cached_part(tmp_path, "modules/contoh", page("<p>Norma"), CSS, {})
    [first] = tmp_path.iterdir()
    cached_part(tmp_path, "modules/contoh", page("<p>Lain"), CSS, {})
    [second] = set(tmp_path.iterdir()) - {first}
    first.write_bytes(second.read_bytes())
    assert cached_part(tmp_path, "modules/contoh", page("<p>Norma"), CSS, {}) == right


def test_another_version_of_a_library_is_another_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = ("modules/contoh", page("<p>Norma"), CSS, {})
    cached_part(tmp_path, *inputs)
    monkeypatch.setattr(cache, "software", cache.software.__wrapped__)
    for name in ("pango", "harfbuzz", "font-source-sans-pro"):
        monkeypatch.setattr(cache, "tools", lambda name=name: {**tools(), name: "lain"})
        before = set(tmp_path.iterdir())
        cached_part(tmp_path, *inputs)
        assert len(set(tmp_path.iterdir()) - before) == 1, name


def test_the_versions_of_libraries_are_those_that_weasyprint_has_loaded() -> None:
    major, minor, micro = map(int, tools()["pango"].split("."))
    assert ffi.pango.pango_version() == major * 10000 + minor * 100 + micro
    harfbuzz = tuple(map(int, tools()["harfbuzz"].split(".")))
    assert ffi.harfbuzz.hb_version_atleast(*harfbuzz)
    assert not ffi.harfbuzz.hb_version_atleast(*harfbuzz[:2], harfbuzz[2] + 1)


def test_a_module_is_laid_out_for_each_paper_that_runs_use(tmp_path: Path) -> None:
    run = PROJECT.runs["2025-01-contoh"]
    files = [run.file.model_copy(update={"kertas": paper}) for paper in ("A4", "F4", "F4")]
    trees = [assemble(PROJECT, replace(run, file=file), Edition.PELATIH) for file in files]
    options = Options(Path(__file__).parents[2], tmp_path / "build", parts=tmp_path / "cache")
    keys, tasks = part_tasks(options, trees)
    assert len(tasks) == len(set(keys)) == 2 * len(PROJECT.modules)
    assert {paper for _, _, paper in keys} == {"A4", "F4"}


def test_reviews_compare_what_is_between_running_head_and_foot() -> None:
    css = (Path(__file__).parents[2] / "overrides/buku/buku.css").read_text("utf-8")
    found = re.search(r"  margin: (\d+)mm \d+mm (\d+)mm", css)
    assert found
    margins = (float(side) * 72 / 25.4 for side in found.groups())
    for ours, margin in zip((TOP, BOTTOM), margins, strict=True):
        assert margin - 3 * 72 / 25.4 < ours < margin


def fonts_unpacked() -> int:
    """Files in the folder of temporary files after a page was laid out."""
    html = page('<p style="font-family: Source Serif Pro">x')
    render_part("modules/contoh", html, CSS, {})
    return sum(path.is_file() for path in Path(tempfile.gettempdir()).rglob("*"))


def test_a_worker_leaves_no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(fonts_unpacked).result() > 0
    assert list(tmp_path.iterdir()) == []


def test_a_command_leaves_no_fonts(tmp_path: Path) -> None:
    code = "from stages.test_book_parts import fonts_unpacked; print(fonts_unpacked())"
    around = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=around, capture_output=True, text=True)
    assert int(done.stdout) > 0, done.stderr
    assert list(tmp_path.iterdir()) == []
