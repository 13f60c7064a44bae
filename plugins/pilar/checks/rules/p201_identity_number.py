"""P201: numbers of identity cards (NIK) do not belong in a book."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.language.inline import Span
from pilar.checks.numbers import digits, is_made_up, problems
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_GAP = r" ?[-.–‑]? ?"
"""What may stand between two groups of a number."""
_NIK = re.compile(rf"(?<![\d,/-])(?<!\d\.)\d(?:{_GAP}\d){{15}}(?![\d.,]?\d)")
_GROUPED = re.compile(r"\d{16}|\d{4}(?:[ .-]\d{4}){3}|\d{6}[ .-]\d{6}[ .-]\d{4}")
"""How sixteen digits look that are surely one number."""
_BORN = re.compile(r"[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")
"""NIK: province, regency, district; day (women's plus 40), month and year of birth; a number
(Permendagri 73/2022)."""
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D?){4}")


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No NIK in what people read."""
    yield from problems(module, facts, numbers, code="P201", name="NIK")


def numbers(text: str) -> Iterator[Span]:
    """Where a NIK stands."""
    for match in _NIK.finditer(text):
        if _is_nik(match[0]):
            yield match.span()


def _is_nik(text: str) -> bool:
    number = digits(text)
    if is_made_up(number) or _YEARS.fullmatch(text):
        return False
    return bool(_GROUPED.fullmatch(text) or _BORN.fullmatch(number))
