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
