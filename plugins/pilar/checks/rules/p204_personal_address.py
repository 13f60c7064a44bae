"""P204: a name with a full address is a person, also in a case that was meant as fiction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.language.reading import read_module
from pilar.checks.language.text import Kind, Passage
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_NAME = re.compile(
    r"\b(?i:Bapak|Pak|Ibu|Bu|Saudara|Saudari|Sdri?\.|Kakek|Nenek|Mbak|Mas|Nama(?: lengkap)?:?) "
    r"(?P<name>[A-Z]\w+)"
)
_COUNTED = r"tahun|bulan|minggu|hari|jam|menit|orang|warga|keluarga|rumah|kali|meter|km"
_VILLAGE = r"(?i:Kelurahan|Kel\.|Desa|Ds\.|Dusun|Kampung) \w+"
_RT = r"RT\.? ?\d{1,3} ?(?:/|,|dan)? ?(?:RW\.? ?)?\d{1,3}"
_ADDRESS = re.compile(
    r"\b(?:(?i:Jalan|Jln?\.?|Gang|Gg\.?) [A-Z]\w+(?: [A-Z]\w+)*"
    rf"(?:,? (?i:No\.?|Nomor) ?\d+\w?| \d{{1,3}}[A-Za-z]?\b(?! (?:{_COUNTED})\b|[.]\d))"
    rf"|{_RT},? {_VILLAGE}|{_VILLAGE}(?: \w+)?,? {_RT})"
)
_NEAR = 3
"""Passages before an address in which a list, or a row of a table, may name whose it is."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """A house number, or RT and RW with a village, stands with no person's name: not in one
    passage, one row of a table, or one list of data.
    """
    before: list[Passage] = []
    for passage in read_module(module, facts).passages():
        name = _NAME.search(passage.flat)
        if address := _ADDRESS.search(passage.flat):
            name = name or next(filter(None, (_of(other, passage) for other in before)), None)
            if name:
                message = f"alamat “{address[0]}” ditulis bersama nama {name['name']}"
                hint = "Hapus nomornya, atau pakai tempat yang jelas rekaan"
                yield passage.problem(address.span(), "P204", message, hint)
        before = [*before[1 - _NEAR :], passage]


def _of(other: Passage, passage: Passage) -> re.Match[str] | None:
    """The name that another passage gives to what stands in this one."""
    if other.path != passage.path or passage.line - other.line > _NEAR:
        return None
    row = other.kind is passage.kind is Kind.CELL and other.line == passage.line
    name = _NAME.search(other.flat)
    return name if row or (name and name[0].casefold().startswith("nama")) else None
