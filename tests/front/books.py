"""PDF books: text and pictures of pages, labels, destinations, structure."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import groupby
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

WIDTH, HEIGHT = 595, 842
"""A4 in points."""
TOP, BOTTOM = 62, 785
"""Where the text of a page begins and ends, in points from its upper edge (buku.css, @page)."""


@cache
def texts(book: Path, area: tuple[int, int, int, int] | None = None) -> tuple[str, ...]:
    """The text of each page; of an area of it (x, y, width, height in points), if one is given."""
    crop = []
    if area:
        crop = [
            str(part) for pair in zip(("-x", "-y", "-W", "-H"), area, strict=True) for part in pair
        ]
    command = ["pdftotext", "-layout", *crop, str(book), "-"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stderr == "", done.stderr
    return tuple(done.stdout.split("\f")[:-1])


def bodies(book: Path) -> tuple[str, ...]:
    """The text of each page between running head and foot."""
    return texts(book, (0, TOP, WIDTH, BOTTOM - TOP))


def numbers(book: Path) -> tuple[str, ...]:
    """What is printed where a page has its number: outside, at the foot."""
    left, right = (
        texts(book, (start, BOTTOM, WIDTH // 2, HEIGHT - BOTTOM)) for start in (0, WIDTH // 2)
    )
    return tuple((left, right)[n % 2 == 0][n].strip() for n in range(len(left)))


def letters(text: str) -> str:
    """Letters and digits of a text alone: neither spaces, breaks, nor hyphens matter."""
    return re.sub(r"[^\w]|_", "", text).casefold()


def pictures(book: Path, resolution: int) -> Iterator[Image.Image]:
    """Each page as a grey picture of so many dots an inch."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-gray", "-r", str(resolution), str(book), f"{folder}/hal"]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        assert done.stderr == "", done.stderr
        for path in sorted(Path(folder).iterdir()):
            with Image.open(path) as picture:
                yield picture.copy()


@dataclass(frozen=True)
class Target:
    """Where a link or an outline entry leads: page from 0, height of the place in points."""

    page: int
    top: float | None


class Places:
    """Turns what a PDF calls a destination into a page."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.names: dict[str, pikepdf.Object] = {}
        if Name.Names in pdf.Root and Name.Dests in pdf.Root.Names:
            self.names = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())

    def target(self, destination: object) -> Target | None:
        """The place of a destination, None where it leads nowhere."""
        if isinstance(destination, pikepdf.String | str):
            destination = self.names.get(str(destination))
        if isinstance(destination, Dictionary):
            destination = destination.get(Name.D)
        if not isinstance(destination, Array) or len(destination) < 2:
            return None
        page = self.pages.get(destination[0].objgen)
        if page is None:
            return None
        top = float(destination[3]) if str(destination[1]) == "/XYZ" else None
        return Target(page, top)


@dataclass(frozen=True)
class Annotation:
    """A link on a page: its rectangle and what it leads to (a destination, or a URI)."""

    page: int
    rectangle: tuple[float, ...]
    destination: object
    uri: str


def annotations(pdf: pikepdf.Pdf) -> Iterator[Annotation]:
    """Every link of every page."""
    for number, page in enumerate(pdf.pages):
        for note in page.obj.get(Name.Annots, Array()):
            if note.Subtype != Name.Link:
                continue
            action = note.get(Name.A, Dictionary())
            destination = note.get(Name.Dest, action.get(Name.D))
            rectangle = tuple(float(side) for side in note.Rect)
            yield Annotation(number, rectangle, destination, str(action.get(Name.URI, "")))


@dataclass(frozen=True)
class Entry:
    """An entry of the outline."""

    level: int
    title: str
    target: Target | None


def outline(pdf: pikepdf.Pdf) -> list[Entry]:
    """The outline, flat, in reading order."""
    places = Places(pdf)

    def walk(items: list[pikepdf.OutlineItem], level: int) -> Iterator[Entry]:
        for item in items:
            destination = item.destination
            if item.action is not None:
                destination = item.action.get(Name.D)
            yield Entry(level, item.title, places.target(destination))
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as tree:
        return list(walk(list(tree.root), 1))


@dataclass(frozen=True)
class Word:
    """A word on a page (from 0) and its rectangle in points, from the upper left of the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def beside(self, other: Word) -> bool:
        """Do both stand on one line?"""
        return self.page == other.page and abs(self.bottom - other.bottom) < 4


@cache
def words(book: Path) -> dict[int, list[Word]]:
    """Every word of a book, by page."""
    command = ["pdftotext", "-bbox", str(book), "-"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    found: dict[int, list[Word]] = defaultdict(list)
    number = -1
    for page, *box, text in re.findall(
        r'(<page )|<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>',
        done.stdout,
    ):
        number += bool(page)
        if text:
            found[number].append(Word(number, *map(float, box), unescape(text)))
    return found


@dataclass(frozen=True)
class Line:
    """A line of contents, lists or timetable: title, page as printed behind it, destination."""

    title: str
    label: str
    name: str
    page: int
    """The page (from 0) that it stands on."""


_LABEL = re.compile(r"\(?([A-Z][A-Z0-9]*-\d+)\)?,?")


@cache
def listed(book: Path) -> list[Line]:
    """Every link of the front matter with the number printed behind it, in order of the pages."""
    with pikepdf.open(book) as pdf:
        front = [page.label for page in pdf.pages if "-" not in page.label]
        notes = [note for note in annotations(pdf) if note.page < len(front) and not note.uri]
    found: list[Line] = []
    for name, group in groupby(notes, key=lambda note: (note.page, str(note.destination))):
        inside = [w for note in group for w in words(book)[note.page] if _covers(note, w)]
        inside = sorted(set(inside), key=lambda word: (round(word.bottom), word.left))
        label = _label(book, inside)
        found.append(Line(" ".join(word.text for word in inside), label, name[1], name[0]))
    return found


def _covers(note: Annotation, word: Word) -> bool:
    left, right = sorted(note.rectangle[::2])
    bottom, top = sorted(note.rectangle[1::2])
    across, down = (word.left + word.right) / 2, HEIGHT - (word.top + word.bottom) / 2
    return left <= across <= right and bottom <= down <= top


def _label(book: Path, title: list[Word]) -> str:
    """The number behind a link: on its last line, on its first, or at the start of the next."""
    first, last = title[0], title[-1]
    there = [word for word in words(book)[last.page] if _LABEL.fullmatch(word.text)]
    ways = (
        [word for word in there if word.beside(last) and word.left >= last.right - 1],
        [word for word in there if word.beside(first) and word.left >= last.right - 1],
        [word for word in there if 0 < word.bottom - last.bottom < 20],
    )
    return _LABEL.fullmatch(min(next(filter(None, ways)), key=lambda word: word.left).text)[1]


_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z]+\d+| \d+\.) ")
"""How lines begin that name a numbered block, or a figure."""


def contents(book: Path) -> list[Line]:
    """The table of contents as printed, without the activities that stand below their chapters."""
    lines = listed(book)
    # A session of the timetable leads to its first activity, as that does.
    numbered = {line.name for line in lines if _CODE.match(line.title)}
    first = {line.name: line for line in reversed(lines)}
    return [line for line in lines if first[line.name] is line and line.name not in numbered]


def tree_numbers(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """Keys and values of a number tree."""
    entries = list(node.get(Name.Nums, Array()))
    for key, value in zip(entries[::2], entries[1::2], strict=True):
        yield int(key), value
    for child in node.get(Name.Kids, Array()):
        yield from tree_numbers(child)
