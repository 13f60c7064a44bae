"""The comparison of two versions in words (Bahasa Indonesia), for one edition.

Participants hear of what their own copy holds. Keys, trainers' notes and questions of tests are
the trainers' alone, and so is that they changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pilar.assembly.blockdata import printed_key
from pilar.assembly.numbering import number_module
from pilar.changes.answer_keys import key_change, was_wrong
from pilar.changes.modules import KEY_FIELDS, CardSet, Change, Differences, ModuleChange
from pilar.editions.fields import field_text, label
from pilar.model.blocks import FOR_TRAINERS
from pilar.model.curriculum import Activity, Module, Page, Question
from pilar.model.edition import Edition
from pilar.model.sources import Source
from pilar.syntax.audience import sees, visible_blocks

T = TypeVar("T")


@dataclass(frozen=True)
class Fact:
    """Something that changed, in plain text; `urgent` where an old copy misleads its reader."""

    text: str
    urgent: bool = False
    minor: bool = False
    """Only says where wording changed; the authors' own words say more."""


def facts(change: ModuleChange, edition: Edition, sources: Mapping[str, Source]) -> Iterator[Fact]:
    """All that concerns the edition, what changes a trainer's work first."""
    yield from _keys(change, edition)
    for tell in (_module, _indicators, _activities, _cards, _new_questions):
        yield from map(Fact, tell(change, edition))
    minor = (_questions(change, edition), _pages(change, edition), _sources(change, sources))
    yield from (Fact(text, minor=True) for texts in minor for text in texts)


def _keys(change: ModuleChange, edition: Edition) -> Iterator[Fact]:
    """Keys that changed. Wrong was one whose question still asks the same."""
    if edition is not Edition.PELATIH:
        return
    codes = number_module(change.before).questions
    rewritten: list[str] = []
    for question in change.questions.changed:
        became = key_change(question.before, question.after)
        if not became:
            continue
        code = codes[question.before.id]
        if was_wrong(question.before, question.after):
            keys = f"dahulu {_key(question.before)}, kini {_key(question.after)}"
            yield Fact(f"Kunci soal {code} salah: {keys}", urgent=True)
        elif became == "huruf" and "teks" not in question.fields:
            key = _key(question.after)
            yield Fact(f"Kunci soal {code} kini {key}, karena pilihannya disusun ulang")
        else:
            rewritten.append(code)
    for text in _named("Kunci soal ikut berubah", rewritten):
        yield Fact(text, minor=True)


def _key(question: Question) -> str:
    """The key as plain text on one line."""
    return " ".join(printed_key(question).replace("**", "").split()).rstrip(".")


def _module(change: ModuleChange, edition: Edition) -> Iterator[str]:
    before, after = change.before.meta, change.after.meta
    sentences = {
        "jp": "Jam: dahulu {}, kini {}",
        "judul": "Judul modul kini “{1}”",
        "kode": "Kode modul kini {1}",
        "status": "Status: dahulu {}, kini {}",
        "hasil_belajar": "Hasil belajar kini: {1}",
    }
    for field, sentence in sentences.items():
        if field in change.fields:
            texts = [field_text(field, dict(meta)[field]) for meta in (before, after)]
            yield sentence.format(*(map(str.lower, texts) if field == "status" else texts))
    topics = change.topics
    yield from _named("Materi pokok baru", (f"“{t.judul}”" for t in topics.added))
    yield from _named("Materi pokok dihapus", (f"“{t.judul}”" for t in topics.removed))
    yield from _named("Materi pokok berubah", (f"“{c.after.judul}”" for c in topics.changed))


def _indicators(change: ModuleChange, edition: Edition) -> Iterator[str]:
    for indicator in change.indicators.added:
        yield f"Indikator baru, IHB {indicator.number}: {indicator.text}"
    for indicator in change.indicators.removed:
        yield f"Indikator dihapus, dahulu IHB {indicator.number}: {indicator.text}"
    for c in change.indicators.changed:
        moved = f" (dahulu IHB {c.before.number})" if "nomor" in c.fields else ""
        text = f": {c.after.text}" if "teks" in c.fields else ""
        yield f"IHB {c.after.number}{moved}{text or ' tidak berubah kata-katanya'}"


def _activities(change: ModuleChange, edition: Edition) -> Iterator[str]:
    old, new = _codes(change.before), _codes(change.after)
    added, removed, seen = _seen(
        change.activities, lambda activity: sees(edition, activity.page.edition)
    )
    for activity in added:
        minutes = field_text("menit", activity.options.menit)
        yield f"Kegiatan baru {new(activity)} “{activity.block.title}”, {minutes}"
    for activity in removed:
        yield f"Kegiatan {old(activity)} “{activity.block.title}” dihapus"
    reworded: list[str] = []
    for c in seen:
        if parts := list(_activity(c, edition)):
            yield f"Kegiatan {old(c.before)} “{c.before.block.title}”: {', '.join(parts)}"
        elif edition.value in c.fields:
            reworded.append(f"{old(c.before)} “{c.after.block.title}”")
    trainers = edition is Edition.PELATIH
    name = "Cara memandu kegiatan berubah" if trainers else "Uraian kegiatan berubah"
    yield from _named(name, reworded)


