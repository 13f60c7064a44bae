"""Lines on what all modules share: curriculum, sources, terms, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pilar.changes.modules import Change, Differences
from pilar.model.curriculum import Curriculum
from pilar.model.sources import Source
from pilar.review.compare.data import ModuleReview, Review

from .phrases import Line, became, listed, quoted, source_force


def registry_lines(review: Review) -> Iterator[Line]:
    """What changed in kurikulum.yml, rujukan.yml, glosarium.yml and kamus.txt.

    That a module's new version is the curriculum's too stands with the module.
    """
    registries = review.registries
    if registries.curriculum:
        yield from _curriculum(*registries.curriculum, registries.competences, review.modules)
    sources = registries.sources
    for source in sources.removed:
        yield Line("Rujukan", f"dihapus dari daftar: {source.short} ({source.id})")
    for source in sources.added:
        yield Line("Rujukan", f"baru di daftar: {source.short}, {source.tentang}")
    for pair in sources.changed:
        yield Line("Rujukan", _source(pair, review.source_names))
    terms = registries.terms
    for label, names in (
        ("baru", [term.istilah for term in terms.added]),
        ("dihapus", [term.istilah for term in terms.removed]),
        ("berubah", [pair.after.istilah for pair in terms.changed]),
    ):
        if names:
            yield Line("Glosarium", f"{len(names)} istilah {label}: {listed(names, 12)}")
    for label, words in (
        ("ditambah", registries.words.added),
        ("dihapus", registries.words.removed),
    ):
        if words:
            yield Line("Kamus", f"{len(words)} kata {label}: {listed(words, 12)}")


def _curriculum(
    old: Curriculum,
    new: Curriculum,
    competences: Differences[str],
    modules: Sequence[ModuleReview],
) -> Iterator[Line]:
    if old.versi != new.versi:
        yield Line("Versi kurikulum", became(old.versi, new.versi))
    for label, *texts in (("Nama", old.nama, new.nama), ("Tujuan", old.tujuan, new.tujuan)):
        if texts[0] != texts[1]:
            yield Line(label, became(*map(quoted, texts)))
    for text in competences.removed:
        yield Line("Kompetensi", f"dihapus: {quoted(text)}")
    for text in competences.added:
        yield Line("Kompetensi", f"baru: {quoted(text)}")
    names = {m.old.slug: m.slug for m in modules if m.old and m.new}
    reported = {(m.slug, m.old.meta.versi, m.new.meta.versi) for m in modules if m.old and m.new}
    before, after = {names.get(s, s): v for s, v in old.pins().items()}, new.pins()
    for slug in dict.fromkeys([*after, *before]):
        if slug not in before:
            yield Line("Struktur", f"modul {slug} {after[slug]} ditambah")
        elif slug not in after:
            yield Line("Struktur", f"modul {slug} dilepas")
    steps = [
        f"{slug} {before[slug]} → {after[slug]}"
        for slug in after
        if before.get(slug, after[slug]) != after[slug]
        and (slug, before[slug], after[slug]) not in reported
    ]
    if steps:
        yield Line("Struktur", f"versi modul: {listed(steps, 12)}")
    if list(before) != list(after) and before.keys() == after.keys():
        yield Line("Struktur", "urutan modul berubah")
    if (old.pengantar, old.pengantar_pelatih) != (new.pengantar, new.pengantar_pelatih):
        yield Line("Kata pengantar", "berubah")
    if old.kolofon != new.kolofon:
        yield Line("Kolofon", "berubah")
    if old.petunjuk != new.petunjuk:
        yield Line("Petunjuk buku", "berubah")


def _source(pair: Change[Source], names: Mapping[str, str]) -> str:
    old, new = pair.before, pair.after
    facts: list[str] = []
    if "diganti_oleh" in pair.fields or "berlaku_sampai" in pair.fields:
        facts.append(source_force(new, names))
    other = sorted(pair.fields - {"diganti_oleh", "berlaku_sampai"})
    for key in other:
        values = (quoted(str(dict(source)[key])) for source in (old, new))
        facts.append(f"{key} {became(*values)}")
    return f"{new.short} ({new.id}): {'; '.join(facts)}"
