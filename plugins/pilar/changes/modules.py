"""What differs between two versions of a module, as data: no text, no HTML, no git.

    change = compare(old, new)
    change.activities.changed[0].fields   # frozenset({"menit", "pelatih"})

Things are told apart by their name where they have one (questions by id, sources by id, activities
by id or title); those left over are paired when their words are much alike (see `pairing`), so that
an activity with a new title is `changed`, not one removed and one added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pilar.content.card_list import cards
from pilar.model.blocks import FOR_TRAINERS, Block, CardOptions, Document, Frozen
from pilar.model.curriculum import Activity, Citation, Hours, Module, Page, Question, Topic
from pilar.model.edition import Edition
from pilar.syntax.audience import filtered, visible_blocks

from .pairing import Pairs, PlacedPage, letters, paired_pages

T = TypeVar("T")

KEY_FIELDS = frozenset({"kunci", "pembahasan"})
"""Fields of a question that only trainers may hear of."""


@dataclass(frozen=True)
class Change(Generic[T]):
    """A thing before and after, and which of its fields differ.

    The names are those of the YAML files and block options. `peserta` and `pelatih` stand for the
    text that this edition sees, `nama` for a page's file name, `halaman` for the page that an
    activity or a set of cards stands on, `nomor` for an indicator's place.
    """

    before: T
    after: T
    fields: frozenset[str]


@dataclass(frozen=True)
class Differences(Generic[T]):
    """Things of one kind: those that came, went, or became otherwise, each in reading order."""

    added: tuple[T, ...] = ()
    removed: tuple[T, ...] = ()
    changed: tuple[Change[T], ...] = ()
    reordered: bool = False
    """Do those that are there before and after stand in another order?"""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Indicator:
    """An indicator and its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class CardSet:
    """A block `kartu` and the page that it stands on."""

    block: Block
    page: Page

    @property
    def options(self) -> CardOptions:
        """Sets, cards in a row, readers."""
        assert isinstance(self.block.options, CardOptions)
        return self.block.options

    @property
    def texts(self) -> tuple[str, ...]:
        """Each card as written."""
        return cards(self.page.document.lines, self.block)


@dataclass(frozen=True)
class ModuleChange:
    """All that differs between two versions of a module."""

    before: Module
    after: Module
    fields: frozenset[str]
    """Keys of modul.yml whose values differ, `versi` aside."""
    indicators: Differences[Indicator]
    topics: Differences[Topic]
    pages: Differences[Page]
    activities: Differences[Activity]
    cards: Differences[CardSet]
    questions: Differences[Question]
    sources: Differences[Citation]
    pictures: Differences[str]
    """Paths below the module's folder."""

    @property
    def hours(self) -> tuple[Hours, Hours] | None:
        """Hours before and after, None where they are the same."""
        return (self.before.meta.jp, self.after.meta.jp) if "jp" in self.fields else None

    @property
    def result(self) -> tuple[str, str] | None:
        """Hasil belajar before and after, None where it is the same."""
        if "hasil_belajar" not in self.fields:
            return None
        return self.before.meta.hasil_belajar, self.after.meta.hasil_belajar

    @property
    def renamed(self) -> tuple[Change[Page], ...]:
        """Pages whose file name is another."""
        return tuple(change for change in self.pages.changed if "nama" in change.fields)

    def __bool__(self) -> bool:
        parts = (self.indicators, self.topics, self.pages, self.activities, self.questions)
        rest = (self.cards, self.sources, self.pictures)
        return bool(self.fields) or any(parts) or any(rest)


def compare(
    before: Module, after: Module, pages: Sequence[tuple[PlacedPage, PlacedPage]] | None = None
) -> ModuleChange:
    """What became of `before` in `after`, two versions of one module.

    `pages` has every page that is there before and after where more modules than this one are
    compared, and pages may have gone from one to another.
    """
    return ModuleChange(
        before=before,
        after=after,
        fields=differing(before.meta, after.meta) - {"versi"},
        indicators=differences(
            Pairs(_indicators(before), _indicators(after))
            .by(lambda indicator: indicator.text)
            .alike(lambda indicator: indicator.text.split()),
            _indicator_fields,
        ),
        topics=differences(
            Pairs(before.meta.materi_pokok, after.meta.materi_pokok)
            .by(lambda topic: topic.judul)
            .alike(lambda topic: letters(topic.judul)),
            differing,
        ),
        pages=differences(_pages(before, after, pages), _page_fields),
        activities=_blocks(before.activities, after.activities, _activity_words),
        cards=_blocks(_card_sets(before), _card_sets(after), _card_words),
        questions=differences(
            Pairs(before.questions, after.questions).by(lambda question: question.id), differing
        ),
        sources=differences(
            Pairs(before.meta.rujukan, after.meta.rujukan).by(lambda citation: citation.id),
            differing,
        ),
        pictures=differences(
            Pairs(sorted(before.assets), sorted(after.assets)).by(lambda path: path),
            lambda a, b: {"isi"} if before.assets[a] != after.assets[b] else (),
        ),
    )


