"""Passages that stand elsewhere now, on whatever page, and are no deletions or insertions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .diff import MOVED, MOVED_ALIKE, Change, Run, Status, word_runs
from .nodes import Node, similarity


@dataclass(frozen=True)
class Move:
    """A passage that stands elsewhere now, perhaps edited."""

    number: int
    source: int
    """Index of the redline that it left."""
    target: int
    edited: bool
    words: int


def with_moves(redlines: Sequence[Change]) -> tuple[list[Change], list[Move]]:
    """The redlines of all pages with what moved, within them and between them, marked as moves."""
    gone = [(n, c) for n, page in enumerate(redlines) for c in _outermost(page, "out")]
    come = [(n, c) for n, page in enumerate(redlines) for c in _outermost(page, "in")]
    finder = _Moves()
    finder.equal(gone, come)
    finder.between(gone, come)
    finder.edited(gone, come)
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

    def equal(self, gone: Iterable[Placed], come: Iterable[Placed]) -> None:
        """Pair what says the same, whole elements before their parts."""
        waiting: dict[int, list[Placed]] = defaultdict(list)
        parents: dict[int, set[int]] = {}
        come = list(come)
        for page, top in come:
            for above, change in _with_parents(top, ()):
                if change.node.weight >= MOVED:
                    waiting[change.node.text_key].append((page, change))
                    parents[id(change)] = above
        used: set[int] = set()
        for page, top in gone:
            self._descend(page, top, waiting, parents, used)

    def _descend(
        self,
        page: int,
        change: Change,
        waiting: dict[int, list[Placed]],
        parents: dict[int, set[int]],
        used: set[int],
    ) -> None:
        for target, other in waiting.get(change.node.text_key, ()):
            inside = {id(c) for c in other.walk()}
            if used & (inside | parents[id(other)]):
                continue
            used |= inside
            self._add(page, change, target, other, ())
            return
        for child in change.children:
            self._descend(page, child, waiting, parents, used)

    def between(self, gone: Sequence[Placed], come: Sequence[Placed]) -> None:
        """Pair what is too short to be known on its own, beside what moved to the same place."""
        for step in (1, -1):
            sides = [list(self._flat(side))[::step] for side in (gone, come)]
            places = {id(change): n for n, (_, change) in enumerate(sides[1])}
            other = {self.ends[key].move: n for key, n in places.items() if key in self.ends}
            for (_, before), (page, change) in pairwise(sides[0]):
                if id(before) not in self.ends or id(change) in self.ends:
                    continue
                number = other.get(self.ends[id(before)].move, len(sides[1])) + 1
                target, found = sides[1][number] if number < len(sides[1]) else (-1, change)
                fits = (
                    found.node.text_key == change.node.text_key
                    and found.node.tag == change.node.tag
                )
                if target >= 0 and fits and id(found) not in self.ends:
                    self._add(page, change, target, found, ())
                    other[len(self.moves)] = number

    def _flat(self, placed: Iterable[Placed]) -> Iterator[Placed]:
        """What moved whole, and the leaves of the rest."""
        for page, change in placed:
            if id(change) in self.ends or not change.children:
                yield page, change
            else:
                yield from self._flat((page, child) for child in change.children)

    def edited(self, *sides: Sequence[Placed]) -> None:
        """Pair the leaves left over that say nearly the same."""
        gone, come = (
            [(page, leaf) for page, leaf in self._flat(side) if self._is_left(leaf)]
            for side in sides
        )
        index: dict[tuple[tuple[str, str], ...], set[int]] = defaultdict(set)
        for number, (_, change) in enumerate(come):
            for piece in pieces(change.node):
                index[piece].add(number)
        taken: set[int] = set()
        for page, change in gone:
            near = {n for piece in pieces(change.node) for n in index.get(piece, ())} - taken
            scored = [(similarity(change.node, come[n][1].node), -n) for n in near]
            best, number = max(scored, default=(0.0, 0))
            if best >= MOVED_ALIKE:
                taken.add(-number)
                target, other = come[-number]
                runs = word_runs(change.node.words, other.node.words)
                self._add(page, change, target, other, runs)

    def _is_left(self, change: Change) -> bool:
        return id(change) not in self.ends and change.node.weight > MOVED

    def _add(self, page: int, old: Change, target: int, new: Change, runs: tuple[Run, ...]) -> None:
        number = len(self.moves) + 1
        self.moves.append(Move(number, page, target, bool(runs), new.node.weight))
        self.ends[id(old)] = replace(old, move=number)
        self.ends[id(new)] = replace(new, move=number, old=old.node, words=runs)


def _with_parents(change: Change, above: tuple[int, ...]) -> Iterator[tuple[set[int], Change]]:
    yield set(above), change
    for child in change.children:
        yield from _with_parents(child, (*above, id(change)))


def pieces(node: Node) -> set[tuple[tuple[str, str], ...]]:
    """Every three words of an element that follow each other."""
    words = [word.key for word in node.words]
    return {tuple(words[n : n + 3]) for n in range(len(words) - 2)}


def _marked(change: Change, ends: dict[int, Change]) -> Change:
    if id(change) in ends:
        return ends[id(change)]
    if not change.children:
        return change
    children = [_marked(child, ends) for child in change.children]
    for number, (before, child) in enumerate(pairwise(children), 1):
        if before.move and child.move and before.status == child.status:
            children[number] = replace(child, along=True)
    return replace(change, children=tuple(children))
