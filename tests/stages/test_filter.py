"""The audience filter against one so slow and plain that it is obviously right."""

from __future__ import annotations

import re

from hypothesis import given

from pilar.content.pages import parse_page
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.syntax.audience import filtered

from .generated import Sample, pages

HIDDEN = {"pelatih": {"peserta"}, "peserta": {"pelatih", "kunci"}}
"""Blocks that an edition must not see."""


@given(pages())
def test_filter_agrees_with_the_plain_one(sample: Sample) -> None:
    problems: list[Problem] = []
    page = parse_page(sample.source, "isi.md", problems)
    assert problems == [], sample.source
    assert sum(1 for _ in page.walk()) == sample.blocks
    for edition in Edition:
        seen = [line.rstrip() for line in filtered(page, edition)]
        assert seen == plain_filter(sample.source, edition.value)


def plain_filter(source: str, edition: str) -> list[str]:
    """Lines that `edition` may see; each other line is what its container needs, or empty."""
    lines: list[str] = []
    code: list[bool] = []
    fence = ""
    in_comment: str | None = None
    open_blocks: list[tuple[str, str]] = []  # name, prefix
    for line in source.split("\n"):
        if not fence:
            line, in_comment = without_comments(line, in_comment)
        bare = line.lstrip(" >")
        prefix = line[: len(line) - len(bare)]
        closes_block = False
        is_code = bool(fence)
        if fence:
            if bare == fence:
                fence = ""
        elif bare.startswith(("```", "~~~")):
            fence = bare[: len(bare) - len(bare.lstrip("`~"))]
            is_code = True
        elif bare.startswith("///"):
            name = bare.lstrip("/").split("|")[0].strip()
            if name:
                open_blocks.append((name, prefix))
            else:
                closes_block = True
        hidden = [where for name, where in open_blocks if name in HIDDEN[edition]]
        lines.append((hidden[0] if hidden else line).rstrip())
        code.append(is_code and not hidden)
        if closes_block:
            open_blocks.pop()
    return without_orphans(lines, code)


def without_comments(line: str, container: str | None) -> tuple[str, str | None]:
    """The line character by character; a backtick begins and ends code.

    `container` is what stood before the text of the line that an open comment began in; what of it
    stands in this line, too, is kept.
    """
    kept = ""
    in_code = False
    begin = line[: len(line) - len(line.lstrip(" >"))]
    if container is not None and line.startswith(container):
        kept, line = container, line[len(container) :]
    while line:
        if container is not None and line.startswith("-->"):
            container, line = None, line[3:]
        elif container is None and not in_code and line.startswith("<!--"):
            container, line = begin, line[4:]
        else:
            if container is None:
                kept += line[0]
                in_code ^= line[0] == "`"
            line = line[1:]
    return kept, container


def without_orphans(lines: list[str], code: list[bool]) -> list[str]:
    """Drop footnotes that no text outside code refers to."""
    text = [
        re.sub("`.*?`", "", line) for line, is_code in zip(lines, code, strict=True) if not is_code
    ]
    kept: list[str] = []
    dropping = False
    for line, is_code in zip(lines, code, strict=True):
        if line.startswith("[^") and not is_code:
            name = line[2 : line.index("]")]
            dropping = not any(f"[^{name}]" in row.removeprefix(f"[^{name}]:") for row in text)
        elif line.strip() and not line.startswith("    "):
            dropping = False
        kept.append("" if dropping else line)
    return kept
