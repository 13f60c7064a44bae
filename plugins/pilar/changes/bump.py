"""Which version a changed module needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilar.model.semver import raised

from .modules import Differences, ModuleChange
from .pairing import Pairs, letters

STRUCTURE = {
    "jp": "jam",
    "indikator": "indikator",
    "hasil_belajar": "hasil belajar",
    "kelompok": "kelompok",
    "prasyarat": "prasyarat",
}
"""Keys of modul.yml whose change makes a major version, and what they are called."""


def proposed(change: ModuleChange) -> tuple[str, str]:
    """The next version that a change asks for, and why (Indonesian).

    Hours, indicators or structure: major, and so are topics that come, go or move. Pages,
    activities, sets of cards, questions or subtopics added or removed, minutes changed: minor.
    Wording: patch, and so is what an activity needs (materials, groups, its shortest time), which
    leaves the plan of a session as it is.
    """
    version = change.before.meta.versi
    names = [name for key, name in STRUCTURE.items() if key in change.fields]
    topics = change.topics
    if topics.added or topics.removed or topics.reordered:
        names.append("materi pokok")
    if names:
        return raised(version, "besar"), f"{', '.join(names)} berubah"
    parts: Mapping[str, Differences[Any]] = {
        "halaman": change.pages,
        "kegiatan": change.activities,
        "kartu": change.cards,
        "soal": change.questions,
    }
    counted = [name for name, found in parts.items() if found.added or found.removed]
    moved = "halaman" in change.fields and not change.renamed
    activity = frozenset().union(*(c.fields for c in change.activities.changed))
    other = _named(
        ("urutan halaman", moved and "halaman" not in counted),
        ("judul kegiatan", "judul" in activity),
        ("menit kegiatan", "menit" in activity),
        ("sub materi pokok", not all(_same(c.before.sub, c.after.sub) for c in topics.changed)),
    )
    if counted or other:
        reasons = [f"{', '.join(counted)} bertambah atau berkurang"] * bool(counted)
        reasons += [f"{', '.join(other)} berubah"] * bool(other)
        return raised(version, "tambahan"), "; ".join(reasons)
    weighty = _named(
        ("bahan kegiatan", "bahan" in activity),
        ("orang per kelompok", "kelompok" in activity),
        ("waktu paling singkat", "minimum" in activity),
        ("kartu", change.cards.changed),
        ("kunci soal", any("kunci" in c.fields for c in change.questions.changed)),
        ("rujukan", change.sources),
    )
    reason = f"{', '.join(weighty)} berubah, tetapi susunan modul tetap"
    wording = "hanya kata, gambar, atau urutan yang berubah"
    return raised(version, "ralat"), reason if weighty else wording


def _named(*marks: tuple[str, object]) -> list[str]:
    return [name for name, changed in marks if changed]


def _same(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether these are the same things in the same order, if in other words."""
    pairs = Pairs(before, after).by(str).alike(letters)
    return not (pairs.added or pairs.removed or pairs.reordered)
