"""The alphabetical index: terms and headings, and the pages on which they are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pilar.assembly.tree import ModuleNode
from pilar.model.curriculum import Term

from .column_flow import text_height
from .join import Section

MOST = 6
"""Pages of an entry; a term on more of them has the one of each module that says it most often."""
_WORDS = 3
"""Words of the longest headings that are entries."""
_LETTER = re.compile(r"^[A-Z]{1,2}\. ")
"""Before a heading: `A. Norma Kelas`."""


@dataclass(frozen=True)
class Place:
    """A page: how the index prints it, `BLC-12` or, after another page of its module, `12`."""

    text: str
    label: str


@dataclass(frozen=True)
class IndexEntry:
    """A line of the index, or, without places, the letter above several."""

    text: str
    places: tuple[Place, ...] = ()

    @property
    def is_head(self) -> bool:
        """Is it a letter?"""
        return not self.places


def subject_index(
    bodies: Sequence[tuple[ModuleNode, Section]], terms: Sequence[Term]
) -> list[IndexEntry]:
    """Entries in alphabetical order, below their letters."""
    named = {term.istilah.casefold(): term.istilah for term in terms}
    named |= {
        key: text for key, text in _headings([node for node, _ in bodies]) if key not in named
    }
    folded = [(section, [text.casefold() for text in section.part.texts]) for _, section in bodies]
    found = []
    for _, text in sorted(named.items()):
        if places := tuple(_printed(_pages(text, folded))):
            found.append(IndexEntry(text, places))
    entries: list[IndexEntry] = []
    for letter, group in groupby(found, key=lambda entry: entry.text[0].upper()):
        entries += [IndexEntry(letter), *group]
    return entries


def entry_height(entry: IndexEntry, width: float) -> float:
    """Height in mm of an entry in a column `width` mm wide."""
    if entry.is_head:
        return text_height(entry.text, width, weight=700) + 2
    return text_height(f"{entry.text} {', '.join(p.text for p in entry.places)}", width - 4)


def _headings(nodes: Sequence[ModuleNode]) -> Iterator[tuple[str, str]]:
    """Headings that only one chapter has, short enough to look up; questions are none."""
    headings = [
        _LETTER.sub("", heading.text)
        for node in nodes
        for page in node.pages
        if page.chapter
        for heading in page.headings
        if heading.section and heading.level in (2, 3)
    ]
    counts = Counter(map(str.casefold, headings))
    for text in headings:
        if counts[text.casefold()] == 1 and len(text.split()) <= _WORDS and text[-1].isalnum():
            yield text.casefold(), text


def _pages(text: str, folded: Sequence[tuple[Section, list[str]]]) -> list[tuple[Section, int]]:
    """Where a term is printed; an abbreviation in capitals only."""
    word = text if text.isupper() else text.casefold()
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    every: list[tuple[Section, int]] = []
    best: list[tuple[Section, int]] = []
    for section, small in folded:
        pages = section.part.texts if text.isupper() else small
        counts = [len(pattern.findall(page)) if word in page else 0 for page in pages]
        every += [(section, number) for number, count in enumerate(counts) if count]
        if any(counts):
            best.append((section, counts.index(max(counts))))
    return every if len(every) <= MOST else best


def _printed(pages: Sequence[tuple[Section, int]]) -> Iterator[Place]:
    before = None
    for section, number in pages:
        label = section.label(number)
        yield Place(label if section is not before else label.rpartition("-")[2], label)
        before = section
