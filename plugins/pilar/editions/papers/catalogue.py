"""The catalogue: every paper of a run, in the order in which a copier prints them."""

from __future__ import annotations

from .jadwal import jadwal
from .paper import Paper, each_person

PAPERS: tuple[Paper, ...] = (
    Paper("jadwal", "Jadwal", "jadwal.html", jadwal, copies=each_person, participants=True),
)
"""Adding one touches its module, its template in overrides/kertas/ and a row here."""
