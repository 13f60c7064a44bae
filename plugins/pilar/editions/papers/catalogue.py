"""The catalogue: every paper of a run, in the order in which a copier prints them."""

from __future__ import annotations

from .acara import acara
from .jadwal import jadwal
from .paper import Paper, each_person
from .saku import saku
from .sesi import sesi

PAPERS: tuple[Paper, ...] = (
    Paper("jadwal", "Jadwal", "jadwal.html", jadwal, copies=each_person, participants=True),
    Paper("sesi", "Lembar sesi", "sesi.html", sesi, duplex=False),
    Paper("saku", "Kartu saku", "saku.html", saku, duplex=False),
    Paper("acara", "Panduan acara", "acara.html", acara),
)
"""Adding one touches its module, its template in overrides/kertas/ and a row here."""
