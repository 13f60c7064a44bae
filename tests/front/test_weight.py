"""What sites weigh: the real ones keep their budget, and what does not is named."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import pytest

from pilar.editions.web.budget import FIRST, MEDIAN, MOST, compressed, weights
from pilar.editions.web.first_screen import with_first_styles
from pilar.editions.web.lean import lean, leanest

from .commands import REPOSITORY, Project
from .trees import files


def test_the_real_sites_keep_their_budget(newest: Path, edition: str):
    found = weights(newest / edition)
    assert len(found.pages) > 40
    assert max(found.pages.values()) <= MOST
    assert median(found.pages.values()) <= MEDIAN
    assert max(found.first.values()) <= FIRST


_DRAFT = re.compile(r'<aside class="pilar-draf".*?</aside>', re.DOTALL)
_HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
_BLOCKING = re.compile(r'<link rel="stylesheet" href="[^"]*">')
"""A link to a style sheet that is for every screen."""
ROOM = 100
"""Bytes that an author may still add to the heaviest page."""


@pytest.mark.parametrize("run", ["newest", "probolinggo"])
def test_no_page_of_a_real_run_waits_for_its_style_sheet(
    run: str, edition: str, request: pytest.FixtureRequest
):
    found = request.getfixturevalue(run)
    folder = (found if run == "newest" else found.out / "2025-01-probolinggo") / edition
    css = (folder / "assets/pilar.css").read_text("utf-8")
    chapter = (REPOSITORY / "overrides/awal.css").read_text("utf-8")
    heavy, waiting = [], []
    for name in weights(folder).pages:
        # Drafts, as which the newest run is built here, have one more line, without styles of it.
        html = with_first_styles(_DRAFT.sub("", (folder / name).read_text("utf-8")), css, chapter)
        if " media=" in html and compressed(html.encode()) > MOST - ROOM:
            heavy.append(name)
        if _BLOCKING.search(_HEAD.findall(html)[0]):
            waiting.append(name)
        elif _BLOCKING.search(html):
            assert "<style>" in html.split("</head>")[0], name
    assert waiting == []
    assert heavy == []


def test_nothing_lies_there_that_no_page_asks_for(newest: Path):
    names = {name for name in files(newest / "peserta") if name.startswith(("assets/", "search/"))}
    assert not [name for name in names if name.endswith(".map") or "lunr" in name]
    styles = {name for name in names if name.endswith(".css")}
    assert styles == {"assets/pilar.css", "assets/cari.css"}  # the latter is loaded with the search
    assert "assets/kelas.js" not in names


def test_pictures_have_their_size_and_wait(newest: Path):
    shown = [
        tag
        for path in (newest / "peserta").glob("*/*.html")
        if path.parent.name != "unduhan"
        for tag in re.findall(r"<img[^>]*>", path.read_text("utf-8"))
    ]
    assert len(shown) > 10
    for tag in shown:
        assert all(name in tag for name in (' width="', ' height="', ' loading="lazy"')), tag


def test_a_heavy_page_is_named_with_a_way_out(minimal: Project):
    words = "\n\n".join(f"Kalimat {n:x} {n * n * 7919:x} {n**5:x}." for n in range(1500))
    page = "modules/sapa/penutup.md"
    minimal.write(page, f"{minimal.text(page)}\n{words}\n")
    outcome = minimal.build("--no-books", "--worktree")
    assert outcome.code == 0
    assert f"{page}:1: K201 halaman ini" in outcome.err
    assert "Bagilah halaman itu" in outcome.err


@pytest.mark.parametrize(
    ("html", "shorter"),
    [
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul><li>a<li>b</ul>"),
        ("<tr>\n<td>a</td>\n<td></td>\n</tr>", "<tr><td>a<td></tr>"),
        ("<div>\n<dt>a</dt>\n<dd>b</dd>\n</div>", "<div><dt>a<dd>b</div>"),
        ("<dl><dt>a</dt></dl>", "<dl><dt>a</dt></dl>"),
        ("</thead>\n<tbody></tbody>\n</table>", "<tbody></table>"),
        ("<p>a <b>b</b>\n<i>c</i></p>", "<p>a <b>b</b>\n<i>c</i></p>"),
        ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
    ],
)
def test_what_a_browser_does_not_need_is_left_out(html: str, shorter: str):
    assert lean(html) == shorter


@pytest.mark.parametrize(
    ("html", "shorter"),
    [
        ("<p>a</p><p>b</p><ul>", "<p>a<p>b<ul>"),
        ("<li><p>a</p></li>", "<li><p>a</li>"),
        ("<p>a</p><section>", "<p>a</p><section>"),
        ("<p>a</p>b", "<p>a</p>b"),
    ],
)
def test_the_heaviest_pages_do_without_ends_of_paragraphs(html: str, shorter: str):
    assert leanest(html) == shorter
