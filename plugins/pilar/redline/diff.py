"""What changed in a page: insertions, deletions, changed words, and what only moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .align import Span, pairs, spans
from .nodes import Node, Word, similarity

Status = Literal["same", "in", "out", "within", "words"]
"""Unchanged, inserted, deleted, changed somewhere inside, changed in its words."""
Run = tuple[Literal["same", "in", "out"], tuple[Word, ...]]
"""Words that share one fate."""

_ALIKE = 0.5
"""Share of common words from which on two paragraphs are one that was edited."""
_CONTAINERS_ALIKE = 0.3
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ol", "ul"})
_MANY = 40_000
"""Pairs of elements past which a gap is not searched for similar ones."""
_SHORT = 2
"""Unchanged words between two changes that are too few to read on their own."""
MOVED = 5
"""Words that a passage has at least to count as moved; less stands in many places."""
MOVED_ALIKE = 0.8
"""Share of common words from which on a passage elsewhere is the same one, edited."""


@dataclass(frozen=True, eq=False)
class Change:
    """An element of the redline. `node` is the new one, or the old one where it is deleted."""

    status: Status
    node: Node
    old: Node | None = None
    children: tuple[Change, ...] = ()
    words: tuple[Run, ...] = ()
    move: int = 0
    """Number of the move it is an end of; the other end, in whatever page, has the same."""
    along: bool = False
    """Did it move along with what stands before it?"""

    def walk(self) -> Iterator[Change]:
        """This change and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def changed(self) -> bool:
        """Is anything different?"""
        return self.status != "same"

    @property
    def reshaped(self) -> tuple[tuple[str, str, str], ...]:
        """What it shows besides words, before and after, where that differs: `start`, `align` …

        `tag` for a list that is numbered now, or no more.
        """
        if self.old is None:
            return ()
        before, after = ({**node.form, **_listed(node)} for node in (self.old, self.node))
        names = dict.fromkeys([*before, *after])
        pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
        return tuple(pair for pair in pairs if pair[1] != pair[2])

    @property
    def reordered(self) -> bool:
        """Is it a list whose entries stand in another order?"""
        old = self.old
        lists = old is not None and {old.tag, self.node.tag} <= _LISTS
        return bool(old and lists and not _same_order(old.children, self.node.children))


def _same_order(old: Sequence[Node], new: Sequence[Node]) -> bool:
    """Do those that both have, told apart by what they say, follow each other alike?"""
    before, after = ([node.text_key for node in nodes] for nodes in (old, new))
    common = {key for key in set(before) & set(after) if before.count(key) == after.count(key) == 1}
    first, last = ([key for key in keys if key in common] for keys in (before, after))
    return first == last


def _listed(node: Node) -> dict[str, str]:
    return {"tag": node.tag} if node.tag in _LISTS else {}


def merged(trainers: Node, participants: Node) -> Node:
    """One tree of both editions; what only one of them has is marked with its audience."""
    if trainers.key == participants.key:
        return trainers
    children: list[Node] = []
    for mine, theirs in _paired(trainers.children, participants.children, _same_container):
        if mine and theirs:
            children.append(merged(mine, theirs))
        elif mine:
            children.append(replace(mine, audience="pelatih"))
        elif theirs:
            children.append(replace(theirs, audience="peserta"))
    return replace(trainers, children=tuple(children))


def compared(old: Node, new: Node) -> Change:
    """What became of `old` in `new`; both are of one kind."""
    if old.key == new.key:
        return Change("same", new, old)
    if bool(old.children) != bool(new.children):
        old, new = _opened(old), _opened(new)
    if not old.children and not new.children:
        runs = word_runs(old.words, new.words)
        kind = old.kind == new.kind and old.audience == new.audience and old.form == new.form
        if kind and all(fate == "same" for fate, _ in runs):
            return Change("same", new, old)
        return Change("words", new, old, words=runs)
    children = tuple(_children(old, new))
    same = (old.tag, old.audience, old.form) == (new.tag, new.audience, new.form)
    changed = not same or any(child.changed for child in children)
    return Change("within" if changed else "same", new, old, children)


def _opened(node: Node) -> Node:
    """A leaf as an element that holds its words, so that it compares with one that has parts."""
    if node.children or not node.words:
        return node
    return replace(node, children=(Node("", words=node.words),), words=())


def whole(node: Node, status: Literal["in", "out"]) -> Change:
    """All of `node` inserted or deleted."""
    children = tuple(whole(child, status) for child in node.children)
    return Change(status, node, children=children)


