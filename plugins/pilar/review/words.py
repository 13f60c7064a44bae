"""Words of a review (Bahasa Indonesia) that its lines, its summary and its report share."""

from __future__ import annotations

from dataclasses import dataclass

from pilar.model.curriculum import Pairs, Question

from .data import Bump, CoverageChange, ModuleReview
from .nodes import Word
from .redline import word_runs
from .turns import PageReview

LONGEST = 280
"""Characters of a quoted text; the report shows all of it."""


@dataclass(frozen=True)
class Line:
    """A statement below a label, and the id of the report's part that shows more."""

    label: str
    text: str
    part: str = ""


def quoted(text: str, longest: int = LONGEST) -> str:
    """Text in quotation marks, cut at a word where it is long."""
    text = " ".join(text.split())
    if len(text) > longest:
        text = text[:longest].rsplit(" ", 1)[0] + " …"
    return f"“{text}”"


OUT, IN, END = "\ue000", "\ue001", "\ue002"
"""Marks in a line's text: what follows was deleted, was inserted, ends. Writers replace them."""
_CONTEXT = 6
"""Unchanged words shown on each side of a change."""
_EDITED = 0.5


def edited(before: str, after: str) -> str:
    """What changed in a text: the changed words with some around them, or both texts whole."""
    runs = word_runs(*([Word(word) for word in text.split()] for text in (before, after)))
    kept = sum(len(words) for fate, words in runs if fate == "same")
    if kept < _EDITED * max(len(before.split()), len(after.split())):
        return became(quoted(before), quoted(after))
    text = []
    for number, (fate, run) in enumerate(runs):
        words = [word.text for word in run]
        if fate == "same":
            first, last = number == 0, number == len(runs) - 1
            most = _CONTEXT * (1 if first or last else 2)
            if len(words) > most:
                start = [] if first else words[:_CONTEXT]
                end = [] if last else words[-_CONTEXT:]
                words = [*start, "…", *end]
            text.append(" ".join(words))
        else:
            text.append(f"{OUT if fate == 'out' else IN}{' '.join(words)}{END}")
    return f"“{' '.join(text)}”"


def became(before: object, after: object) -> str:
    """`A menjadi B`."""
    return f"{before} menjadi {after}"


def counted(count: int, what: str) -> str:
    """`3 halaman`."""
    return f"{count} {what}"


def listed(items: list[str], most: int = 8) -> str:
    """Items as a list in a sentence; past `most` they are only counted."""
    shown = items[:most]
    if more := len(items) - len(shown):
        return f"{', '.join(shown)}, dan {more} lainnya"
    return ", ".join(shown[:-1]) + f" dan {shown[-1]}" if len(shown) > 1 else "".join(shown)


def title(review: ModuleReview) -> str:
    """`BLC Membangun Komitmen Belajar`."""
    meta = review.module.meta
    return f"{meta.kode} {meta.judul}"


def state(review: ModuleReview) -> str:
    """Versions, or what happened to the module as a whole."""
    if review.unreadable:
        return "tidak dapat dibaca"
    if review.old is None:
        return f"modul baru, {review.module.meta.versi}"
    if review.new is None:
        return "modul dihapus"
    before, after = review.old.meta.versi, review.new.meta.versi
    return after if before == after else f"{before} → {after}"


def coverage_line(item: CoverageChange) -> str:
    """How an indicator's activities and questions changed in number; empty where it is gone."""
    if item.after is None:
        return ""
    counts = [
        f"{count} {name}" if item.before is None else f"{name} {earlier} → {count}"
        for name, count, earlier in (
            ("kegiatan", len(item.after.activities), _length(item, "activities")),
            ("soal", len(item.after.questions), _length(item, "questions")),
        )
        if item.before is None or count != earlier
    ]
    text = f"IHB {item.after.number}: {', '.join(counts)}"
    lacking = [
        name
        for name, found in (("kegiatan", item.after.activities), ("soal", item.after.questions))
        if not found
    ]
    return f"{text} (tanpa {' dan '.join(lacking)})" if lacking else text


def _length(item: CoverageChange, name: str) -> int:
    return len(getattr(item.before, name)) if item.before else 0


def page_line(page: PageReview) -> str:
    """What became of a page: new, gone, renamed, and how many words."""
    text = quoted(page.sheet.page.title, 90)
    if page.old is None:
        text = f"{text} baru, {page.inserted} kata"
    elif page.new is None:
        text = f"{text} dihapus, {page.deleted} kata"
    elif page.inserted or page.deleted:
        text = f"{text} +{page.inserted} −{page.deleted} kata"
    elif page.redline is not None and not page.moved and not page.left:
        text = f"{text} berubah"
    extra: list[str] = []
    if page.renamed and page.old and page.new:
        if page.old.module.slug != page.new.module.slug:
            extra.append(f"pindahan dari modul {page.old.module.slug}")
        if page.old.page.name != page.new.page.name:
            extra.append(f"dahulu {page.old.page.name}.md, kini {page.new.page.name}.md")
        if page.redline is None:
            extra.append("isinya sama")
    if page.moved:
        extra.append(f"{page.moved} bagian pindah ke sini")
    if page.left:
        extra.append(f"{page.left} bagian pindah ke halaman lain")
    if page.sheet.page.edition:
        extra.append(f"hanya {page.sheet.page.edition.value}")
    return f"{text} ({'; '.join(extra)})" if extra else text


def bump_line(bump: Bump) -> str:
    """Whether the version fits the change."""
    step = f"{bump.before} → {bump.after}"
    wanted = f"perubahannya meminta {bump.proposed} ({bump.reason})"
    match bump.state:
        case "tepat" if bump.before == bump.after:
            return f"tetap {bump.after}; {bump.reason}"
        case "tepat":
            return f"{step}, sesuai dengan perubahannya ({bump.reason})"
        case "lebih":
            return f"{step}, lebih tinggi daripada yang diminta: {wanted}"
        case "kurang":
            return f"{step} belum cukup: {wanted}"
        case "turun":
            return f"{step} turun: {wanted}"
        case "terkunci":
            return f"masih {bump.after}, padahal versi itu sudah dikunci: {wanted}"
        case "tetap":
            text = f"masih {bump.after}; boleh, sebab belum ada pelatihan yang dikunci padanya"
            return f"{text} (bila dinaikkan: {bump.proposed}, {bump.reason})"
        case "tanpa-isi":
            return f"{step}, padahal {bump.reason}"
    return f"{bump.after}, modul baru"


_QUIET = {
    "baris": "hanya ditata ulang barisnya",
    "nomor": "hanya bergeser nomornya",
    "tampilan": "hanya berganti tampilan huruf atau penulisannya",
    "tersembunyi": "hanya berubah di bagian yang tidak tampil, seperti komentar",
}


def quiet_facts(review: ModuleReview) -> list[str]:
    """What differs in bytes and says the same."""
    facts = []
    for reason, words in _QUIET.items():
        if count := sum(page.trivial == reason for page in review.pages):
            facts.append(f"{count} halaman {words}")
    facts += [f"{name} hanya ditata ulang" for name in review.rewritten]
    return facts


def key_of(question: Question) -> str:
    """The key in short: the letter with its choice, or the answer."""
    key = question.kunci
    if isinstance(question.pilihan, Pairs):
        return ", ".join(f"{number}–{letter}" for number, letter in enumerate(key, 1))
    if question.jenis == "pilihan-ganda" and question.pilihan:
        assert isinstance(key, str)
        return f"{key} ({question.pilihan[ord(key) - ord('A')]})"
    return key if isinstance(key, str) else " atau ".join(key)
