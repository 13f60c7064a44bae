"""The lines of a review: everything that changed in a module, most important first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilar.assembly.blockdata import key_text
from pilar.changes.answer_keys import key_change
from pilar.changes.modules import CardSet, Change, ModuleChange
from pilar.editions.fields import field_text, field_title, label
from pilar.editions.words import hours
from pilar.model.curriculum import Activity, Citation
from pilar.model.edition import Edition
from pilar.review.compare.changelog_review import sayings
from pilar.review.compare.data import ModuleReview, Review
from pilar.review.compare.left_behind import old_explanations
from pilar.review.compare.page_review import PageReview

from .evidence_words import evidence_lines
from .page_words import excerpts, note_text, page_line, page_title
from .phrases import (
    LOST,
    Line,
    became,
    bump_line,
    codes_line,
    counted,
    coverage_line,
    edited,
    listed,
    quoted,
    trivial_facts,
)

_MOST_ENTRIES = 6
"""Entries of perubahan.md that are told of a version; the report shows all."""


def lines(review: ModuleReview, whole: Review) -> Iterator[Line]:
    """Everything that changed in a module, most important first."""
    if review.unreadable:
        yield Line("Modul", "perubahannya tidak dapat ditunjukkan")
        return
    if review.renamed and review.old and review.new:
        yield Line("Folder", became(review.old.slug, review.new.slug))
    if review.new is None or review.old is None:
        yield from _whole_module(review, whole)
    if (change := review.change) is not None:
        yield from _structure(change)
        lost = (item for item in review.coverage if item.lacking and item.after)
        yield from (Line(LOST, coverage_line(item)) for item in lost)
        yield from _activities(change, whole)
        yield from _cards(change)
        yield from _questions(change, whole)
        yield from _sources(change, whole)
    yield from evidence_lines(review)
    if review.codes:
        yield Line("Kode", codes_line(review.codes, 12))
    if review.reordered:
        yield Line("Urutan", f"urutan {listed(review.reordered)} berubah")
    for page in review.real:
        yield _page(page)
    yield from _left(review, whole)
    yield from _pictures(review)
    yield from _notes(review)
    if review.bump and review.bump.state != "baru":
        yield Line("Versi", bump_line(review.bump))
    yield from _trivial(review)


def _whole_module(review: ModuleReview, whole: Review) -> Iterator[Line]:
    module = review.module
    facts = [
        hours(module.meta.jp),
        counted(len(module.meta.indikator), "indikator"),
        counted(len(module.activities), "kegiatan"),
        counted(len(module.questions), "soal"),
        counted(len(module.pages), "halaman"),
    ]
    yield Line("Modul baru" if review.old is None else "Modul dihapus", listed(facts))
    for kind in ("soal", "kegiatan"):
        to: dict[str, list[str]] = {}
        for moved in whole.relocated:
            ends = (moved.source, moved.target)
            mine, other = ends if review.new is None else ends[::-1]
            if moved.kind == kind and mine == module.slug:
                to.setdefault(other, []).append(moved.name)
        for other, names in to.items():
            where = "ke" if review.new is None else "dari"
            yield Line(kind.capitalize(), f"pindah {where} {_code(whole, other)}: {listed(names)}")


def _structure(change: ModuleChange) -> Iterator[Line]:
    before, after = change.before.meta, change.after.meta
    yield from _fields(change, "jp", "hasil_belajar")
    yield from _indicators(change)
    yield from _topics(change)
    yield from _fields(change, "judul", "kode", "deskripsi", "status", "kelompok")
    if "prasyarat" in change.fields:
        names = (listed(meta.prasyarat) or "tidak ada" for meta in (before, after))
        yield Line("Prasyarat", became(*names))
    if "latihan_mandiri" in change.fields:
        text = "peserta kini menerima" if after.latihan_mandiri else "peserta tidak lagi menerima"
        yield Line("Kunci latihan", f"{text} kunci soal latihan")
    if "perlu_verifikasi" in change.fields:
        counts = (counted(len(m.perlu_verifikasi), "hal") for m in (before, after))
        yield Line("Perlu verifikasi", became(*counts))


def _fields(change: ModuleChange, *fields: str) -> Iterator[Line]:
    for field in fields:
        if field in change.fields:
            metas = change.before.meta, change.after.meta
            texts = [field_text(field, dict(meta)[field]) for meta in metas]
            phrase = became if field in ("jp", "status", "kelompok") else edited
            yield Line(field_title(field), phrase(*texts))


def _indicators(change: ModuleChange) -> Iterator[Line]:
    for indicator in change.indicators.removed:
        yield Line("Indikator", f"IHB {indicator.number} dihapus: {quoted(indicator.text)}")
    for indicator in change.indicators.added:
        yield Line("Indikator", f"IHB {indicator.number} baru: {quoted(indicator.text)}")
    shifted: list[str] = []
    for pair in change.indicators.changed:
        old, new = pair.before, pair.after
        if "teks" in pair.fields:
            text = edited(old.text, new.text)
            yield Line("Indikator", f"IHB {new.number} berubah: {text}")
        else:
            shifted.append(f"IHB {old.number} menjadi {new.number}")
    if shifted:
        yield Line("Indikator", f"hanya nomornya berubah: {listed(shifted)}")


def _topics(change: ModuleChange) -> Iterator[Line]:
    for topic in change.topics.removed:
        yield Line("Materi pokok", f"dihapus: {quoted(topic.judul)}")
    for topic in change.topics.added:
        yield Line("Materi pokok", f"baru: {quoted(topic.judul)}")
    for topics in change.topics.changed:
        subs = edited("; ".join(topics.before.sub), "; ".join(topics.after.sub))
        text = f"submateri {quoted(topics.after.judul)}: {subs}"
        if "judul" in topics.fields:
            text = edited(topics.before.judul, topics.after.judul)
        yield Line("Materi pokok", text)
    if "materi_pokok" in change.fields and not change.topics:
        yield Line("Materi pokok", "urutannya berubah")


def _page(page: PageReview) -> Line:
    text = ": ".join(filter(None, (page_line(page), excerpts(page))))
    return Line("Halaman", text, page_title(page), page.key if page.redline else "", rank=2)


def _notes(review: ModuleReview) -> Iterator[Line]:
    """The authors' own words on what they changed."""
    for note in review.notes:
        state = {"in": "baru: ", "out": "dihapus: "}.get(note.redline.status, "")
        entries = [note_text(change) for change in sayings(note.redline)]
        text = f": {state}{'; '.join(entries[:_MOST_ENTRIES])}"
        if more := len(entries) - _MOST_ENTRIES:
            text += f"; dan {more} butir lainnya" * (more > 0)
        part = f"catatan-{review.slug}"
        yield Line("Catatan perubahan", text, f"versi {note.version}", part, rank=2)


