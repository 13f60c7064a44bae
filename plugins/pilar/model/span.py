"""Parts of a file: where they are, what stands there, and where in them given words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

Range = tuple[int, int, int, int]
"""Line and column of the first character, line and column after the last; all count from 1."""


def whole_word(word: str) -> re.Pattern[str]:
    """Finds a word, or several, where no letter or digit touches it.

    What stands before is looked at last: a search that begins with plain letters is far faster.
    """
    letters = re.escape(word)
    return re.compile(rf"{letters}(?<!\w{letters})(?!\w)")


def find(words: str, lines: Sequence[str], area: Range) -> list[Range]:
    """Where `words` stand in a part of the lines, as whole words; they may go over line ends."""
    escaped = [re.escape(word) for word in words.split()]
    if not escaped or area[2] > len(lines):
        return []
    before = r"(?<!\w)" if re.match(r"\w", words.strip()) else ""
    after = r"(?!\w)" if re.search(r"\w$", words.strip()) else ""
    pattern = re.compile(before + r"(?:[ ]+|[ ]*\n[ >]*)".join(escaped) + after)
    first, column, last, end = area
    whole = "\n".join(lines[first - 1 : last])
    stop = len(whole) - len(lines[last - 1]) + end - 1
    return [
        range_at(whole, match.span(), first)
        for match in pattern.finditer(whole, column - 1, stop)
        if match.end() <= stop
    ]


def text_at(lines: Sequence[str], place: Range) -> str:
    """What stands in a part of the lines."""
    first, column, last, end = place
    whole = "\n".join(lines[first - 1 : last])
    return whole[column - 1 : len(whole) - len(lines[last - 1]) + end - 1]


def range_at(text: str, span: tuple[int, int], first: int = 1) -> Range:
    """Lines and columns of the characters `span` of `text`, which begins at line `first`."""
    (line, column), (end_line, end_column) = (_place(text, offset) for offset in span)
    return line + first - 1, column, end_line + first - 1, end_column


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
