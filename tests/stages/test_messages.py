"""Every kind of mistake has a case, and every message says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pilar
from pilar.model.problem import Problem
from pilar.model.rule import CORRECTION, Severity, rules

from .golden import MESSAGES, ROOT, Golden

LINE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+): (?P<code>[A-Z]\d{3}) (?P<text>.+)")

WITHOUT_CASE = {
    **dict.fromkeys(("P101", "P102", "P103"), "need an output, see test_leaks.py"),
    "K101": "needs MkDocs, see tests/front",
    "K102": "needs MkDocs, see tests/front",
    "C101": "needs WeasyPrint, see tests/front",
    **dict.fromkeys(
        ("V101", "V102", "V103", "V106", "V107", "V110"),
        "needs git, see tests/front/test_versions.py",
    ),
    "G102": "needs a repository, see test_opened.py",
    "K103": "needs a built folder, see tests/front/test_reproducibility.py",
    **dict.fromkeys(("B120", "B121"), "see test_rules.py and test_hostile.py"),
    "V105": "needs a lock, see test_changelog.py",
    "Y108": "see test_yaml_mending.py",
    "T111": "see test_rules.py",
    "B124": "see test_rules.py",
    **dict.fromkeys(("B122", "B123"), "see test_option_lines.py"),
    **dict.fromkeys(
        ("P104", *(f"U10{number}" for number in range(1, 9))), "see test_result_mistakes.py"
    ),
    "U109": "see test_rules.py and test_against.py",
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


ONE_ANSWER = {
    **dict.fromkeys(("B107", "Y105"), "the message itself says what value is wanted"),
    "B113": "what draws the diagram is all that differs",
}
"""Codes whose messages differ without their pages having to."""
CAUSE = re.compile(r"^- \*(?P<message>[^*\n]+)\*: ", re.M)


def causes(code: str) -> list[str]:
    """Messages that the page of a rule lists; `…` stands for what differs."""
    return [match["message"] for match in CAUSE.finditer(rules()[code].section(CORRECTION))]


def test_pages_name_every_cause() -> None:
    """Whoever gets a message finds it on the page of its code."""
    files = [*ROOT.glob(f"*/*/expected/{MESSAGES}"), *ROOT.glob("rules/*.txt")]
    files += (ROOT.parent / "language" / "cases").glob("*.txt")
    rows = [row for path in files for row in path.read_text("utf-8").splitlines()]
    told: dict[str, set[str]] = {}
    for match in filter(None, map(LINE.fullmatch, rows)):
        told.setdefault(match["code"], set()).add(match["text"])
    assert len(told) > 80
    unnamed = []
    for code, texts in told.items():
        patterns = [re.escape(cause).replace("…", ".+?") for cause in causes(code)]
        if not patterns and code not in ONE_ANSWER:
            # Without a list all messages are one, but for names and numbers.
            shapes = {re.sub(r"[`“\[][^`”\]]*[`”\]]|\d+", "…", text).split()[0] for text in texts}
            unnamed += [code] * (len(shapes) > 1)
        elif patterns:
            known = re.compile("|".join(patterns))
            unnamed += [f"{code} {text}" for text in texts if not known.match(text)]
    assert unnamed == []


def test_causes_on_pages_are_messages_of_the_code() -> None:
    """A page lists no message that nothing says any more."""
    sources = Path(pilar.__file__).parent.rglob("*.py")
    code = "\n".join(path.read_text("utf-8") for path in sources)
    code = re.sub(r"\"\s*\n\s*f?\"", "", code).replace("{{", "{")

    def is_said(piece: str) -> bool:
        # Some messages are put together of two parts.
        words = piece.split(" ")
        parts = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(len(words)))
        return any(first in code and second in code for first, second in parts)

    stale = [
        f"{name}: {piece}"
        for name in rules()
        for cause in causes(name)
        for piece in (part.strip("“”`[]() ,.") for part in cause.split("…"))
        if len(piece) > 3 and not is_said(piece)
    ]
    assert stale == []


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
