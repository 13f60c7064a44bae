"""Pages of two printed parts compared: by their words, and by their looks where words are equal."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

from pilar.redline.align import spans

_MM = 72 / 25.4
TOP, BOTTOM = 20 * _MM, 18 * _MM
"""Running heads and page numbers stand within these of the edge (points): 2 mm less than the
margins of @page in overrides/buku/buku.css."""
DPI = 80
_LOOK_DPI = 30
_NUMBER = re.compile(r"[\d.]+,?")
_LIST_MARK = re.compile(r"\d{1,2}\.|[A-Za-z]\.|[•◦▪■□–]")
"""PDFium reads the marks of lists after all else of a page, far from what they stand beside."""
_COLOURS = {"old": (190, 30, 45), "new": (0, 120, 60)}
_QUALITY = 48


@dataclass(frozen=True)
class Word:
    """A word on paper: what it says, its page from 0, its first and last character there."""

    key: str
    page: int
    first: int
    last: int


@dataclass(frozen=True)
class Pair:
    """Pages that differ, from 0; None where there is none."""

    old: int | None
    new: int | None


Difference = tuple[Pair, list[Word], list[Word]]
"""Pages that differ, with the words that only the old and only the new one has."""


class Paper:
    """A PDF part opened for reading. Close it."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pypdfium2.PdfDocument(data) if data else None
        self.words = [w for n in range(self.pages) for w in self._words(n)] if self.pdf else []

    def close(self) -> None:
        """Free what PDFium holds."""
        if self.pdf:
            self.pdf.close()

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.pdf) if self.pdf else 0

    def _words(self, number: int) -> Iterator[Word]:
        """Words of a page's body; a hyphenated one is one word."""
        assert self.pdf is not None
        page = self.pdf[number]
        height = page.get_height()
        text = page.get_textpage()
        for letters, first, last in _letters(text):
            _, bottom, _, top = text.get_charbox(first)
            if not _LIST_MARK.fullmatch(letters) and bottom > BOTTOM and top < height - TOP:
                key = letters.replace("-", "")
                # The opening page lists versions and page numbers, which shift with everything.
                opening = number == 0 and _NUMBER.fullmatch(key)
                yield Word("#" if opening else key, number, first, last)
        text.close()
        page.close()

    def picture(self, number: int, marked: Sequence[Word], colour: str) -> bytes:
        """A page as WebP with words marked."""
        image = self.image(number, DPI)
        assert self.pdf is not None
        page = self.pdf[number]
        height = page.get_height()
        text = page.get_textpage()
        boxes: list[tuple[float, float, float, float]] = []
        for word in marked:
            for index in range(word.first, word.last + 1):
                left, bottom, right, top = text.get_charbox(index)
                if right > left:
                    boxes.append((left, height - top, right, height - bottom))
        text.close()
        page.close()
        return webp(_painted(image, boxes, colour))

    def image(self, number: int, dpi: float) -> Image.Image:
        """A page drawn."""
        assert self.pdf is not None
        page = self.pdf[number]
        bitmap = page.render(scale=dpi / 72)
        image: Image.Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
        return image


def _letters(text: Any) -> Iterator[tuple[str, int, int]]:
    """Letters of each word, the index of its first and of its last one."""
    letters, first, last = "", -1, -1
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter in "\x02\u00ad" or (letter in "\r\n" and letters.endswith("-")):
            continue
        if not letter.isspace():
            letters, first, last = letters + letter, index if first < 0 else first, index
        elif letters:
            yield letters, first, last
            letters, first, last = "", -1, -1
    if letters:
        yield letters, first, last


def _painted(
    image: Image.Image, boxes: Iterable[tuple[float, float, float, float]], colour: str
) -> Image.Image:
    """The image with boxes (points from the top left) tinted, as with a text marker."""
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    tint = tuple(255 - (255 - value) // 3 for value in _COLOURS[colour])
    scale = DPI / 72
    for left, top, right, bottom in boxes:
        box = (left * scale - 1.5, top * scale - 2, right * scale + 1.5, bottom * scale + 2)
        draw.rectangle(box, fill=tint)
    return ImageChops.multiply(image, layer)


def webp(image: Image.Image) -> bytes:
    """The image as WebP."""
    target = io.BytesIO()
    image.save(target, "WEBP", quality=_QUALITY, method=4)
    return target.getvalue()


def differing(old: Paper, new: Paper, looks: bool) -> list[Difference]:
    """Pairs of pages with other words, and the words that only one of them has.

    Pages that merely begin elsewhere because text before them grew are not among them. `looks`
    compares pages of equal words by their pixels too.
    """
    found: dict[Pair, tuple[list[Word], list[Word]]] = {}
    same: dict[int, int] = {}
    for span in spans([w.key for w in old.words], [w.key for w in new.words]):
        gone, come = old.words[span.first : span.last], new.words[span.start : span.end]
        if span.kind == "same":
            for a, b in zip(gone, come, strict=True):
                same.setdefault(b.page, a.page)
            continue
        before = _pages(gone, old.words, span.first)
        after = _pages(come, new.words, span.start)
        for a_page, b_page in zip_longest(before, after):
            pair = Pair(a_page, b_page)
            words = found.setdefault(pair, ([], []))
            words[0].extend(word for word in gone if word.page == a_page)
            words[1].extend(word for word in come if word.page == b_page)
    if looks:
        seen = {pair.new for pair in found}
        for b_page, a_page in same.items():
            if b_page not in seen and _looks_other(old, a_page, new, b_page):
                found[Pair(a_page, b_page)] = ([], [])
    ordered = sorted(found, key=lambda p: (p.new if p.new is not None else 10**6, p.old or 0))
    return [(pair, *found[pair]) for pair in ordered]


def _pages(words: Sequence[Word], all_words: Sequence[Word], place: int) -> list[int]:
    """Pages of the words, or the page on which they would stand."""
    if words:
        return sorted({word.page for word in words})
    if not all_words:
        return []
    return [all_words[min(place, len(all_words) - 1)].page]


def _looks_other(old: Paper, a_page: int, new: Paper, b_page: int) -> bool:
    first, second = old.image(a_page, _LOOK_DPI), new.image(b_page, _LOOK_DPI)
    if first.size != second.size:
        return True
    scale = _LOOK_DPI / 72
    width, height = first.size
    body = (0, int(TOP * scale), width, height - int(BOTTOM * scale))
    difference = ImageChops.difference(first.crop(body), second.crop(body)).convert("L")
    changed = difference.point(lambda value: 255 if value > 48 else 0)
    return sum(changed.histogram()[255:]) > 12
