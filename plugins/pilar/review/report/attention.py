"""What a reviewer has to decide or to correct before approving, most important first."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.changes.answer_keys import KeyChange, key_change
from pilar.changes.modules import ModuleChange
from pilar.editions.fields import field_text
from pilar.editions.words import hours, number
from pilar.review.compare.data import ModuleReview, Review
from pilar.review.compare.effects import RunReview
from pilar.review.compare.left_behind import old_explanations, old_steps

from .page_words import page_title
from .phrases import (
    LOST,
    Line,
    became,
    bump_line,
    codes_line,
    counted,
    counts,
    coverage_line,
    grouped,
    listed,
    quoted,
    source_force,
    title,
)
from .run_words import run_line, run_part, urgent, when

_STATES = {"base": "dasar", "head": "usulan"}
_TO_RAISE = ("terkunci", "kurang", "turun")
"""Versions that must be raised before the change can be released."""


def attention(review: Review) -> list[Line]:
    """What stands below the first screen of the summary and of the report."""
    return grouped(_attention(review))


def _attention(review: Review) -> Iterator[Line]:
    for name in review.unreadable:
        text = f"tidak dapat dibaca di keadaan {_STATES[name]}, jadi tidak dapat dibandingkan"
        yield Line("Rusak", text, "isi kurikulum", "masalah")
    errors = sum(not problem.warning for problem in review.new)
    warnings = len(review.new) - errors
    if errors:
        yield Line("Masalah", "harus diperbaiki", f"{number(errors)} galat baru", "masalah")
    for module in review.modules:
        yield from _whole(module)
    for run in review.runs:
        yield from _run(run)
    for find in (_opened, _structure, _coverage, _keys, _closed, _codes, _steps):
        for module in review.modules:
            if module.change is not None:
                yield from find(module, module.change)
    yield from _sources(review)
    yield from _doubts(review)
    for module in review.modules:
        if module.bump and module.bump.state in _TO_RAISE:
            yield Line("Versi", f": {bump_line(module.bump)}", title(module), _part(module))
        else:
            yield from _unpinned(module)
    if warnings:
        yield Line("Pemeriksaan", "", f"{number(warnings)} peringatan baru", "masalah")


def _part(module: ModuleReview) -> str:
    return f"modul-{module.slug}"


def _whole(module: ModuleReview) -> Iterator[Line]:
    if module.unreadable:
        text = f"tidak dapat dibaca {'sebelum' if module.old is None else 'sesudah'} perubahan ini"
        yield Line("Modul", text, title(module), _part(module))
    elif module.old is None:
        yield Line("Modul", "adalah modul baru", title(module), _part(module))
    elif module.new is None:
        yield Line("Modul", "dihapus", title(module), _part(module))


def _run(run: RunReview) -> Iterator[Line]:
    name, part = run.pinned.run.id, run_part(run)
    if run.effect == "baru":
        yield Line("Pelatihan", f"adalah pelatihan baru: {when(run)}", name, part)
        return
    if run.effect in ("rusak", "kunci-baru", "dihapus"):
        yield Line("Pelatihan", f": {run_line(run)}", name, "pelatihan")
    for fact in urgent(run):
        yield Line("Pelatihan", f": {fact}", name, part)


def _structure(module: ModuleReview, change: ModuleChange) -> Iterator[Line]:
    facts: list[str] = []
    if change.hours:
        facts.append(f"jam {hours(change.hours[0])} → {hours(change.hours[1])}")
    if change.result:
        facts.append("hasil belajar berubah")
    indicators = change.indicators
    facts += counts(
        (len(indicators.removed), "indikator dihapus"),
        (len(indicators.added), "indikator baru"),
        (sum("teks" in pair.fields for pair in indicators.changed), "indikator berubah"),
    )
    if facts:
        text = f": {', '.join(facts)}"
        yield Line("Struktur", text, title(module), f"struktur-{module.slug}")


def _coverage(module: ModuleReview, change: ModuleChange) -> Iterator[Line]:
    found = [coverage_line(item) for item in module.coverage if item.lacking and item.after]
    if found:
        part = f"struktur-{module.slug}"
        yield Line(LOST, f": {'; '.join(found)}", title(module), part)


def _opened(module: ModuleReview, change: ModuleChange) -> Iterator[Line]:
    """Text that was the trainers' alone and is not any more."""
    if "latihan_mandiri" in change.fields and change.after.meta.latihan_mandiri:
        text = ": peserta kini menerima kunci soal latihan"
        yield Line("Kunci terbuka", text, title(module), f"struktur-{module.slug}")
    for page in module.pages:
        was = page.old is not None and page.old.audience == "pelatih"
        if page.opened or (was and page.new and page.new.audience != "pelatih"):
            what = counted(page.opened, "bagian") if page.opened else "halaman"
            keys = f", {number(page.keys)} di antaranya dari kunci," if page.keys else ""
            text = f"di {module.module.meta.kode}: {what} yang dahulu hanya untuk pelatih{keys}"
            label = "Kunci terbuka" if page.keys else "Sasaran"
            yield Line(label, f"{text} kini terlihat peserta", page_title(page), page.key)


