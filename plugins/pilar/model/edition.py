"""The two editions of a run and who sees what in them (CONTRIBUTING.md, "Dua edisi")."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """`pelatih` is the trainer's edition, `peserta` the participant's."""

    PELATIH = "pelatih"
    PESERTA = "peserta"

    @property
    def label(self) -> str:
        """What the edition is called on its covers."""
        return {"pelatih": "Panduan Pelatih", "peserta": "Bahan Ajar Peserta"}[self.value]

    @property
    def joined_book(self) -> str:
        """File stem of the book of all modules."""
        return {"pelatih": "panduan-pelatih", "peserta": "buku-modul"}[self.value]
