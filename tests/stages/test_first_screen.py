"""What a page shows first has its styles within the page, and the link to the sheet below it."""

from __future__ import annotations

import random
import re

import pytest

from pilar.editions.policy import inline_styles, is_named, with_policy
from pilar.editions.web.budget import MOST, compressed
from pilar.editions.web.first_screen import SCREENS, with_first_styles

CSS = """:root{--tinta:#111;--sepi:#222}[data-md-color-scheme="slate"] h1{color:var(--tinta)}
h1{margin:0}article>p::first-letter{color:red}table{margin:1px}h1:hover{color:blue}
@media print{h1{color:black}}@media screen{p{cursor:help;top:0}table{left:0}}
h1:not([hidden]){left:1px}h1[hidden]{right:0}"""
LINK = '<link rel="stylesheet" href="../assets/pilar.css">'
FIRST = "<h1>Judul</h1>" + f"<p>{'kata ' * (SCREENS[0] // 5)}</p>"


def page(below: str = "<p>Lanjutan.</p><table><tr><td>1</table>") -> str:
    head = f'<head><meta charset="utf-8"><title>J</title>{LINK}</head>'
    return with_policy(
        f"<!doctype html><html>{head}<body><article>{FIRST}{below}</article></body></html>",
        lambda _: False,
    )


def test_it_has_the_rules_of_its_first_elements_and_nothing_else() -> None:
    [style] = inline_styles(with_first_styles(page(), CSS))
    assert style == (
        ":root{--tinta:#111}"
        '[data-md-color-scheme="slate"] h1{color:var(--tinta)}h1{margin:0}'
        "article>p::first-letter{color:red}@media screen{p{top:0}}h1:not([hidden]){left:1px}"
    )


def test_what_the_same_selector_sets_again_is_left_out() -> None:
    css = (
        "h1{margin:0;top:1px!important}h1,p{left:1px}@media screen{h1{left:2px}}"
        "h1{margin:1em;left:0;top:2px}@media screen{@media screen{h1{left:3px}}}p{margin:0}"
    )
    [style] = inline_styles(with_first_styles(page(), css))
    assert style == (
        "h1{top:1px!important}h1,p{left:1px}h1{margin:1em;left:0;top:2px}"
        "@media screen{@media screen{h1{left:3px}}}p{margin:0}"
    )


def test_the_link_stands_where_the_first_screen_ends() -> None:
    html = with_first_styles(page(), CSS)
    assert html.count(LINK) == 1
    assert f"{FIRST}{LINK}<p>Lanjutan." in html


def test_a_short_page_has_it_at_its_end() -> None:
    html = with_first_styles(page().replace(FIRST, "<h1>Judul</h1>"), CSS)
    assert f"{LINK}</body>" in html
    assert "table{margin:1px}" in inline_styles(html)[0]


def test_the_policy_names_the_style() -> None:
    html = with_first_styles(page(), CSS)
    [style] = inline_styles(html)
    assert is_named(style, html)
    assert not is_named(f"{style} ", html)
    assert with_first_styles(page(), CSS.replace("margin:0", "margin:1em")) != html


@pytest.mark.parametrize("html", ["<p>Isi.</p>", page().replace(LINK, ""), ""])
def test_what_has_no_sheet_stays(html: str) -> None:
    assert with_first_styles(html, CSS) == html


def test_a_page_that_would_be_too_heavy_leaves_its_sheet_in_the_head() -> None:
    dice = random.Random(16)
    words = " ".join(f"{dice.getrandbits(64):x}" for _ in range(MOST // 9))
    heavy = page(f"<p>{words}</p>")
    assert with_first_styles(heavy, CSS) == heavy or compressed(heavy.encode()) <= MOST
    light = page(f"<p>{words[: MOST // 2]}</p>")
    assert re.search(rf"</p>{re.escape(LINK)}<p>", with_first_styles(light, CSS))


AIMS = '<section class="blok tujuan"><p class="label">Tujuan</p><p>Anda mampu:</p></section>'


def heavy_chapter(begin: str, most: int) -> str:
    """A page of nearly `most` bytes."""
    dice, words = random.Random(18), ""
    while compressed(page(f"{words}</p>").encode()) < most:
        words += f"{dice.getrandbits(64):x}"
    return page(f"<p>{words}</p>").replace(FIRST, begin)


def test_a_heavy_chapter_has_the_few_styles_of_what_chapters_begin_with() -> None:
    css = "".join(f".k{n}{{margin:{n**7}px}}" for n in range(400))
    classes = " ".join(f"k{n}" for n in range(400))
    begin = f"<h1>Judul</h1>{AIMS}<h2>A</h2><p>Satu.</p><p>Dua.</p>"
    html = heavy_chapter(f'{begin}<b class="{classes}">b</b>', MOST - 2000)
    got = with_first_styles(html, css, "/* Kata */\np { margin: 0 }\n")
    assert inline_styles(got) == ["p{margin:0}"]
    assert compressed(got.encode()) <= MOST
    head, _, body = got.partition("</head>")
    assert f'{LINK[:-1]} media="(min-width:62em)">' in head
    assert f"<p>Satu.</p>{LINK}<p>Dua." in body
    assert with_first_styles(html, css) == html
    bare = with_first_styles(html.replace(begin, "<h1>Judul</h1>"), css, "p{margin:0}")
    assert f"<h1>Judul</h1>{LINK}<b " in bare
    untitled = html.replace("<h1>", "<p>Awal</p><h1>")
    assert with_first_styles(untitled, css, "p{margin:0}") == untitled
    draft = html.replace("<h1>", '<aside class="pilar-draf">Draf</aside><h1>')
    assert with_first_styles(draft, css, "p{margin:0}") == draft
