"""Which version a changed module needs, and which of two versions is newer."""

from __future__ import annotations

from pilar.model.curriculum import Module

from .changes import compare

STRUCTURE = {
    "jp": "jam",
    "indikator": "indikator",
    "hasil_belajar": "hasil belajar",
    "materi_pokok": "materi pokok",
    "kelompok": "kelompok",
    "prasyarat": "prasyarat",
}
"""Keys of modul.yml whose change makes a major version, and what they are called."""


def order(version: str) -> tuple[int, ...]:
    """Sorts versions: 1.10.0 after 1.9.0."""
    return tuple(map(int, version.split(".")))


def proposed(old: Module, new: Module) -> tuple[str, str]:
    """The next version after `old` for what `new` has become, and why (Indonesian).

    Hours, indicators or structure: major. Pages, activities or questions added or removed, minutes
    changed: minor. Wording: patch.
    """
    major, minor, patch = order(old.meta.versi)
    change = compare(old, new)
    if names := [name for key, name in STRUCTURE.items() if key in change.fields]:
        return f"{major + 1}.0.0", f"{', '.join(names)} berubah"
    pages, activities, questions = change.pages, change.activities, change.questions
    contents = (
        ("halaman", pages.added or pages.removed or "halaman" in change.fields),
        (
            "kegiatan",
            activities.added
            or activities.removed
            or any({"menit", "judul"} & c.fields for c in activities.changed),
        ),
        ("soal", questions.added or questions.removed),
    )
    if names := [name for name, changed in contents if changed]:
        return f"{major}.{minor + 1}.0", f"{', '.join(names)} bertambah atau berkurang"
    return f"{major}.{minor}.{patch + 1}", "hanya kata-kata yang berubah"
