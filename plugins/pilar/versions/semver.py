"""Which version a changed module needs."""

from __future__ import annotations

from pilar.model.curriculum import Module


def proposed(old: Module, new: Module) -> tuple[str, str]:
    """The next version after `old` for what `new` has become, and why (Indonesian).

    Hours, indicators or structure: major. Pages, activities or questions added or removed: minor.
    Wording: patch.
    """
    major, minor, patch = map(int, old.meta.versi.split("."))
    before, after = old.meta, new.meta
    structural = (
        ("jam", before.jp != after.jp),
        ("indikator", before.indikator != after.indikator),
        ("hasil belajar", before.hasil_belajar != after.hasil_belajar),
        ("materi pokok", before.materi_pokok != after.materi_pokok),
        ("kelompok", before.kelompok != after.kelompok),
        ("prasyarat", before.prasyarat != after.prasyarat),
    )
    if names := [name for name, changed in structural if changed]:
        return f"{major + 1}.0.0", f"{', '.join(names)} berubah"
    contents = (
        ("halaman", before.halaman != after.halaman),
        ("kegiatan", _activities(old) != _activities(new)),
        ("soal", {q.id for q in old.questions} != {q.id for q in new.questions}),
    )
    if names := [name for name, changed in contents if changed]:
        return f"{major}.{minor + 1}.0", f"{', '.join(names)} bertambah atau berkurang"
    return f"{major}.{minor}.{patch + 1}", "hanya kata-kata yang berubah"


def _activities(module: Module) -> list[tuple[str, int]]:
    return [(a.block.title, a.options.menit) for a in module.activities]
