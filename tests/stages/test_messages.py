"""Every kind of mistake has a case, and every message says what to do."""

from __future__ import annotations

import re

import pytest

from pilar.model.problem import Problem
from pilar.model.rule import Severity, rules

from .golden import MESSAGES, ROOT, Golden

LINE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+): (?P<code>[A-Z]\d{3}) (?P<text>.+)")

WITHOUT_CASE = {
    **dict.fromkeys(("P101", "P102", "P103"), "need an output, see test_leaks.py"),
    "K101": "needs MkDocs, see tests/front",
    "K102": "needs MkDocs, see tests/front",
    "C101": "needs WeasyPrint, see tests/front",
    **dict.fromkeys(
        ("V101", "V102", "V103", "V106", "V107"), "needs git, see tests/front/test_versions.py"
    ),
    "K103": "needs a built folder, see tests/front/test_reproducibility.py",
    **dict.fromkeys(("B120", "B121"), "see test_rules.py and test_hostile.py"),
    "V105": "needs a lock, see test_changelog.py",
    **{
        code: "see test_rules and tests/stages/language"
        for code, rule in rules().items()
        if rule.severity is Severity.WARNING
    },
}
"""Codes that no golden file shows, and why."""


@pytest.fixture
def messages(golden: Golden) -> list[re.Match[str]]:
    """Every message of the golden files."""
    if golden.rewrite:
        pytest.skip("the messages are being written anew")
    files = sorted(ROOT.glob(f"*/*/expected/{MESSAGES}"))
    rows = [row for path in files for row in path.read_text("utf-8").splitlines()]
    matches = [LINE.fullmatch(row) for row in rows]
    assert None not in matches
    return [match for match in matches if match]


def test_only_these_codes_lack_a_case(messages: list[re.Match[str]]) -> None:
    shown = {match["code"] for match in messages}
    assert sorted(set(rules()) - shown) == sorted(WITHOUT_CASE)


def test_messages_say_what_to_do(messages: list[re.Match[str]]) -> None:
    """A second sentence names the way out, or the first says what must be."""
    demand = re.compile(
        r"harus|wajib|paling (kecil|besar|sedikit)|tidak boleh|tulis|tidak memakai|lebih awal dari"
    )
    mute = [
        match[0]
        for match in messages
        if not re.search(r"\. [A-Z0-9[`“]", match["text"]) and not demand.search(match["text"])
    ]
    assert mute == []


def test_messages_are_plain(messages: list[re.Match[str]]) -> None:
    """Sentences, not patterns: authors need not be able to program."""
    texts = [match["text"] for match in messages]
    assert [
        text for text in texts if not text.endswith(".") or re.search(r"\^\[|\\[a-z.\[(]", text)
    ] == []


def test_a_problem_needs_a_registered_code() -> None:
    with pytest.raises(KeyError):
        Problem("modules/contoh/isi.md", 1, "X999", "pesan")


def test_a_problem_prints_as_one_line() -> None:
    problem = Problem("modules/contoh/isi.md", 3, "B101", "blok `x` tidak dikenal", "Hapus")
    assert str(problem) == "modules/contoh/isi.md:3: B101 blok `x` tidak dikenal. Hapus."
