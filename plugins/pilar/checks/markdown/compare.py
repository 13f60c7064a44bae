"""Where the two readings of a text differ, and how to write it so that they do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import groupby

from markdown_it.tree import SyntaxTreeNode

from pilar.syntax.render import LostBlockError, render

from .canonical import NoOtherWayError, blocks, rewritten
from .commonmark import Reading, read, seen
from .leaves import Leaf, leaves

_SPECIAL = re.compile(
    r"[\\`*_\[\]<>|~^=&{}]|^[ #:+!?-]|^\d+[.)]|[^\S\n ]|  $|[\0-\x08\x7f]", re.MULTILINE
)
"""Where it stands nowhere, both readers see the same paragraphs."""

_KNOWN = 20
"""Characters by which a text is known again."""


@dataclass(frozen=True)
class Difference:
    """What authors see and what is printed of the same lines."""

    line: int
    """Line at which it begins, from 0."""
    seen: tuple[Leaf, ...]
    printed: tuple[Leaf, ...]
    rewrite: Rewrite | None = None
    """Lines that both readers read as authors see it, if there are any: that is certain."""
    goes_on: bool = False
    """Whether nothing is the same between it and the difference before it."""


@dataclass(frozen=True)
class Rewrite:
    """Lines `first` to `end` (from 0, exclusive) replaced by others."""

    first: int
    end: int
    lines: tuple[str, ...]


def is_plain(text: str) -> bool:
    """Whether a text has nothing that the readers could read differently."""
    return not _SPECIAL.search(text)


@lru_cache(maxsize=2048)
def differences(text: str, rest: str = "") -> tuple[Difference, ...]:
    """All differences in a text, in order, at most one for each of its outermost blocks.

    `rest` has the definitions that stand elsewhere on its page.
    """
    if is_plain(text):
        return ()
    try:
        found, printed = seen(reading := read(text + rest)), leaves(render(text + rest))
    except LostBlockError:
        return ()  # B116
    return tuple(_Comparison(text, rest, reading, found).differences(printed))


@dataclass(frozen=True)
class _Comparison:
    text: str
    rest: str
    reading: Reading
    found: tuple[Leaf, ...]

    def differences(self, printed: tuple[Leaf, ...]) -> Iterator[Difference]:
        differing = self.differing(printed)
        mended: set[int] = set()
        told = False
        for block, difference in differing.items():
            if difference.line >= len(self.lines) or block in mended:
                continue
            rewrite, left = self.rewrite(block, differing)
            if told and difference.goes_on and not rewrite:
                continue
            told = not rewrite
            mended |= differing.keys() - left
            line = rewrite.first if rewrite else difference.line
            yield replace(difference, line=line, rewrite=rewrite)

    def differing(self, printed: tuple[Leaf, ...]) -> dict[int, Difference]:
        """What differs, by the outermost block in which authors see it."""
        if self.found == printed:
            return {}
        result: dict[int, Difference] = {}
        for tag, a, b, c, d in SequenceMatcher(None, self.found, printed, False).get_opcodes():
            if tag == "equal":
                continue
            line = self.found[min(a, len(self.found) - 1)].line if self.found else 0
            parts = groupby(self.found[a:b], lambda leaf: self.block(leaf.line))
            goes_on = False
            for block, part in parts if a < b else [(self.block(line), ())]:
                mine = tuple(part)
                line = mine[0].line if mine else line
                others = _from(mine, printed[c:d])
                result.setdefault(block, Difference(line, mine, others, goes_on=goes_on))
                goes_on = True
        return result

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def blocks(self) -> tuple[SyntaxTreeNode, ...]:
        return blocks(self.reading)

    @cached_property
    def starts(self) -> list[int]:
        """Line at which each outermost block begins; footnotes are moved to the end."""
        return [self.reading.numbers[node.map[0]] if node.map else -1 for node in self.blocks]

    def block(self, line: int) -> int:
        """The outermost block that a line belongs to; -1 where there is none."""
        before = [(start, place) for place, start in enumerate(self.starts) if 0 <= start <= line]
        return max(before)[1] if before else -1

    def rewrite(
        self, block: int, differing: Mapping[int, Difference]
    ) -> tuple[Rewrite | None, Set[int]]:
        """The block written anew, with those after it that Pilar reads as one with it, and the
        blocks that differ even then.
        """
        own = sum(start < len(self.lines) for start in self.starts)
        result: tuple[Rewrite | None, Set[int]] = None, differing.keys()
        for end in range(block + 1, min(block + 4, own) + 1 if block >= 0 else 0):
            with suppress(NoOtherWayError, LostBlockError):
                for words in (False, True):
                    nodes = self.blocks[block:end]
                    rewrite = _replaced(self.reading, self.lines, nodes, words)
                    if not _words(self.lines[rewrite.first : rewrite.end]) <= _words(rewrite.lines):
                        continue  # a definition between blocks
                    before, after = self.lines[: rewrite.first], self.lines[rewrite.end :]
                    text = "\n".join([*before, *rewrite.lines, *after]) + self.rest
                    left = self.differing(leaves(render(text))).keys()
                    if left < result[1] and block not in left and seen(read(text)) == self.found:
                        result = rewrite, left
                        break
            if result[0] and (end not in result[1] or result[0].end <= self.starts[end]):
                break  # else no more than the space above the next block is mended
        return result


def _touches(line: str) -> bool:
    """Whether Python-Markdown may take a line for a part of the block beside it."""
    return bool(line.strip()) and not line.lstrip(" >").startswith("#")


def _words(lines: Iterable[str]) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", "\n".join(lines)))


def _from(one: Sequence[Leaf], others: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """The others from the one on that has the first words."""
    start = one[0].text[:_KNOWN] if one else ""
    return others[next((n for n, leaf in enumerate(others) if start in leaf.text), 0) :]


def _replaced(
    reading: Reading, lines: list[str], nodes: Sequence[SyntaxTreeNode], words: bool
) -> Rewrite:
    """These blocks written anew, with empty lines around them, cut to the lines that change."""
    first, last = (nodes[0].map or (0, 0))[0], (nodes[-1].map or (0, 0))[1] - 1
    # A block at the end may reach into the definitions that are read with the text.
    first, end = reading.numbers[first], min(reading.ends[last], len(lines))
    while end > first and not lines[end - 1].strip(" >"):
        end -= 1
    new = rewritten(nodes, reading, words)
    if first and _touches(lines[first - 1]):
        new.insert(0, "")
    if end < len(lines) and _touches(lines[end]):
        new.append("")
    old = lines[first:end]
    while old and new and old[0] == new[0]:
        first, old, new = first + 1, old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        end, old, new = end - 1, old[:-1], new[:-1]
    if not old and end < len(lines):
        new, end = [*new, lines[end]], end + 1
    return Rewrite(first, end, tuple(new))