def differences(
    pairs: Pairs[T], fields: Callable[[T, T], Iterable[str]] = lambda *_: ()
) -> Differences[T]:
    """What came, went, or became otherwise; `fields` names what differs between two things."""
    changes = (Change(a, b, frozenset(fields(a, b))) for a, b in pairs.matched)
    return Differences(
        tuple(pairs.added),
        tuple(pairs.removed),
        tuple(change for change in changes if change.fields),
        pairs.reordered,
    )


def differing(a: Frozen, b: Frozen) -> frozenset[str]:
    """Names of the fields in which two values of one class differ."""
    old, new = dict(a), dict(b)
    return frozenset(name for name in old if old[name] != new[name])


def _pages(
    before: Module, after: Module, matched: Sequence[tuple[PlacedPage, PlacedPage]] | None
) -> Pairs[Page]:
    """Pages of one module: a partner that stands in another module is none."""
    if matched is None:
        old = [PlacedPage(before, page) for page in before.pages]
        new = [PlacedPage(after, page) for page in after.pages]
        matched = paired_pages(old, new, {after.slug: before.slug}).matched
    numbers = {id(new.page): number for number, (_, new) in enumerate(matched)}
    partners = {id(old.page): number for number, (old, _) in enumerate(matched)}
    return Pairs(before.pages, after.pages).by(
        lambda page: numbers.get(id(page)), lambda page: partners.get(id(page), "")
    )


def _indicators(module: Module) -> tuple[Indicator, ...]:
    return tuple(Indicator(number, text) for number, text in enumerate(module.meta.indikator, 1))


def _indicator_fields(a: Indicator, b: Indicator) -> set[str]:
    marks = (("teks", a.text != b.text), ("nomor", a.number != b.number))
    return {name for name, differs in marks if differs}


def _lines(document: Document, edition: Edition, first: int = 1, last: int = 0) -> list[str]:
    """Text that an edition sees of some lines of a page, empty lines aside; of options, values."""
    lines = list(filtered(document, edition))
    hidden = set(FOR_TRAINERS) if edition is not Edition.PELATIH else None
    for block in visible_blocks(document, edition):
        lines[block.first - 1] += str(block.options.model_dump(exclude=hidden))
        lines[block.first : block.body - 1] = [""] * (block.body - block.first - 1)
    return [text for line in lines[first - 1 : last or None] if (text := line.rstrip())]


def _page_lines(page: Page, edition: Edition) -> list[str]:
    return _lines(page.document, edition) if page.edition in (None, edition) else []


def _page_fields(a: Page, b: Page) -> set[str]:
    found = {e.value for e in Edition if _page_lines(a, e) != _page_lines(b, e)}
    marks = (("nama", a.name, b.name), ("judul", a.title, b.title), ("edisi", a.edition, b.edition))
    return found | {name for name, x, y in marks if x != y}


def _block_lines(placed: Activity | CardSet, edition: Edition) -> list[str]:
    """What the block says, its header and options aside."""
    block, document = placed.block, placed.page.document
    return _lines(document, edition, block.body, block.last)


B = TypeVar("B", Activity, CardSet)


def _blocks(
    before: Sequence[B], after: Sequence[B], words: Callable[[B], list[str]]
) -> Differences[B]:
    """Blocks are the same by their id, their title or their words."""
    pairs = Pairs(before, after).by(lambda placed: placed.options.id or f" {placed.block.title}")
    return differences(pairs.by(lambda placed: placed.block.title).alike(words), _block_fields)


def _card_sets(module: Module) -> tuple[CardSet, ...]:
    return tuple(CardSet(block, page) for page, block in module.blocks("kartu"))


def _card_words(cards: CardSet) -> list[str]:
    return " ".join([cards.block.title, *cards.texts]).split()


def _activity_words(activity: Activity) -> list[str]:
    return " ".join([activity.block.title, *_block_lines(activity, Edition.PELATIH)]).split()


def _block_fields(a: Activity | CardSet, b: Activity | CardSet) -> set[str]:
    found = {e.value for e in Edition if _block_lines(a, e) != _block_lines(b, e)}
    marks = (("judul", a.block.title, b.block.title), ("halaman", a.page.name, b.page.name))
    return found | differing(a.options, b.options) | {name for name, x, y in marks if x != y}
