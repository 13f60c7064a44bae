"""The style sheet of a site has what its pages can use, whatever else their words are."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from pilar.editions.web.stylesheet import Vocabulary, bundle, theme_sheets

SHEET = r"""
H1.judul{top:0}.lain{top:1px}#a\:b{top:2px}[TYPE="text/css"]{top:3px}[type="lain"]{top:4px}
p:is(.ada,.lain){top:5px}p:is(.lain){top:6px}p:not(.lain){top:7px}
@media screen{@supports (top:0){[data-x]{top:8px}.dari-skrip{top:9px}}.\31 a{top:10px}}
[lang="id-ID"]{top:11px}
"""
PAGE = (
    '<h1 class="judul ada"><p id="a:b" type="text/css" data-x data-y="{}" lang="id-ID">'
    '<i class="1a" id="{}">'
)
KEPT = (
    r'H1.judul{top:0}#a\:b{top:2px}[TYPE="text/css"]{top:3px}p:is(.ada,.lain){top:5px}'
    r"p:not(.lain){top:7px}@media screen{@supports (top:0){[data-x]{top:8px}.dari-skrip{top:9px}}"
    r'.\31 a{top:10px}}[lang="id-ID"]{top:11px}'
)


@pytest.mark.parametrize("words", ["satu", "lain", "dua"])
def test_a_sheet_keeps_what_pages_have_whatever_their_other_words(words: str) -> None:
    scripts = [f'"dari-skrip", "{words}-2"']
    made = bundle([SHEET], Vocabulary.of([PAGE.format(words, words)], scripts))
    assert made == KEPT


def test_of_the_theme_all_that_pages_could_have_is_kept() -> None:
    spec = find_spec("material")
    assert spec
    assert spec.origin
    sheets = theme_sheets([Path(spec.origin).parent / "templates"])
    page = "".join(f'<{tag} class="md-nav md-typeset" hidden>' for tag in ("a", "nav", "details"))
    small = Vocabulary.of([page], [])
    large = Vocabulary.of([page, '<b class="tidak-ada" data-tidak-ada="1">'], ["tidakAda"])
    assert bundle(sheets, small) == bundle(sheets, large)
    assert ".md-nav" in bundle(sheets, small)
    assert ".md-tabs" not in bundle(sheets, small)
