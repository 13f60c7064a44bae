"""How good finished pages are: full ones, activities seen at one look, nothing left alone.

`measure.py` finds what is wrong on a page, `page_walk.py` what could be better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

HALF = 0.5
"""Fill of pages that are named, if it is less."""


@dataclass(frozen=True, order=True)
class Span:
    """The pages, from 0, on which an activity begins and ends; `code` is `BLC-K1`."""

    code: str
    first: int
    last: int

    @property
    def openings(self) -> int:
        """At how many openings of a book it is looked at.

        Page 0 of a module is a right-hand one, so that its pages 1 and 2 face each other.
        """
        return (self.last + 1) // 2 - (self.first + 1) // 2 + 1


@dataclass(frozen=True, order=True)
class Lone:
    """What stands alone at the edge of `page` (from 0): `butir`, `baris`, `larik` or `judul`.

    That is an item of a list, a row of a table, a line of a paragraph, a heading.
    """

    page: int
    kind: str


@dataclass(frozen=True)
class PageQuality:
    """What the pages of a part are like."""

    fills: tuple[float | None, ...] = ()
    """Share of each page's text area that is above its lowest ink; None where pages are not to be
    filled: front matter, openings of modules, blank ones, the last one."""
    activities: tuple[Span, ...] = ()
    lone: tuple[Lone, ...] = ()


def summary(parts: Iterable[tuple[PageQuality, Callable[[int], str]]]) -> dict[str, Any]:
    """Of the parts of a book, each with what is printed as the number of its pages (from 0).

    Mean fill, and the numbers of pages that are less than half full; activities, how many are on
    one page, or one opening, and the codes of those on more; pages at whose edge something stands
    alone, by number.
    """
    listed = list(parts)
    fills = [
        (fill, label(page))
        for part, label in listed
        for page, fill in enumerate(part.fills)
        if fill is not None
    ]
    spans = [span for part, _ in listed for span in part.activities]
    cut = [span.code for span in spans if span.openings > 1]
    whole = sum(span.first == span.last for span in spans)
    return {
        "isi": round(fmean(fill for fill, _ in fills), 3) if fills else None,
        "lengang": [page for fill, page in fills if fill < HALF],
        "kegiatan": len(spans),
        "satu_halaman": whole,
        "satu_bukaan": len(spans) - whole - len(cut),
        "terpotong": cut,
        "menyendiri": [label(lone.page) for part, label in listed for lone in part.lone],
    }
