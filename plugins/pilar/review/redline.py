"""What changed in a page: insertions, deletions, changed words, and what only moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .align import pairs, spans
from .nodes import Node, Word, similarity

Status = Literal["same", "in", "out", "within", "words"]
"""Unchanged, inserted, deleted, changed somewhere inside, changed in its words."""
Run = tuple[Literal["same", "in", "out"], tuple[Word, ...]]
"""Words that share one fate."""

_ALIKE = 0.5
"""Share of common words from which on two paragraphs are one that was edited."""
_CONTAINERS_ALIKE = 0.3
_CELLS = frozenset({"td", "th"})
_MANY = 40_000
"""Pairs of elements past which a gap is not searched for similar ones."""
_SHORT = 2
"""Unchanged words between two changes that are too few to read on their own."""
_MOVED = 5
"""Words that a passage has at least to count as moved; less stands in many places."""
_MOVED_ALIKE = 0.8


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

    def walk(self) -> Iterator[Change]:
        """This change and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def changed(self) -> bool:
        """Is anything different?"""
        return self.status != "same"


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
        kind = old.kind == new.kind and old.audience == new.audience
        if kind and all(fate == "same" for fate, _ in runs):
            return Change("same", new, old)
        return Change("words", new, old, words=runs)
    children = tuple(_children(old, new))
    changed = any(c.changed for c in children) or old.audience != new.audience
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
    for before_, after_ in _paired(old.children, new.children, _alike):
        if before_ and after_:
            yield compared(before_, after_)
        elif before_:
            yield whole(before_, "out")
        elif after_:
            yield whole(after_, "in")


def _paired(
    old: Sequence[Node], new: Sequence[Node], alike: object
) -> Iterator[tuple[Node | None, Node | None]]:
    """Elements in reading order: those that belong together side by side, the rest alone."""
    assert callable(alike)
    for span in spans([node.key for node in old], [node.key for node in new]):
        before, after = old[span.first : span.last], new[span.start : span.end]
        if span.kind == "same":
            yield from zip(before, after, strict=True)
            continue
        found: list[tuple[int, int]] = []
        if before and after and len(before) * len(after) <= _MANY:
            table = [[alike(a, b) for b in after] for a in before]
            found = pairs(table, _CONTAINERS_ALIKE)
        row = column = 0
        for at, there in [*found, (len(before), len(after))]:
            yield from ((node, None) for node in before[row:at])
            yield from ((None, node) for node in after[column:there])
            if at < len(before):
                yield before[at], after[there]
            row, column = at + 1, there + 1


def _same_container(mine: Node, theirs: Node) -> float:
    if mine.kind != theirs.kind or not mine.children or not theirs.children:
        return 0.0
    return max(similarity(mine, theirs), _CONTAINERS_ALIKE)


def _alike(old: Node, new: Node) -> float:
    leaf = not old.children and not new.children
    if leaf and old.said == new.said and old.weight and old.tag == new.tag:
        return 1.0  # for another audience, or looking different
    if old.tag != new.tag or (leaf and old.kind != new.kind):
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


def _choppy(found: Sequence[object], number: int) -> bool:
    """Do the changes on both sides weigh more than the common words between them?"""
    before, span, after = found[number - 1 : number + 2]

    def size(it: object) -> int:
        first, last, start, end = (getattr(it, n) for n in ("first", "last", "start", "end"))
        return int(max(last - first, end - start))

    return size(before) + size(after) > 3 * size(span)


def _flushed(gone: tuple[Word, ...], come: tuple[Word, ...]) -> Iterator[Run]:
    if gone:
        yield "out", gone
    if come:
        yield "in", come


@dataclass(frozen=True)
class Move:
    """A passage that stands elsewhere now, perhaps edited."""

    number: int
    source: int
    """Index of the redline that it left."""
    target: int
    edited: bool
    text: str


def with_moves(redlines: Sequence[Change]) -> tuple[list[Change], list[Move]]:
    """The redlines of all pages with what moved, within them and between them, marked as moves."""
    gone = [(n, c) for n, page in enumerate(redlines) for c in _outermost(page, "out")]
    come = [(n, c) for n, page in enumerate(redlines) for c in _outermost(page, "in")]
    finder = _Moves()
    finder.equal(gone, come)
    finder.edited()
    marked = [_marked(page, finder.ends) for page in redlines]
    return marked, finder.moves


