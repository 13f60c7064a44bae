"""Suggestions are sought for so many words of a module and no more: each costs milliseconds."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from pilar.checks.language import spelling
from pilar.checks.language.dictionary import Dictionary

from ..golden import load_project
from .project import check_language, read_case


def test_a_page_of_unknown_words_costs_no_more_than_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = itertools.product("bdgkmprt", "aiueo", "lnrs", "bdgk", "ou", "wxqz")
    words = ["".join(parts) for parts in itertools.islice(letters, 0, None, 11)][:400]
    asked: list[str] = []

    def suggested(self: Dictionary, word: str) -> tuple[str, ...]:
        asked.append(word)
        return ()

    monkeypatch.setattr(Dictionary, "_suggested", suggested)
    root = tmp_path / "proyek"
    read_case("L106-boleh", root)
    page = min(root.glob("modules/*/*.md"))
    page.write_text(page.read_text("utf-8") + "\n\n" + "\n\n".join(words) + "\n", "utf-8")
    found = [p for p in check_language(load_project(root)) if p.code == "L106"]
    assert len(found) > 300
    assert 0 < len(asked) <= spelling._MOST_SUGGESTIONS
