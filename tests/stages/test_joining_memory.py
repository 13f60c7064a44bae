"""A book is in memory once while it is joined, however many parts it has."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Pdf

from pilar.editions.book import join
from pilar.editions.book.merge import Section
from pilar.editions.book.part import render_part

PAGE = '<html lang="id"><title>Judul</title><h1 id="satu">Judul</h1><p>Kalimat.</p></html>'


def test_parts_are_open_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    section = Section(render_part("x", PAGE, "", {}), "X-")
    opened: list[Pdf] = []
    open_pdf = Pdf.open

    def watched(*given: Any) -> Pdf:
        assert not any(map(_is_open, opened))
        opened.append(open_pdf(*given))
        return opened[-1]

    monkeypatch.setattr(join.Pdf, "open", watched)
    book = join.compose([section] * 3, "Buku", "Isi")
    assert len(opened) == 3
    monkeypatch.undo()
    with open_pdf(join.io.BytesIO(book)) as made:
        texts = {page.Contents.read_bytes() for page in made.pages}
        assert len(made.pages) == 3
        assert len(texts) == 1
        assert texts != {b""}


def _is_open(pdf: Pdf) -> bool:
    return "closed input source" not in repr(pdf)
