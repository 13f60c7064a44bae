"""What is different in each page: the redline, or why it says the same, and who sees what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pilar.changes.pairing import Pairs
from pilar.redline.diff import MOVED, Change, Run, compared, whole
from pilar.redline.moves import Move, pieces, with_moves
from pilar.redline.nodes import Node, Word, similarity

from .page_state import PageState

_KNOWN = 4
"""Words from which on a passage is known again wherever it stands."""
_NEARLY = 0.6
"""Share of common words from which on a passage is the same one, edited. Lower than for moves:
a key reported too often costs a look, one not reported costs the test."""
_KEY = "kunci"
"""Class of what holds answers."""

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
        draft for old, new in pairs.everything if (draft := _draft(audiences, old, new, aliases))
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
        differs = draft.redline or draft.trivial or draft.renamed or draft.turned
        return draft if differs else None
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


class _Passages:
    """Passages that some edition sees in one state."""

    def __init__(self) -> None:
        self.texts: set[int] = set()
        self.keys: set[int] = set()
        self._near: dict[object, list[Node]] = defaultdict(list)

    def add(self, leaf: Node, key: bool) -> None:
        """Know this passage again."""
        if leaf.text_key not in self.texts:
            self.texts.add(leaf.text_key)
            for piece in pieces(leaf):
                self._near[piece].append(leaf)
        if key:
            self.keys.add(leaf.text_key)

    def nearest(self, leaf: Node) -> tuple[float, int]:
        """How much the passage most like this one is like it, 0 to 1, and what that one says."""
        if leaf.text_key in self.texts:
            return 1.0, leaf.text_key
        near = {node for piece in pieces(leaf) for node in self._near.get(piece, ())}
        if leaf.weight < MOVED:
            near = set()
        return max(((similarity(node, leaf), node.text_key) for node in near), default=(0.0, 0))


class Audiences:
    """Trees of pages, and which edition saw and sees each passage of them."""

    def __init__(self) -> None:
        self._old: dict[bool, _Passages] = {True: _Passages(), False: _Passages()}
        """By whether only trainers see it."""
        self._new: dict[bool, _Passages] = {True: _Passages(), False: _Passages()}
        self._now: dict[PageState, Node] = {}

    def old_tree(self, state: PageState, aliases: Mapping[str, str]) -> Node:
        """Tree of a page as it was."""
        tree = state.tree(aliases)
        for leaf, audience, key in _leaves(tree, state.audience):
            self._old[audience == "pelatih"].add(leaf, key)
        return tree

    def new_tree(self, state: PageState) -> Node:
        """Tree of a page as it is."""
        if state not in self._now:
            tree = self._now[state] = state.tree({})
            for leaf, audience, key in _leaves(tree, state.audience):
                self._new[audience == "pelatih"].add(leaf, key)
        return self._now[state]

    def changes_of(self, state: PageState) -> tuple[int, int, int]:
        """Passages of a page that participants see for the first time, though trainers saw them;
        those of them that stood in a key; and those that participants do not see any more.

        To be asked once all trees are there.
        """
        opened = keys = closed = 0
        for leaf, audience, _ in _leaves(self._now[state], state.audience):
            trainers = audience == "pelatih"
            others, own = self._old[not trainers], self._old[trainers]
            if leaf.text_key in own.texts:
                continue
            value, text = others.nearest(leaf)
            if value < _NEARLY or value <= own.nearest(leaf)[0]:
                continue
            if leaf.weight < _KNOWN and leaf.text_key in self._new[not trainers].texts:
                continue  # so short that it may stand in both
            if not trainers:
                opened += 1
                keys += text in others.keys
            elif self._new[False].nearest(leaf)[0] < value:
                closed += 1
        return opened, keys, closed


def _leaves(node: Node, audience: str, key: bool = False) -> Iterator[tuple[Node, str, bool]]:
    """Passages, with the only edition that sees them, and whether they stand in a key."""
    audience = node.audience or audience
    key = key or _KEY in node.kind[1].split()
    if not node.children and any(map(str.isalpha, node.text)):
        yield node, audience, key
    for child in node.children:
        yield from _leaves(child, audience, key)
