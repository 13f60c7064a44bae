"""P203: numbers of bank accounts do not belong in a book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pilar.checks.language.inline import Span
from pilar.checks.language.reading import read_module
from pilar.checks.language.text import Kind, Passage
from pilar.checks.numbers import THOUSANDS, digits, is_made_up, outside, problems, said
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

from . import p201_identity_number as identity
from . import p202_phone_number as phone

_BANK = r"(?:no(?:mor|\.)? ?)?rek(?:ening)?\b|norek|BRI|BNI|BCA|BTN|BSI|Mandiri|Bank [A-Z]\w+"
_ACCOUNT = re.compile(
    rf"\b(?:{_BANK})\W{{0,3}}(?:[^\W\d]\w*\W{{1,3}}){{0,4}}?"
    r"(?P<number>\d(?:[ .-]?\d){9,16})(?!\.?\d)",
    re.I,
)
_BANK_WORD = re.compile(rf"\b(?:{_BANK})", re.I)
_CELL_NUMBER = re.compile(r"\d(?:[ .-]?\d){9,16}")
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:-\d\d-\d\d| *[-–] *(?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)\d\d-\d\d-(?:19|20)\d\d(?!\d)"
)
_NEAR = 40
"""Cells before a number in which a table may name the bank."""
_NAME = "nomor rekening"


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No bank account in what people read, be it in a sentence or in a table."""
    yield from problems(module, facts, numbers, code="P203", name=_NAME)
    banks: Sequence[Passage] = ()
    for passage in read_module(module, facts).passages():
        text = passage.flat
        if passage.kind is not Kind.CELL:
            banks = ()
            continue
        banks = [cell for cell in banks if cell.path == passage.path][-_NEAR:]
        if _BANK_WORD.search(text):
            banks = [*banks, passage]
        if banks and _CELL_NUMBER.fullmatch(text) and _is_account(text):
            for span in outside(text, [(0, len(text))], identity.numbers, phone.numbers, numbers):
                yield passage.problem(span, "P203", *said(text, _NAME))


def numbers(text: str) -> Iterator[Span]:
    """Where the number of an account stands, not far behind the name of a bank."""
    spans = (m.span("number") for m in _ACCOUNT.finditer(text) if _is_account(m["number"]))
    return outside(text, spans, identity.numbers, phone.numbers)


def _is_account(text: str) -> bool:
    written = THOUSANDS.fullmatch(text) or _DATE.search(text)
    return not written and not is_made_up(digits(text))
