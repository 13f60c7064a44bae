"""The audience filter once more: slow, line by line, and so plain that it is obviously right.

It shares no code with Pilar, and takes for granted that the page is one that Pilar accepts: what
is badly nested, unclosed or doubtful it need not understand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HIDDEN = {"pelatih": {"peserta"}, "peserta": {"pelatih", "kunci", "kartu"}}
"""Blocks that an edition must not see; cards for all are called otherwise."""


@dataclass
class Row:
    """A line without its comments, and what it is."""

    text: str
    is_code: bool = False
    is_fence: bool = False
    hidden: bool = False
    note: str = ""
    """Name of the footnote whose text this is."""

    @property
    def bare(self) -> str:
        return self.text.lstrip(" >")

    @property
    def begin(self) -> str:
        return self.text[: len(self.text) - len(self.bare)]


def plain_filter(source: str, edition: str) -> list[str]:
    """Lines that `edition` may see; each other line is empty."""
    rows = read(source, edition)
    mark_footnotes(rows)
    seen = [row for row in rows if not row.is_code and not row.hidden]
    spoken = {name for row in seen if not row.note for name in references(row.text)}
    while more := {
        name
        for row in seen
        if row.note and row.note.split()[0] in spoken
        for name in references(row.text)
        if name not in spoken
    }:
        spoken |= more
    for row in rows:
        row.hidden |= bool(row.note) and row.note.split()[0] not in spoken
    return ["" if row.hidden or not row.bare else row.text.rstrip() for row in rows]


def read(source: str, edition: str) -> list[Row]:
    """Comments, code fences and blocks."""
    rows: list[Row] = []
    code = ""
    comment: str | None = None
    blocks: list[str] = []
    lines = source.split("\n")
    for number, line in enumerate(lines, 1):
        row = Row(line)
        if code:
            row.is_code = True
            if line.rstrip() == code:
                code = ""
        else:
            row.text, comment = without_comments(line, comment)
            if comment is None and row.bare.startswith(("```", "~~~")) and "`" not in words(row):
                row.is_code = True
                code = row.begin + row.bare[: len(row.bare) - len(words(row))]
            elif row.bare.startswith("///"):
                row.is_fence = True
                if name := row.bare.lstrip("/").split("|")[0].strip():
                    blocks.append("kartu untuk semua" if for_all(lines[number:]) else name)
        row.hidden = any(name in HIDDEN[edition] for name in blocks)
        rows.append(row)
        if row.is_fence and not row.bare.strip("/ "):
            blocks.pop()
    return rows


def for_all(below: list[str]) -> bool:
    """Do the options in these lines, of which the first stands below a header, open cards?"""
    for line in below:
        if not line.lstrip(" >") or line.lstrip(" >").startswith(("- ", "/")):
            return False
        if line.lstrip(" >") == "untuk: semua":
            return True
    return False


def words(row: Row) -> str:
    """What follows the marks of a code fence."""
    return row.bare.lstrip(row.bare[0])


def without_comments(line: str, container: str | None) -> tuple[str, str | None]:
    """The line character by character; as many backticks as began code end it.

    `container` is what stood before the text of the line that an open comment began in; what of it
    stands in this line, too, is kept.
    """
    kept = ""
    code = ""
    begin = line[: len(line) - len(line.lstrip(" >"))]
    if container is not None and line.startswith(container):
        kept, line = container, line[len(container) :]
    while line:
        ticks = line[: len(line) - len(line.lstrip("`"))]
        if container is not None:
            if line.startswith("-->"):
                container, line = None, line[3:]
            else:
                line = line[1:]
        elif ticks:
            kept, line = kept + ticks, line[len(ticks) :]
            code = ticks if not code else "" if code == ticks else code
        elif line.startswith("<!--") and not code:
            container, line = begin, line[4:]
        else:
            kept, line = kept + line[0], line[1:]
    return kept, container


def mark_footnotes(rows: list[Row]) -> None:
    """Say of each row which footnote it belongs to."""
    name, indent, below = "", "", False
    for number, row in enumerate(rows):
        match = None if row.is_code or row.is_fence else re.match(r"\[\^([\w-]+)\]:", row.bare)
        if match and not (name and row.text.startswith(indent)):
            name, indent = f"{match[1]} {number}", f"{row.begin}    "
        elif not row.bare:
            below = False
            continue
        elif not (row.text.startswith(indent) or (below and not row.is_fence)):
            name = ""
        below = True
        row.note = name


def references(text: str) -> list[str]:
    """Names of the footnotes that a line speaks of outside code."""
    text = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text.lstrip(" >"))
    return re.findall(r"\[\^([\w-]+)\]", re.sub(r"^\[\^[\w-]+\]:", "", text))
