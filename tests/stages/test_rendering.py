"""Stage rendering: a page → its HTML in each edition, as site and book take it.

Cases lie over `golden/base`; the pages they bring along are rendered.
"""

from __future__ import annotations

from pathlib import Path

from pilar.assembly.tree import assemble_module
from pilar.content.project import load_project
from pilar.model.curriculum import Question
from pilar.model.edition import Edition
from pilar.syntax.render import render

from .golden import Golden, cases, lay_out
from .samples import html_of


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
