"""What fields are called, and how their values read, where a change of them is reported.

Reviews and errata have sentences of their own, but the same words in them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pilar.assembly.blockdata import SETS, material_text
from pilar.assembly.page_nodes import USES
from pilar.model.blocks import Frozen
from pilar.model.run import Dates
from pilar.model.schedule import clock

from .words import DAYS, STAGES, STATUSES, date, dates, hours


def _joined(values: Iterable[object]) -> str:
    if isinstance(values, Mapping):
        values = (f"{key} {value}" for key, value in values.items())
    return ", ".join(map(str, values)) or "–"


def _clocks(value: int | Iterable[int]) -> str:
    return clock(value) if isinstance(value, int) else _joined(map(_clocks, value))


def _days(value: Dates) -> str:
    """`Senin–Kamis, 13–16 Oktober 2025`: what a day of the week is good for decides."""
    names = dict.fromkeys(DAYS[day.weekday()] for day in (value.mulai, value.selesai))
    return f"{'–'.join(names)}, {dates(value)}"


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
    "minimum": ("waktu paling singkat", "{} menit".format),
    "bahan": ("bahan", lambda materials: _joined(map(material_text, materials))),
    "kegiatan.kelompok": ("ukuran kelompok", "{} orang".format),
    "kartu.set": ("set", SETS.__getitem__),
    "inti": ("inti", lambda core: "tidak boleh dilewati" if core else "boleh dilewati"),
    "tahap": ("tahap", STAGES.__getitem__),
    "kurikulum": ("versi kurikulum", str),
    "tempat.nama": ("tempat", str),
    "zona": ("zona waktu", str),
    "tanggal": ("tanggal", _days),
    "asal": ("asal peserta", str),
    "jumlah": ("jumlah peserta", "{} orang".format),
    "unsur": ("unsur peserta", _joined),
    "nip": ("NIP", str),
    "tes.benih": ("benih tes", str),
    "tes.soal": ("banyaknya soal tes", "{} soal".format),
    "kepala.nama": ("kepala", str),
    "kepala.nip": ("NIP kepala", str),
    "kepala.jabatan": ("jabatan kepala", str),
    "ketua_panitia.nama": ("ketua panitia", str),
    "ketua_panitia.nip": ("NIP ketua panitia", str),
    "ketua_panitia.jabatan": ("jabatan ketua panitia", str),
    "nomor_sttp": ("nomor STTP", str),
    "tanggal_sttp": ("tanggal STTP", date),
    "jadwal.mulai": ("jam mulai", _clocks),
    "jadwal.selesai": ("jam selesai", _clocks),
    "jadwal.hari": ("acara", lambda day: "; ".join(_entry(entry, "jadwal.hari") for entry in day)),
    "jadwal.hari.jp": ("", "{} JP".format),
    "jeda.hari": ("", lambda days: f"hari ke-{_joined(days)}"),
    "mulai": ("mulai", _clocks),
    "selesai": ("selesai", _clocks),
    "sekitar": ("sekitar", _clocks),
}
"""Label and formatter of the fields of modul.yml, soal.yml, activities and runs. Where one key
means several things, those in front of it tell them apart. What is not here is called as its key
is and reads as it stands there."""
_NAMES = frozenset({"nama", "judul", "peran", "instansi", "acara", "menit", "keterangan"})
"""Fields that say by themselves what they are, among others of an entry."""
_NUMBER = re.compile(r"\.(\d+)$")


def _found(field: str) -> tuple[str, Callable[[Any], str]] | None:
    """What is known of a field by its key, told apart by as many keys before it as needed."""
    keys = _NUMBER.sub("", field).split(".")
    names = (".".join(keys[place:]) for place in range(len(keys)))
    return next((FIELDS[name] for name in names if name in FIELDS), None)


def label(field: str) -> str:
    """What a field is called within a sentence; `field` is its key, or a path of keys."""
    day = _NUMBER.search(field)
    found = _found(field)
    name = found[0] if found else field.rpartition(".")[2].replace("_", " ")
    return f"{name} hari ke-{day[1]}" if day else name


def field_title(field: str) -> str:
    """What a field is called at the head of a line; abbreviations (NIP, STTP) stay as they are."""
    name = label(field)
    return name[:1].upper() + name[1:]


def field_text(field: str, value: object) -> str:
    """How the value of a field reads; `–` for none."""
    if value is None:
        return "–"
    if isinstance(value, Frozen) and field.rpartition(".")[2] in ("pengajar", "jeda", "kontak"):
        return _entry(value, field)
    if found := _found(field):
        return found[1](value)
    if isinstance(value, datetime.date):
        return date(value)
    return _joined(value) if isinstance(value, tuple | Mapping) else str(value)


def _entry(entry: Frozen, path: str) -> str:
    """An entry of a list: what is filled in of it, each with what it is where that is not clear."""
    return ", ".join(_parts(entry, path))


def _parts(entry: Frozen, path: str) -> Iterator[str]:
    for key, value in dict(entry).items():
        if value is None or value in ("", ()):
            continue
        field = f"{path}.{key}"
        text = field_text(field, value)
        clear = key in _NAMES or not label(field) or (key == "modul" and isinstance(value, str))
        yield text if clear else f"{label(field)} {text}"
