"""What a reviewer has to decide or mend before approving; first what weighs most."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.editions.words import dates, hours

from .data import ModuleReview, Review, RunReview
from .words import Line, bump_line, counted, coverage_line, key_of, listed, quoted, title

_STATES = {"base": "dasar", "head": "usulan"}
MENDED_FIRST = ("terkunci", "kurang", "turun")
"""Versions that must be raised before the change can be released."""


def attention(review: Review) -> Iterator[Line]:
    """Lines below the report's and the summary's first heading."""
    for name in review.unreadable:
        text = (
            f"isi di keadaan {_STATES[name]} tidak dapat dibaca, sehingga tidak dapat dibandingkan"
        )
        yield Line("Rusak", text, "masalah")
    errors = sum(not problem.warning for problem in review.new)
    warnings = len(review.new) - errors
    if errors:
        yield Line("Masalah", f"{errors} masalah baru harus diperbaiki", "masalah")
    yield from _structure(review)
    yield from _audiences(review)
    yield from _coverage(review)
    yield from _keys(review)
    for module in review.modules:
        if module.bump and module.bump.state in MENDED_FIRST:
            yield Line("Versi", f"{module.slug}: {bump_line(module.bump)}", _part(module))
    for run in review.runs:
        if run.effect in ("rusak", "terdampak", "kunci-baru", "dihapus"):
            yield Line("Pelatihan", f"{run.pinned.run.id}: {run_line(run)}", "pelatihan")
    if warnings:
        yield Line("Pemeriksaan", f"{warnings} peringatan baru", "masalah")


def _part(module: ModuleReview) -> str:
    return f"modul-{module.slug}"


def _structure(review: Review) -> Iterator[Line]:
    for module in review.modules:
        name, change = title(module), module.change
        if module.unreadable:
            yield Line("Modul", f"{name}: tidak dapat dibaca di salah satu keadaan", "masalah")
        elif module.old is None:
            yield Line("Modul", f"{name}: modul baru", _part(module))
        elif module.new is None:
            yield Line("Modul", f"{name}: dihapus", _part(module))
        if change is None:
            continue
        facts: list[str] = []
        if change.hours:
            facts.append(f"jam {hours(change.hours[0])} → {hours(change.hours[1])}")
        if change.result:
            facts.append("hasil belajar")
        indicators = change.indicators
        edited = sum("teks" in pair.fields for pair in indicators.changed)
        for count, what in (
            (len(indicators.removed), "indikator dihapus"),
            (len(indicators.added), "indikator baru"),
            (edited, "indikator berubah"),
        ):
            if count:
                facts.append(counted(count, what))
        if facts:
            yield Line("Struktur", f"{name}: {', '.join(facts)}", f"struktur-{module.slug}")


def _audiences(review: Review) -> Iterator[Line]:
    """Text that was the trainers' alone and is not any more."""
    for module in review.modules:
        for page in module.pages:
            was = page.old is not None and page.old.audience == "pelatih"
            if page.opened or (was and page.new and page.new.audience != "pelatih"):
                what = counted(page.opened, "bagian") if page.opened else "halaman"
                text = f"{title(module)}, {quoted(page.sheet.page.title, 90)}: {what}"
                yield Line(
                    "Sasaran",
                    f"{text} yang dahulu hanya untuk pelatih kini terlihat peserta",
                    page.key,
                )


def _coverage(review: Review) -> Iterator[Line]:
    for module in review.modules:
        if module.new is None or module.old is None:
            continue
        for item in module.coverage:
            if item.after is not None and (item.lost or (item.bare and item.before is None)):
                text = f"{title(module)}, {coverage_line(item)}"
                yield Line("Cakupan", text, f"struktur-{module.slug}")


def _keys(review: Review) -> Iterator[Line]:
    for module in review.modules:
        if module.change is None:
            continue
        changed = [
            pair.after.id
            for pair in module.change.questions.changed
            if key_of(pair.before) != key_of(pair.after)
        ]
        if changed:
            text = f"{title(module)}: kunci {listed(changed)} berubah"
            yield Line("Kunci", text, f"soal-{module.slug}")


def run_line(run: RunReview) -> str:
    """What the change does to a run, in a sentence without its name."""
    old, new = run.old, run.new
    modules = listed([_module(*entry) for entry in run.modules], 10)
    lock = run.pinned.run.lock
    version = lock.kurikulum.versi if lock else ""
    match run.effect:
        case "baru":
            return "pelatihan baru" + (f", dikunci pada kurikulum {version}" if lock else "")
        case "dihapus":
            return "dihapus"
        case "terkunci":
            return f"tidak berubah, terkunci pada kurikulum {version}"
        case "dikunci":
            return f"kini dikunci pada kurikulum {version}, isinya sama"
        case "rusak":
            problem = new.problems[0] if new and new.problems else None
            return f"tidak dapat disusun: {problem.message}" if problem else "tidak dapat disusun"
        case "tetap":
            return "tidak berubah"
    facts = [f"modul {modules}"] if modules else []
    if run.registries:
        facts.append("daftar bersama")
    if run.file:
        facts.append("berkas pelatihannya")
    if any(day.changed for day in run.days):
        facts.append("jadwal")
    changed = f"berubah: {'; '.join(facts)}" if facts else "berubah"
    if run.effect == "kunci-baru":
        before = old.run.lock.kurikulum.versi if old and old.run.lock else "belum dikunci"
        return f"kuncinya diganti ({before} → {version}); {changed}"
    return f"belum dikunci, jadi ikut {changed}"


def _module(name: str, before: str, after: str) -> str:
    if not before or not after:
        return f"{name} ({'ditambah' if after else 'dilepas'})"
    return f"{name} {before} → {after}" if before != after else f"{name} {after} (isinya)"


def when(run: RunReview) -> str:
    """Dates and place of a run."""
    file = run.pinned.run.file
    return f"{dates(file.tanggal)}, {file.tempat.kota}"
