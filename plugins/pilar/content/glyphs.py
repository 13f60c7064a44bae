"""Signs that cannot be printed: no font of the books has them."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from pilar.model.problem import Problem
from pilar.store.fonts import missing


def unprintable(path: str, lines: Sequence[str], first: int, last: int) -> Iterator[Problem]:
    """T109 for each such sign in the lines `first` to `last` (from 1), once a line; also for
    those that are written as an entity.
    """
    for number in range(first, min(last, len(lines)) + 1):
        line = lines[number - 1]
        if line.isascii() and "&" not in line:
            continue
        for sign in missing(html.unescape(line)):
            problem = Problem(path, number, "T109", *explained(sign))
            start = line.find(sign)
            span = start, start + len(sign)
            yield problem.in_line(span) if start >= 0 else problem.on_line(lines)


def unprintable_value(
    path: str, lines: Sequence[str], first: int, last: int, value: str
) -> Iterator[Problem]:
    """T109 for each such sign in a YAML value at these lines, also for one written as `\\uA997`."""
    if value.isascii() and "&" not in value:
        return
    for sign in missing(html.unescape(value)):
        places = [n for n in range(first, min(last, len(lines)) + 1) if sign in lines[n - 1]]
        problem = Problem(path, (places or [first])[0], "T109", *explained(sign))
        yield problem.on_line(lines, at=sign)


def explained(sign: str) -> tuple[str, str]:
    """Message and way out."""
    message = f"tanda “{sign}” (U+{ord(sign):04X}) tidak ada di huruf buku"
    return message, "Tulis dengan huruf Latin atau tanda lain, atau jadikan gambar"
