"""A book joined from parts is hardly larger than the same pages rendered at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilar.model.edition import Edition
from pilar.project.state import Workspace
from stages.joining import at_once, joined

from .commands import REPOSITORY

pytestmark = pytest.mark.panjang  # a minute of layout


def test_the_joined_book_is_at_most_a_fifth_larger_than_one_render(edition: str, cache: Path):
    run = Workspace(REPOSITORY, cache).folder().runs["2025-10-situbondo"]
    book, inputs = joined(run.tree(Edition(edition)), REPOSITORY, cache)
    alone = at_once(inputs)
    # Parts begin on pages of their own, and their front matter knows where.
    assert abs(alone.pages - book.pages) < book.pages / 20
    assert len(book.pdf) < 1.2 * len(alone.pdf), (len(book.pdf), len(alone.pdf))
