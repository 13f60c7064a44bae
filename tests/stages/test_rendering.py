"""Stage rendering: a page → its HTML in each edition, as site and book take it.

Cases lie over `golden/base`; the pages they bring along are rendered.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pilar.assembly.tree import assemble_module
from pilar.model.curriculum import Question
from pilar.model.edition import Edition
from pilar.syntax.render import LostBlockError, probe, render

from .generated import damaged_pages
from .golden import Golden, cases, lay_out, load_project
from .samples import html_of, node_of, parsed, project_of


@cases("rendering")
def test_page_becomes_html(case: Path, golden: Golden, tmp_path: Path) -> None:
    project = load_project(lay_out(case, tmp_path))
    names = {path.stem for path in case.glob("modules/contoh/*.md")}
    golden.check(
        case,
        {
            f"{edition}/{page.page.name}.html": render(page.source) + "\n"
            for edition in Edition
            for page in assemble_module(project.modules["contoh"], project, edition).pages
            if page.page.name in names
        },
    )


def outcome(read: Callable[[str], object], source: str) -> tuple[type[Exception], object] | None:
    try:
        read(source)
    except LostBlockError as error:
        return type(error), error.lines
    return None


PIECES = (
    *"*_~^=`[]()!#:|>",
    *("**", "__", "***", "~~", "^^", "==", "teks", "kata ", " ", "\n", "\n\n", "\\"),
    *("\n- ", "\n1. ", "\n> ", "\n    ", "[^1]", "\n[^1]: ", "{: .a }", "\n| a | b |\n| - | - |\n"),
)


REPEATED = st.lists(st.sampled_from(PIECES[:24]), min_size=2, max_size=6).map(
    lambda pieces: f"a{'a '.join(pieces) * 9}\n" * 2
)
"""Many open pairs in two lines, on which pymdownx gives up with an IndexError."""


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), REPEATED))
@settings(max_examples=600)
def test_a_probe_raises_what_rendering_raises(source: str) -> None:
    assert outcome(probe, source) == outcome(render, source)


@given(damaged_pages())
def test_a_probe_misses_the_blocks_that_rendering_loses(source: str) -> None:
    assume(not parsed(source)[1])
    project = project_of(source)
    for edition in Edition:
        for page in node_of(project, edition).pages:
            assert outcome(probe, page.source) == outcome(render, page.source)


def test_html_in_a_question_is_text() -> None:
    """It is refused when read; should it get past that, it does nothing."""
    question = Question.model_validate(
        {
            "id": "satu",
            "indikator": 1,
            "jenis": "pilihan-ganda",
            "teks": "Apa <script>alert(1)</script> norma?",
            "pilihan": ("ya", "<img src=x onerror=alert(1)>"),
            "kunci": "A",
        }
    )
    html = html_of("# Judul\n\n/// soal | satu\n///\n", Edition.PESERTA, (question,))
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
