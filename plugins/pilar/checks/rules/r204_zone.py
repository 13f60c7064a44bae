"""R204: a run's zone is that of its province."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.assembly.day import Day
from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.run import Run

ZONES = {
    "WIB": (
        "Aceh, Sumatera Utara, Sumatera Barat, Riau, Kepulauan Riau, Jambi, Sumatera Selatan, "
        "Kepulauan Bangka Belitung, Bengkulu, Lampung, Banten, Jakarta, Jawa Barat, Jawa Tengah, "
        "Yogyakarta, Jawa Timur, Kalimantan Barat, Kalimantan Tengah"
    ),
    "WITA": (
        "Bali, Nusa Tenggara Barat, Nusa Tenggara Timur, Kalimantan Selatan, Kalimantan Timur, "
        "Kalimantan Utara, Sulawesi Utara, Gorontalo, Sulawesi Tengah, Sulawesi Barat, "
        "Sulawesi Selatan, Sulawesi Tenggara"
    ),
    "WIT": (
        "Maluku, Maluku Utara, Papua, Papua Barat, Papua Barat Daya, Papua Selatan, "
        "Papua Tengah, Papua Pegunungan"
    ),
}
"""Provinces of each zone (Keppres 41/1987; the new ones of Papua by Law 14, 15, 16 and 29 of 2022
lie in what was one province)."""
ZONE = {name: zone for zone, names in ZONES.items() for name in names.split(", ")}
_SHORT = {
    "babel": "Kepulauan Bangka Belitung",
    "bangka belitung": "Kepulauan Bangka Belitung",
    "diy": "Yogyakarta",
    "jabar": "Jawa Barat",
    "jateng": "Jawa Tengah",
    "jatim": "Jawa Timur",
    "kalbar": "Kalimantan Barat",
    "kalsel": "Kalimantan Selatan",
    "kalteng": "Kalimantan Tengah",
    "kaltim": "Kalimantan Timur",
    "kaltara": "Kalimantan Utara",
    "kepri": "Kepulauan Riau",
    "malut": "Maluku Utara",
    "nanggroe aceh darussalam": "Aceh",
    "ntb": "Nusa Tenggara Barat",
    "ntt": "Nusa Tenggara Timur",
    "sulbar": "Sulawesi Barat",
    "sulsel": "Sulawesi Selatan",
    "sulteng": "Sulawesi Tengah",
    "sultra": "Sulawesi Tenggara",
    "sulut": "Sulawesi Utara",
    "sumbar": "Sumatera Barat",
    "sumsel": "Sumatera Selatan",
    "sumut": "Sumatera Utara",
}
_NAMES = {name.casefold(): name for name in ZONE} | _SHORT
_BEFORE = re.compile(r"^(?:provinsi|prov|propinsi|daerah (?:khusus|istimewa)|dki|di|ibu ?kota)\b *")
_NEAR = {name: name for name in _NAMES}


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """The clock of a run is that of the province it is held in."""
    place = run.file.tempat
    key = _key(place.provinsi)
    if key not in _NAMES:
        if near := nearest(key, _NEAR):
            message = f"provinsi “{place.provinsi}” tidak dikenal"
            hint = suggestion(_NAMES[near], ZONE)
            keys = ("tempat", "provinsi")
            at, instead = place.provinsi, _NAMES[near]
            yield run.source.problem(keys, "R204", message, hint, at=at, instead=instead)
        return
    name = _NAMES[key]
    if (zone := ZONE[name]) != place.zona:
        written = "zona" in place.model_fields_set
        message = f"zona waktu {place.zona}, sedangkan provinsi {name} memakai {zone}"
        keys = ("tempat", "zona" if written else "provinsi")
        hint = f"Tulis `zona: {zone}`, atau perbaiki provinsinya"
        at, instead = (place.zona, zone) if written else ("", "")
        yield run.source.problem(keys, "R204", message, hint, at=at, instead=instead)


def _key(name: str) -> str:
    """A name as the table has it, however it is shortened: `D.I. Yogyakarta`, `Kep. Riau`."""
    words = " ".join(re.sub(r"[.,]", " ", name.replace("D.I.", "DI")).replace("-", " ").split())
    key = words.casefold()
    while (rest := _BEFORE.sub("", key)) != key:
        key = rest
    return re.sub(r"^kep\b", "kepulauan", key).replace("sumatra", "sumatera")
