"""What became of a page, in words (Bahasa Indonesia): its text, and what it shows besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pilar.changes.pairing import Pairs
from pilar.editions.words import number
from pilar.redline.diff import Change
from pilar.redline.marks import form_changes
from pilar.redline.nodes import Node, Word
from pilar.review.compare.page_review import PageReview, real_runs

from .phrases import Runs, became, cited, counted, cut, listed, marked, quoted, spaced

_READERS = {"pelatih": "pelatih saja", "peserta": "peserta saja", "": "kedua edisi"}
_PLACES, _FEW = 3, 40
"""Changed places, and words in them, that a page has at most for the summary to show them."""
_FACTS = 5
"""How many things that are no words are told of a page."""
_TICKS = {"☑": "dicentang", "☐": "kosong"}


def page_title(page: PageReview) -> str:
    """The title of a page in quotation marks."""
    return quoted(page.state.page.title, 90)


def page_line(page: PageReview) -> str:
    """What became of a page, without its title: new, gone, renamed, and how many words."""
    if page.old is None:
        text = f"baru, {counted(page.inserted, 'kata')}"
    elif page.new is None:
        text = f"dihapus, {counted(page.deleted, 'kata')}"
    else:
        text = word_count(page.inserted, page.deleted)
    extra = list(_places(page))
    shown = cut([fact for _, fact in unspoken(page)], _FACTS, "lainnya yang bukan kata")
    if text:
        extra += shown
    else:
        text = "; ".join(shown)
    if page.opened:
        extra.append(f"{counted(page.opened, 'bagian')} kini terlihat peserta")
    if page.turned and page.new:
        extra.append(f"dahulu untuk {_READERS[page.old.audience if page.old else '']}")
    elif page.closed:
        extra.append(f"{counted(page.closed, 'bagian')} kini hanya untuk pelatih")
    if page.moved:
        extra.append(f"{counted(page.moved, 'kata')} pindah ke sini")
    if page.within and not (page.opened or page.closed):
        extra.append(f"{counted(page.within, 'kata')} berganti tempat di halaman ini")
    if page.left:
        extra.append(f"{counted(page.left, 'kata')} pindah ke halaman lain")
    if page.state.page.edition:
        extra.append(f"hanya {page.state.page.edition.value}")
    if page.redline is None:
        extra.append("isinya sama")
    if not text:
        return "; ".join(extra)
    return f"{text} ({'; '.join(extra)})" if extra else text


def word_count(inserted: int, deleted: int) -> str:
    """`+3 −1 kata`; empty where there are none."""
    signs = (("+", inserted), ("−", deleted))
    counts = [f"{sign}{number(count)}" for sign, count in signs if count]
    return f"{' '.join(counts)} kata" if counts else ""


def unspoken(page: PageReview) -> Iterator[tuple[str, str]]:
    """What is different besides the words, each as what it is called and what became of it."""
    if page.redline is None or not (page.old and page.new):
        return
    changes = list(_standing(page.redline))
    found = [*_forms(changes), *_ticks(changes), *_links(changes)]
    yield from found
    moved = page.moved or page.within or page.left
    turned = page.opened or page.closed or page.turned
    if found or moved or turned or page.inserted or page.deleted:
        return
    words = (word for change in changes for word in change.node.words if change.changed)
    if list(_edits(page.redline)):
        yield "tanda baca", "tanda bacanya berubah"
    elif any("picture" in word.marks for word in words):
        yield "gambar", "gambarnya berganti"
    else:
        yield "bentuk", "bentuknya berganti"


def _standing(change: Change) -> Iterator[Change]:
    """A change and all below it, but not what is in a passage that moved."""
    if change.changed and not (change.move and change.status == "out"):
        yield change
    for child in change.children if not change.move else ():
        yield from _standing(child)


def _forms(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    forms = Counter(fact for change in changes for fact in form_changes(change))
    for (name, before, after), count in forms.items():
        places = f" di {count} tempat" if count > 1 else ""
        yield name, f"{name} {became(before, after)}{places}"
    if orders := sum(change.reordered for change in changes):
        places = f" di {orders} daftar" if orders > 1 else ""
        yield "urutan butir", f"urutan butir daftar berubah{places}"


def _ticks(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    turned: Counter[str] = Counter()
    for change in changes:
        if change.old:
            signs = (
                [w.text for w in n.words if w.text in _TICKS] for n in (change.old, change.node)
            )
            turned.update(new for old, new in zip(*signs, strict=False) if old != new)
    for sign, count in turned.items():
        yield "centang", f"{counted(count, 'kotak')} kini {_TICKS[sign]}"


@dataclass(frozen=True)
class _Link:
    text: str
    target: str
    address: str


def _links(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Links that lead elsewhere under the same words; those out of the project that come and go."""
    gone, come = list[_Link](), list[_Link]()
    for change in changes:
        if change.status != "out" and not change.node.children:
            come += _linked(change.node)
        if node := change.node if change.status == "out" else change.old:
            gone += _linked(node) if not node.children else ()
    pairs = Pairs(gone, come).by(lambda link: (link.target, link.text)).by(lambda link: link.target)
    same = {id(link) for _, link in pairs.matched}
    pairs.by(lambda link: link.text)
    for old, new in pairs.matched:
        if id(new) not in same:
            addresses = became(old.address, new.address)
            yield "alamat tautan", f"alamat tautan {cited(new.text, 60)}: {addresses}"
    for links, what in ((pairs.removed, "tautan dihapus"), (pairs.added, "tautan baru")):
        if outside := list(dict.fromkeys(link.address for link in links if ":" in link.address)):
            yield "tautan", f"{what}: {listed(outside, 4)}"


