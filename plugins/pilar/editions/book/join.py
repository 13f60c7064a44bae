"""Joins parts into one PDF: pages and their numbers, outline, links, tags, metadata."""

from __future__ import annotations

import io
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, OutlineItem, Pdf, String

from pilar.assembly.numbering import roman
from pilar.store.cache import kept

from .acroform import collect_fields
from .link_text import describe_links
from .markup import PART_SCHEME
from .rendered import Part, serialized
from .shared_fonts import share_fonts
from .stamp import Stamp, apply

_PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
pikepdf.models.metadata.PdfMetadata.register_xml_namespace(_PDF_UA, "pdfuaid")


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

    def label(self, page: int) -> str:
        """The printed number of a page (from 0) of this section: `BLC-12`, `iv`."""
        number = page + self.first
        return roman(number).lower() if self.prefix is None else f"{self.prefix}{number}"


def compose(sections: Sequence[Section], title: str, subject: str, keywords: str = "") -> bytes:
    """The PDF of these sections, in order. Deterministic: the same input gives the same bytes."""
    book = Pdf.new()
    labels, trees = Array(), list[Object]()
    names = NameTree.new(book)
    offsets: list[int] = []
    for section in sections:
        offsets.append(len(book.pages))
        style = Dictionary(S=Name.r if section.prefix is None else Name.D, St=section.first)
        if section.prefix:
            style.P = String(section.prefix)
        labels.append(len(book.pages))
        labels.append(style)
        # One part at a time: with all of them open, the book would be in memory twice.
        with Pdf.open(io.BytesIO(section.part.pdf)) as source:
            book.add_pages_from(source, outlines="ignore")
            _copy_destinations(book, source, offsets[-1], names)
            trees.append(book.copy_foreign(source.Root.StructTreeRoot))
    book.Root.PageLabels = Dictionary(Nums=labels)
    book.Root.Names = Dictionary(Dests=names.obj)
    dropped = _resolve_links(book, names, offsets)
    _structure(book, trees, [*offsets, len(book.pages)], dropped)
    parts = book.Root.StructTreeRoot.K[0].K
    for section, part in zip(sections, parts, strict=True):
        if section.stamp:
            apply(section.stamp, book, part)
    _describe(book, sections)
    collect_fields(book)
    _outline(book, sections, offsets)
    share_fonts(book)
    book.Root.Lang = String("id")
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    book.Root.PageMode = Name.UseOutlines
    return saved(book, title, subject, keywords, {f"{{{_PDF_UA}}}part": "1"})


def cached_book(folder: Path, sections: Sequence[Section], title: str, subject: str) -> bytes:
    """`compose`, from the cache in `folder` where these sections were joined before."""
    said = [(s.prefix, s.title, s.first, s.stamp and s.stamp.anchor) for s in sections]
    parts = [p for s in sections for p in (s.part, s.stamp and s.stamp.part) if p]
    made = partial(compose, sections, title, subject)
    facts = json.dumps([title, subject, said, [s.stamp and s.stamp.address for s in sections]])
    return kept(folder, made, "buku", facts, *chain.from_iterable(map(serialized, parts)))


