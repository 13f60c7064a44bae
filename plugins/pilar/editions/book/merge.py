"""Sections merged into one PDF, or into one that has some of them already: pages in their order,
links between them, one tree of tags, outline, numbers.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, Object, OutlineItem, Pdf, String

from pilar.assembly.numbering import roman

from .link_text import describe_links
from .markup import PART_SCHEME
from .rendered import Part
from .stamp import Stamp, apply


@dataclass(frozen=True)
class Section:
    """A part and how its pages are numbered: `prefix` and decimal, or Roman where it is None."""

    part: Part
    prefix: str | None = None
    title: str = ""
    """Outline entry above the part's own; empty: its entries stand at the top."""
    stamp: Stamp | None = None
    """QR code for the room that the part's template reserves."""
    first: int = 1
    """Number of its first page: more than 1 where it goes on with those of another."""
    common: bool = False
    """Whether books of other runs have it too: such sections are joined once for all of them."""

    def label(self, page: int) -> str:
        """The printed number of a page (from 0) of this section: `BLC-12`, `iv`."""
        number = page + self.first
        return roman(number).lower() if self.prefix is None else f"{self.prefix}{number}"


class Merged:
    """A book while its sections are joined.

    `base` is a file of those that are common, as this class made it; the others are added.
    """

    def __init__(self, sections: Sequence[Section], base: bytes = b"") -> None:
        self.sections = sections
        self.pdf = Pdf.open(io.BytesIO(base)) if base else Pdf.new()
        self._added = [n for n, one in enumerate(sections) if not (base and one.common)]
        starts = accumulate((section.part.pages for section in sections), initial=0)
        *self._starts, self.pages = starts
        if not base:
            self._begin()
        self._add_tags(self._add_parts())

    @cached_property
    def fresh(self) -> list[int]:
        """The pages, from 0, of sections that were not in the base."""
        return [page for place in self._added for page in self._pages_of(place)]

    def _pages_of(self, place: int) -> range:
        start = self._starts[place]
        return range(start, start + self.sections[place].part.pages)

    def place_of_common(self, page: int) -> int:
        """Where a page of the base is now."""
        for place, section in enumerate(self.sections):
            if place not in self._added:
                if page < section.part.pages:
                    return self._starts[place] + page
                page -= section.part.pages
        raise IndexError(page)

    @cached_property
    def _labels(self) -> list[str]:
        return [s.label(page) for s in self.sections for page in range(s.part.pages)]

    @cached_property
    def _names(self) -> NameTree:
        """Named destinations (ISO 32000-1, 12.3.2.3)."""
        return NameTree(self.pdf.Root.Names.Dests)

    def _begin(self) -> None:
        """Write what every book has: a tree of tags with one Document."""
        book = self.pdf
        tree = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array())
        tree.K = Array([book.make_indirect(document)])
        tree.ParentTree = book.make_indirect(Dictionary(Nums=Array()))
        tree.ParentTreeNextKey = 0
        book.Root.StructTreeRoot = tree
        book.Root.MarkInfo = Dictionary(Marked=True)

    def _add_parts(self) -> list[Object]:
        """Add the pages of parts behind the last, then bring them to their places; named
        destinations too. Gives the parts' trees of tags.
        """
        pages, trees = self.pdf.pages, []
        behind = start = len(pages)
        known = Name.Names in self.pdf.Root
        names = NameTree(self.pdf.Root.Names.Dests) if known else NameTree.new(self.pdf)
        for place in self._added:
            # One part at a time: with all of them open, the book would be in memory twice.
            with Pdf.open(io.BytesIO(self.sections[place].part.pdf)) as source:
                self.pdf.add_pages_from(source, outlines="ignore")
                self._copy_destinations(source, start, names)
                trees.append(self.pdf.copy_foreign(source.Root.StructTreeRoot))
                start = len(pages)
        self.pdf.Root.Names = Dictionary(Dests=names.obj)
        for number, page in enumerate(self.fresh, behind):
            if page != number:
                moved = pages[number]
                del pages[number]
                pages.insert(page, moved)
        return trees

    def _copy_destinations(self, source: Pdf, start: int, names: NameTree) -> None:
        """Copy those of a part whose pages now begin at `start`."""
        numbers: dict[object, int] = {page.objgen: n for n, page in enumerate(source.pages, start)}
        if Name.Names in source.Root and Name.Dests in source.Root.Names:
            for name, place in NameTree(source.Root.Names.Dests).items():
                page = self.pdf.pages[numbers[place[0].objgen]].obj
                names[name] = Array([page, *list(place)[1:]])

    def _add_tags(self, trees: Sequence[Object]) -> None:
        """One structure tree of all parts, each a Part below the one Document.

        A PDF has one parent tree, from the number that a page (`StructParents`) or an annotation
        (`StructParent`) carries to what it belongs to (ISO 32000-1, 14.7.4.4). Those of the parts
        all count from 0 and are shifted to stay unique.
        """
        root = self.pdf.Root.StructTreeRoot
        document, shift = root.K[0], int(root.ParentTreeNextKey)
        parts, numbers = list(document.K), root.ParentTree.Nums
        for place, tree in zip(self._added, trees, strict=True):
            (part,) = tree.K
            part.S, part.P = Name.Part, document
            parts.insert(place, part)
            entries = list(tree.ParentTree.Nums)
            for key, value in zip(entries[::2], entries[1::2], strict=True):
                numbers.append(int(key) + shift)
                numbers.append(value)
            for page in self._pages_of(place):
                _shift_keys(self.pdf.pages[page].obj, shift)
            shift += max(map(int, entries[::2]), default=-1) + 1
        document.K = Array(parts)
        root.ParentTreeNextKey = shift

    def link(self, pages: Iterable[int], *, last: bool = True) -> list[int]:
        """Point links between parts, on these pages, to their destinations.

        Until here they are addresses of PART_SCHEME, of an id or of a page's label. Those into
        parts that the book lacks are removed if no part is to come (`last`). Gives the pages on
        which there are any.
        """
        found: list[int] = []
        dropped: set[int] = set()
        for number in pages:
            page = self.pdf.pages[number].obj
            if Name.Annots not in page:
                continue
            notes = [note for note in page.Annots if self._led(note)]
            if len(notes) < len(page.Annots):
                found.append(number)
                if last:
                    keys = {int(note.StructParent) for note in page.Annots}
                    dropped |= keys - {int(note.StructParent) for note in notes}
                    page.Annots = Array(notes)
        if dropped:
            self._forget(dropped)
        return found

    def _led(self, note: Object) -> bool:
        """Lead a link to its place; false where there is none."""
        action = note.get(Name.A)
        target = str(action.get(Name.URI, "")) if action is not None else ""
        if not target.startswith(f"{PART_SCHEME}:"):
            return True
        name = target.partition(":")[2]
        if name in self._numbers and name not in self._names:
            page = self.pdf.pages[self._numbers[name]]
            self._names[name] = Array([page.obj, Name.XYZ, 0, float(page.mediabox[3]), 0])
        if name not in self._names:
            return False
        del note[Name.A]
        note[Name.Dest] = String(name)
        return True

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Pages, from 0, by what is printed as their number."""
        return {label: number for number, label in enumerate(self._labels)}

    def _forget(self, keys: AbstractSet[int]) -> None:
        """Take annotations out of the tree of tags: a link that leads nowhere is text."""
        tree = self.pdf.Root.StructTreeRoot.ParentTree
        entries, left = list(tree.Nums), Array()
        for key, value in zip(entries[::2], entries[1::2], strict=True):
            if int(key) in keys:
                value.K = Array([kid for kid in value.K if not _is_annotation(kid)])
                value.S = Name.Span
            else:
                left.extend([key, value])
        tree.Nums = left

    def stamp(self) -> set[int]:
        """Draw the stamps; gives the pages that have one."""
        stamped: set[int] = set()
        parts = self.pdf.Root.StructTreeRoot.K[0].K
        for start, section, part in zip(self._starts, self.sections, parts, strict=True):
            if section.stamp:
                apply(section.stamp, self.pdf, part)
                stamped.add(start + section.part.anchors[section.stamp.anchor])
        return stamped

    def describe(self, pages: Iterable[int]) -> None:
        """Say of each link on these pages where it leads."""
        names = {name: title for s in self.sections for name, title in s.part.titles.items()}
        describe_links(self.pdf, pages, names, self._labels)

    def notes(self, pages: Iterable[int]) -> Iterator[Object]:
        """The annotations of these pages."""
        for page in pages:
            yield from self.pdf.pages[page].obj.get(Name.Annots, Array())

    def outline(self) -> None:
        """Write the outline: entries of sections, and those of their parts below."""
        with self.pdf.open_outline() as outline:
            for section, start in zip(self.sections, self._starts, strict=True):
                path: list[Any] = [outline.root]
                if section.title:
                    height = float(self.pdf.pages[start].mediabox[3])
                    top = OutlineItem(section.title, start, "XYZ", left=0, top=height)
                    outline.root.append(top)
                    path.append(top.children)
                base = len(path)
                for mark in section.part.bookmarks:
                    page = start + mark.page
                    item = OutlineItem(mark.title, page, "XYZ", left=mark.x, top=mark.y)
                    del path[base + mark.level - 1 :]
                    path[-1].append(item)
                    path.append(item.children)

    def number(self) -> None:
        """Say what is printed as the numbers of pages (ISO 32000-1, 12.4.2)."""
        labels = Array()
        for section, start in zip(self.sections, self._starts, strict=True):
            style = Dictionary(S=Name.r if section.prefix is None else Name.D, St=section.first)
            if section.prefix:
                style.P = String(section.prefix)
            labels.append(start)
            labels.append(style)
        self.pdf.Root.PageLabels = Dictionary(Nums=labels)


def _shift_keys(page: Object, shift: int) -> None:
    """Add to the keys in the parent tree that a page and its annotations have."""
    if Name.StructParents in page:
        page.StructParents = int(page.StructParents) + shift
    for note in page.get(Name.Annots, Array()):
        if Name.StructParent in note:
            note.StructParent = int(note.StructParent) + shift


def _is_annotation(kid: object) -> bool:
    """Is this child of a structure element a reference to an annotation?"""
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR
