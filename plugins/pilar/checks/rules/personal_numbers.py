"""P201, P202, P203: no number by which a real person could be found or robbed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.language.reading import read_module
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_NIK = re.compile(
    r"(?<![\d.,/-])(?:\d{16}|\d{4}(?:[ .-]\d{4}){3}|\d{6}[ .-]\d{6}[ .-]\d{4})(?![\d.,]?\d)"
)
_PHONE = re.compile(
    r"(?<![\d.,/])(?:\+62|0)[ -]?8\d{1,2}[ -]?\d{3,4}[ -]?\d{3,5}(?!\d)|\(0\d{2,3}\) ?\d{5,8}"
)
_ACCOUNT = re.compile(
    r"(?:rekening|no\.? ?rek\.?|BRI|BNI|BCA|Mandiri|Bank Jatim)\W{0,3}(?:\w+\W{1,3}){0,4}?"
    r"(?P<number>\d[\d -]{8,18}\d)(?!\d)",
    re.I,
)
_ZEROS = re.compile(r"(?:\D*0){8,}\D*|(?:\D*[1x])+|\D*1\D*2\D*3\D*4\D*5\D*6\D*7\D*8[\D\d]*", re.I)
"""Numbers that nobody has: 0000…, 1111…, 12345678…."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No NIK, phone number, or bank account in what people read."""
    for passage in read_module(module, facts).passages():
        text = passage.flat
        found = [(match.span(), "P201", "NIK") for match in _NIK.finditer(text)]
        found += [(match.span(), "P202", "nomor telepon") for match in _PHONE.finditer(text)]
        found += [(m.span("number"), "P203", "nomor rekening") for m in _ACCOUNT.finditer(text)]
        seen: set[int] = set()
        for (start, end), code, name in found:
            number = text[start:end]
            if _ZEROS.fullmatch(number) or seen & set(range(start, end)):
                continue
            seen |= set(range(start, end))
            yield passage.problem(
                (start, end),
                code,
                f"“{number}” tampak seperti {name} sungguhan",
                "Hapus, atau tulis nomor yang jelas rekaan, misalnya dengan angka nol semua",
            )