def saved(
    book: Pdf,
    title: str,
    subject: str,
    keywords: str = "",
    facts: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The bytes of a PDF with these properties; deterministic.

    `facts` are more of its metadata, by name in XMP: what parts say of themselves is lost in
    joining, as that they are PDF/UA (ISO 14289-1, 5).
    """
    with book.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = title
        meta["dc:description"] = subject
        meta["dc:language"] = ["id"]
        for name, value in facts.items():
            meta[name] = value
    book.docinfo["/Title"] = title
    book.docinfo["/Subject"] = subject
    if keywords:
        book.docinfo["/Keywords"] = keywords
    target = io.BytesIO()
    book.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()


def _copy_destinations(book: Pdf, source: Pdf, offset: int, names: NameTree) -> None:
    """Copy all named destinations of a part whose pages begin at `offset`."""
    pages: dict[object, int] = {p.objgen: n for n, p in enumerate(source.pages)}
    if Name.Names in source.Root and Name.Dests in source.Root.Names:
        for name, place in NameTree(source.Root.Names.Dests).items():
            number = offset + pages[place[0].objgen]
            names[name] = Array([book.pages[number].obj, *list(place)[1:]])


def _resolve_links(book: Pdf, names: NameTree, offsets: Sequence[int]) -> set[tuple[int, int]]:
    """Point links between parts to named destinations.

    Until here such links are addresses of PART_SCHEME, of an id or of a page's label. Links into
    parts that this book lacks are removed; gives index of the source and `StructParent` of each of
    them.
    """
    dropped: set[tuple[int, int]] = set()
    labels = {page.label: page for page in book.pages}
    for number, page in enumerate(book.pages):
        if Name.Annots not in page.obj:
            continue
        notes = Array()
        for note in page.obj.Annots:
            action = note.get(Name.A)
            target = str(action.get(Name.URI, "")) if action is not None else ""
            if target.startswith(f"{PART_SCHEME}:"):
                name = target.partition(":")[2]
                if name in labels and name not in names:
                    top = float(labels[name].mediabox[3])
                    names[name] = Array([labels[name].obj, Name.XYZ, 0, top, 0])
                if name not in names:
                    dropped.add((bisect_right(offsets, number) - 1, int(note.StructParent)))
                    continue
                del note[Name.A]
                note[Name.Dest] = String(name)
            notes.append(note)
        page.obj.Annots = notes
    return dropped


def _structure(
    book: Pdf, trees: Sequence[Object], offsets: Sequence[int], dropped: set[tuple[int, int]]
) -> None:
    """One structure tree of all parts, each a Part below the one Document.

    A PDF has one parent tree, from the number that a page (`StructParents`) or an annotation
    (`StructParent`) carries to what it belongs to (ISO 32000-1, 14.7.4.4). Those of the parts all
    count from 0 and are shifted to stay unique. `dropped` annotations leave the tree too.
    `offsets` are the first pages of the parts, and the end of the last.
    """
    root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    kids, numbers = Array(), Array()
    shift = 0
    for index, (tree, (first, end)) in enumerate(zip(trees, pairwise(offsets), strict=True)):
        for kid in tree.K:
            kid.S = Name.Part
            kid.P = document
            kids.append(kid)
        entries = list(tree.ParentTree.Nums)
        highest = -1
        for key, value in zip(entries[::2], entries[1::2], strict=True):
            if (index, int(key)) in dropped:
                value.K = Array([kid for kid in value.K if not _is_annotation(kid)])
                value.S = Name.Span  # a link that leads nowhere is text
                continue
            numbers.append(int(key) + shift)
            numbers.append(value)
            highest = max(highest, int(key))
        highest = max(highest, *(key for part, key in dropped if part == index), -1)
        for number in range(first, end):
            _shift_keys(book.pages[number].obj, shift)
        shift += highest + 1
    document.K = kids
    root.K = Array([document])
    root.ParentTree = book.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = shift
    book.Root.StructTreeRoot = root
    book.Root.MarkInfo = Dictionary(Marked=True)


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


def _describe(book: Pdf, sections: Sequence[Section]) -> None:
    """Say of each link where it leads."""
    names = {name: title for section in sections for name, title in section.part.titles.items()}
    labels = [section.label(page) for section in sections for page in range(section.part.pages)]
    describe_links(book, names, labels)


def _outline(book: Pdf, sections: Sequence[Section], offsets: Sequence[int]) -> None:
    with book.open_outline() as outline:
        for section, offset in zip(sections, offsets, strict=True):
            path: list[Any] = [outline.root]
            if section.title:
                height = float(book.pages[offset].mediabox[3])
                top = OutlineItem(section.title, offset, "XYZ", left=0, top=height)
                outline.root.append(top)
                path.append(top.children)
            base = len(path)
            for mark in section.part.bookmarks:
                item = OutlineItem(mark.title, offset + mark.page, "XYZ", left=mark.x, top=mark.y)
                del path[base + mark.level - 1 :]
                path[-1].append(item)
                path.append(item.children)
