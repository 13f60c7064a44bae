"""Kartu: the cards of a module on sheets to cut, as many sets as the run needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import lxml.html
from markupsafe import Markup

from pilar.assembly.blockdata import SETS
from pilar.assembly.materials import first_use
from pilar.assembly.numbering import Item
from pilar.assembly.tree import ModuleNode
from pilar.editions.page_fit import height, longest
from pilar.model.blocks import CardOptions
from pilar.syntax.render import plain

from .excerpts import pages_with
from .paper import BothEditions

MARGINS = {"atas": 10, "samping": 8, "bawah": 15}
"""Of the page, in mm."""
TICK, HEAD, MARK, RULES = 4, 8, 6, 3
"""In mm: ticks for the knife around the cards; the line above them, at the least; the code below
each text; the thickness of all rules.
"""
_FACTS = (
    ", lembar 100 dari 100: set 10–100. 10 kartu satu set, 100 set (satu tiap kelompok). Gunting …"
)
"""About what the line above them says besides the title."""
_PADDING = 6
"""Left and right of a text, and above and below, in mm."""
_FLATTEST, _TALLEST = 0.5, 1.0
"""Height of the flattest card, and of the tallest whose text asks for no more, of its width."""
_LARGE, _SMALL = (32, 28, 24, 22, 20, 18, 16, 14), (13, 12, 11, 10, 9)
"""Sizes of text in points; a small one is for what fills a whole strip of the sheet."""
_BELOW = 1
"""Room below a picture, in mm."""
_WEIGHT = 600
"""Of the text of cards, as kartu.html has it."""


@dataclass(frozen=True)
class Card:
    """A card: its text as HTML, its number among those of its set, and that of its set."""

    text: Markup
    words: str
    line: str = ""
    number: int = 0
    set: int = 0


@dataclass(frozen=True)
class Layout:
    """How the cards of a block stand on sheets; sizes in mm, that of text in points."""

    width: float
    height: float
    size: int
    sheets: tuple[tuple[tuple[Card, ...], ...], ...]
    """Rows of cards by sheet."""


@dataclass(frozen=True)
class Deck:
    """All sets of one block."""

    item: Item
    cards: int
    sets: int
    whom: str
    layout: Layout
    head: float
    """Height in mm of the line above its cards."""


def kartu(both: BothEditions, node: ModuleNode) -> dict[str, Any] | None:
    """The decks of a module; None for one without cards."""
    decks = [_deck(both, node, item) for item in node.items("kartu")]
    measures = {
        "tepi": MARGINS,
        "tanda": TICK,
        "kode": MARK,
        "sela": _PADDING,
        "besar": _LARGE[-1],
    }
    return {"dek": decks, "ukuran": measures} if decks else None


def _deck(both: BothEditions, node: ModuleNode, item: Item) -> Deck:
    options = item.block.options
    assert isinstance(options, CardOptions)
    sets = both.whom.times(options.set, first_use(node.module, item))
    cards = list(_cards(both, node, item))
    width, page = both.sheet
    across = width - 2 * (MARGINS["samping"] + TICK)
    head = max(HEAD, height([f"{item.code} {plain(item.block.title)}{_FACTS}"], across, 9, 700))
    room = across, page - MARGINS["atas"] - MARGINS["bawah"] - head - 2 * TICK - RULES
    lying = layout(cards, sets, options.lebar, room)
    return Deck(item, len(cards), sets, SETS[options.set], lying, head)


def _cards(both: BothEditions, node: ModuleNode, item: Item) -> Iterator[Card]:
    """The cells of the block's table in the book, without what only a book has."""
    pages = pages_with(both, node, "kartu")
    body = next(body for page, body in pages if page.page is item.page)
    (block,) = body.xpath(f".//section[@data-kode='{item.code}']")
    for note in block.xpath(".//sup[contains(@id, 'fnref')]"):
        note.drop_tree()
    for link in block.xpath(".//a"):
        link.drop_tag()
    for cell in block.xpath(".//td[node()]"):
        inner = lxml.html.tostring(cell, encoding="unicode", with_tail=False)
        text = inner[inner.index(">") + 1 : inner.rindex("</td>")]
        yield Card(Markup(text), cell.text_content(), cell.get("data-baris", ""))


def layout(cards: Sequence[Card], sets: int, across: int, room: tuple[float, float]) -> Layout:
    """The fewest sheets on which text is large enough, then the largest cards.

    `room` is width and height in mm. Long texts have taller cards, and smaller letters only where
    even a strip from top to bottom is too short.
    """
    width = room[0] / across
    least, most = (max(1, round(room[1] / (ratio * width))) for ratio in (_TALLEST, _FLATTEST))
    rows = min(
        (rows for rows in range(least, most + 1) if _size(cards, width, room[1] / rows, _LARGE)),
        key=lambda rows: _count(len(cards), sets, rows * across),
        default=next(
            (r for r in range(least, 1, -1) if _size(cards, width, room[1] / r, _LARGE)), 1
        ),
    )
    tall = room[1] / rows
    size = _size(cards, width, tall, (*_LARGE, *_SMALL)) or _SMALL[-1]
    return Layout(width, tall, size, tuple(_sheets(cards, sets, across, rows)))


def _count(cards: int, sets: int, places: int) -> int:
    """Sheets that these sets take, one behind the other."""
    return ceil(cards * sets / places)


def _sheets(
    cards: Sequence[Card], sets: int, across: int, rows: int
) -> Iterator[tuple[tuple[Card, ...], ...]]:
    """Each set begins a sheet where that takes no more of them."""
    numbered = [
        [replace(card, number=number, set=of) for number, card in enumerate(cards, 1)]
        for of in range(1, sets + 1)
    ]
    places = across * rows
    apart = sets * _count(len(cards), 1, places) == _count(len(cards), sets, places)
    for run in numbered if apart else [[card for one in numbered for card in one]]:
        for sheet in _parted(run, places):
            yield tuple(map(tuple, _parted(sheet, across)))


def _parted(cards: list[Card], size: int) -> list[list[Card]]:
    return [cards[start : start + size] for start in range(0, len(cards), size)]


def _size(cards: Sequence[Card], width: float, tall: float, sizes: Sequence[int]) -> int | None:
    """The largest of the sizes at which every text fits its card; None where none does."""
    line, room = width - _PADDING, tall - MARK - _PADDING
    return next((s for s in sizes if all(_fits(card, line, room, s) for card in cards)), None)


def _fits(card: Card, line: float, room: float, size: int) -> bool:
    """Words stay whole, at the smallest of the large sizes and below long ones may be divided."""
    if size > _LARGE[-1] and longest(card.words, size, _WEIGHT) > line:
        return False
    picture = room / 2 + _BELOW if "<img" in card.text else 0
    return height(card.words.split("\n"), line, size, _WEIGHT) + picture <= room
