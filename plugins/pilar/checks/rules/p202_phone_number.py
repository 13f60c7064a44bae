"""P202: phone numbers of persons do not belong in a book."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.language.inline import Span
from pilar.checks.numbers import THOUSANDS, digits, is_made_up, outside, problems
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

from . import p201_identity_number as identity

_GAP = r" ?[-.–‑]? ?"
"""What may stand between two groups of a number."""
_PHONE = re.compile(
    rf"(?<![\d.,/])(?<!\d-)(?:\(?\+62\)?|62|0){_GAP}8\d{{0,4}}(?:{_GAP}\d{{3,5}}){{1,3}}(?!\d)"
    r"|(?<!\d)\(0\d{2,3}\) ?\d{3,5}[- ]?\d{2,5}(?!\d)"
    r"|(?<![\d.,/-])(?:\(?\+62\)?[ -]?|0)(?:2\d|[2-79]\d\d)[ -](?:\d{5,8}|\d{3,4}[ -]\d{3,4})(?!\d)"
)
_DIGITS = range(9, 14)
"""Digits of a phone number from its leading 0 on."""
_CALLED = re.compile(r"(?:tel:|wa\.me/|whatsapp\.com/send\?phone=)(?P<number>\+?\d[\d -]*)", re.I)
"""An address that dials."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No phone number in what people read or dial."""
    name = "nomor telepon"
    yield from problems(module, facts, numbers, code="P202", name=name, in_markup=_called)


def numbers(text: str) -> Iterator[Span]:
    """Where a phone number stands."""
    spans = (match.span() for match in _PHONE.finditer(text) if _is_phone(match[0]))
    return outside(text, spans, identity.numbers)


def _called(line: str) -> Iterator[Span]:
    for match in _CALLED.finditer(line):
        if _is_phone(match["number"]):
            yield match.span("number")


def _is_phone(text: str) -> bool:
    number = digits(text)
    national = f"0{number[2:]}" if number.startswith("62") else number
    if THOUSANDS.fullmatch(text) or is_made_up(national):
        return False
    return len(national) in _DIGITS and national.startswith("0")
