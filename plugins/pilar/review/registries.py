"""Lines on what all modules share: curriculum, sources, terms, words."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Curriculum, Source
from pilar.versions.changes import Change

from .data import Registries
from .words import Line, became, listed, quoted

_PART = "kurikulum"


def registry_lines(registries: Registries) -> Iterator[Line]:
    """What changed in kurikulum.yml, rujukan.yml, glosarium.yml and kamus.txt."""
    if registries.curriculum:
        yield from _curriculum(*registries.curriculum)
    sources = registries.sources
    for source in sources.removed:
        yield Line("Rujukan", f"dihapus dari daftar: {source.short} ({source.id})", _PART)
    for source in sources.added:
        yield Line("Rujukan", f"baru di daftar: {source.short}, {source.tentang}", _PART)
    for pair in sources.changed:
        yield Line("Rujukan", _source(pair), _PART)
    terms = registries.terms
    for label, names in (
        ("baru", [term.istilah for term in terms.added]),
        ("dihapus", [term.istilah for term in terms.removed]),
        ("berubah", [pair.after.istilah for pair in terms.changed]),
    ):
        if names:
            yield Line("Glosarium", f"{len(names)} istilah {label}: {listed(names, 12)}", _PART)
    for label, words in zip(("ditambah", "dihapus"), registries.words, strict=True):
        if words:
            yield Line("Kamus", f"{len(words)} kata {label}: {listed(list(words), 12)}", _PART)


def _curriculum(old: Curriculum, new: Curriculum) -> Iterator[Line]:
    if old.versi != new.versi:
        yield Line("Versi kurikulum", became(old.versi, new.versi), _PART)
    for key, label in (("nama", "Nama"), ("tujuan", "Tujuan")):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield Line(label, became(quoted(before), quoted(after)), _PART)
    for text in old.kompetensi:
        if text not in new.kompetensi:
            yield Line("Kompetensi", f"dihapus: {quoted(text)}", _PART)
    for text in new.kompetensi:
        if text not in old.kompetensi:
            yield Line("Kompetensi", f"baru: {quoted(text)}", _PART)
    before, after = old.pins(), new.pins()
    for slug in dict.fromkeys([*after, *before]):
        if slug not in before:
            yield Line("Struktur", f"modul {slug} {after[slug]} ditambah", _PART)
        elif slug not in after:
            yield Line("Struktur", f"modul {slug} dilepas", _PART)
    steps = [
        f"{slug} {before[slug]} → {after[slug]}"
        for slug in after
        if slug in before and before[slug] != after[slug]
    ]
    if steps:
        yield Line("Struktur", f"versi modul: {listed(steps, 12)}", _PART)
    if list(before) != list(after) and before.keys() == after.keys():
        yield Line("Struktur", "urutan modul berubah", _PART)
    for key, label in (("pengantar", "Kata pengantar"), ("petunjuk", "Petunjuk buku")):
        if getattr(old, key) != getattr(new, key):
            yield Line(label, "berubah", _PART)


def _source(pair: Change[Source]) -> str:
    old, new = pair.before, pair.after
    facts: list[str] = []
    if "diganti_oleh" in pair.fields or "berlaku_sampai" in pair.fields:
        until = f"berlaku sampai {new.berlaku_sampai}" if new.berlaku_sampai else "berlaku"
        facts.append(until + (f", diganti oleh {new.diganti_oleh}" if new.diganti_oleh else ""))
    other = sorted(pair.fields - {"diganti_oleh", "berlaku_sampai"})
    for key in other:
        values = (quoted(str(getattr(source, key))) for source in (old, new))
        facts.append(f"{key} {became(*values)}")
    return f"{new.short} ({new.id}): {'; '.join(facts)}"
