"""Which edition saw a passage before, and which sees it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pilar.redline.diff import MOVED
from pilar.redline.moves import pieces
from pilar.redline.nodes import Node, similarity

from .page_state import PageState

_KNOWN = 4
"""Words from which on a passage is known again wherever it stands."""
_NEARLY = 0.6
"""Share of common words from which on a passage is the same one, edited. Lower than for moves:
that a key is told too often costs a look, that one is not told costs the test."""
_KEY = "kunci"
"""Class of what holds answers."""


class _Passages:
    """Passages that some edition sees in one state."""

    def __init__(self) -> None:
        self.texts: set[int] = set()
        self.keys: set[int] = set()
        self._near: dict[object, list[Node]] = defaultdict(list)

    def add(self, leaf: Node, key: bool) -> None:
        """Know this passage again."""
        if leaf.said not in self.texts:
            self.texts.add(leaf.said)
            for piece in pieces(leaf):
                self._near[piece].append(leaf)
        if key:
            self.keys.add(leaf.said)

    def nearest(self, leaf: Node) -> tuple[float, int]:
        """How much the passage most like this one is like it, 0 to 1, and what that one says."""
        if leaf.said in self.texts:
            return 1.0, leaf.said
        near = {node for piece in pieces(leaf) for node in self._near.get(piece, ())}
        if leaf.weight < MOVED:
            near = set()
        return max(((similarity(node, leaf), node.said) for node in near), default=(0.0, 0))


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
            if leaf.said in own.texts:
                continue
            value, text = others.nearest(leaf)
            if value < _NEARLY or value <= own.nearest(leaf)[0]:
                continue
            if leaf.weight < _KNOWN and leaf.said in self._new[not trainers].texts:
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
