"""Lines of contents, timetables and lists lead to the very place: what stands there is the title.

Measured with the coordinates of links and destinations and the text that lies there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2

from .books import Places, Target, annotations, letters, outline

NEAR = 75
"""Points below a destination in which its title begins: a label and a line of a large heading."""
ABOVE = 3
"""Points above a destination: accents and rounding."""
ENOUGH = 24
"""Letters of a title that are looked for; the rest may be on its next line."""


@dataclass(frozen=True)
class Link:
    """A link of front or back matter: what it says and where it leads."""

    text: str
    label: str
    target: Target


def links(pdf: pikepdf.Pdf, pages: list[pypdfium2.PdfTextPage]) -> Iterator[Link]:
    """Links of front and back matter; what one has several boxes for is read together."""
    labels = [page.label for page in pdf.pages]
    places = Places(pdf)
    notes = [
        note
        for note in annotations(pdf)
        if not note.uri and labels[note.page].rpartition("-")[0] in ("", "A")
    ]
    for (page, destination), boxes in groupby(notes, lambda note: (note.page, note.destination)):
        target = places.target(destination)
        assert target is not None, destination
        text = inside(pages[page], [note.rectangle for note in boxes])
        yield Link(text, labels[target.page], target)


def inside(page: pypdfium2.PdfTextPage, boxes: list[tuple[float, ...]]) -> str:
    """The text in these boxes; letters of the lines above and below may reach into them."""
    found = []
    for sign, x, y in signs(page):
        # A rectangle is any two of its corners that lie across (ISO 32000-1, 7.9.5).
        if any((x - a) * (x - c) <= 0 and (y - b) * (y - d) <= 0 for a, b, c, d in boxes):
            found.append(sign)
    return " ".join("".join(found).split())


@cache
def signs(page: pypdfium2.PdfTextPage) -> list[tuple[str, float, float]]:
    """Every sign of a page in reading order, and its middle."""
    found = []
    for index in range(page.count_chars()):
        left, bottom, right, top = page.get_charbox(index)
        sign = chr(pypdfium2.raw.FPDFText_GetUnicode(page, index))
        found.append((sign, (left + right) / 2, (bottom + top) / 2))
    return found


def said_at(link: Link, pages: list[pypdfium2.PdfTextPage], sizes: list[float]) -> str:
    """Letters of the text at the place that a link leads to: as far down as its title may be."""
    height = sizes[link.target.page]
    top = height if link.target.top is None else link.target.top
    page = pages[link.target.page]
    # A module's title stands in the middle of its first page.
    opens = link.label.endswith("-1") and link.label != "A-1"
    near = page.get_text_bounded(0, 0 if opens else top - NEAR, 9999, top + ABOVE)
    # Captions stand below pictures and tables, which may go on overleaf.
    rest = page.get_text_bounded(0, 0, 9999, top + ABOVE)
    for following in pages[link.target.page + 1 :][:1]:
        rest += f"\n{following.get_text_range()}"
    found = [re.search(rf"^{kind} \d+\. .*", rest, re.MULTILINE) for kind in ("Gambar", "Tabel")]
    return letters(" ".join([near, *(caption[0] for caption in found if caption)]))


def wrong(book: Path) -> list[Link]:
    """Links that lead to another place than they say."""
    with pikepdf.open(book) as pdf, pypdfium2.PdfDocument(book) as document:
        pages = [page.get_textpage() for page in document]
        sizes = [page.get_height() for page in document]
        modules = {
            entry.title.partition(" ")[0]: letters(entry.title.partition(" ")[2])
            for entry in outline(pdf)
            if entry.level == 1
        }
        found = list(links(pdf, pages))
        right = {link for link in found if is_right(link, said_at(link, pages, sizes), modules)}
        for page in pages:
            page.close()
    assert len(found) >= 3, book
    reached = {link.target for link in right}
    return [
        link
        for link in found
        # A session that goes on is called as its module and leads to its first activity.
        if link not in right
        and not (link.target in reached and letters(link.text) == modules.get(code(link)))
    ]


def code(link: Link) -> str:
    """Of the module that it leads to."""
    return link.label.rpartition("-")[0]


def is_right(link: Link, there: str, modules: dict[str, str]) -> bool:
    """Whether what stands there is what the link says: a title, a page's number, or both."""
    # In an index the module's code stands before its first number alone.
    before, dash, last = link.label.rpartition("-")
    if re.fullmatch(f"(?:(?:{before}{dash})?{last})+", link.text):
        return True
    title, _, number = re.fullmatch(r"(.*?)([. ]*)((?:[A-Z][A-Z0-9]*-\d+)?)", link.text).groups()
    if number and number != link.label:
        return False
    if title.isdigit():  # a further page of the same module, in the index
        return link.label.endswith(f"-{title}")
    if not title:
        return False
    # A picture of a module, `BLC 1. Rumah`, is `Gambar 1. Rumah` in it.
    short = re.sub(r"^[A-Z]+ (?=\d)|,? \(?bagian \d+ dari \d+.*|, boleh dilewati$", "", title)
    said = letters(short)
    # That session and its first activity, which lead to one place, were read as one.
    said = said.removeprefix(modules.get(code(link), "")) or said
    return said[:ENOUGH] in there


def test_every_line_leads_to_the_place_that_has_its_title(run_folder: Path, edition: str):
    books = sorted((run_folder / edition / "buku").glob("*.pdf"))
    assert len(books) >= 3
    assert {book.stem: wrong(book) for book in books} == {book.stem: [] for book in books}
