"""Joins parts into one PDF: pages and their numbers, outline, links, tags, metadata.

What books of several runs have in common is joined once, and each book grown from that.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from pilar.store.cache import kept

from .acroform import collect_fields
from .merge import Merged, Section
from .rendered import serialized
from .shared_fonts import share_fonts, take_fonts

_PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
pikepdf.models.metadata.PdfMetadata.register_xml_namespace(_PDF_UA, "pdfuaid")


@dataclass(frozen=True)
class Base:
    """The common sections of a book as one file, without stamps, outline and numbers of pages.

    A book is this file, grown by the sections of its run.
    """

    pdf: bytes
    open: tuple[int, ...] = ()
    """Pages, from 0, with links into sections that are not there."""
    fields: tuple[str, ...] = ()
    """Names of its fields."""


def base_of(sections: Sequence[Section]) -> Base:
    """Join the common sections of a book."""
    book = Merged([replace(section, stamp=None) for section in sections])
    unlinked = book.link(range(book.pages), last=False)
    book.describe(range(book.pages))
    fields = collect_fields(book.pdf, book.notes(range(book.pages)))
    share_fonts(book.pdf)
    return Base(_written(book.pdf), tuple(unlinked), tuple(fields))


def compose(
    sections: Sequence[Section],
    title: str,
    subject: str,
    keywords: str = "",
    base: Callable[[Sequence[Section]], Base] = base_of,
) -> bytes:
    """The PDF of these sections, in order. Deterministic: the same input gives the same bytes.

    `base` joins those that are common, where others are not: `base_of`, or from a cache.
    """
    common = [section for section in sections if section.common]
    known = base(common) if common and _is_of_a_run(sections) else Base(b"")
    book = Merged(sections, known.pdf)
    unlinked = [book.place_of_common(page) for page in known.open]
    book.link(sorted({*book.fresh, *unlinked}))
    touched = sorted({*book.fresh, *unlinked, *book.stamp()})
    book.describe(touched)
    collect_fields(book.pdf, book.notes(book.fresh), known.fields)
    if known.pdf:
        take_fonts(book.pdf, touched)
    else:
        share_fonts(book.pdf)
    book.outline()
    book.number()
    root = book.pdf.Root
    root.Lang = String("id")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    return saved(book.pdf, title, subject, keywords, {f"{{{_PDF_UA}}}part": "1"})


def cached_book(folder: Path, sections: Sequence[Section], title: str, subject: str) -> bytes:
    """`compose`, from the cache in `folder` where these sections were joined before: of a book that
    is its run's own, those that are common.
    """
    if _is_of_a_run(sections):
        return compose(sections, title, subject, base=partial(_cached_base, folder))
    made = partial(compose, sections, title, subject)
    return kept(folder, made, "buku", title, subject, *_made_from(sections))


def _cached_base(folder: Path, sections: Sequence[Section]) -> Base:
    def made() -> bytes:
        base = base_of(sections)
        return json.dumps([base.open, base.fields]).encode() + b"\n" + base.pdf

    head, _, pdf = kept(folder, made, "dasar buku", *_made_from(sections)).partition(b"\n")
    return Base(pdf, *map(tuple, json.loads(head)))


def _is_of_a_run(sections: Sequence[Section]) -> bool:
    """Whether anything in a book is not common: a section, or the QR code on it."""
    return any(section.stamp or not section.common for section in sections)


def _made_from(sections: Sequence[Section]) -> Iterator[str | bytes]:
    """Identifies joined sections, without their stamps."""
    yield json.dumps([(one.prefix, one.title, one.first) for one in sections])
    yield from chain.from_iterable(serialized(one.part) for one in sections)


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
    return _written(book)


def _written(book: Pdf) -> bytes:
    target = io.BytesIO()
    book.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()
