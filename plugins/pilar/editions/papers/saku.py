"""Saku: pocket cards of A6, four a sheet, in an order that cutting the stack of sheets keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from textwrap import wrap
from typing import Any

from pilar.assembly.day import Step
from pilar.assembly.sessions import Session, sessions
from pilar.assembly.tree import ModuleNode

from .guidance import LATE, OPENING, QUESTIONS, STEPS, Guidance, guidance
from .page_fit import columns, height
from .paper import BothEditions

WIDTH, HEIGHT = 105, 148
"""Of a card in mm: A6."""
A_SHEET = 4
_SIZES = (11.0, 10.5, 10.0, 9.5)
"""Sizes of text in points; what is too long at the last one has a second card."""
_DIVIDED = 10.5
"""Size of text that two cards share."""
_SIDE = 9.5
"""Left and right of the text, in mm."""
_ROOM, _LINE = 117, WIDTH - 2 * _SIDE
"""Room for text below the head of a card: height and width in mm."""
_LABEL, _GAP, _INDENT = 6.5, 0.8, 8
"""Height in mm of a label and what is around it; below a paragraph; of minutes before a step."""


@dataclass(frozen=True)
class Text:
    """A paragraph of a card; `label` stands above it, `minutes` before it."""

    text: str
    label: str = ""
    minutes: int | None = None

    def height(self, size: float) -> float:
        """In mm, at this size in points."""
        width = _LINE - (_INDENT if self.minutes is not None else 0)
        return height([self.text], width, size) + _GAP + (_LABEL if self.label else 0)


@dataclass(frozen=True)
class Card:
    """A card: one of `parts` of its activity; `times` are its clock times on that day."""

    session: Session
    guide: Guidance
    times: tuple[Step, ...]
    texts: tuple[Text, ...]
    size: float
    part: int = 1
    parts: int = 1


def saku(both: BothEditions) -> dict[str, Any] | None:
    """Cards by sheet and place, None where a place stays empty; a run without sessions has none.

    The first place is that of the card that says how to cut.
    """
    nodes = both.trainers.by_slug
    made = [c for found in sessions(both.days) for c in _cards(found, nodes[found.module.slug])]
    if not made:
        return None
    width, page = both.sheet
    measures = {
        "tepi": ((page - 2 * HEIGHT) / 2, (width - 2 * WIDTH) / 2),
        "kartu": (WIDTH, HEIGHT),
        "samping": _SIDE,
        "jarak": _GAP,
        "inden": _INDENT,
    }
    return {"lembar": imposed([None, *made]), "jumlah": len(made), "ukuran": measures}


def imposed(cards: Sequence[Any]) -> list[list[tuple[int, Any] | None]]:
    """Numbered cards by sheet and place. Sheets that lie on each other give four piles when cut;
    the piles on each other, the first on top, are in order.
    """
    count = ceil(len(cards) / A_SHEET)
    numbered = dict(enumerate(cards))
    return [
        [(n, numbered[n]) if n in numbered else None for n in range(sheet, count * A_SHEET, count)]
        for sheet in range(count)
    ]


def _cards(session: Session, node: ModuleNode) -> Iterator[Card]:
    for _, group in groupby(session.steps, key=lambda step: id(step.activity)):
        steps = tuple(group)
        guide = guidance(node, steps[0].activity)
        size, parts = _divided(list(_texts(guide)))
        for number, texts in enumerate(parts, 1):
            yield Card(session, guide, steps, tuple(texts), size, number, len(parts))


def _texts(guide: Guidance) -> Iterator[Text]:
    if guide.opening:
        yield Text(guide.opening, OPENING)
    for number, move in enumerate(guide.moves):
        yield Text(move.text, "" if number else STEPS, move.minutes or 0)
        yield from (Text(item, minutes=0) for item in move.items)
    for label, text in ((QUESTIONS, guide.questions), (LATE, guide.late)):
        if text:
            yield Text(text, label)


def _pieces(text: Text) -> Iterator[Text]:
    """A paragraph, in parts of a card each where it is longer than one."""
    letters = columns(_LINE - _INDENT, _DIVIDED) * int(
        (_ROOM - _LABEL) / height(["-"], 1, _DIVIDED)
    )
    first, *rest = wrap(text.text, letters * 9 // 10) or [""]
    yield replace(text, text=first)
    yield from (Text(part, minutes=None) for part in rest)


def _divided(texts: list[Text]) -> tuple[float, list[list[Text]]]:
    """The largest size at which all fits on a card; else `_DIVIDED`, and the text by card."""
    for size in _SIZES:
        if sum(text.height(size) for text in texts) <= _ROOM:
            return size, [texts]
    parts: list[list[Text]] = [[]]
    for text in (piece for whole in texts for piece in _pieces(whole)):
        if sum(other.height(_DIVIDED) for other in (*parts[-1], text)) > _ROOM and parts[-1]:
            parts.append([])
        parts[-1].append(text)
    return _DIVIDED, parts
