"""P204: no name together with an address that leads to a door."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.language.reading import read_module
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_NAME = re.compile(
    r"\b(?:Bapak|Pak|Ibu|Bu|Saudara|Saudari|Sdr\.|Sdri\.|Kakek|Nenek|Mbak|Mas|[Nn]ama:?) "
    r"(?P<name>[A-Z]\w+)"
)
_ADDRESS = re.compile(
    r"\b(?:(?:Jalan|Jl\.|Gang|Gg\.) [A-Z]\w+(?: [A-Z]\w+)*,? (?:No\.?|Nomor|nomor) ?\d+\w?"
    r"|RT\.? ?\d{1,3} ?(?:/|,| dan )? ?RW\.? ?\d{1,3},? (?:Kelurahan|Desa|Dusun) \w+)"
)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No passage has both a person's name and a house number, or RT and RW with a village."""
    for passage in read_module(module, facts).passages():
        name, address = _NAME.search(passage.flat), _ADDRESS.search(passage.flat)
        if name and address:
            yield passage.problem(
                address.span(),
                "P204",
                f"alamat “{address[0]}” ditulis bersama nama {name['name']}",
                "Hapus nomornya, atau pakai tempat yang jelas rekaan",
            )
