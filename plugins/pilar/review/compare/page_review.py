"""What is different in each page: the redline, or why it says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pilar.changes.pairing import Pairs
from pilar.redline.diff import Change, Run, compared, whole
from pilar.redline.moves import Move, with_moves
from pilar.redline.nodes import Word

from .audiences import Audiences
from .page_state import PageState

Trivial = Literal["", "baris", "nomor", "tampilan", "tersembunyi"]
"""Why a page with other bytes says the same: lines broken elsewhere, numbers that Pilar counts,
emphasis or other looks, what no edition shows. Empty: it does not say the same."""


@dataclass(frozen=True)
class PageReview:
    """A page that is new, gone, or not the same to the byte."""

    old: PageState | None
    new: PageState | None
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
    def state(self) -> PageState:
        """The newer of the two."""
        state = self.new or self.old
        assert state is not None
        return state

    @property
    def key(self) -> str:
        """Identifies it in the report."""
        kind = "halaman" if self.new else "halaman-lama"
        return f"{kind}-{self.state.module.slug}--{self.state.page.name}"

    @property
    def renamed(self) -> bool:
        """Has it another name, or another module?"""
        return bool(self.old and self.new and self.old.place != self.new.place)

    @property
    def turned(self) -> bool:
        """Does the whole page belong to another edition?"""
        return bool(self.old and self.new and self.old.audience != self.new.audience)


def page_reviews(pairs: Pairs[PageState]) -> list[PageReview]:
    """Every page that is not the same, in the new order; those that are gone come last."""
    aliases = {_path(old): _path(new) for old, new in pairs.matched}
    audiences = Audiences()
    drafts = [
        draft
        for old, new in pairs.everything
        if not (old and new and old.same_as(new))
        and (draft := _draft(audiences, old, new, aliases))
    ]
    redlines, moves = with_moves([draft.redline for draft in drafts if draft.redline])
    numbered = iter(enumerate(redlines))
    return [
        _counted(draft, audiences, *next(numbered), moves) if draft.redline else draft
        for draft in drafts
    ]


def _draft(
    audiences: Audiences, old: PageState | None, new: PageState | None, aliases: Mapping[str, str]
) -> PageReview | None:
    """A page with its redline, before passages of other pages are looked at."""
    if old and new:
        if old.plain != new.plain:
            # A page that came from a module with mistakes compares with its source.
            old, new = replace(old, plain=True), replace(new, plain=True)
        draft = _compared(audiences, old, new, aliases)
        told = draft.redline or draft.trivial or draft.renamed or draft.turned
        return draft if told else None
    if new:
        return PageReview(None, new, whole(audiences.new_tree(new), "in"))
    return PageReview(old, None, whole(audiences.old_tree(old, aliases), "out")) if old else None


def _path(state: PageState) -> str:
    return f"{state.module.slug}/{state.page.name}.md"


def _compared(
    audiences: Audiences, old: PageState, new: PageState, aliases: Mapping[str, str]
) -> PageReview:
    if old.says == new.says:
        return PageReview(old, new)
    before, after = audiences.old_tree(old, aliases), audiences.new_tree(new)
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


def _shown(state: PageState) -> list[str]:
    """Lines without comments, empty ones aside."""
    return [line.rstrip() for line in state.page.document.lines if line.strip()]


def _counted(
    review: PageReview, audiences: Audiences, number: int, redline: Change, moves: Sequence[Move]
) -> PageReview:
    """A page with the moves in its redline, the `number`-th of all, and how much changed."""
    opened, keys, closed = audiences.changes_of(review.new) if review.new else (0, 0, 0)
    runs = [run for change in redline.walk() for run in real_runs(change.words)]
    words = {
        fate: sum(_word_count(words) for kind, words in runs if kind == fate)
        + sum(_whole_words(redline, fate))
        for fate in ("in", "out")
    }

    def moved(out: bool, into: bool) -> int:
        ends = (out, into)
        return sum(m.words for m in moves if (m.source == number, m.target == number) == ends)

    return replace(
        review,
        redline=redline,
        inserted=words["in"],
        deleted=words["out"],
        moved=moved(False, True),
        within=moved(True, True),
        left=moved(True, False),
        opened=opened,
        keys=keys,
        closed=closed,
    )


def real_runs(runs: Sequence[Run]) -> list[Run]:
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


def _word_count(words: Sequence[Word]) -> int:
    """How many words, pictures and marks of punctuation aside."""
    return sum("picture" not in word.marks and any(map(str.isalnum, word.text)) for word in words)


def _whole_words(change: Change, status: str) -> Iterator[int]:
    """Words of elements inserted (deleted) whole, moved ones aside."""
    if change.move:
        return
    if change.status == status:
        yield _word_count(change.node.words)
    for child in change.children:
        yield from _whole_words(child, status)