def _activity(change: Change[Activity], edition: Edition) -> Iterator[str]:
    before, after, fields = change.before, change.after, change.fields
    if "menit" in fields:
        minutes = (field_text("menit", one.options.menit) for one in (before, after))
        yield "dahulu {}, kini {}".format(*minutes)
    if "judul" in fields:
        yield f"kini berjudul “{after.block.title}”"
    if "halaman" in fields:
        yield f"pindah ke bab “{after.page.title}”"
    if "inti" in fields:
        yield f"kini {field_text('inti', after.options.inti)}"
    trainers = FOR_TRAINERS if edition is Edition.PELATIH else ()
    names = [
        label(f"kegiatan.{name}")
        for name in ("metode", "media", "indikator", *trainers)
        if name in fields
    ]
    if names:
        names[-2:] = [" dan ".join(names[-2:])]
        yield f"{', '.join(names)} berubah"


def _cards(change: ModuleChange, edition: Edition) -> Iterator[str]:
    """Sets of cards: who printed the old ones prints them anew."""
    old, new = _codes(change.before), _codes(change.after)
    added, removed, seen = _seen(change.cards, lambda cards: _shows(cards, edition))
    yield from _named("Kartu baru", (f"{new(c)} “{c.block.title}”" for c in added))
    yield from _named("Kartu dihapus", (f"{old(c)} “{c.block.title}”" for c in removed))
    yield from _named(
        "Kartu berubah",
        (
            f"{old(c.before)} “{c.before.block.title}”"
            for c in seen
            if c.fields & {edition.value, "judul", "set"}
        ),
    )


def _shows(cards: CardSet, edition: Edition) -> bool:
    page = cards.page
    blocks = visible_blocks(page.document, edition) if sees(edition, page.edition) else ()
    return any(block is cards.block for block in blocks)


def _new_questions(change: ModuleChange, edition: Edition) -> Iterator[str]:
    if edition is Edition.PELATIH:
        before = number_module(change.before).questions
        after = number_module(change.after).questions
        yield from _named("Soal baru", (after[q.id] for q in change.questions.added))
        yield from _named(
            "Soal dihapus, dengan kode lamanya", (before[q.id] for q in change.questions.removed)
        )


def _questions(change: ModuleChange, edition: Edition) -> Iterator[str]:
    before = number_module(change.before).questions
    if edition is not Edition.PELATIH:
        shown = _shown(change.before) & _shown(change.after)
        yield from _named(
            "Soal berubah",
            (
                before[c.after.id]
                for c in change.questions.changed
                if c.after.id in shown and c.fields - KEY_FIELDS - {"pakai", "tingkat", "indikator"}
            ),
        )
        return
    groups = (
        ("Soal berubah kata-katanya", {"teks", "pilihan", "jenis"}),
        ("Pembahasan berubah", {"pembahasan"}),
        ("Soal dipakai untuk tes lain", {"pakai"}),
        ("Soal berpindah indikator atau tingkat", {"indikator", "tingkat"}),
    )
    for name, fields in groups:
        found = (before[c.before.id] for c in change.questions.changed if fields & c.fields)
        yield from _named(name, found)


def _shown(module: Module) -> set[str]:
    """Questions that participants see on a page."""
    return {
        block.title
        for page in module.pages
        if sees(Edition.PESERTA, page.edition)
        for block in visible_blocks(page.document, Edition.PESERTA)
        if block.name == "soal"
    }


def _pages(change: ModuleChange, edition: Edition) -> Iterator[str]:
    def titles(pages: Iterable[Page]) -> Iterator[str]:
        return (f"“{page.title}”" for page in pages)

    added, removed, seen = _seen(change.pages, lambda page: sees(edition, page.edition))
    yield from _named("Bab atau halaman baru", titles(added))
    yield from _named("Bab atau halaman dihapus", titles(removed))
    reworded = [c.after for c in seen if c.fields & {edition.value, "judul"}]
    yield from _named("Bab atau halaman berubah", titles(reworded))


def _seen(
    found: Differences[T], shown: Callable[[T], bool]
) -> tuple[list[T], list[T], list[Change[T]]]:
    """What an edition, to which things are `shown` or not, gained, lost, and kept in another form.

    What only one of the two versions showed it has come or gone, whatever the other edition has;
    what it was or will be there is not for this edition to hear.
    """
    come = [change.after for change in found.changed if not shown(change.before)]
    gone = [change.before for change in found.changed if not shown(change.after)]
    return (
        list(filter(shown, (*found.added, *come))),
        list(filter(shown, (*found.removed, *gone))),
        [change for change in found.changed if shown(change.before) and shown(change.after)],
    )


def _sources(change: ModuleChange, sources: Mapping[str, Source]) -> Iterator[str]:
    def names(ids: Iterable[str]) -> Iterator[str]:
        return (sources[id_].short if id_ in sources else id_ for id_ in ids)

    found = change.sources
    past = [c.after.id for c in found.changed if "sejarah" in c.fields and c.after.sejarah]
    yield from _named("Rujukan baru", names(c.id for c in found.added))
    yield from _named("Rujukan tidak dipakai lagi", names(c.id for c in found.removed))
    yield from _named("Kini dikutip sebagai sejarah", names(past))


def _named(name: str, things: Iterable[str]) -> Iterator[str]:
    if found := list(things):
        yield f"{name}: {', '.join(found)}"


def _codes(module: Module) -> Callable[[Activity | CardSet], str]:
    items = number_module(module).items
    return lambda placed: items[placed.page.name, placed.block.first].code
