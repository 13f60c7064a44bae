"""What became of a page, in words that its line, its summary and its report share."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.editions.words import number
from pilar.redline.diff import Change
from pilar.redline.nodes import Word
from pilar.review.compare.page_review import PageReview, real_runs

from .phrases import Runs, counted, marked, quoted

_READERS = {"pelatih": "pelatih saja", "peserta": "peserta saja", "": "kedua edisi"}
_PLACES, _FEW = 3, 40
"""Changed places, and words in them, that a page has at most for the summary to show them."""


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
        text = word_count(page.inserted, page.deleted) or _unsaid(page)
    extra = list(_places(page))
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


def _unsaid(page: PageReview) -> str:
    """What is different in a page that has the same words."""
    turned = page.opened or page.closed or page.turned
    if page.redline is None or page.moved or page.within or page.left or turned:
        return ""
    if list(_edits(page.redline)):
        return "tanda bacanya berubah"
    changes = page.redline.walk()
    words = (word for change in changes for word in change.node.words if change.changed)
    pictures = any("picture" in word.marks for word in words)
    return "gambarnya berganti" if pictures else "tautan atau bentuknya berganti"


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