def _left(review: ModuleReview, whole: Review) -> Iterator[Line]:
    """Pages that stand in another module now."""
    if review.old is None or review.renamed:
        return
    for other in whole.modules:
        for page in other.pages if other is not review else ():
            if page.old and page.old.module.slug == review.old.slug and page.new:
                part = page.key if page.redline else ""
                text = f"pindah ke {other.module.meta.kode}"
                yield Line("Halaman", text, page_title(page), part, rank=2)


def _activities(change: ModuleChange, whole: Review) -> Iterator[Line]:

    def described(activity: Activity) -> str:
        return f"{quoted(activity.block.title)} ({field_text('menit', activity.options.menit)})"

    for activity in change.activities.removed:
        gone = _moved(whole, change, "kegiatan", activity.block.title) or "dihapus"
        yield Line("Kegiatan", f"{gone}: {described(activity)}")
    for activity in change.activities.added:
        come = _moved(whole, change, "kegiatan", activity.block.title) or "baru"
        yield Line("Kegiatan", f"{come}: {described(activity)}")
    renamed = {page.before.name: page.after.name for page in change.renamed}
    for pair in change.activities.changed:
        if facts := list(_activity_facts(pair, renamed)):
            yield Line("Kegiatan", f"{quoted(pair.after.block.title)}: {'; '.join(facts)}")


def _activity_facts(pair: Change[Activity], renamed: Mapping[str, str]) -> Iterator[str]:
    old, new = pair.before, pair.after
    changes = _option_changes(pair, "kegiatan")
    if "menit" in changes:
        yield changes["menit"]
    if "judul" in pair.fields:
        yield f"dahulu berjudul {quoted(old.block.title)}"
    if "indikator" in changes:
        yield changes["indikator"]
    for field in ("metode", "media", "bahan", "kelompok", "minimum"):
        if field in changes:
            yield f"{label(f'kegiatan.{field}')} {changes[field]}"
    if renamed.get(old.page.name, old.page.name) != new.page.name:
        yield f"kini di halaman {quoted(new.page.title, 90)}"
    if "inti" in changes:
        yield f"kini {field_text('inti', new.options.inti)}"


def _option_changes(pair: Change[Activity] | Change[CardSet], name: str) -> dict[str, str]:
    """`A menjadi B` by field; `name` is that of the block."""
    options = dict(pair.before.options), dict(pair.after.options)
    return {
        field: became(*(field_text(f"{name}.{field}", values[field]) for values in options))
        for field in options[0]
        if field in pair.fields
    }


def _cards(change: ModuleChange) -> Iterator[Line]:

    def described(cards: CardSet) -> str:
        sets = field_text("kartu.set", cards.options.set)
        return f"{quoted(cards.block.title)} ({counted(len(cards.texts), 'kartu')}, {sets})"

    for removed in change.cards.removed:
        yield Line("Kartu", f"dihapus: {described(removed)}")
    for added in change.cards.added:
        yield Line("Kartu", f"baru: {described(added)}")
    for pair in change.cards.changed:
        if facts := list(_card_facts(pair)):
            yield Line("Kartu", f"{quoted(pair.after.block.title)}: {'; '.join(facts)}")


