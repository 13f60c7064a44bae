"""index.html: the report, in one file that needs nothing else and no scripts."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup, escape

from pilar.assembly.blockdata import key_text
from pilar.checks.coverage import coverage
from pilar.editions.fields import field_text, field_title, label
from pilar.editions.templates import environment
from pilar.evidence.pooled import PooledActivity
from pilar.model.curriculum import GROUPS, Activity, Module, Pairs, Question, letters
from pilar.model.edition import Edition
from pilar.redline.marks import page_html, words_html
from pilar.review.compare.data import ModuleReview, Review
from pilar.review.compare.effects import RunReview

from .attention import attention
from .evidence_words import beside
from .lines import lines
from .overview import headline, overview, written_by
from .page_words import page_line, page_title
from .phrases import END, IN, OUT, state, text_runs, title, trivial_facts
from .problems import grouped_problems
from .registries import registry_lines
from .run_words import field_rows, run_line, run_part, when
from .summary import importance, named_books, print_cells


@dataclass(frozen=True)
class Row:
    """A row of a table before and after; `marked` has the new cell with its changes marked."""

    label: str
    before: str
    after: str
    marked: Markup

    @property
    def changed(self) -> bool:
        """Is it different?"""
        return self.before != self.after


def html(review: Review, templates: Path, evidence: str = "") -> str:
    """The whole report; `evidence` is the address of the page on what runs showed, if any."""
    made = environment(
        templates,
        style="ulasan.css",
        teks=text_html,
        gambar=data_uri,
        redline=page_html,
        judul_modul=title,
        keadaan=state,
        halaman=page_line,
        judul_halaman=page_title,
    )
    changed = sorted((m for m in review.modules if m.told), key=importance, reverse=True)
    return made.get_template("laporan.html").render(
        ulasan=review,
        judul=headline(review).removeprefix("Ulasan: "),
        penulis=written_by(review),
        ikhtisar=list(overview(review)),
        perhatian=attention(review),
        modul=[(module, list(lines(module, review))) for module in changed],
        tenang=[m for m in review.modules if not m.told],
        kurikulum=list(registry_lines(review)),
        tanpa_isi=trivial_facts,
        buku=list(named_books(review)),
        struktur=structure,
        kegiatan=activities,
        soal=questions,
        masalah=grouped_problems,
        pelatihan=[(run, when(run), run_line(run)) for run in review.runs],
        bagian_pelatihan=run_part,
        isian_pelatihan=run_fields,
        sel_cetak=print_cells,
        edisi=Edition,
        bukti_semua=evidence,
    )


def text_html(text: str) -> Markup:
    """A line's text with its marks."""
    html = str(escape(text))
    for mark, tag in ((OUT, "del"), (IN, "ins")):
        html = re.sub(f"{mark}(.*?){END}", rf"<{tag}>\1</{tag}>", html)
    return Markup(html)


def data_uri(data: bytes, name: str = "x.webp") -> Markup:
    """An address that holds the picture itself."""
    kind = mimetypes.guess_type(name)[0] or "image/webp"
    return Markup(f"data:{kind};base64,{base64.b64encode(data).decode()}")


def run_fields(run: RunReview) -> list[Row]:
    """What a run's file says, before and after; all of it where the run is new."""
    return [_row(*fact) for fact in field_rows(run)]


def _row(label: str, before: str, after: str) -> Row:
    return Row(label, before, after, words_html(text_runs(before, after)))


def structure(review: ModuleReview) -> list[Row]:
    """What modul.yml says, before and after."""
    old, new = _facts(review.old), _facts(review.new)
    rows = [_row(label, old.get(label, ""), new.get(label, "")) for label in {**new, **old}]
    lists = _lists(review.old), _lists(review.new)
    return rows + [_list_row(label, *(side.get(label, ()) for side in lists)) for label in _LISTS]


def _facts(module: Module | None) -> dict[str, str]:
    if module is None:
        return {}
    meta = module.meta
    facts = {
        **{
            field_title(field): field_text(field, dict(meta)[field])
            for field in ("judul", "kode", "versi", "status")
        },
        "Kelompok": GROUPS[meta.kelompok],
        "JP teori": str(meta.jp.teori),
        "JP penugasan": str(meta.jp.penugasan),
        "JP praktik lapangan": str(meta.jp.praktik_lapangan),
        "Menit": f"{sum(a.options.menit for a in module.activities)} dari {meta.jp.minutes}",
        "Deskripsi": meta.deskripsi,
        "Hasil belajar": meta.hasil_belajar,
    }
    for item, text in zip(coverage(module), meta.indikator, strict=True):
        cover = f"({len(item.activities)} kegiatan, {len(item.questions)} soal)"
        facts[f"IHB {item.number}"] = f"{text} {cover}"
    for number, topic in enumerate(meta.materi_pokok, 1):
        facts[f"Materi {number}"] = ": ".join(filter(None, (topic.judul, "; ".join(topic.sub))))
    facts["Prasyarat"] = ", ".join(meta.prasyarat) or "–"
    facts["Urutan halaman"] = ", ".join(page.name for page in module.pages)
    return facts


