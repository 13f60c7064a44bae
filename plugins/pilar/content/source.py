"""Lines of a page: which are code, which are comments, which characters hide something.

This decides what the audience filter may take for text, so it is strict: what it cannot tell for
certain is a problem, and a problem stops the build.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pilar.model.problem import Problem

TAB = 4
"""Columns of a tab, as Python-Markdown expands it."""

_CODE_FENCE = re.compile(r"(?P<prefix>[ >]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_BULLET_FENCE = re.compile(r"[ >]*(?:[-*+]|\d+[.)]) +(?:`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)")
_SLASHES = str.maketrans("∕⁄⧸╱⟋", "/////")
_SCRIPT_DIAGRAMS = frozenset({"mermaid", "plantuml", "dot", "graphviz", "d2"})


def decode(data: bytes, path: str, problems: list[Problem]) -> str:
    """Text of a file: UTF-8 with or without BOM, any line ending, tabs expanded."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        problems.append(
            Problem(
                path, number, "F102", "berkas ini bukan teks UTF-8", "Simpan ulang sebagai UTF-8"
            )
        )
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if hidden := [c for c in line if unicodedata.category(c) == "Cc" and c != "\t"]:
            problems.append(
                Problem(
                    path,
                    number,
                    "B106",
                    f"karakter kendali U+{ord(hidden[0]):04X} di baris ini",
                    "Hapus karakter itu",
                )
            )
    return text.expandtabs(TAB)


def plain(line: str) -> str:
    """A line as a reader would see it: look-alike slashes unified, invisible characters gone."""
    text = unicodedata.normalize("NFKC", line).translate(_SLASHES)
    return "".join(
        " " if unicodedata.category(c) == "Zs" else c
        for c in text
        if unicodedata.category(c) != "Cf"
    )


def prefix_of(line: str) -> str:
    """Indentation and quotation marks before a line's content."""
    match = re.match(r"[ >]*", line)
    return match[0] if match else ""


def continues(prefix: str, line: str) -> bool:
    """Whether `line` is still inside the container that `prefix` stands for."""
    return not line.strip() or line.startswith(prefix) or line.rstrip() == prefix.rstrip()


def mask_code_spans(line: str) -> str:
    """The line with inline code overwritten, columns unchanged."""
    return _CODE_SPAN.sub(lambda match: "\0" * len(match[0]), line)


def outside_code(line: str) -> Iterator[tuple[int, int]]:
    """Column ranges of a line that are not inline code."""
    position = 0
    for match in _CODE_SPAN.finditer(line):
        yield position, match.start()
        position = match.end()
    yield position, len(line)


def scan(lines: list[str], path: str, problems: list[Problem]) -> tuple[list[str], frozenset[int]]:
    """Blank HTML comments and find code fences.

    Gives the lines, comments overwritten, and the numbers (from 1) of lines inside code fences,
    fences included. Reports unclosed fences and comments, and diagrams drawn by scripts.
    """
    literal: set[int] = set()
    result: list[str] = []
    fence: tuple[str, str, int] | None = None  # prefix, fence, line
    comment = 0
    for number, line in enumerate(lines, 1):
        if fence:
            literal.add(number)
            prefix, marks, opened = fence
            if not continues(prefix, line):
                problems.append(_unclosed_fence(path, opened))
                fence = None
            elif line.rstrip() == prefix + marks:
                fence = None
                result.append(line)
                continue
            else:
                result.append(line)
                continue
            literal.discard(number)
        line, comment = _without_comments(line, number, comment)
        if not comment and (match := _CODE_FENCE.match(line)):
            fence = match["prefix"], match["fence"], number
            literal.add(number)
            if (words := match["info"].split()) and words[0].strip("{}.") in _SCRIPT_DIAGRAMS:
                problems.append(
                    Problem(
                        path,
                        number,
                        "B113",
                        f"diagram {words[0]} digambar oleh skrip dan akan kosong di buku",
                        "Simpan sebagai SVG di aset/, lalu pakai ![teks pengganti](aset/….svg)",
                    )
                )
        elif _BULLET_FENCE.match(line):
            problems.append(
                Problem(
                    path,
                    number,
                    "B105",
                    "pagar kode tidak boleh langsung sesudah tanda daftar",
                    "Beri baris teks dahulu, lalu tulis pagar di baris berikutnya, menjorok",
                )
            )
        result.append(line)
    if fence:
        problems.append(_unclosed_fence(path, fence[2]))
    if comment:
        problems.append(
            Problem(
                path, comment, "B111", "komentar <!-- tidak ditutup", "Tambahkan --> di akhirnya"
            )
        )
    return result, frozenset(literal)


def _unclosed_fence(path: str, line: int) -> Problem:
    return Problem(
        path,
        line,
        "B110",
        "pagar kode yang dibuka di sini tidak ditutup",
        "Tutup dengan tanda yang sama persis dan menjorok sama",
    )


def _without_comments(line: str, number: int, opened: int) -> tuple[str, int]:
    """The line without its comments, and the line of a comment still open at its end (or 0)."""
    kept = ""
    rest = line
    while rest:
        if opened:
            end = rest.find("-->")
            if end < 0:
                return kept.rstrip(), opened
            rest, opened = rest[end + 3 :], 0
        start = next(
            (
                begin + found
                for begin, end in outside_code(rest)
                if (found := rest[begin:end].find("<!--")) >= 0
            ),
            -1,
        )
        if start < 0:
            return kept + rest, 0
        kept, rest, opened = kept + rest[:start], rest[start + 4 :], number
    return kept, opened
