"""Where a text names a person: an address and a name, *Bu Siti*.

A name without an address could be a place, a firm or the first word of a sentence, so it is looked
for only where the register has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pilar.model.curriculum import Module
from pilar.model.memoize import memoized
from pilar.model.run import NO_FACTS

from .language.inline import Span
from .language.reading import read_module
from .language.text import Passage

_SAME = {"Ibu": "Bu", "Bapak": "Pak"}
"""Addresses that say the same as a shorter one."""
_ADDRESSES = (
    *_SAME,
    *"Bu Pak Mbah Mbak Mas Cak Ning Kang Teteh Neng Abah Ambu Bang Kak Dik Uda Uni".split(),
    *"Bli Mbok Daeng Oma Opa Mama Nenek Kakek Nek Kek Om Tante Bunda".split(),
)
_OFFICES = frozenset(
    "Anda Bupati Camat Dokter Bidan Gubernur Guru Haji Hajah Hakim Jaksa Kader Kades Kepala "
    "Ketua Kiai Kota Lurah Menteri Nyai Perawat Pertiwi Presiden Sekretaris Ustaz Wali".split()
)
"""What is written with a capital after an address, and is no name."""
_MENTION = re.compile(
    rf"(?<![\w-])(?P<address>{'|'.join(_ADDRESSES)}) (?P<name>[A-Z][a-z]+(?:[-’'][a-z]+)*)(?![\w-])"
)


def shorter(address: str) -> str:
    """The address, or the shorter one that says the same."""
    return _SAME.get(address, address)


@dataclass(frozen=True)
class Mention:
    """A person named in a passage; `address` is the shorter of those that say the same."""

    passage: Passage
    span: Span
    name: str
    address: str

    @property
    def text(self) -> str:
        """The words, as the register would have them."""
        return f"{self.address} {self.name}"


@memoized
def mentions(module: Module) -> tuple[Mention, ...]:
    """Everybody whom a module addresses, in reading order; what it says of versions aside."""
    return tuple(
        mention
        for passage in read_module(module, NO_FACTS).taught()
        for mention in _in_passage(passage)
    )


def _in_passage(passage: Passage) -> Iterator[Mention]:
    for match in named(passage.flat):
        yield Mention(passage, match.span(), match["name"], shorter(match["address"]))


def named(text: str) -> Iterator[re.Match[str]]:
    """Where a text addresses a person: matches with the groups `address` and `name`."""
    for match in _MENTION.finditer(text):
        if match["name"] not in _OFFICES and match["name"] not in _ADDRESSES:
            yield match
