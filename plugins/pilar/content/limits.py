"""How large and how deep content may be, so that no input exhausts time or memory.

The limits are far above what a module needs: its largest page has 25 KB and 450 lines, its longest
paragraph 2,200 characters. Python-Markdown takes time quadratic in the brackets of a paragraph,
and a level of recursion for every nested container.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.problem import Problem

LARGEST_TEXT = 256 * 1024
"""Bytes of a page, a YAML file, a list of words."""
LARGEST_PICTURE = 16 * 1024 * 1024
"""Bytes of a picture."""
LARGEST_TABLE = 2 * 1024 * 1024
"""Bytes of results as CSV: 10,000 participants' answers take half of it."""
MOST_LINES = 5_000
LONGEST_LINE = 5_000
"""Characters."""
LONGEST_PARAGRAPH = 20_000
"""Characters between two empty lines; a table or list counts as one."""
MOST_BRACKETS = 300
"""Number of `[` between two empty lines."""
DEEPEST_BRACKETS = 10
DEEPEST_CONTAINER = 16
"""Quotations, lists and boxes in each other."""
DEEPEST_FOLDER = 12
"""Folders in each other."""
DEEPEST_BLOCK = 6
"""Blocks in each other."""

_CONTAINERS = re.compile(r"[ >]*(?:(?:[-*+:]|\d+[.)]) +[ >]*)*")
_LEVEL = re.compile(r">|(?:[-*+:]|\d+[.)]) | {4}")


def largest(path: str) -> int:
    """Bytes that the file at `path` may have."""
    if path.endswith(".csv"):
        return LARGEST_TABLE
    return LARGEST_TEXT if path.endswith((".md", ".yml", ".lock", ".txt")) else LARGEST_PICTURE


def too_large(path: str, data: bytes) -> Iterator[Problem]:
    """Whether a file has more bytes than it may."""
    if len(data) > (limit := largest(path)):
        size = f"{limit // 1024} KB" if limit < 1024**2 else f"{limit // 1024**2} MB"
        hint = "Bagi isinya, atau perkecil gambarnya"
        yield Problem(path, 1, "F105", f"berkas ini lebih besar dari {size}", hint)


def too_complex(path: str, text: str) -> Iterator[Problem]:
    """What in a text would take too long, or too deep, to turn into a page: the first of it."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        message = f"teks ini lebih dari {MOST_LINES} baris"
        yield Problem(path, MOST_LINES + 1, "F105", message, "Bagi menjadi beberapa halaman")
        return
    first, size, brackets, depth = 1, 0, 0, 0
    for number, line in enumerate(lines, 1):
        if not line.strip(" >"):
            first, size, brackets, depth = number + 1, 0, 0, 0
            continue
        size += len(line)
        for bracket in re.findall(r"(?<!\\)[][]", line):
            brackets += bracket == "["
            depth = depth + 1 if bracket == "[" else max(depth - 1, 0)
            if depth > DEEPEST_BRACKETS:
                message = f"lebih dari {DEEPEST_BRACKETS} tanda [ belum ditutup"
                hint = "Tutup setiap [ dengan ]"
                yield Problem(path, number, "B117", message, hint).on_line(lines)
                return
        if len(line) > LONGEST_LINE:
            message = f"baris ini lebih dari {LONGEST_LINE} karakter"
            hint = "Bagi menjadi beberapa paragraf"
            yield Problem(path, number, "F105", message, hint).on_line(lines)
            return
        if size > LONGEST_PARAGRAPH or brackets > MOST_BRACKETS:
            message = (
                f"paragraf, daftar, atau tabel ini lebih dari {LONGEST_PARAGRAPH} karakter"
                if size > LONGEST_PARAGRAPH
                else f"paragraf, daftar, atau tabel ini memuat lebih dari {MOST_BRACKETS} tanda ["
            )
            hint = "Bagi dengan baris kosong"
            yield Problem(path, first, "F105", message, hint).on_line(lines)
            return
        start = _CONTAINERS.match(line)
        if start and len(_LEVEL.findall(start[0])) > DEEPEST_CONTAINER:
            message = f"daftar, kutipan, atau kotak bertingkat lebih dari {DEEPEST_CONTAINER}"
            hint = "Kurangi indentasinya"
            yield Problem(path, number, "B117", message, hint).on_line(lines)
            return
