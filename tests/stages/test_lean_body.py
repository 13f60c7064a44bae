"""What browsers know without it is not in a page."""

from __future__ import annotations

import lxml.html
import pytest

from pilar.editions.web.lean_body import say_less

HEADS = '<tr><th scope="col">A</th></tr>'


@pytest.mark.parametrize(
    ("html", "shorter"),
    [
        ('<p class="label"><span class="jenis">Kunci</span></p>', '<p class="label">Kunci</p>'),
        (
            '<figure id="__table-caption_4"><figcaption><p><span class="caption-prefix">Tabel 4. '
            "</span> Kata</p></figcaption></figure>",
            "<figure><figcaption><p><b>Tabel 4. </b> Kata</p></figcaption></figure>",
        ),
        (
            f"<table><thead>{HEADS}</thead></table>",
            "<table><thead><tr><th>A</th></tr></thead></table>",
        ),
        (
            '<table class="isian"><tr><td data-label="A"></td></tr></table>',
            '<table class="isian"><tr><td></td></tr></table>',
        ),
    ],
)
def test_what_is_implied_goes(html: str, shorter: str) -> None:
    assert said(html) == shorter


@pytest.mark.parametrize(
    "html",
    [
        '<p class="label"><span class="jenis">Kasus</span> <span class="judul">B</span></p>',
        '<figure id="__figure-caption_1"></figure><p><a href="#__figure-caption_1">x</a></p>',
        '<figure id="peta"><figcaption><p>Satu</p><p>Dua</p></figcaption></figure>',
        f"<table><thead>{HEADS}{HEADS}</thead></table>",
        f"<table><tbody>{HEADS}</tbody></table>",
        '<table><tr><td data-label="A"></td></tr></table>',
    ],
)
def test_what_is_not_implied_stays(html: str) -> None:
    assert said(html) == html


def said(html: str) -> str:
    body = lxml.html.fragment_fromstring(html, create_parent="div")
    say_less(body)
    text = lxml.html.tostring(body, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")
