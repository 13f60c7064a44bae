"""The alphabetical index: terms and headings, and the pages on which they are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pilar.assembly.page_nodes import PageNode
from pilar.assembly.tree import ModuleNode
from pilar.model.sources import Term
from pilar.model.span import whole_word

from .column_flow import text_height
from .markup import anchor
from .merge import Section

MOST = 6
"""Pages of an entry; a term on more of them has the one of each module that says it most often."""
_WORDS = 3
"""Words of the longest headings that are entries."""
_NO_SUBJECT = frozenset(
    "apa bagaimana bila dari kapan ketika mengapa saat sebelum sesudah siapa".split()
)
"""First words of headings under which a subject is not looked up."""
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
    names = tuple(term.istilah for term in terms)
    counted = [
        (section, _counts(names, section.part.texts), _second_chapter(node, section))
        for node, section in bodies
    ]
    found = {
        text.casefold(): (text, [(section, page)]) for text, section, page in _headings(bodies)
    }
    found |= {name.casefold(): (name, _pages(name, counted)) for name in names}
    listed = [
        IndexEntry(text, tuple(_printed(pages)))
        for _, (text, pages) in sorted(found.items())
        if pages
    ]
    entries: list[IndexEntry] = []
    for letter, group in groupby(listed, key=lambda entry: entry.text[0].upper()):
        entries += [IndexEntry(letter), *group]
    return entries


def entry_height(entry: IndexEntry, width: float) -> float:
    """Height in mm of an entry in a column `width` mm wide."""
    if entry.is_head:
        return text_height(entry.text, width, weight=700) + 2
    return text_height(f"{entry.text} {', '.join(p.text for p in entry.places)}", width - 4)


def _headings(
    bodies: Sequence[tuple[ModuleNode, Section]],
) -> Iterator[tuple[str, Section, int]]:
    """Headings that only one chapter has, short enough to look up, and where they stand; not those
    of the first and the last chapter, which are about the module itself.
    """
    headings = [
        (_LETTER.sub("", heading.text), section, anchor(page.path, heading.anchor))
        for node, section in bodies
        for page in _chapters(node)[1:-1]
        for heading in page.headings
        if heading.section and heading.level in (2, 3)
    ]
    counts = Counter(text.casefold() for text, _, _ in headings)
    for text, section, place in headings:
        words = text.casefold().split()
        if counts[text.casefold()] > 1 or len(words) > _WORDS or words[0] in _NO_SUBJECT:
            continue
        if text[-1].isalnum() and ":" not in text:
            yield text, section, section.part.anchors[place]


def _chapters(node: ModuleNode) -> list[PageNode]:
    return [page for page in node.pages if page.chapter]


def _second_chapter(node: ModuleNode, section: Section) -> int:
    """The page, from 0, where a module's subjects begin: the first chapter only names them."""
    return next((section.part.anchors[anchor(page.path)] for page in _chapters(node)[1:]), 0)


@lru_cache(maxsize=32)
def _counts(terms: tuple[str, ...], texts: tuple[str, ...]) -> Mapping[str, Sequence[int]]:
    """How often each page says a term, an abbreviation in capitals only. Most bodies are those of
    the run before.
    """
    small = [text.casefold() for text in texts]
    return {
        term: [
            len(whole_word(term if term.isupper() else term.casefold()).findall(page))
            for page in (texts if term.isupper() else small)
        ]
        for term in terms
    }


def _pages(
    term: str, counted: Sequence[tuple[Section, Mapping[str, Sequence[int]], int]]
) -> list[tuple[Section, int]]:
    """Where a term is printed, before a module's second chapter only if nowhere in or behind it."""
    every: list[tuple[Section, int]] = []
    best: list[tuple[Section, int]] = []
    for section, counts_of, begin in counted:
        counts = counts_of[term]
        found = [number for number, count in enumerate(counts) if count]
        found = [number for number in found if number >= begin] or found
        every += [(section, number) for number in found]
        if found:
            best.append((section, max(found, key=counts.__getitem__)))
    return every if len(every) <= MOST else best


def _printed(pages: Sequence[tuple[Section, int]]) -> Iterator[Place]:
    before = None
    for section, number in pages:
        label = section.label(number)
        yield Place(label if section is not before else label.rpartition("-")[2], label)
        before = section
