"""P201, P202, P203: numbers of persons do not belong in a book: NIK, phone, bank account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pilar.checks.language.reading import read_module
from pilar.checks.language.text import Kind, Passage
from pilar.content.source import code_spans
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

_PHONE = re.compile(
    rf"(?<![\d.,/])(?<!\d-)(?:\(?\+62\)?|62|0){_GAP}8\d{{0,4}}(?:{_GAP}\d{{3,5}}){{1,3}}(?!\d)"
    r"|(?<!\d)\(0\d{2,3}\) ?\d{3,5}[- ]?\d{2,5}(?!\d)"
    r"|(?<![\d.,/-])(?:\(?\+62\)?[ -]?|0)(?:2\d|[2-79]\d\d)[ -](?:\d{5,8}|\d{3,4}[ -]\d{3,4})(?!\d)"
)
_PHONE_DIGITS = range(9, 14)
"""Digits of a phone number from its leading 0 on."""
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")

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

_MADE_UP = re.compile(r".*0{8,}|(.)\1*|12345678.*")
"""Digits that nobody has: all the same, zeros at the end, or counted up."""
_CALLED = re.compile(r"(?:tel:|wa\.me/|whatsapp\.com/send\?phone=)(?P<number>\+?\d[\d -]*)", re.I)
"""An address that dials."""

_Found = tuple[tuple[int, int], str, str]


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No NIK, phone number, or bank account in what people read or dial."""
    banks: Sequence[Passage] = ()
    for passage in read_module(module, facts).passages():
        text = passage.flat
        found = [*_numbers(text)]
        if passage.kind is Kind.CELL:
            banks = [cell for cell in banks if cell.path == passage.path][-40:]
            if _BANK_WORD.search(text):
                banks = [*banks, passage]
            if banks and _CELL_NUMBER.fullmatch(text) and _is_account(text):
                found.append(((0, len(text)), "P203", "nomor rekening"))
        else:
            banks = ()
        for span, code, name in _distinct(found):
            yield passage.problem(span, code, *_told(text[span[0] : span[1]], name))
    for page in module.pages:
        document = page.document
        for number, line in enumerate(document.lines, 1):
            shown = [(0, len(line))] if number in document.literal else code_spans(line)
            hidden = [
                ((start + a, start + b), code, name)
                for start, end in shown
                for (a, b), code, name in _numbers(line[start:end])
            ]
            hidden += [
                (match.span("number"), "P202", "nomor telepon")
                for match in _CALLED.finditer(line)
                if _is_phone(match["number"])
            ]
            for span, code, name in _distinct(hidden):
                told = _told(line[span[0] : span[1]], name)
                yield Problem(document.path, number, code, *told).in_line(span)


def _numbers(text: str) -> Iterator[_Found]:
    for match in _NIK.finditer(text):
        if _is_nik(match[0]):
            yield match.span(), "P201", "NIK"
    for match in _PHONE.finditer(text):
        if _is_phone(match[0]):
            yield match.span(), "P202", "nomor telepon"
    for match in _ACCOUNT.finditer(text):
        if _is_account(match["number"]):
            yield match.span("number"), "P203", "nomor rekening"


def _distinct(found: Sequence[_Found]) -> Iterator[_Found]:
    """What overlaps is one number, and the first name that fits is told."""
    seen: set[int] = set()
    for (start, end), code, name in found:
        if not seen & set(range(start, end)):
            seen |= set(range(start, end))
            yield (start, end), code, name


def _is_nik(text: str) -> bool:
    digits = _digits(text)
    if _MADE_UP.fullmatch(digits) or _YEARS.fullmatch(text):
        return False
    return bool(_GROUPED.fullmatch(text) or _BORN.fullmatch(digits))


def _is_phone(text: str) -> bool:
    digits = _digits(text)
    national = f"0{digits[2:]}" if digits.startswith("62") else digits
    if _THOUSANDS.fullmatch(text) or _MADE_UP.fullmatch(national):
        return False
    return len(national) in _PHONE_DIGITS and national.startswith("0")


def _is_account(text: str) -> bool:
    written = _THOUSANDS.fullmatch(text) or _DATE.search(text)
    return not written and not _MADE_UP.fullmatch(_digits(text))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _told(number: str, name: str) -> tuple[str, str]:
    message = f"“{number}” tampak seperti {name} sungguhan"
    return message, "Hapus, atau tulis nomor yang jelas rekaan, misalnya dengan angka nol semua"
