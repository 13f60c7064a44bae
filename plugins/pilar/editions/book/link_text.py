"""Says in words where each link of a book leads: what is read aloud of its annotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from textwrap import shorten
from typing import Any

from pikepdf import Array, Name, NameTree, Object, Pdf, String

_OUT = {"mailto": "Kirim surel ke", "tel": "Telepon"}
"""What a link out of the book does, by the scheme of its address; others open a page."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONG = 80
"""Letters of the longest title of a place."""


def titles(html: Any) -> dict[str, str]:
    """What each element with an id is called: by its first heading, or its own first words."""
    return {
        element.get("id"): shorten(_title(element), _LONG, placeholder=" …")
        for element in html.iter()
        if element.get("id")
    }


def _title(element: Any) -> str:
    heading = next((part for part in element.iter() if part.tag in _HEADINGS), element)
    return heading.get("data-label") or " ".join(filter(str.strip, heading.itertext()))


def describe_links(
    book: Pdf, pages: Iterable[int], names: Mapping[str, str], labels: Sequence[str]
) -> None:
    """Set the description of each link on these pages, from 0 (ISO 14289-1, 7.18.5): place and
    page, or address.

    `names` are those of its destinations; `labels` the printed numbers of the pages.
    """
    numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(book.pages)}
    places = NameTree(book.Root.Names.Dests)

    @cache
    def words(name: str) -> str:
        place = names.get(name, ""), f"halaman {labels[numbers[places[name][0].objgen]]}"
        return f"Menuju {', '.join(filter(None, place))}"

    for page in pages:
        for note in book.pages[page].obj.get(Name.Annots, Array()):
            if note.Subtype == Name.Link:
                note.Contents = String(_words(note, words))


def _words(note: Object, words: Callable[[str], str]) -> str:
    if Name.Dest in note:
        return words(str(note.Dest))
    scheme, _, address = str(note.A.URI).partition(":")
    return f"{_OUT.get(scheme, 'Buka')} {address.removeprefix('//').rstrip('/')}"
