"""What differs between two versions of a module, as data: no text, no HTML, no git.

    change = compare(old, new)
    change.activities.changed[0].fields   # frozenset({"menit", "pelatih"})

Things are told apart by their name where they have one (pages by file, questions by id, sources by
id, activities by id or title); those left over are paired when their words are much alike, so
that a page or an activity with a new title is `changed`, not one removed and one added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from pilar.model.blocks import Document
from pilar.model.curriculum import Activity, Citation, Hours, Module, Page, Question, Topic
from pilar.model.edition import Edition
from pilar.syntax.audience import filtered

T = TypeVar("T")

ALIKE = 0.6
"""Share of common text from which two things without a common name are taken for the same one."""
KEY_FIELDS = frozenset({"kunci", "pembahasan"})
"""Fields of a question that only trainers may hear of."""


@dataclass(frozen=True)
class Change(Generic[T]):
    """A thing before and after, and which of its fields differ.

    The names are those of the YAML files and block options. `peserta` and `pelatih` stand for the
    text that this edition sees, `nama` for a page's file name, `halaman` for the page that an
    activity stands on, `nomor` for an indicator's place.
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

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Indicator:
    """An indicator and its number, from 1."""

    number: int
    text: str


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
    questions: Differences[Question]
    sources: Differences[Citation]
    pictures: Differences[str]
    """Paths below the module's folder."""

    @property
    def versions(self) -> tuple[str, str]:
        """Version before and after."""
        return self.before.meta.versi, self.after.meta.versi

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
        return bool(self.fields) or any(parts) or bool(self.sources) or bool(self.pictures)


def compare(before: Module, after: Module) -> ModuleChange:
    """What became of `before` in `after`, two versions of one module."""
    old, new = before.meta.model_dump(), after.meta.model_dump()
    return ModuleChange(
        before,
        after,
        frozenset(key for key in old if key != "versi" and old[key] != new[key]),
        _differences(_indicators(before), _indicators(after), _text, _text, _indicator_fields),
        _differences(
            before.meta.materi_pokok,
            after.meta.materi_pokok,
            lambda topic: topic.judul,
            lambda topic: " ".join((topic.judul, *topic.sub)),
            lambda a, b: _unequal(a.model_dump(), b.model_dump()),
        ),
        _differences(before.pages, after.pages, lambda page: page.name, _page_text, _page_fields),
        _activities(before, after),
        _differences(
            before.questions,
            after.questions,
            lambda question: question.id,
            None,
            lambda a, b: _unequal(a.model_dump(), b.model_dump()),
        ),
        _differences(
            before.meta.rujukan,
            after.meta.rujukan,
            lambda citation: citation.id,
            None,
            lambda a, b: _unequal(a.model_dump(), b.model_dump()),
        ),
        _differences(
            tuple(sorted(before.assets)),
            tuple(sorted(after.assets)),
            lambda path: path,
            None,
            lambda a, b: set() if before.assets[a] == after.assets[b] else {"isi"},
        ),
    )


def _indicators(module: Module) -> tuple[Indicator, ...]:
    return tuple(Indicator(number, text) for number, text in enumerate(module.meta.indikator, 1))


def _text(indicator: Indicator) -> str:
    return indicator.text


def _indicator_fields(a: Indicator, b: Indicator) -> set[str]:
    marks = (("teks", a.text != b.text), ("nomor", a.number != b.number))
    return {name for name, differs in marks if differs}


def _activities(before: Module, after: Module) -> Differences[Activity]:
    def name(activity: Activity) -> str:
        return activity.options.id or f" {activity.block.title}"

    def exact(activity: Activity) -> str:
        return activity.block.title

    return _differences(
        before.activities, after.activities, name, _activity_text, _activity_fields, exact=exact
    )


def _differences(
    before: Sequence[T],
    after: Sequence[T],
    name: Callable[[T], str],
    words: Callable[[T], str] | None,
    fields: Callable[[T, T], Iterable[str]],
    exact: Callable[[T], str] | None = None,
) -> Differences[T]:
    """Pair the things of two versions: by name, then by `exact`, then by likeness of `words`."""
    pairs: dict[int, int] = {}
    for key in (name, exact):
        if key is not None:
            places: dict[str, list[int]] = {}
            for j, b in enumerate(after):
                if j not in pairs.values():
                    places.setdefault(key(b), []).append(j)
            for i, a in enumerate(before):
                if i not in pairs and (found := places.get(key(a))):
                    pairs[i] = found.pop(0)
    if words is not None:
        left = [i for i in range(len(before)) if i not in pairs]
        right = [j for j in range(len(after)) if j not in pairs.values()]
        likeness = sorted(
            (-_alike(words(before[i]), words(after[j])), i, j) for i in left for j in right
        )
        for score, i, j in likeness:
            if -score >= ALIKE and i not in pairs and j not in pairs.values():
                pairs[i] = j
    changes = (
        Change(before[i], after[j], frozenset(fields(before[i], after[j])))
        for i, j in sorted(pairs.items(), key=lambda pair: pair[1])
    )
    return Differences(
        tuple(b for j, b in enumerate(after) if j not in pairs.values()),
        tuple(a for i, a in enumerate(before) if i not in pairs),
        tuple(change for change in changes if change.fields),
    )


def _alike(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a.split(), b.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _unequal(a: dict[str, object], b: dict[str, object]) -> set[str]:
    return {key for key in a if a[key] != b[key]}


def _lines(document: Document, edition: Edition, first: int = 1, last: int = 0) -> list[str]:
    """Text that an edition sees of some lines of a page, empty lines aside."""
    lines = filtered(document, edition)[first - 1 : last or None]
    return [text for line in lines if (text := line.rstrip())]


def _page_lines(page: Page, edition: Edition) -> list[str]:
    return _lines(page.document, edition) if page.edition in (None, edition) else []


def _page_text(page: Page) -> str:
    return "\n".join(page.document.lines)


def _page_fields(a: Page, b: Page) -> set[str]:
    found = {e.value for e in Edition if _page_lines(a, e) != _page_lines(b, e)}
    marks = (("nama", a.name, b.name), ("judul", a.title, b.title), ("edisi", a.edition, b.edition))
    return found | {name for name, x, y in marks if x != y}


def _activity_lines(activity: Activity, edition: Edition) -> list[str]:
    """What the activity says, its header and options aside."""
    block, document = activity.block, activity.page.document
    return _lines(document, edition, block.body, block.last)


def _activity_text(activity: Activity) -> str:
    return "\n".join([activity.block.title, *_activity_lines(activity, Edition.PELATIH)])


def _activity_fields(a: Activity, b: Activity) -> set[str]:
    found = {e.value for e in Edition if _activity_lines(a, e) != _activity_lines(b, e)}
    found |= _unequal(a.options.model_dump(), b.options.model_dump())
    marks = (("judul", a.block.title, b.block.title), ("halaman", a.page.name, b.page.name))
    return found | {name for name, x, y in marks if x != y}