def _outermost(change: Change, status: Status) -> Iterator[Change]:
    if change.status == status:
        yield change
    elif change.status == "within":
        for child in change.children:
            yield from _outermost(child, status)


Placed = tuple[int, Change]


class _Moves:
    """Finds both ends of each move. `ends` has the changes that are one, by identity."""

    def __init__(self) -> None:
        self.ends: dict[int, Change] = {}
        self.moves: list[Move] = []
        self.gone: list[Placed] = []
        self.come: list[Placed] = []

    def equal(self, gone: Iterable[Placed], come: Iterable[Placed]) -> None:
        """Pair what says the same, whole elements before their parts."""
        waiting: dict[int, list[Placed]] = defaultdict(list)
        parents: dict[int, set[int]] = {}
        come = list(come)
        for page, top in come:
            for above, change in _with_parents(top, ()):
                if change.node.weight >= _MOVED:
                    waiting[change.node.said].append((page, change))
                    parents[id(change)] = above
        used: set[int] = set()
        for page, top in gone:
            self._descend(page, top, waiting, parents, used)
        taken = {id(change) for change in self.ends.values()}
        for page, top in come:
            self.come += [(page, leaf) for leaf in self._leaves(top) if id(leaf) not in taken]

    def _descend(
        self,
        page: int,
        change: Change,
        waiting: dict[int, list[Placed]],
        parents: dict[int, set[int]],
        used: set[int],
    ) -> None:
        for target, other in waiting.get(change.node.said, ()):
            inside = {id(c) for c in other.walk()}
            if used & (inside | parents[id(other)]):
                continue
            used |= inside
            self._add(page, change, target, other, ())
            return
        if change.children:
            for child in change.children:
                self._descend(page, child, waiting, parents, used)
        elif change.node.weight > _MOVED:
            self.gone.append((page, change))

    def _leaves(self, change: Change) -> Iterator[Change]:
        """Leaves below `change` that have moved with no element around them."""
        if id(change) in self.ends:
            return
        if not change.children and change.node.weight > _MOVED:
            yield change
        for child in change.children:
            yield from self._leaves(child)

    def edited(self) -> None:
        """Pair the leaves left over that say nearly the same."""
        index: dict[tuple[tuple[str, str], ...], set[int]] = defaultdict(set)
        for number, (_, change) in enumerate(self.come):
            for piece in _pieces(change.node):
                index[piece].add(number)
        taken: set[int] = set()
        for page, change in self.gone:
            near = {n for piece in _pieces(change.node) for n in index.get(piece, ())} - taken
            scored = [(similarity(change.node, self.come[n][1].node), -n) for n in near]
            best, number = max(scored, default=(0.0, 0))
            if best >= _MOVED_ALIKE:
                taken.add(-number)
                target, other = self.come[-number]
                runs = word_runs(change.node.words, other.node.words)
                self._add(page, change, target, other, runs)

    def _add(self, page: int, old: Change, target: int, new: Change, runs: tuple[Run, ...]) -> None:
        number = len(self.moves) + 1
        self.moves.append(Move(number, page, target, bool(runs), new.node.text))
        self.ends[id(old)] = replace(old, move=number)
        self.ends[id(new)] = replace(new, move=number, old=old.node, words=runs)


def _with_parents(change: Change, above: tuple[int, ...]) -> Iterator[tuple[set[int], Change]]:
    yield set(above), change
    for child in change.children:
        yield from _with_parents(child, (*above, id(change)))


def _pieces(node: Node) -> set[tuple[tuple[str, str], ...]]:
    words = [word.key for word in node.words]
    return {tuple(words[n : n + 3]) for n in range(len(words) - 2)}


def _marked(change: Change, ends: dict[int, Change]) -> Change:
    if id(change) in ends:
        return ends[id(change)]
    if not change.children:
        return change
    return replace(change, children=tuple(_marked(child, ends) for child in change.children))