def _card_facts(pair: Change[CardSet]) -> Iterator[str]:
    changes = _option_changes(pair, "kartu")
    if "judul" in pair.fields:
        yield f"dahulu berjudul {quoted(pair.before.block.title)}"
    if "untuk" in changes:
        yield "kini terlihat peserta" if pair.after.options.untuk else "kini hanya untuk pelatih"
    if Edition.PELATIH.value in pair.fields:
        sizes = [counted(len(cards.texts), "kartu") for cards in (pair.before, pair.after)]
        yield became(*sizes) if sizes[0] != sizes[1] else "isi kartunya berubah"
    for field in ("set", "lebar", "indikator"):
        if field in changes:
            yield f"{label(f'kartu.{field}')} {changes[field]}"
    if "halaman" in pair.fields:
        yield f"kini di halaman {quoted(pair.after.page.title, 90)}"


_QUESTION_FIELDS = "teks pilihan pembahasan indikator tingkat jenis pakai".split()
"""In the order in which they are listed; keys have lines of their own."""


def _questions(change: ModuleChange, whole: Review) -> Iterator[Line]:
    stale = {question.id for question in old_explanations(change)}
    for pair in change.questions.changed:
        if turn := key_change(pair.before, pair.after):
            old, new = key_text(pair.before), key_text(pair.after)
            note = " (hurufnya sama, isinya lain)" if old == new else ""
            note = " (pilihannya sama, hurufnya lain)" if turn == "huruf" else note
            note += "; pembahasannya tidak ikut berubah" * (pair.after.id in stale)
            text = became(quoted(old, 120), quoted(new, 120))
            yield Line("Kunci", f"soal {pair.after.id}: {text}{note}")
    for questions, what in (
        (change.questions.removed, "dihapus"),
        (change.questions.added, "baru"),
    ):
        stay: list[str] = []
        for question in questions:
            if moved := _moved(whole, change, "soal", question.id):
                yield Line("Soal", f"{question.id} {moved}")
            else:
                stay.append(question.id)
        if stay:
            yield Line("Soal", f"{len(stay)} {what}: {listed(stay)}")
    touched = [
        f"{pair.after.id} ({', '.join(names)})"
        for pair in change.questions.changed
        if (names := [label(field) for field in _QUESTION_FIELDS if field in pair.fields])
    ]
    if touched:
        yield Line("Soal", f"{len(touched)} berubah: {listed(touched)}")


def _sources(change: ModuleChange, whole: Review) -> Iterator[Line]:

    def name(citation: Citation) -> str:
        short = whole.source_names.get(citation.id, citation.id)
        return f"{short} (sebagai sejarah)" if citation.sejarah else short

    facts = [
        f"{what}: {listed([name(citation) for citation in citations])}"
        for what, citations in (
            ("tidak lagi dikutip", change.sources.removed),
            ("kini dikutip", change.sources.added),
        )
        if citations
    ]
    if facts:
        yield Line("Rujukan", "; ".join(facts))
    for pair in change.sources.changed:
        if "sejarah" in pair.fields:
            how = "sejarah" if pair.after.sejarah else "hukum yang berlaku"
            short = whole.source_names.get(pair.after.id, pair.after.id)
            yield Line("Rujukan", f"{short} kini dikutip sebagai {how}")
        else:
            yield Line("Rujukan", f"catatan pada {name(pair.after)} berubah")


def _pictures(review: ModuleReview) -> Iterator[Line]:
    words = {(False, True): "baru", (True, False): "dihapus", (True, True): "diganti"}
    for picture in review.pictures:
        what = words[bool(picture.before), bool(picture.after)]
        yield Line("Gambar", what, picture.path, f"gambar-{review.slug}", rank=2)


def _trivial(review: ModuleReview) -> Iterator[Line]:
    """What a reviewer may pass over."""
    gained = [coverage_line(item) for item in review.coverage if item.after and not item.lacking]
    if gained and review.old:
        yield Line("Cakupan bertambah", "; ".join(gained), rank=4)
    if facts := trivial_facts(review):
        yield Line("Tanpa perubahan isi", "; ".join(facts), rank=4)


def _code(whole: Review, slug: str) -> str:
    """The code of a module of either state."""
    found = (m.module.meta.kode for m in whole.modules if slug in (m.slug, m.old and m.old.slug))
    return next(found, slug)


def _moved(whole: Review, change: ModuleChange, kind: str, name: str) -> str:
    """To or from which module a question or an activity went; empty where it did not."""
    for moved in whole.relocated:
        if (moved.kind, moved.name) == (kind, name):
            if moved.source == change.before.slug:
                return f"pindah ke {_code(whole, moved.target)}"
            if moved.target == change.after.slug:
                return f"pindahan dari {_code(whole, moved.source)}"
    return ""
