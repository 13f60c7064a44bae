"""Parses a page: front matter, blocks, and headings with their anchors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from pilar.model.blocks import Block, Document, Frozen, Heading, Ignore
from pilar.model.edition import Edition
from pilar.model.problem import Problem

from .block_parser import parse_blocks
from .footnotes import read_footnotes
from .lookalikes import front_matter_elsewhere
from .source import scan
from .validation import validate
from .yaml import read_yaml, yaml_comments

_COMMENT = re.compile(r"[ >]*<!--\s*(?P<name>pilar\b:?)\s*(?P<text>.*?)\s*(?:-->\s*)?", re.I)
"""A comment for `pilar check`, also one in almost the right form."""
_ANY_COMMENT = re.compile(r"<!--(?P<text>.*?)(?:-->|\Z)", re.DOTALL)
_IGNORE = re.compile(r"abaikan +(?P<code>[A-Z]\d{3})\b[\s:,.–-]*(?P<reason>.*)")


class FrontMatter(Frozen):
    """Keys that a page may carry between `---` lines."""

    edisi: Edition | None = None


def parse_page(text: str, path: str, problems: list[Problem]) -> Document:
    """Parse the text of one page; what is wrong goes to `problems`.

    The document is only fit for use when no problem was reported.
    """
    lines = text.split("\n")
    edition, written = _front_matter(lines, path, problems)
    front = [old if old != new else "" for old, new in zip(lines, written, strict=True)]
    lines, literal = scan(written, path, problems)
    problems += front_matter_elsewhere(path, lines, literal)
    ignores = tuple(_ignores(written, lines))
    blocks, headings = parse_blocks(path, lines, literal, problems)
    fences = frozenset(number for top in blocks for block in top.walk() for number in block.fences)
    footnotes = read_footnotes(path, lines, literal, fences, problems)
    title = _title(headings, path, lines, problems)
    return Document(
        path,
        tuple(lines),
        literal,
        edition,
        title,
        blocks=tuple(blocks),
        headings=tuple(_anchored(path, lines, headings, blocks, problems)),
        footnotes=footnotes,
        ignores=ignores,
        comments=(*yaml_comments("\n".join(front), 1), *_comments(written, literal)),
    )


def _comments(written: list[str], literal: frozenset[int]) -> Iterator[tuple[str, int]]:
    """Text of each HTML comment and the line it begins at; in code it is no comment."""
    text = "\n".join(written)
    for match in _ANY_COMMENT.finditer(text):
        number = text.count("\n", 0, match.start()) + 1
        if number not in literal:
            yield match["text"], number


def _ignores(written: list[str], lines: list[str]) -> Iterator[Ignore]:
    """Comments for `pilar check`, each alone on its line; `lines` has all comments blanked."""
    for number, (before, after) in enumerate(zip(written, lines, strict=True), 1):
        if not after.strip(" >") and (comment := _COMMENT.fullmatch(before)):
            whole = comment["name"] == "pilar:" and before.rstrip().endswith("-->")
            if not whole and "abaikan" not in comment["text"].casefold():
                continue
            code, reason = ignored(comment["text"]) if whole else ("", "")
            text = before.strip(" >") + ">"  # strip() took it for a mark of quotation
            yield Ignore(number, code, reason, before.index("<!--") + 1, text)


def ignored(comment: str) -> tuple[str, str]:
    """Code and reason of `abaikan T201 alasan`; empty where the comment says something else."""
    match = _IGNORE.fullmatch(comment)
    return (match["code"], match["reason"]) if match else ("", "")


def _title(headings: list[Heading], path: str, lines: list[str], problems: list[Problem]) -> str:
    """The page's level-1 heading; reports when there is none, more, or it is not first."""

    def report(line: int, message: str, hint: str) -> None:
        problems.append(Problem(path, line, "B114", message, hint).on_line(lines))

    titles = [heading for heading in headings if heading.level == 1]
    if not titles:
        hint = "Tulis # Judul di baris pertama"
        problems.append(Problem(path, 1, "B114", "halaman ini tidak punya judul", hint))
        return path
    for extra in titles[1:]:
        report(extra.line, "halaman ini punya lebih dari satu judul #", "Pakai ##")
    if headings[0].level != 1:
        hint = "Mulai halaman dengan # Judul"
        report(headings[0].line, "subjudul ini mendahului judul halaman", hint)
    return titles[0].text


def _front_matter(
    lines: list[str], path: str, problems: list[Problem]
) -> tuple[Edition | None, list[str]]:
    if not lines or lines[0].rstrip() != "---":
        return None, lines
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message = "bagian awal halaman tidak ditutup"
        problems.append(Problem(path, 1, "Y101", message, "Tambahkan baris ---").on_line(lines))
        return None, [""] * len(lines)
    value, source = read_yaml("\n".join(lines[1:end]), path, problems, first_line=2)
    matter = validate(value or {}, FrontMatter, source, problems)
    edition = matter.edisi if isinstance(matter, FrontMatter) else None
    return edition, [""] * (end + 1) + lines[end + 1 :]


def _anchored(
    path: str,
    lines: list[str],
    headings: list[Heading],
    blocks: list[Block],
    problems: list[Problem],
) -> Iterator[Heading]:
    """Give every heading an id: those that both editions see first, so that no other changes one.

    Within each kind, ids that authors wrote go before those made from words.
    """
    hidden = {
        number
        for top in blocks
        for block in top.walk()
        if block.audience
        for number in range(block.first, block.last + 1)
    }
    anchors: dict[str, int] = {}
    by_line: dict[int, str] = {}
    for heading in sorted(headings, key=lambda h: (h.line in hidden, not h.anchor)):
        base = heading.anchor or slug(heading.text)
        anchor, copy = base, 1
        while not heading.anchor and anchor in anchors:
            copy += 1
            anchor = f"{base}-{copy}"
        if anchor in anchors:
            message = f"id `{anchor}` sudah dipakai oleh judul di baris {anchors[anchor]}"
            problem = Problem(path, heading.line, "B114", message, "Beri id lain")
            problems.append(problem.on_line(lines, at=anchor))
        anchors[anchor] = heading.line
        by_line[heading.line] = anchor
    for heading in headings:
        yield replace(heading, anchor=by_line[heading.line])


def slug(text: str) -> str:
    """An id made from a heading's words: ASCII, lower case, hyphens."""
    words = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "bagian"
