"""What fields are called, and how their values read, where a change of them is reported.

Reviews and errata have sentences of their own, but the same words in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pilar.assembly.page_nodes import USES

from .words import STATUSES, hours


def _joined(values: Iterable[object]) -> str:
    return ", ".join(map(str, values)) or "–"


FIELDS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "jp": ("jam", hours),
    "status": ("status", STATUSES.__getitem__),
    "tingkat": ("tingkat", lambda level: level or "–"),
    "jenis": ("bentuk", lambda kind: kind.replace("-", " ")),
    "pakai": ("pemakaian", lambda uses: _joined(USES[use] for use in uses)),
    "indikator": ("indikator", lambda numbers: f"IHB {_joined(numbers)}"),
    "menit": ("menit", "{} menit".format),
    "metode": ("metode", _joined),
    "media": ("media", _joined),
    "inti": ("inti", lambda core: "tidak boleh dilewati" if core else "boleh dilewati"),
}
"""Label and formatter of the fields of modul.yml, soal.yml and activities. What is not here is
called as its key is and reads as it stands there."""


def label(field: str) -> str:
    """What a field is called within a sentence."""
    return FIELDS[field][0] if field in FIELDS else field.replace("_", " ")


def field_text(field: str, value: object) -> str:
    """How the value of a field reads."""
    return FIELDS[field][1](value) if field in FIELDS else str(value)
