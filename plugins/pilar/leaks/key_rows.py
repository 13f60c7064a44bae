"""Key sheets: rows of letters, none of which has a fingerprint (`1 B, 2 C, 3 A`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_LETTER = r"([A-E]|benar|salah)\b[\W_]*"
_CODE = r"[a-z]{2,4}-s"
_NUMBER = rf"(?:{_CODE})?\d{{1,3}}"
_ONE = rf"(?:{_NUMBER}[\W_]{{1,4}})?{_NUMBER}[\W_]{{0,4}}{_LETTER}"
_ROW = re.compile(
    rf"(?<![^\W_])(?:(?:{_ONE}){{5,}}|(?:\d{{1,3}}[\W_]+){{5,}}(?:[^\W\d_]+[\W_]+)?(?:{_LETTER}){{5,}})",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    rf"\d(?<!\d\d)\d{{0,2}}[\W_]*(?=\d|[A-E]\b|benar|salah|{_CODE}\d)", re.IGNORECASE
)
"""The first number of a row, by what comes after it: few numbers of a text are."""
_CODE_BEFORE = re.compile(rf"{_CODE}\Z", re.IGNORECASE)
_LONGEST_CODE = 6
"""Letters of it, with `-S`."""
_NEXT = {"": "a", "a": "ab", "b": "ac", "c": "ad", "d": "ae", "e": "a"}
"""What labels go on with: the next letter, or the first of another list."""
_KEY = re.compile(rf"(?<![^\W\d_]){_LETTER}", re.IGNORECASE)


def key_rows(text: str) -> Iterator[str]:
    """Every row of five numbers or more, each with one letter of a choice, or all the numbers
    before all the letters, as a table of two rows has them. A number may be the code of a question,
    or stand beside one.

    Letters in their own order are labels (`1 A, 2 B, 3 C`; marks of lists, which a PDF may have
    together: `1. 2. 3. 4. 5. A. B. C. A. B.`), several after one number are choices
    to mark (`1 A B C D`): no worksheet of the two national runs has another row of this form.
    """
    for row in _rows(text):
        letters = [key[1].casefold() for key in _KEY.finditer(row[0])]
        if any(after not in _NEXT.get(before, "") for before, after in pairwise(["", *letters])):
            yield row[0].strip()


def _rows(text: str) -> Iterator[re.Match[str]]:
    """As `_ROW.finditer`, which would try each letter of a text: a row begins with digits, or with
    the code before them.
    """
    end = 0
    for digits in _BEGUN.finditer(text):
        start = digits.start()
        if code := _CODE_BEFORE.search(text, max(end, start - _LONGEST_CODE), start):
            start = code.start()
        if start >= end and (row := _ROW.match(text, start)):
            end = row.end()
            yield row
