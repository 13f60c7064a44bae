"""Whatever a run and its modules say: papers are laid out, nothing is lost, nothing runs over."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pilar.assembly.tree import assemble
from pilar.editions.book.part import render_part
from pilar.editions.papers.catalogue import PAPERS
from pilar.editions.papers.kartu import kartu
from pilar.editions.papers.paper import BothEditions
from pilar.editions.papers.press import Press
from pilar.editions.papers.saku import saku
from pilar.model.curriculum import Question
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.model.run import Participants, Trainer

from .samples import PROJECT, project_of

(RUN,) = PROJECT.runs.values()
TEMPLATES = Path(__file__).parents[2] / "overrides/kertas"
FITTED = {"saku", "kartu", "kartu-nama-pengajar", "biodata", "lembar-jawaban"}
"""Papers whose pages hold no more than they are counted to."""
NAMES = st.sampled_from(
    ["Bu Mawar", "", "x" * 45, "A & B <c>", "MENGHORMATI WARGA " * 11, "pemberdayaan" * 8]
)
"""Short, empty, broad, as long as titles get, without a place to break."""
TITLES = NAMES.filter(bool)
LONG = TITLES.filter(lambda title: len(title) > 50)
WORDS = "mendengarkan membimbing memberdayakan WARGA dan keluarga".split()


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page with an activity and cards, and words of it that its papers must have."""
    marked: list[str] = []

    def said(most: int) -> str:
        marked.append(f"kenari{len(marked)}x")
        count = draw(st.sampled_from([1, 5, most]))
        return " ".join([*(WORDS[n % len(WORDS)] for n in range(count)), marked[-1]])

    long = draw(st.sampled_from([5, 60]))
    steps = [said(long) for _ in range(draw(st.sampled_from([40, 4, 1])))]
    listed = "\n    ".join(f"{number}. {text}." for number, text in enumerate(steps, 1))
    picture = draw(st.sampled_from(["", "![Norma](aset/norma.svg) "]))
    cards = "\n".join(f"- {picture}{said(30)}" for _ in range(draw(st.integers(1, 4))))
    source = (
        f"# Judul\n\n//// kegiatan | {draw(LONG)}\n    menit: 45\n    media: {draw(TITLES)}\n\n"
        f"/// pelatih\nKata pembuka\n:   {said(400)}\n\nLangkah\n:   {listed}\n///\n////\n\n"
        f"/// kartu | {draw(TITLES)}\n    lebar: {draw(st.integers(2, 4))}\n\n{cards}\n///\n"
    )
    return source, marked


def question(choices: int) -> Question:
    many = tuple(f"pilihan {number}" for number in range(choices))
    values = {"jenis": "pilihan-ganda", "pilihan": many, "kunci": "A", "pakai": ("pretest",)}
    return Question.model_validate({"id": "a", "indikator": 1, "teks": "Apa …?", **values})


def printed(
    source: str, into: Path, stems: Container[str], *questions: Question, **update: object
) -> dict[str, str]:
    """Text of these papers of the base project's run with this page, and what else is different."""
    project = project_of(source, questions=questions)
    days = RUN.file.jadwal.model_copy(
        update={"hari": tuple(map(with_test, RUN.file.jadwal.hari)), "selesai": (16 * 60,)}
    )
    file = RUN.file.model_copy(update={"jadwal": days, **update})
    run = replace(RUN, file=file)
    both = BothEditions(*(assemble(project, run, edition) for edition in Edition))
    press = Press(
        both, TEMPLATES, render_part, {Edition.PELATIH: into}, office=lambda *_, **__: b""
    )
    found = [made for paper in PAPERS if paper.stem in stems for made in press.print(paper)]
    counts = {made.stem: made.pages for made in found}
    node = next(node for node in both.trainers.modules if node.module.slug == "contoh")
    if "saku" in counts:
        sheets = [len(deck.layout.sheets) for deck in (kartu(both, node) or {})["dek"]]
        assert counts["kartu-cth"] == sum(sheets)
        assert counts["saku"] == len((saku(both) or {})["lembar"])
        assert counts.get("kartu-nama-pengajar", 0) == (len(file.pengajar) + 1) // 2
    return {made.stem: text_of(into / f"{made.stem}.pdf") for made in found}


def with_test(day: tuple[object, ...]) -> tuple[object, ...]:
    entry = RUN.file.jadwal.hari[0][0]
    return (entry.model_copy(update={"acara": "pretest"}), *day)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    return "".join(text.split())


@given(pages(), st.lists(st.tuples(NAMES, TITLES, TITLES), max_size=3), st.data())
@settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],  # an example takes a second: none is made smaller
    suppress_health_check=list(HealthCheck),
)
def test_papers_hold_what_is_said(
    page: tuple[str, list[str]], people: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    source, marked = page
    size = data.draw(st.sampled_from([1, 3, 40]))
    trainers = tuple(Trainer(nama=n, peran=p, instansi=i) for n, p, i in people)
    trained = Participants(asal="Probolinggo", jumlah=size, unsur=tuple(p for _, p, _ in people))
    update = {"pengajar": trainers, "peserta": trained, "judul": data.draw(TITLES)}
    choices = data.draw(st.sampled_from([2, 8, 26]))
    with TemporaryDirectory() as folder:
        texts = printed(source, Path(folder), FITTED, question(choices), **update)
    assert not [stem for stem, text in texts.items() if "None" in text]
    here = texts["saku"] + texts["kartu-cth"]
    assert [word for word in marked if word not in here] == []
    assert "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:choices] in texts["lembar-jawaban"]


def test_a_paper_that_cannot_be_laid_out_names_its_source(tmp_path: Path) -> None:
    columns = ", ".join(["pemberdayaan " * 30] * 10)
    source = f"# Judul\n\nTeks.\n\n/// lembar-kerja | Lembar\n    kolom: [{columns}]\n///\n"
    with pytest.raises(ContentError) as raised:
        printed(source, tmp_path, {"lembar-kerja"})
    problem = raised.value.problems[0]
    assert (problem.path, problem.line) == ("modules/contoh/hal-1.md", 5)
    assert "“Lembar kerja”" in problem.message
