"""Known bugs: what should be, each expected to fail until it is.

A test here that passes is reported as a failure (`strict`): then the bug is mended, and the test
moves to where it belongs, without its mark.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilar.assembly.tree import EditionTree
from pilar.editions.site import asset_files
from pilar.model.edition import Edition

from .samples import PROJECT, html_of, node_of
from .test_robustness import limited

PELATIH, PESERTA = Edition.PELATIH, Edition.PESERTA
PAGE = "modules/contoh/pembuka.md"
QUESTIONS = "modules/contoh/soal.yml"
RUN = "runs/2025-01-contoh.yml"


def bug(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


def seen_by(edition: Edition, source: str) -> str:
    return html_of(f"# Judul\n\n{source}", edition)


class TestTrainersTextReachesParticipants:
    @bug("pictures go out as they are, with comments and metadata")
    def test_comment_in_a_picture(self) -> None:
        module = PROJECT.modules["contoh"]
        svg = b"<svg xmlns='http://www.w3.org/2000/svg'><!-- KOMENTAR --></svg>"
        module = replace(module, assets={"aset/norma.svg": svg})
        node = node_of(replace(PROJECT, modules={"contoh": module}), PESERTA)
        tree = EditionTree(PROJECT.runs["2025-01-contoh"], PESERTA, PROJECT.curriculum, (node,), ())
        assert b"KOMENTAR" not in b"".join(data for _, data in asset_files(tree))


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


class TestTracebacks:
    @bug("any line that begins like a composed header is read as JSON")
    def test_code_that_shows_a_composed_header(self) -> None:
        page = '```\n/// latihan | {"baris": 1 rusak}\n```\n'
        assert "rusak" in seen_by(PELATIH, page)


class TestMarkup:
    @bug("label and title run together when the page is read aloud or copied")
    def test_label_and_title_are_apart(self) -> None:
        assert "Pelatih</span> <span" in seen_by(PELATIH, "/// pelatih | Waktu\nTeks.\n///\n")

    @bug("heads of Markdown tables have no scope, which a tagged PDF needs")
    def test_table_heads_have_a_scope(self) -> None:
        html = seen_by(PELATIH, "| a | b |\n| --- | --- |\n| c | d |\n")
        assert html.count('scope="col"') == 2
