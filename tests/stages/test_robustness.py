"""Whatever an author writes: no stage falls over, and every message names a line there is."""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pilar.content.page_parser import parse_page
from pilar.content.source import decode
from pilar.content.validation import validate
from pilar.content.yaml import read_yaml
from pilar.model.blocks import BLOCKS, Block
from pilar.model.curriculum import Curriculum, ModuleMeta, Question
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.run import RunFile
from pilar.model.sources import Source, Term
from pilar.syntax.audience import filtered, missing_footnotes, visible_blocks
from pilar.syntax.render import LostBlockError, render

from .generated import cases, damaged_pages
from .samples import node_of, parsed, project_of

MARKS = (
    "/// //// ///// // ` ``` ~~~ ```` <!-- --> > >> - * 1. | : --- === # ## ###### [ ] [^a] "
    "<b> < &amp; {#a} \\ \\` teks \u200b \u00a0 \u2028 \x0b \ufeff ／／／ \t \r"
).split(" ")
PHRASES = [
    *(f"/// {name}" for name in BLOCKS),
    *(f"//// {name} | Judul" for name in BLOCKS),
    *(
        "/// pelatlh",
        "    menit: 45",
        "    indikator: [1]",
        "    garis: 2",
        "    ",
        "  ",
        "{: #a }",
    ),
    *("[^a]: isi", "!!! note", '??? tip "x"', '=== "Tab"', "[@uu-11-2009]", "*[X]: y", "| a | b |"),
    *("---", "edisi: pelatih", "Isi kalimat.", "![a](aset/norma.svg)", "[a](isi.md)"),
]
LINES = st.lists(st.sampled_from([*MARKS, *PHRASES]) | st.text(max_size=8), max_size=4)
TEXTS = st.lists(LINES.map("".join), max_size=14).map("\n".join) | st.text(max_size=200)


def last_line(text: str) -> int:
    return text.count("\n") + 1


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Fail when it takes more of the processor's time, whatever else keeps the machine busy."""

    def stop(*_: Any) -> None:
        pytest.fail(f"still busy after {seconds} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@given(TEXTS)
@cases
def test_parser_only_ever_reports(text: str) -> None:
    problems: list[Problem] = []
    source = decode(text.encode("utf-8", "replace"), "isi.md", problems)
    page = parse_page(source, "isi.md", problems)
    for edition in Edition:
        assert len(filtered(page, edition)) == last_line(source)
        problems += missing_footnotes(page, edition)
    assert all(1 <= problem.line <= last_line(source) for problem in problems)


@given(damaged_pages())
@cases
def test_blocks_that_pass_come_out_or_stop_the_build(source: str) -> None:
    """What the parser lets pass is rendered whole, or refused with the lines of its blocks."""
    document, problems = parsed(source)
    assume(not problems)
    project = project_of(source)
    for edition in Edition:
        visible = list(visible_blocks(document, edition))
        [page, *_] = node_of(project, edition).pages
        with limited(seconds=20):
            assert_rendered_or_refused(page.source, visible, list(document.walk()))


def assert_rendered_or_refused(source: str, visible: list[Block], blocks: list[Block]) -> None:
    try:
        html = render(source)
    except LostBlockError as error:
        lost = error.lines
    else:
        rendered = Counter(re.findall(r'<section class="blok ([a-z-]+)(?: terbuka)?"', html))
        assert rendered == Counter(block.name for block in visible)
        return
    assert set() < set(lost) <= {block.first for block in blocks}


KINDS: tuple[Any, ...] = (
    ModuleMeta,
    Curriculum,
    RunFile,
    tuple[Question, ...],
    tuple[Source, ...],
    tuple[Term, ...],
)
KEYS = "judul kode versi jp teori indikator halaman id jenis kunci pilihan jadwal hari tempat"
VALUES = "teks 12 -1 1.5 true null ~ benar 2025-01-21 … % @ , \" ' - # \t \x00"
BREAKS = ["\n", "\n  ", "\n    ", "- ", "\n- ", " ", ": ", " #", "|\n", ">-\n", "? ", "---\n"]
SIGNS = "[ ] { } , &a *a !jenis !!int !!str << = {a 2025-02-30 0x1f 1e999 .nan %YAML @ ` ~".split()
YAML_WORDS = [*(f"{key}: " for key in KEYS.split()), *VALUES.split(" "), *SIGNS, *BREAKS]
YAML_TEXTS = st.lists(st.sampled_from(YAML_WORDS), max_size=30).map("".join)


@given(YAML_TEXTS)
@cases
def test_yaml_is_read_or_reported(text: str) -> None:
    for kind in KINDS:
        assert_read_or_reported(text, kind)


def assert_read_or_reported(text: str, kind: Any) -> None:
    problems: list[Problem] = []
    value, source = read_yaml(text, "berkas.yml", problems)
    validate(value, kind, source, problems)
    assert all(1 <= problem.line <= last_line(text) for problem in problems)
