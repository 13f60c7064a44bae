"""The registries that modules draw on: laws and other sources, terms.

Field names are the keys of rujukan.yml and glosarium.yml; see CONTRIBUTING.md.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field, field_validator

from .blocks import Frozen, Text


class Source(Frozen):
    """A law or other source of rujukan.yml."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    jenis: Text
    nomor: int | str | None = None
    tahun: int
    tentang: Text
    penulis: str = ""
    terbitan: str = ""
    berlaku_sejak: datetime.date | int | None = None
    berlaku_sampai: datetime.date | int | None = None
    diganti_oleh: str | None = None
    catatan: str = ""

    @property
    def short(self) -> str:
        """How text cites it: `UU 11/2009`."""
        number = f"{self.nomor}/" if self.nomor else ""
        return f"{self.jenis} {number}{self.tahun}"

    @property
    def long(self) -> str:
        """How a bibliography prints it."""
        number = f" Nomor {self.nomor} Tahun {self.tahun}" if self.nomor else f" {self.tahun}"
        author = f"{self.penulis}. " if self.penulis else ""
        issue = f" ({self.terbitan})" if self.terbitan else ""
        return f"{author}{KINDS.get(self.jenis, self.jenis)}{number} tentang {self.tentang}{issue}."


KINDS = {
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Inpres": "Instruksi Presiden",
    "Permen PPN": "Peraturan Menteri Perencanaan Pembangunan Nasional",
    "PermenPPPA": "Peraturan Menteri Pemberdayaan Perempuan dan Perlindungan Anak",
    "Kepmensos": "Keputusan Menteri Sosial",
    "Peraturan BPS": "Peraturan Badan Pusat Statistik",
    "Permensos": "Peraturan Menteri Sosial",
    "Perka LAN": "Peraturan Kepala Lembaga Administrasi Negara",
    "PerLAN": "Peraturan Lembaga Administrasi Negara",
}
"""Kinds of law: how text shortens them → how a bibliography spells them."""


class Term(Frozen):
    """An entry of glosarium.yml."""

    istilah: Text
    kepanjangan: str = ""
    arti: Text
    sebutan_lain: tuple[Text, ...] = ()
    """Names that readers look for and the text does not use: found in search, never printed."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that means this term; one that is given twice does no harm."""
        return tuple(filter(None, (self.istilah, self.kepanjangan, *self.sebutan_lain)))

    @field_validator("arti")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if "\n" in value.strip():
            raise ValueError("`arti` harus satu baris")
        return value