def _linked(node: Node) -> Iterator[_Link]:
    for (target, address), words in groupby(node.words, key=lambda w: (w.target, w.address)):
        if address:
            yield _Link(" ".join(spaced(tuple(words))), target, address)


def _places(page: PageReview) -> Iterator[str]:
    """Where a page stood, and what it was called, where that was otherwise."""
    if page.old is None or page.new is None:
        return
    old, new = page.old, page.new
    if old.module.meta.kode != new.module.meta.kode:
        yield f"pindahan dari {old.module.meta.kode}"
    if old.page.name != new.page.name:
        yield f"dahulu {old.page.name}.md, kini {new.page.name}.md"
    if old.page.title != new.page.title:
        yield f"dahulu berjudul {quoted(old.page.title, 90)}"


def excerpts(page: PageReview) -> str:
    """The changes of a page in words, where they are few and short; else empty."""
    many = page.inserted + page.deleted > _FEW
    if page.redline is None or not (page.old and page.new) or many:
        return ""
    places: list[Runs] = []
    for runs in _edits(page.redline):
        fates = {fate for fate, _ in runs}
        if fates == {"in"} and places and {fate for fate, _ in places[-1]} == {"out"}:
            places[-1] = [*places[-1], *runs]  # one was written in place of the other
        else:
            places.append(runs)
    return "; ".join(map(marked, places)) if len(places) <= _PLACES else ""


def note_text(change: Change) -> str:
    """What an entry of perubahan.md says, or what became of it, and to whom alone."""
    only = f" (hanya {change.node.audience})" if change.node.audience else ""
    if change.words:
        return marked(real_runs(change.words)) + only
    gone = "dihapus: " if change.status == "out" else ""
    return f"{gone}{cited(' '.join(spaced(change.node.words)))}{only}"


def _edits(change: Change) -> Iterator[Runs]:
    """Words of each place that says something else; what only moved or links elsewhere aside."""
    runs: Runs = real_runs(change.words)
    if change.status in ("in", "out") and not change.move and not change.children:
        runs = [(change.status, change.node.words)]
    runs = [(fate, left) for fate, run in runs if (left := [w for w in run if _read(w)])]
    if any(fate != "same" for fate, _ in runs):
        yield runs
    for child in change.children if not change.move else ():
        yield from _edits(child)


def _read(word: Word) -> bool:
    return not word.number and "picture" not in word.marks
