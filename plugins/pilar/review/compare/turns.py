"""What is different in each page: the redline, or why it says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pilar.redline.diff import Change, Run, compared, whole
from pilar.redline.moves import Move, with_moves
from pilar.redline.nodes import Word

from .page_state import Sheet
from .pairing import paired
from .sides import Trees

Trivial = Literal["", "baris", "nomor", "tampilan", "tersembunyi"]
"""Why a page with other bytes says the same: lines broken elsewhere, numbers that Pilar counts,
emphasis or other looks, what no edition shows. Empty: it does not say the same."""


@dataclass(frozen=True)
class PageReview:
    """A page that is new, gone, or not the same to the byte."""

    old: Sheet | None
    new: Sheet | None
    redline: Change | None = None
    trivial: Trivial = ""
    inserted: int = 0
    """Words that came, moved ones aside."""
    deleted: int = 0
    moved: int = 0
    """Words of passages that moved into it from another page."""
    within: int = 0
    """Words of passages that stand elsewhere on it now."""
    left: int = 0
    """Words of passages that moved from it to another page."""
    opened: int = 0
    """Passages that only trainers saw and that participants see now, perhaps edited."""
    keys: int = 0
    """How many of them stood in a key."""
    closed: int = 0
    """Passages that participants saw and that only trainers see now, perhaps edited."""

    @property
    def sheet(self) -> Sheet:
        """The newer of the two."""
        sheet = self.new or self.old
        assert sheet is not None
        return sheet

    @property
    def key(self) -> str:
        """Identifies it in the report."""
        kind = "halaman" if self.new else "halaman-lama"
        return f"{kind}-{self.sheet.module.slug}--{self.sheet.page.name}"

    @property
    def renamed(self) -> bool:
        """Has it another name, or another module?"""
        return bool(self.old and self.new and self.old.place != self.new.place)

    @property
    def turned(self) -> bool:
        """Does the whole page belong to another edition?"""
        return bool(self.old and self.new and self.old.audience != self.new.audience)


def reviewed(
    before: list[Sheet], after: list[Sheet], modules: Mapping[str, str]
) -> tuple[list[PageReview], list[Move]]:
    """Every page that is not the same, and the passages that moved.

    `modules` has the old slug of each new one.
    """
    drafts: list[PageReview] = []
    trees = Trees()
    pairs = list(paired(before, after, modules))
    aliases = {_path(old): _path(new) for old, new in pairs if old and new}
    for old, new in pairs:
        if old and new:
            if old.same_as(new):
                continue
            if old.plain != new.plain:
                # A page that came from a module with mistakes compares with its source.
                old, new = replace(old, plain=True), replace(new, plain=True)
            draft = _compared(trees, old, new, aliases)
            if draft.redline or draft.trivial or draft.renamed or draft.turned:
                drafts.append(draft)
        elif new:
            drafts.append(PageReview(None, new, whole(trees.new(new), "in")))
        elif old:
            drafts.append(PageReview(old, None, whole(trees.old(old, aliases), "out")))
    redlines = [draft.redline for draft in drafts if draft.redline]
    marked, moves = with_moves(redlines)
    following = iter(marked)
    result: list[PageReview] = []
    number = 0
    for draft in drafts:
        if draft.redline:
            draft = _counted(draft, next(following), number, moves)
            if draft.new:
                opened, keys, closed = trees.turned(draft.new)
                draft = replace(draft, opened=opened, keys=keys, closed=closed)
            number += 1
        result.append(draft)
    return result, moves


def _path(sheet: Sheet) -> str:
    return f"{sheet.module.slug}/{sheet.page.name}.md"


def _compared(trees: Trees, old: Sheet, new: Sheet, aliases: Mapping[str, str]) -> PageReview:
    if old.says == new.says:
        return PageReview(old, new)
    before, after = trees.old(old, aliases), trees.new(new)
    change = compared(before, after)
    if change.changed:
        return PageReview(old, new, change)
    trivial: Trivial
    if old.place != new.place or old.audience != new.audience:
        # That it stands elsewhere is worth telling, whatever else is different.
        trivial = ""
    elif old.raw == new.raw:
        # Only what Pilar puts into it differs: numbers.
        trivial = "nomor" if old.sources != new.sources else ""
    elif old.flat == new.flat:
        trivial = "baris"
    elif _shown(old) == _shown(new):
        trivial = "tersembunyi"
    else:
        trivial = "tampilan"
    return PageReview(old, new, None, trivial)


def _shown(sheet: Sheet) -> list[str]:
    """Lines without comments, empty ones aside."""
    return [line.rstrip() for line in sheet.page.document.lines if line.strip()]


def _counted(review: PageReview, redline: Change, number: int, moves: list[Move]) -> PageReview:
    inserted = deleted = 0
    for change in redline.walk():
        runs = said(change.words)
        inserted += sum(_spoken(words) for fate, words in runs if fate == "in")
        deleted += sum(_spoken(words) for fate, words in runs if fate == "out")
    inserted += sum(_loose(redline, "in"))
    deleted += sum(_loose(redline, "out"))

    def words(out: bool, into: bool) -> int:
        ends = (out, into)
        return sum(m.words for m in moves if (m.source == number, m.target == number) == ends)

    return replace(
        review,
        redline=redline,
        inserted=inserted,
        deleted=deleted,
        moved=words(False, True),
        within=words(True, True),
        left=words(True, False),
    )


def said(runs: Sequence[Run]) -> list[Run]:
    """Runs without words that were replaced by the same ones: those only link elsewhere."""
    left: list[Run] = []
    for fate, words in runs:
        before = left[-1] if left else None
        texts = [word.text for word in words]
        if before and (before[0], fate) == ("out", "in") and texts == [w.text for w in before[1]]:
            left[-1] = "same", words
        else:
            left.append((fate, words))
    return left


def _spoken(words: Sequence[Word]) -> int:
    """How many words, pictures and marks of punctuation aside."""
    return sum("picture" not in word.marks and any(map(str.isalnum, word.text)) for word in words)


def _loose(change: Change, status: str) -> Iterator[int]:
    """Words of elements inserted (deleted) whole, moved ones aside."""
    if change.move:
        return
    if change.status == status:
        yield _spoken(change.node.words)
    for child in change.children:
        yield from _loose(child, status)
