"""Known bugs: what should be, each expected to fail until it is.

A test here that passes is reported as a failure (`strict`): then the bug is mended, and the test
moves to where it belongs, without its mark.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pilar.assembly.tree import EditionTree
from pilar.checks import RULES
from pilar.content.yaml import read_yaml, validate
from pilar.editions.site import asset_files
from pilar.loading import check_project, load_tree
from pilar.model.curriculum import ModuleMeta, Question
from pilar.model.edition import Edition
from pilar.model.problem import Problem

from .golden import BASE
from .samples import PROJECT, html_of, node_of, parsed, project_of
from .test_robustness import limited

PELATIH, PESERTA = Edition.PELATIH, Edition.PESERTA
PAGE = "modules/contoh/pembuka.md"
QUESTIONS = "modules/contoh/soal.yml"
RUN = "runs/2025-01-contoh.yml"


def bug(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


def text(path: str) -> str:
    return (BASE / path).read_text("utf-8")


def told(tmp_path: Path, files: Mapping[str, str]) -> list[str]:
    """Code and message of all problems of the base project with these files in it."""
    root = tmp_path / "proyek"
    shutil.copytree(BASE, root)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    return [f"{p.path}:{p.line}: {p.code}" for p in check_project(root).all_problems]


def of_page(source: str) -> list[str]:
    """Line and code of what is wrong with a page, read and checked on its own."""
    _, problems = parsed(f"# Judul\n\n{source}")
    if not problems:
        project = project_of(f"# Judul\n\n{source}")
        module = project.modules["contoh"]
        problems = [problem for rule in RULES for problem in rule(module, project)]
    return sorted({f"{p.line}: {p.code}" for p in problems if p.path.endswith(".md")})


def seen_by(edition: Edition, source: str) -> str:
    return html_of(f"# Judul\n\n{source}", edition)


class TestTrainersTextReachesParticipants:
    @bug("names of footnotes may hold spaces in Markdown, not in the filter")
    def test_footnote_whose_name_has_a_space(self) -> None:
        page = "/// pelatih\nTeks[^a b].\n///\n\n[^a b]: RAHASIA\n"
        assert "RAHASIA" not in seen_by(PESERTA, page)

    @bug("the filter ends a footnote at the second of two blank lines, Markdown does not")
    def test_footnote_paragraph_after_two_blank_lines(self) -> None:
        page = "/// pelatih\nTeks[^a].\n///\n\n[^a]: RAHASIA\n\n\n    RAHASIA\n"
        assert "RAHASIA" not in seen_by(PESERTA, page)

    @bug("an escaped backtick begins code for the filter, not for Markdown")
    def test_comment_between_escaped_backticks(self) -> None:
        assert "KOMENTAR" not in seen_by(PESERTA, "\\`<!-- KOMENTAR -->\\`\n")

    @bug("code spans that go on in the next line are seen line by line")
    def test_comment_after_code_over_two_lines(self) -> None:
        assert "KOMENTAR" not in seen_by(PESERTA, "a ` b\nc ` <!-- KOMENTAR --> ` d\n")

    @bug("comments are taken out of pages, not out of soal.yml, modul.yml and kurikulum.yml")
    def test_comment_in_the_text_of_a_question(self) -> None:
        assert "KOMENTAR" not in html_of(
            "# Judul\n\n/// soal | satu\n///\n", PESERTA, (question("Apa? <!-- KOMENTAR -->"),)
        )

    @bug("blocks are neither read nor refused in YAML texts")
    def test_block_in_the_text_of_a_question(self, tmp_path: Path) -> None:
        teks = '"Apa?\\n\\n/// pelatih\\nRAHASIA\\n///\\n"'
        soal = text(QUESTIONS).replace("Apa arti norma kelas?", teks)
        assert told(tmp_path, {QUESTIONS: soal})

    @bug("an explicit id of a trainer's heading is taken before public headings get theirs")
    def test_heading_id_in_a_hidden_block(self) -> None:
        page = "## Langkah\n\n/// pelatih\n## Lain {#langkah}\n///\n"
        assert 'id="langkah"' in seen_by(PESERTA, page)

    @bug("pictures go out as they are, with comments and metadata")
    def test_comment_in_a_picture(self) -> None:
        module = PROJECT.modules["contoh"]
        svg = b"<svg xmlns='http://www.w3.org/2000/svg'><!-- KOMENTAR --></svg>"
        module = replace(module, assets={"aset/norma.svg": svg})
        node = node_of(replace(PROJECT, modules={"contoh": module}), PESERTA)
        tree = EditionTree(PROJECT.runs["2025-01-contoh"], PESERTA, PROJECT.curriculum, (node,), ())
        assert b"KOMENTAR" not in b"".join(data for _, data in asset_files(tree))

    @pytest.mark.parametrize("slashes", ["/\ufe0f//", "/\u034f//", "⫽/", "⫻"])
    @bug("these look like ///, too")
    def test_more_look_alike_slashes(self, slashes: str) -> None:
        assert of_page(f"{slashes} pelatih\nRAHASIA\n") == ["3: B106"]


class TestBlocksAreLostUnseen:
    @pytest.mark.parametrize(
        "block", ["/// diskusi | Norma\nTeks\n///", "/// figure-caption\nX\n///"]
    )
    @bug("pymdownx.blocks never ends when a block follows a quoted block without a blank line")
    def test_block_right_below_a_quoted_block(self, block: str) -> None:
        page = f"> /// latihan | Norma\n> Tulis.\n> ///\n{block}\n"
        with limited(seconds=2):
            assert "///" not in seen_by(PELATIH, page)

    @bug("the second paragraph of a block in a box in a block becomes code, and so does its end")
    def test_block_in_a_box_in_a_block(self) -> None:
        page = (
            "//// latihan | Norma\n\n!!! note\n\n    /// rangkuman\n\n    Isi.\n    ///\n\n"
            "    Sesudah.\n////\n"
        )
        html = seen_by(PELATIH, page)
        assert "///" not in html
        assert "<p>Sesudah.</p>" in html

    @bug("of two boxes in a block in a list, the first leaves the block")
    def test_boxes_in_a_block_in_a_list(self) -> None:
        boxes = "\n".join(f'    !!! note "{name}"\n\n        Isi.\n' for name in ("Satu", "Dua"))
        page = f"- butir\n\n    /// latihan | Norma\n\n{boxes}    ///\n"
        html = seen_by(PELATIH, page)
        assert html.index("<section") < html.index("Satu") < html.index("Dua")

    @bug("a box right below two block headers leaves them, and their ends are printed")
    def test_box_right_below_two_headers(self) -> None:
        page = "//// latihan | Norma\n/// kunci\n!!! note\n\n    Isi.\n///\n////\n"
        assert "///" not in seen_by(PELATIH, page)

    @bug("captions are not among the blocks that must come out")
    def test_caption_that_markdown_takes_for_code(self) -> None:
        with pytest.raises(Exception, match="does not recognize"):
            seen_by(PELATIH, "    /// figure-caption\n    Norma\n    ///\n")

    @bug("Markdown takes this fence for text; check says nothing, and build ends in a traceback")
    def test_code_fence_with_more_than_a_language(self, tmp_path: Path) -> None:
        page = text(PAGE) + "\n``` contoh salah\n\n/// latihan | Norma\n\nTulis.\n\n///\n\n```\n"
        assert told(tmp_path, {PAGE: page})

    @bug("only modules that a run uses are rendered by check")
    def test_lost_block_in_a_module_of_no_run(self, tmp_path: Path) -> None:
        meta = text("modules/lain/modul.yml").replace("LIN", "BRU").replace("uji-coba", "draf")
        page = "# Alur\n\n    /// latihan | Norma\n    Tulis.\n    ///\n"
        files = {"modules/baru/modul.yml": meta, "modules/baru/alur.md": page}
        assert told(tmp_path, files) == ["modules/baru/alur.md:3: B115"]


class TestTracebacks:
    @pytest.mark.parametrize(
        "yaml",
        [
            *("![gambar](aset/a.svg)", "a: !jenis b", "a: !!int b", "a: 2025-02-30"),
            *("? [a]\n: b", "{[a]: b}", "a: " + "9" * 5000, "[" * 2000, "a: &x 1\nb: &x 2"),
        ],
        ids=lambda text: text[:20],
    )
    @bug("read_yaml raises, or warns")
    def test_yaml_is_refused_with_a_message(self, yaml: str) -> None:
        problems: list[Problem] = []
        read_yaml(yaml, "berkas.yml", problems)
        assert {problem.code for problem in problems} <= {"Y101", "Y102", "Y105", "Y106"}
        assert problems

    @bug("read_yaml raises")
    def test_picture_right_below_a_header(self) -> None:
        assert of_page("/// latihan | Norma\n    ![gambar](aset/norma.svg)\n///\n") == ["4: Y101"]

    @bug("read_yaml raises")
    def test_date_that_does_not_exist(self, tmp_path: Path) -> None:
        run = text(RUN).replace("selesai: 2025-01-21", "selesai: 2025-02-30")
        assert told(tmp_path, {RUN: run}) == [f"{RUN}:6: Y105"]

    @bug("any line that begins like a composed header is read as JSON")
    def test_code_that_shows_a_composed_header(self) -> None:
        page = '```\n/// latihan | {"baris": 1 rusak}\n```\n'
        assert "rusak" in seen_by(PELATIH, page)

    @bug("a participants' activity stands in the trainers' timetable, which links to its page")
    def test_activity_on_a_page_for_participants(self, tmp_path: Path) -> None:
        root = tmp_path / "proyek"
        shutil.copytree(BASE, root)
        page = "---\nedisi: peserta\n---\n" + text("modules/lain/alur.md")
        (root / "modules/lain/alur.md").write_text(page, "utf-8")
        (root / PAGE).write_text("# Pendahuluan\n", "utf-8")
        isi = text("modules/contoh/isi.md").replace("Lihat [alur](../lain/alur.md).", "")
        (root / "modules/contoh/isi.md").write_text(isi, "utf-8")
        tree = load_tree(root, "", PELATIH)
        pages = {page.path for node in tree.modules for page in node.pages}
        linked = {
            f"{slot.module.slug}/{step.activity.page.name}.md"
            for day in tree.days
            for slot in day.slots
            if slot.module
            for step in slot.steps
        }
        assert linked <= pages


class TestMistakesThatAreNone:
    @bug("options that cannot be read are validated all the same, as if at line 1")
    def test_options_that_cannot_be_read(self) -> None:
        page = "/// kegiatan | Norma\n    menit: 10\n    metode: diskusi: kelompok\n\n///\n"
        assert of_page(page) == ["5: Y101"]

    @bug("a page that is not UTF-8 is parsed all the same")
    def test_page_that_is_not_utf_8(self, tmp_path: Path) -> None:
        root = tmp_path / "proyek"
        shutil.copytree(BASE, root)
        (root / PAGE).write_bytes(b"# Judul\n\nCaf\xe9\n")
        codes = [problem.code for problem in check_project(root).all_problems]
        assert codes == ["F102"]

    @bug("what an anchor stands at counts as empty, too")
    def test_anchor(self, tmp_path: Path) -> None:
        meta = text("modules/contoh/modul.yml").replace("deskripsi: M", "deskripsi: &d M")
        assert told(tmp_path, {"modules/contoh/modul.yml": meta}) == [
            "modules/contoh/modul.yml:7: Y106"
        ]

    @bug("a list whose only entry is wrong counts as empty, too")
    def test_list_whose_only_entry_is_wrong(self, tmp_path: Path) -> None:
        meta = text("modules/contoh/modul.yml").replace("judul: Norma", "judl: Norma")
        codes = [
            row.rpartition(" ")[2] for row in told(tmp_path, {"modules/contoh/modul.yml": meta})
        ]
        assert sorted(codes) == ["Y103", "Y104"]

    @bug("a comment that goes on in the next line of a quotation takes its `>` with it")
    def test_comment_over_two_lines_in_a_quoted_block(self) -> None:
        assert of_page("> /// latihan | Norma\n> Satu <!-- a\n> b --> dua\n>\n> ///\n") == []

    @bug("a footnote defined in a list or box counts as not defined")
    def test_footnote_defined_in_a_list(self) -> None:
        assert of_page("- Satu[^a].\n\n    [^a]: Isi.\n") == []

    @bug("a reference before a colon counts as a definition, so its footnote is dropped")
    def test_footnote_reference_before_a_colon(self) -> None:
        assert "Isi." in seen_by(PELATIH, "Teks[^a]: lanjut.\n\n[^a]: Isi.\n")

    @bug("found once for each edition, a mistake is listed twice")
    def test_one_mistake_is_one_message(self) -> None:
        project = project_of("# Judul\n\n[@#tidak-ada]\n")
        module = project.modules["contoh"]
        found = {problem for rule in RULES for problem in rule(module, project)}
        assert len([problem for problem in found if problem.code == "T107"]) == 1


class TestMistakesUnseen:
    @bug("links and pictures are looked for line by line")
    @pytest.mark.parametrize("source", ["![dua\nbaris](aset/x.svg)\n", "[dua\nbaris](x.md)\n"])
    def test_link_whose_text_goes_over_two_lines(self, source: str) -> None:
        assert of_page(source)

    @bug("a picture without an address is none to the rules, and an empty one to the reader")
    def test_picture_without_address(self) -> None:
        assert of_page("![gambar]()\n")

    @bug("citations in YAML texts are not looked at")
    def test_unknown_source_in_a_question(self, tmp_path: Path) -> None:
        soal = text(QUESTIONS).replace("Apa arti norma kelas?", '"Apa [@uu-1-1945]?"')
        assert told(tmp_path, {QUESTIONS: soal}) == [f"{QUESTIONS}:5: T106"]

    @bug("what a module has no minutes left for is left out without a word")
    def test_module_named_after_its_hours_are_used_up(self, tmp_path: Path) -> None:
        run = text(RUN).replace("lain, contoh]", "lain, contoh, contoh, {modul: lain, jp: 3}]")
        assert told(tmp_path, {RUN: run})

    @bug("a pause inside a gap is not printed")
    def test_pause_between_two_entries(self, tmp_path: Path) -> None:
        root = tmp_path / "proyek"
        shutil.copytree(BASE, root)
        run = text(RUN).replace("lain, contoh]", 'contoh, {modul: lain, mulai: "10.30"}]')
        (root / RUN).write_text(run, "utf-8")
        [day] = load_tree(root, "", PESERTA).days
        assert "Rehat" in [slot.title for slot in day.slots]


class TestMessages:
    @pytest.mark.parametrize(
        "page",
        [
            "/// pelatih\n    menit: 10\n\n///\n",
            "/// latihan | Norma\n    id: Susun Norma\n\n///\n",
            "---\nedisi: guru\n---\n# Judul\n",
        ],
    )
    @bug("no way out, or one for programmers")
    def test_they_name_a_way_out(self, page: str) -> None:
        _, [problem] = parsed(page if page.startswith("---") else f"# Judul\n\n{page}")
        assert problem.hint
        assert not re.search(r"\^\[|nilai tidak sesuai", problem.text)

    @pytest.mark.parametrize("key", ["Judul", "JP", "1", "date"])
    @bug("keys that do not begin in lower case, or are called like a type, lose their name")
    def test_unknown_key_is_named(self, key: str) -> None:
        problems: list[Problem] = []
        value, source = read_yaml(f"{key}: x", "berkas.yml", problems)
        validate(value, ModuleMeta, source, problems)
        assert f"`{key}` tidak dikenal" in "".join(problem.message for problem in problems)

    @bug("options are called “isi berkas”")
    def test_options_that_are_no_pairs(self) -> None:
        _, [problem] = parsed("# Judul\n\n/// rangkuman\n    Norma disepakati.\n///\n")
        assert "isi berkas" not in problem.text

    @bug("the way out of a link to a participants' page is the block `peserta`")
    def test_link_from_trainers_to_a_participants_page(self) -> None:
        project = project_of("# Judul\n\n[b](hal-2.md)\n", "---\nedisi: peserta\n---\n# Khusus\n")
        module = project.modules["contoh"]
        [problem] = {p for rule in RULES for p in rule(module, project) if p.code == "T103"}
        assert "blok `peserta`" in problem.hint

    @bug("the pages of this module are of no help when the module's name is wrong")
    def test_link_to_an_unknown_module(self) -> None:
        project = project_of("# Judul\n\n[b](../lian/alur.md)\n")
        module = project.modules["contoh"]
        [problem] = {p for rule in RULES for p in rule(module, project) if p.code == "T101"}
        assert "“lain”" in problem.hint

    @bug("it needs both")
    def test_indicator_without_activity_and_question(self) -> None:
        module = PROJECT.modules["lain"]
        project = replace(PROJECT, modules={"lain": replace(module, pages=())})
        found = {p for rule in RULES for p in rule(project.modules["lain"], project)}
        [problem] = [p for p in found if p.code == "M105"]
        assert "pada kegiatan dan soal" in problem.hint


class TestMarkup:
    @bug("label and title run together when the page is read aloud or copied")
    def test_label_and_title_are_apart(self) -> None:
        assert "Pelatih</span> <span" in seen_by(PELATIH, "/// pelatih | Waktu\nTeks.\n///\n")

    @bug("heads of Markdown tables have no scope, which a tagged PDF needs")
    def test_table_heads_have_a_scope(self) -> None:
        html = seen_by(PELATIH, "| a | b |\n| --- | --- |\n| c | d |\n")
        assert html.count('scope="col"') == 2


def question(teks: str) -> Question:
    return Question.model_validate(
        {"id": "satu", "indikator": 1, "jenis": "benar-salah", "teks": teks, "kunci": "benar"}
    )