def _children(old: Node, new: Node) -> Iterator[Change]:
    cells = bool(old.children) and all(c.tag in _CELLS for c in (*old.children, *new.children))
    if cells and len(old.children) == len(new.children):
        # A cell belongs to its column, however much of it was rewritten.
        for before, after in zip(old.children, new.children, strict=True):
            yield compared(before, after)
        return
    for before_, after_ in _paired(old.children, new.children, _alike, moving=True):
        if before_ and after_:
            yield compared(before_, after_)
        elif before_:
            yield whole(before_, "out")
        elif after_:
            yield whole(after_, "in")


def _paired(
    old: Sequence[Node],
    new: Sequence[Node],
    alike: Callable[[Node, Node], float],
    moving: bool = False,
) -> Iterator[tuple[Node | None, Node | None]]:
    """Elements in reading order: those that belong together side by side, the rest alone.

    `moving`: some may have changed places.
    """
    found_spans = spans([node.key for node in old], [node.key for node in new])
    moved = _movers(old, new, found_spans) if moving else set()
    for span in found_spans:
        before, after = old[span.first : span.last], new[span.start : span.end]
        if span.kind == "same":
            yield from zip(before, after, strict=True)
            continue
        found: list[tuple[int, int]] = []
        if before and after and len(before) * len(after) <= _MANY:
            table = [[0.0 if {a, b} & moved else alike(a, b) for b in after] for a in before]
            found = pairs(table, _CONTAINERS_ALIKE)
        row = column = 0
        for at, there in [*found, (len(before), len(after))]:
            yield from ((node, None) for node in before[row:at])
            yield from ((None, node) for node in after[column:there])
            if at < len(before):
                yield before[at], after[there]
            row, column = at + 1, there + 1


def _movers(old: Sequence[Node], new: Sequence[Node], found: Sequence[Span]) -> set[Node]:
    """Elements whose like stands in another gap: they moved, whatever stands in their place."""
    gaps = [span for span in found if span.kind == "changed"]
    gone = [(gap, node) for gap in gaps for node in old[gap.first : gap.last]]
    come = [(gap, node) for gap in gaps for node in new[gap.start : gap.end]]
    if len(gaps) < 2 or len(gone) * len(come) > _MANY:
        return set()
    moved: set[Node] = set()
    for gap, node in gone:
        scored = [
            (1.0 if node.key == other.key else similarity(node, other), there is gap, n)
            for n, (there, other) in enumerate(come)
            if node.kind == other.kind
        ]
        value, here, best = max(scored, default=(0.0, True, 0))
        # A short one may only resemble another; the like of a long one is the same, edited.
        if value >= (MOVED_ALIKE if node.weight >= MOVED else 1.0) and not here:
            moved |= {node, come[best][1]}
    return moved


def _same_container(mine: Node, theirs: Node) -> float:
    if mine.kind != theirs.kind or not mine.children or not theirs.children:
        return 0.0
    return max(similarity(mine, theirs), _CONTAINERS_ALIKE)


def _alike(old: Node, new: Node) -> float:
    leaf = not old.children and not new.children
    if leaf and old.text_key == new.text_key and old.weight and old.tag == new.tag:
        return 1.0  # for another audience, or looking different
    lists = {old.tag, new.tag} <= _LISTS
    if not (old.tag == new.tag or lists) or (leaf and old.kind != new.kind):
        return 0.0
    value = similarity(old, new)
    if leaf:
        return value if value >= _ALIKE else 0.0
    return value


def word_runs(old: Sequence[Word], new: Sequence[Word]) -> tuple[Run, ...]:
    """Words of both, as runs of one fate; too short a common run joins the changes around it."""
    found = spans([word.key for word in old], [word.key for word in new])
    runs: list[Run] = []
    gone: tuple[Word, ...] = ()
    come: tuple[Word, ...] = ()
    for number, span in enumerate(found):
        before, after = tuple(old[span.first : span.last]), tuple(new[span.start : span.end])
        inner = 0 < number < len(found) - 1
        if span.kind == "same" and not (inner and len(after) <= _SHORT and _choppy(found, number)):
            runs += _flushed(gone, come)
            gone = come = ()
            runs.append(("same", after))
        else:
            gone, come = gone + before, come + after
    return (*runs, *_flushed(gone, come))


def _choppy(found: Sequence[Span], number: int) -> bool:
    """Do the changes on both sides weigh more than the common words between them?"""
    before, common, after = (
        max(span.last - span.first, span.end - span.start)
        for span in found[number - 1 : number + 2]
    )
    return before + after > 3 * common


def _flushed(gone: tuple[Word, ...], come: tuple[Word, ...]) -> Iterator[Run]:
    if gone:
        yield "out", gone
    if come:
        yield "in", come
