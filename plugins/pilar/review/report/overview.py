"""The first screen of a review: the change in a sentence, and what it does in five lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pilar.changes.answer_keys import key_change
from pilar.editions.words import hours, size
from pilar.model.curriculum import Hours, Module
from pilar.model.edition import Edition
from pilar.review.compare.data import ModuleReview, Print, Review
from pilar.review.compare.effects import RunReview

from .attention import attention
from .page_words import unspoken, word_count
from .phrases import Line, counted, counts, listed, step
from .registries import registry_lines
from .run_words import when


def headline(review: Review) -> str:
    """The change in a sentence."""
    if review.unreadable:
        return "Ulasan: isi tidak dapat dibaca"
    if not review:
        return "Ulasan: tidak ada isi yang berubah"
    facts = [fact for fact in (_modules(review), *_counts(review)) if fact]
    if facts:
        return f"Ulasan: {listed(facts)}"
    modules = review.modules
    only = [
        name
        for name, found in (
            ("daftar bersama", list(registry_lines(review))),
            ("penataan", [m for m in modules if m.rewritten or any(p.trivial for p in m.pages)]),
            ("nomor versi", [m for m in modules if m.bump and m.bump.before != m.bump.after]),
            ("catatan perubahan", [m for m in modules if m.notes]),
        )
        if found
    ]
    text = "Ulasan: tidak ada perubahan isi modul"
    return f"{text}, hanya {listed(only)} yang berubah" if only else text


def _modules(review: Review) -> str:
    changed = [module for module in review.modules if not module.trivial]
    if changed and all(module.textual for module in changed) and not list(registry_lines(review)):
        pages = [page for module in changed for page in module.real if page.redline]
        words = sum(page.inserted for page in pages), sum(page.deleted for page in pages)
        code = changed[0].module.meta.kode
        where = f"modul {code}" if len(changed) == 1 else f"dari {len(changed)} modul"
        amount = f" ({word_count(*words)})" if any(words) else ""
        marks = list(dict.fromkeys(kind for page in pages for kind, _ in unspoken(page)))
        what = "teks" if any(words) or not marks else listed(marks)
        return f"hanya {what} di {counted(len(pages), 'halaman')} {where}{amount}"
    edited = [module for module in changed if module.change is not None]
    kinds = listed([kind for kind, found in _KINDS.items() if any(map(found, edited))])
    return ", ".join(
        counts(
            (len(edited), f"modul berubah ({kinds})" if kinds else "modul berubah"),
            (sum(m.old is None and not m.unreadable for m in changed), "modul baru"),
            (sum(m.new is None and not m.unreadable for m in changed), "modul dihapus"),
            (sum(m.unreadable for m in changed), "modul tidak dapat dibaca"),
        )
    )


def _opens_keys(module: ModuleReview) -> bool:
    change = module.change
    practice = change and "latihan_mandiri" in change.fields
    return any(page.keys for page in module.pages) or bool(
        practice and change and change.after.meta.latihan_mandiri
    )


def _key(*names: str) -> Callable[[ModuleReview], object]:
    return lambda module: module.change and module.change.fields & set(names)


_KINDS: Mapping[str, Callable[[ModuleReview], object]] = {
    "kunci terbuka": _opens_keys,
    "JP": _key("jp"),
    "hasil belajar": _key("hasil_belajar"),
    "indikator": _key("indikator"),
    "materi pokok": _key("materi_pokok"),
    "kegiatan": lambda module: module.rearranged,
    "kartu": lambda module: module.change and module.change.cards,
    "kunci": lambda module: (
        module.change
        and any(key_change(pair.before, pair.after) for pair in module.change.questions.changed)
    ),
    "soal": lambda module: module.change and module.change.questions,
    "rujukan": lambda module: module.change and module.change.sources,
    "sasaran": lambda module: any(p.opened or p.closed or p.turned for p in module.pages),
    "halaman": lambda module: module.real or module.repaged,
    "gambar": lambda module: module.pictures,
    "urutan": lambda module: module.reordered,
    "nama": lambda module: module.renamed,
}
"""What may be different in a module, most important first."""


def _counts(review: Review) -> list[str]:
    effects = [run.effect for run in review.runs]
    files = sum(run.effect == "terdampak" and bool(run.fields) for run in review.runs)
    return counts(
        (effects.count("baru"), "pelatihan baru"),
        (effects.count("dihapus"), "pelatihan dihapus"),
        (effects.count("rusak"), "pelatihan tidak dapat disusun"),
        (files, "berkas pelatihan berubah"),
        (len(review.new), "masalah baru"),
        (len(review.solved), "masalah selesai"),
    )


def written_by(review: Review) -> str:
    """Who wrote the commits in between; empty where there are none."""
    return listed([f"{name} ({counted(count, 'komit')})" for name, count in review.authors], 6)


def overview(review: Review) -> Iterator[Line]:
    """Hours, runs, printed books, problems, and how much there is to look at."""
    if not review or review.unreadable:
        return
    unknown = "tidak dapat dihitung, sebab ada modul yang tidak dapat dibaca"
    yield Line("JP", _hours(review, *review.hours) if review.hours else unknown)
    if review.runs:
        yield Line("Pelatihan", "; ".join(_runs(review.runs)))
    if review.prints is not None:
        yield Line("Halaman cetak", "; ".join(_books(review)) or "tidak berubah")
    yield Line("Pemeriksaan", _problems(review))
    found = len(attention(review))
    yield Line("Perlu dilihat", f"{found} hal, di bawah ini" if found else "tidak ada yang khusus")


def _hours(review: Review, before: Hours, after: Hours) -> str:
    if before == after:
        text = f"tetap {hours(after)}"
    else:
        text = f"{hours(before)} → {hours(after)}"
        if before.total == after.total:
            text = f"tetap {after.total} JP, tetapi pembagiannya berubah, {text}"
    steps = [
        f"{module.module.meta.kode} {hours(old)} → {hours(new)}"
        for module in review.modules
        if (old := _hours_of(module.old)) != (new := _hours_of(module.new))
        and not module.unreadable
    ]
    if not steps:
        return text
    return f"{text}{', tetapi berpindah antarmodul' if before == after else ''}: {listed(steps)}"


def _hours_of(module: Module | None) -> Hours:
    return module.meta.jp if module else Hours()


_GROUPS = (
    ("tidak dapat disusun", {"rusak"}),
    ("terdampak", {"terdampak", "kunci-baru"}),
    ("baru", {"baru"}),
    ("dapat disusun lagi", {"pulih"}),
    ("dihapus", {"dihapus"}),
    ("kini dikunci dengan isi yang sama", {"dikunci"}),
)
"""Effects for which the runs are named."""


def _runs(runs: Sequence[RunReview]) -> Iterator[str]:
    left = list(runs)
    for what, effects in _GROUPS:
        if found := [run for run in runs if run.effect in effects]:
            names = [f"{run.pinned.run.id} ({when(run)})" for run in found]
            yield f"{len(found)} {what}: {listed(names, 4)}"
            left = [run for run in left if run not in found]
    if len(left) == len(runs):
        yield "tidak ada yang terdampak"
    locked = sum(run.effect == "terkunci" for run in left)
    for count, what in ((locked, "terkunci"), (len(left) - locked, "belum dikunci")):
        if count:
            yield f"{count} {what}, tidak berubah"


def _books(review: Review) -> Iterator[str]:
    """What people are handed: joined books of runs that were there before, else modules'."""
    joined = [
        (f"buku {{}} {run}", [book for book in books if book.pages[0]])
        for run, books in review.joined.items()
    ]
    modules = [book for books in (review.prints or {}).values() for book in books]
    for edition in reversed(Edition):
        for name, books in joined if any(found for _, found in joined) else [("", modules)]:
            if mine := [book for book in books if book.edition is edition]:
                what = name or f"{len(mine)} buku modul {{}}"
                yield f"{what.format(edition.value)} {_amount(mine)}"


def _amount(books: Sequence[Print]) -> str:
    if any(book.failed for book in books):
        return "tidak dapat dicetak"
    pages, sheets, sizes = (
        [sum(column) for column in zip(*values, strict=True)]
        for values in zip(*((book.pages, book.sheets, book.size) for book in books), strict=True)
    )
    return f"{step(*pages)} halaman ({step(*sheets)} lembar), {step(sizes[0], sizes[1], size)}"


def _problems(review: Review) -> str:
    facts = counts(
        (sum(not problem.warning for problem in review.new), "galat baru"),
        (sum(problem.warning for problem in review.new), "peringatan baru"),
        (len(review.solved), "masalah selesai"),
        (len(review.remaining), "masalah lama masih ada"),
    )
    return listed(facts) or "tidak ada masalah, sebelum maupun sesudahnya"