_LISTS = ("Rujukan", "Perlu verifikasi")


def _lists(module: Module | None) -> dict[str, tuple[str, ...]]:
    """Long lists of modul.yml, of which only what came and went is shown."""
    if module is None:
        return {}
    sources = (f"{c.id} (sejarah)" if c.sejarah else c.id for c in module.meta.rujukan)
    return dict(zip(_LISTS, (tuple(sources), tuple(module.meta.perlu_verifikasi)), strict=True))


def _list_row(label: str, before: Sequence[str], after: Sequence[str]) -> Row:
    gone = [item for item in before if item not in after]
    come = [item for item in after if item not in before]
    if not gone and not come:
        text = _items(after, "span")
        return Row(label, text, text, text)
    return Row(label, _items(gone, "del"), _items(come, "ins"), _items(come, "ins"))


def _items(items: Sequence[str], tag: str) -> Markup:
    if not items:
        return Markup("")
    listed = Markup("").join(Markup("<li><{0}>{1}</{0}></li>").format(tag, item) for item in items)
    return Markup('<ul class="butir">{}</ul>').format(listed)


def activities(review: ModuleReview) -> Iterator[tuple[str, Row, Row, list[str]]]:
    """Title, minutes, the rest and what runs showed of each activity that came, went, is arranged
    otherwise, or is told otherwise and was in such a run.
    """
    change = review.change
    if change is None:
        return
    found = change.activities
    for old, new in (
        *((activity, None) for activity in found.removed),
        *((pair.before, pair.after) for pair in found.changed),
        *((None, activity) for activity in found.added),
    ):
        both = [activity for activity in (old, new) if activity]
        minutes = _row("", *(str(a.options.menit) if a else "" for a in (old, new)))
        rest = _row("", *(_arrangement(a) if a else "" for a in (old, new)))
        title = both[-1].block.title
        shown = beside(review, title, PooledActivity)
        if minutes.changed or rest.changed or shown:
            yield title, minutes, rest, shown


def _arrangement(activity: Activity) -> str:
    options = activity.options
    facts = [
        activity.block.title,
        f"metode: {field_text('metode', options.metode)}",
        f"media: {field_text('media', options.media)}",
        field_text("indikator", options.indikator),
        *(
            f"{label(field)}: {field_text(field, value)}"
            for field in ("bahan", "kegiatan.kelompok", "minimum")
            if (value := dict(options)[field.rpartition(".")[2]])
        ),
    ]
    return "; ".join(facts if options.inti else [*facts, "boleh dilewati"])


@dataclass(frozen=True)
class Card:
    """A question before and after, each as label and text; `marked` lies in the new one."""

    id: str
    what: str
    rows: tuple[Row, ...]
    evidence: Sequence[str] = ()
    """What runs showed of it."""


def questions(review: ModuleReview) -> list[Card]:
    """Questions that came, went or changed."""
    change = review.change
    if change is None:
        return []
    cards = [_card(pair.before, pair.after, "berubah") for pair in change.questions.changed]
    cards += [_card(None, question, "baru") for question in change.questions.added]
    cards += [_card(question, None, "dihapus") for question in change.questions.removed]
    return [replace(card, evidence=beside(review, card.id, Mapping)) for card in cards]


def _card(old: Question | None, new: Question | None, what: str) -> Card:
    before, after = dict(_question(old)), dict(_question(new))
    question = new or old
    assert question is not None
    rows = (_row(label, before.get(label, ""), after.get(label, "")) for label in after | before)
    return Card(question.id, what, tuple(rows))


def _question(question: Question | None) -> Iterable[tuple[str, str]]:
    if question is None:
        return
    yield "Soal", question.teks
    if isinstance(question.pilihan, Pairs):
        pairs = enumerate(question.pilihan.kiri, 1)
        yield "Kiri", "; ".join(f"{number}. {text}" for number, text in pairs)
        right = zip(letters(len(question.pilihan.kanan)), question.pilihan.kanan, strict=True)
        yield "Kanan", "; ".join(f"{letter}. {text}" for letter, text in right)
    else:
        yield from zip(letters(len(question.pilihan)), question.pilihan, strict=True)
    yield "Kunci", key_text(question)
    if question.pembahasan:
        yield "Pembahasan", question.pembahasan
    level, kind, uses = (
        field_text(field, dict(question)[field]) for field in ("tingkat", "jenis", "pakai")
    )
    yield "Data", f"IHB {question.indikator}, tingkat {level}, {kind}, dipakai: {uses}"
