"""Signs that cannot be printed: no font of the books has them."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator, Sequence

from pilar.model.problem import Fix, Problem
from pilar.store.fonts import missing

from .source import mask_code_spans

_BULLET = re.compile(r"[ >]*(?P<sign>[\uf000-\uf0ff])\s")
"""Word writes bullets of its symbol fonts as private characters from U+F000 on."""


def unprintable(path: str, lines: Sequence[str], literal: Container[int] = ()) -> Iterator[Problem]:
    """T109 for each line of a page with such signs, also where they are written as entities.

    In code, as in all of the lines `literal`, an entity is mere text.
    """
    for number, line in enumerate(lines, 1):
        if line.isascii() and "&" not in line:
            continue
        meant = "" if number in literal else html.unescape(mask_code_spans(line)).replace("\0", "")
        if signs := missing(line + meant):
            yield _of_line(path, number, lines, signs)


def _of_line(path: str, number: int, lines: Sequence[str], signs: Sequence[str]) -> Problem:
    bullet = _BULLET.match(lines[number - 1])
    if bullet is None:
        return Problem(path, number, "T109", *explained(signs)).on_line(lines, at=signs[0])
    code = f"U+{ord(bullet['sign']):04X}"
    message = f"tanda daftar dari Word ({code}) tidak ada di huruf buku"
    problem = Problem(path, number, "T109", message, "Pakai `-`")
    return problem.in_line(bullet.span("sign"), Fix(bullet["sign"], "-", safe=True))


def unprintable_value(
    path: str, lines: Sequence[str], first: int, last: int, value: str
) -> Iterator[Problem]:
    """T109 for such signs in a YAML value at these lines, also those written as `\\uA997`."""
    if (value.isascii() and "&" not in value) or not (signs := missing(html.unescape(value))):
        return
    found = [n for n in range(first, min(last, len(lines)) + 1) if signs[0] in lines[n - 1]]
    problem = Problem(path, (found or [first])[0], "T109", *explained(signs))
    yield problem.on_line(lines, at=signs[0])


def explained(signs: Sequence[str]) -> tuple[str, str]:
    """Message and way out, for signs that no font has."""
    named = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in signs[:3])
    more = " dan lainnya" if len(signs) > 3 else ""
    message = f"tanda {named}{more} tidak ada di huruf buku"
    return message, "Tulis dengan huruf Latin atau tanda lain, atau jadikan gambar"
