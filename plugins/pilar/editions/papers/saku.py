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
from pilar.editions.page_fit import height
from pilar.model.schedule import clock
from pilar.syntax.render import plain

from .guidance import LATE, OPENING, QUESTIONS, STEPS, Guidance, guidance
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
_BARE, _LINE = 134.5, WIDTH - 2 * _SIDE
"""Height of a card without the texts of its head, and width of its lines, in mm."""
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
    nodes, draft = both.trainers.by_slug, both.trainers.draft
    made = [
        card
        for session in sessions(both.days)
        for card in _cards(session, nodes[session.module.slug], draft)
    ]
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


def _cards(session: Session, node: ModuleNode, draft: str) -> Iterator[Card]:
    for _, group in groupby(session.steps, key=lambda step: id(step.activity)):
        steps = tuple(group)
        guide = guidance(node, steps[0].activity)
        size, parts = _divided(list(_texts(guide)), _BARE - _head(guide, steps, draft))
        for number, texts in enumerate(parts, 1):
            yield Card(session, guide, steps, tuple(texts), size, number, len(parts))


def _head(guide: Guidance, steps: Sequence[Step], draft: str) -> float:
    """Height in mm of the texts above the rule of a card, a little more at most."""
    times = ", ".join(f"{clock(step.start)}–{clock(step.end)}" for step in steps)
    title = f"{plain(guide.activity.block.title)} (10 dari 10)"
    facts = f"100 menit, hari 10, sesi 10, boleh dilewati. Kartu 100 dari 100. {draft}"
    return (
        height([f"{guide.item.code} {times}"], _LINE, 13, 700, leading=1)
        + height([title], _LINE, 11, 700, leading=1.15)
        + height([facts], _LINE, 10)
    )


def _texts(guide: Guidance) -> Iterator[Text]:
    if guide.opening:
        yield Text(guide.opening, OPENING)
    for number, move in enumerate(guide.moves):
        yield Text(move.text, "" if number else STEPS, move.minutes or 0)
        yield from (Text(item, minutes=0) for item in move.items)
    for label, text in ((QUESTIONS, guide.questions), (LATE, guide.late)):
        if text:
            yield Text(text, label)


def _pieces(text: Text, room: float) -> Iterator[Text]:
    """A paragraph, in parts of a card each where it is longer than one."""
    for count in range(1, len(text.text) + 2):
        first, *rest = wrap(text.text, max(1, len(text.text) // count)) or [""]
        parts = (
            replace(text, text=first),
            *(replace(text, text=t, label="", minutes=None) for t in rest),
        )
        if all(part.height(_DIVIDED) <= room for part in parts):
            break
    yield from parts


def _divided(texts: list[Text], room: float) -> tuple[float, list[list[Text]]]:
    """The largest size at which all fits on a card, which has `room` mm; else `_DIVIDED`, and the
    text by card.
    """
    for size in _SIZES:
        if sum(text.height(size) for text in texts) <= room:
            return size, [texts]
    parts: list[list[Text]] = [[]]
    for text in (piece for whole in texts for piece in _pieces(whole, room)):
        if sum(other.height(_DIVIDED) for other in (*parts[-1], text)) > room and parts[-1]:
            parts.append([])
        parts[-1].append(text)
    return _DIVIDED, parts
