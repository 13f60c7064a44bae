"""Results of runs: what is wrong with them, and what of persons is in them.

Participants are codes: who they are is written on the attendance list alone, which stays with the
organizer (UU 27/2022 on personal data). A person's name in a table of marks would be in the history
of the repository for good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from pilar.content.results.raw_cells import Findings, RawCell
from pilar.content.results.results_reader import Reading
from pilar.model.characters import Cast
from pilar.model.curriculum import Module
from pilar.model.problem import Problem

from .mentions import mentions, named
from .rules import p201_identity_number as identity
from .rules import p202_phone_number as phone
from .rules import p203_bank_account as account

_NUMBERS = {
    "NIK": identity.numbers,
    "nomor telepon": phone.numbers,
    "nomor rekening": account.numbers,
}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ASKED = re.compile(
    r"(?:nama\b|nik\b|nip\b|nuptk|no(?:mor|\.)? ?(?:hp|wa|telp|telepon|ktp|induk)|telepon|hp\b"
    r"|e-?mail|surel|alamat|(?:tempat,? )?tanggal lahir|agama|rekening)"
)
"""How a heading begins that asks for what results must not hold."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){8,}|\d[.,]\d+E\+\d+")
"""Nothing that is asked for has nine digits; spreadsheets drop the zero of a phone number, and
write long ones as powers of ten.
"""
_CODES = "U104"
"""Of problems with the codes of participants."""


def result_problems(
    reading: Reading, invented: Callable[[str], bool] = lambda name: False
) -> Iterator[Problem]:
    """All that is wrong with the results of a run; a cell that tells of a person for that alone.

    `invented` says whether a name is that of somebody in the modules, of whom anybody may write.
    """
    persons = Findings()
    unknown = {place for place, problem in reading.found if problem.code == _CODES}
    for cell in reading.cells:
        if what := _personal(cell, invented):
            hint = "Hapus; tulis kode peserta (P01) atau perannya saja"
            persons.add(cell.place, "P104", f"{cell.quoted} tampak seperti {what}", hint)
        elif cell.place in unknown and _LETTERS.search(cell.text):
            hint = "Tulis kode peserta, misalnya P01; daftar namanya tetap di daftar hadir"
            persons.add(cell.place, "P104", f"{cell.quoted} tampak seperti nama", hint)
    theirs = {place for place, _ in persons.found}
    rest = Findings([(place, p) for place, p in reading.found if place not in theirs])
    yield from persons.problems()
    yield from rest.problems()


def _personal(cell: RawCell, invented: Callable[[str], bool]) -> str:
    """What of a person a cell tells; empty where it tells nothing."""
    text = " ".join(cell.text.split())
    for name, numbers in _NUMBERS.items():
        if any(numbers(text)):
            return name
    if _NUMBER.fullmatch(text):
        return "nomor seseorang"
    if _MAIL.search(text):
        return "alamat surel"
    if not all(invented(match["name"]) for match in named(text)):
        return "nama orang"
    if cell.place.line == 1 and _ASKED.match(cell.word):
        return "kolom data pribadi"
    return ""


def invented_in(cast: Cast, modules: Iterable[Module]) -> Callable[[str], bool]:
    """Whether a name is in the register, or in the modules, whose older versions may have others;
    these are read once a name asks for it.
    """
    older = cache(lambda: {mention.name for module in modules for mention in mentions(module)})
    return lambda name: name in cast.by_name or name in older()
