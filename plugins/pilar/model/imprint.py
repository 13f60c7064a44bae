"""What kurikulum.yml says for the books alone: who made them, and how they are used."""

from __future__ import annotations

from collections.abc import Iterator

from .blocks import Frozen, Text
from .position import Keys


class Instructions(Frozen):
    """How to use the book, in Markdown, per edition."""

    peserta: Text
    pelatih: Text


class Imprint(Frozen):
    """Who answers for the books; what is empty has a line to be written on."""

    penerbit: str = ""
    alamat: str = ""
    """Where corrections are sent to: a postal or an electronic address."""
    penulis: tuple[Text, ...] = ()
    penelaah: tuple[Text, ...] = ()


class BookTexts(Frozen):
    """What books print before their modules."""

    pengantar: str = ""
    """Foreword of the books, in Markdown."""
    pengantar_pelatih: str = ""
    """Foreword of the trainers' books, where it is another."""
    kolofon: Imprint = Imprint()
    petunjuk: Instructions | None = None

    def markdown(self) -> Iterator[tuple[Keys, str]]:
        """The texts in Markdown, with their keys."""
        yield ("pengantar",), self.pengantar
        yield ("pengantar_pelatih",), self.pengantar_pelatih
        for edition, text in self.petunjuk or ():
            yield ("petunjuk", edition), text
