"""Whatever an author writes: no stage falls over, and every message names a line there is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from pilar.assembly.tree import assemble_module
from pilar.content.pages import parse_page
from pilar.content.project import load_project
from pilar.content.source import decode
from pilar.content.yaml import read_yaml, validate
from pilar.model.blocks import BLOCKS
from pilar.model.curriculum import Curriculum, ModuleMeta, Page, Question, Source, Term
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.run import RunFile
from pilar.syntax.audience import filtered, missing_footnotes, visible_blocks
from pilar.syntax.render import LostBlockError, render

from .generated import damaged_pages
from .golden import BASE

PROJECT = load_project(BASE)

PIECES = st.sampled_from(
    [
        *(f"/// {name}" for name in BLOCKS),
        *(f"//// {name} | Judul" for name in BLOCKS),
        *"/// //// ///// // ` ``` ~~~ ```` <!-- --> > >> - * 1. | : --- === # ## ###### [ ] [^a] ".split(),
        *("[^a]: isi", "!!! note", '??? tip "x"', '=== "Tab"', "    ", "  ", "\t", "\r", "\ufeff"),
        *("    menit: 45", "    indikator: [1]", "    garis: 2", "/// pelatlh", "[@uu-11-2009]"),
        *("{: #a }", "{#a}", "<b>", "<", "&amp;", "*[X]: y", "teks", "Isi kalimat.", "| a | b |"),
        *("\u200b", "\u00a0", "／／／", "\u2028", "\x0b", "---", "edisi: pelatih", "\\", "\\`"),
    ]
)
LINES = st.lists(PIECES | st.text(max_size=8), max_size=4).map("".join)
TEXTS = st.lists(LINES | st.just(""), max_size=14).map("\n".join) | st.text(max_size=200)


def lines_of(text: str) -> int:
    return text.count("\n") + 1


@given(TEXTS)
def test_parser_only_ever_reports(text: str) -> None:
    problems: list[Problem] = []
    source = decode(text.encode("utf-8", "replace"), "isi.md", problems)
    page = parse_page(source, "isi.md", problems)
    for edition in Edition:
        assert len(filtered(page, edition)) == lines_of(source)
        problems += missing_footnotes(page, edition)
    assert all(1 <= problem.line <= lines_of(source) for problem in problems)


@given(damaged_pages())
def test_blocks_that_pass_come_out_or_stop_the_build(source: str) -> None:
    """What the parser lets pass is rendered whole, or refused with the lines of its blocks."""
    problems: list[Problem] = []
    document = parse_page(source, "isi.md", problems)
    assume(not problems)
    module = replace(PROJECT.modules["contoh"], pages=(Page("isi", document),))
    for edition in Edition:
        [page, *_] = assemble_module(module, PROJECT, edition).pages
        expected = Counter(block.name for block in visible_blocks(document, edition))
        try:
            html = render(page.source)
        except LostBlockError as error:
            assert error.lines
            assert set(error.lines) <= {block.first for block in visible_blocks(document, edition)}
        else:
            assert Counter(re.findall(r'<section class="blok ([a-z-]+)"', html)) == expected
