"""Pages of the tree: those that authors write, and the trainers' question bank."""

from __future__ import annotations

from dataclasses import dataclass

from pilar.model.blocks import Document
from pilar.model.curriculum import Module, Page, Question
from pilar.model.edition import Edition
from pilar.syntax.folding import header
from pilar.syntax.render import plain

from .blockdata import printed_key, question_data
from .compose import PageHeading
from .numbering import Numbering

QUESTION_BANK = "bank-soal"
"""Name of the page that lists a module's questions for trainers."""

USES = {"pretest": "pretest", "posttest": "post-test", "latihan": "latihan"}
"""How print names what a question is used for."""


@dataclass(frozen=True)
class PageNode:
    """A page as an edition has it. `path` is its place in the tree, `blc/perkenalan.md`."""

    page: Page
    path: str
    chapter: str
    """`BAB II`, or empty for a page of one edition only."""
    source: str
    """Markdown for the extension `pilar`."""
    headings: tuple[PageHeading, ...]

    @property
    def title(self) -> str:
        """Title with its chapter: `BAB II: Norma Kelas`."""
        return f"{self.chapter}: {self.name}" if self.chapter else self.name

    @property
    def name(self) -> str:
        """Title without its chapter."""
        return plain(self.page.title)


def question_bank(module: Module, numbering: Numbering) -> PageNode:
    """A table of all questions, then, in full, those that no page shows."""
    shown = {block.title for _, block in module.blocks("soal")}
    lines = [
        "# Bank Soal dan Kunci {: #bank-soal }",
        "",
        "Semua soal modul ini. Nomornya sama di kedua edisi; peserta tidak menerima halaman ini.",
        "",
        "| Soal | IHB | Tingkat | Bentuk | Dipakai untuk | Kunci |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(question, numbering.questions[question.id]) for question in module.questions]
    rest = [question for question in module.questions if question.id not in shown]
    headings = [PageHeading(1, "Bank Soal dan Kunci", "bank-soal")]
    if rest:
        title = "Soal yang Tidak Tampil di Bab"
        lines += ["", f"## {title} {{: #soal-lain }}", ""]
        headings.append(PageHeading(2, title, "soal-lain"))
    for question in rest:
        code = numbering.questions[question.id]
        data = question_data(question, code, module, Edition.PELATIH)
        line = len(lines) + 1
        lines += [header("///", "soal", {"baris": line} | data), "///", ""]
    source = "\n".join(lines) + "\n"
    path = module.questions_source.path
    document = Document(path, tuple(lines), frozenset(), Edition.PELATIH, headings[0].text)
    path = f"{module.slug}/{QUESTION_BANK}.md"
    return PageNode(Page(QUESTION_BANK, document), path, "", source, tuple(headings))


def _row(question: Question, code: str) -> str:
    closed = question.jenis in ("pilihan-ganda", "benar-salah", "menjodohkan")
    key = printed_key(question) if question.jenis != "pilihan-ganda" else str(question.kunci)
    cells = (
        code,
        str(question.indikator),
        question.tingkat or "–",
        question.jenis.replace("-", " "),
        ", ".join(USES[use] for use in question.pakai) or "–",
        key if closed else "lihat soal",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