def _closed(module: ModuleReview, change: ModuleChange) -> Iterator[Line]:
    """Text that participants lose, though trainers keep it."""
    for page in module.pages:
        code = module.module.meta.kode
        if page.turned and page.new and page.new.audience == "pelatih":
            text = f"di {code}: seluruh halaman kini hanya untuk pelatih, hilang dari edisi peserta"
        elif page.closed:
            what = counted(page.closed, "bagian")
            text = f"di {code}: {what} kini hanya untuk pelatih, hilang dari edisi peserta"
        else:
            continue
        yield Line("Sasaran", text, page_title(page), page.key if page.redline else "")


def _keys(module: ModuleReview, change: ModuleChange) -> Iterator[Line]:
    found: dict[KeyChange, list[str]] = {}
    for pair in change.questions.changed:
        found.setdefault(key_change(pair.before, pair.after), []).append(pair.after.id)
    for turn, text in (
        ("lain", "kunci {} berubah"),
        ("kata", "pilihan yang menjadi kunci ditulis lain: {}; periksa apakah tetap benar"),
        ("huruf", "pilihan yang benar tetap, tetapi hurufnya lain: {}"),
    ):
        if turn in found:
            found_text = f": {text.format(listed(found[turn]))}"
            yield Line("Kunci", found_text, title(module), f"soal-{module.slug}")

    if stale := [question.id for question in old_explanations(change)]:
        text = f": pembahasan tidak ikut berubah, padahal kuncinya berubah: {listed(stale)}"
        yield Line("Kunci", text, title(module), f"soal-{module.slug}")


def _codes(module: ModuleReview, change: ModuleChange) -> Iterator[Line]:
    """Printed cards and sheets go on calling the old things by these codes."""
    if module.codes:
        text = f"{codes_line(module.codes, 3)}; kartu dan buku yang sudah dicetak memakai arti lama"
        yield Line("Kode", f": {text}", title(module), f"kode-{module.slug}")


def _steps(module: ModuleReview, change: ModuleChange) -> Iterator[Line]:
    for pair in old_steps(change):
        minutes = (field_text("menit", one.options.menit) for one in (pair.before, pair.after))
        name = quoted(pair.after.block.title, 90)
        text = f": {name} {became(*minutes)}, tetapi menit langkah-langkahnya tidak ikut berubah"
        yield Line("Menit", text, title(module), f"kegiatan-{module.slug}")


def _sources(review: Review) -> Iterator[Line]:
    """Laws that modules no longer stand on, and those that lose force while modules do."""
    gone: dict[str, list[str]] = {}
    for module in review.modules:
        for citation in module.change.sources.removed if module.change else ():
            gone.setdefault(citation.id, []).append(module.module.meta.kode)
    for id, codes in gone.items():
        text = f"{review.source_names.get(id, id)} tidak lagi dikutip di {listed(codes, 12)}"
        yield Line("Rujukan", text)
    for pair in review.registries.sources.changed:
        if not {"diganti_oleh", "berlaku_sampai"} & pair.fields:
            continue
        law = pair.after
        codes = [
            module.new.meta.kode
            for module in review.modules
            if module.new and any(c.id == law.id and not c.sejarah for c in module.new.meta.rujukan)
        ]
        if codes:
            facts = source_force(law, review.source_names)
            text = f"{law.short} kini tercatat {facts}, dan masih dikutip di {listed(codes, 12)}"
            yield Line("Rujukan", text)


def _unpinned(module: ModuleReview) -> Iterator[Line]:
    """A new version that the curriculum does not take."""
    bump = module.bump
    if bump and bump.before != bump.after and bump.pinned not in ("", bump.after):
        text = f": versi baru {bump.after}, tetapi kurikulum masih memakai {bump.pinned}"
        yield Line("Versi", text, title(module), "" if module.trivial else _part(module))


def _doubts(review: Review) -> Iterator[Line]:
    """What the authors themselves are not sure of."""
    found: dict[str, int] = {}
    for module in review.modules:
        before = module.old.meta.perlu_verifikasi if module.old else ()
        after = module.new.meta.perlu_verifikasi if module.new else ()
        if new := len(set(after) - set(before)):
            found[module.module.meta.kode] = new
    if found:
        modules = listed([f"{code} {count}" for code, count in found.items()])
        text = f"{sum(found.values())} hal baru yang penulisnya minta diperiksa ({modules})"
        yield Line("Perlu verifikasi", text)
