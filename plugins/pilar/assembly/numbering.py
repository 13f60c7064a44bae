"""Numbers and codes, counted over the whole module, so that both editions have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pilar.model.blocks import Block, ItemOptions
from pilar.model.curriculum import Module, Page, letters

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Item:
    """A numbered block: its code `BLC-LK1`, its anchor `blc-lk1`, and its page."""

    code: str
    anchor: str
    block: Block
    page: Page

    @property
    def label(self) -> str:
        """How text refers to it: `Lembar Kerja BLC-LK1`."""
        return f"{self.block.type.label} {self.code}"


@dataclass(frozen=True)
class Numbering:
    """All numbers of a module."""

    chapters: Mapping[str, str]
    """`BAB II` by page name; pages of one edition only have none."""
    items: Mapping[tuple[str, int], Item]
    """By page name and first line."""
    captions: Mapping[tuple[str, int], int]
    """Number of each figure or table that both editions see, by page name and first line."""
    questions: Mapping[str, str]
    """Code by question id."""

    def by_id(self) -> dict[str, Item]:
        """Items that authors can refer to (`[@#id]`), by their id."""
        return {
            item.block.options.id: item
            for item in self.items.values()
            if isinstance(item.block.options, ItemOptions) and item.block.options.id
        }


def number_module(module: Module) -> Numbering:
    """Count chapters, numbered blocks, captions and questions of a module.

    What both editions see is counted first, so that what only one sees leaves no gap in the
    other. Captions that only one edition sees have no number.
    """
    counts: Counter[str] = Counter()
    chapters: dict[str, str] = {}
    items: dict[tuple[str, int], Item] = {}
    captions: dict[tuple[str, int], int] = {}
    for page in module.pages:
        if page.edition is None:
            counts["BAB"] += 1
            chapters[page.name] = f"BAB {roman(counts['BAB'])}"
    blocks = [
        (page, block, shared)
        for page in module.pages
        for block, shared in _with_audience(page.document.blocks, page.edition is None)
    ]
    for page, block, shared in sorted(blocks, key=lambda entry: not entry[2]):
        if block.type.letter:
            counts[block.type.letter] += 1
            code = f"{module.meta.kode}-{block.type.letter}{counts[block.type.letter]}"
            items[page.name, block.first] = Item(code, code.lower(), block, page)
        elif block.name.endswith("-caption") and shared:
            counts[block.name] += 1
            captions[page.name, block.first] = counts[block.name]
    questions = {
        question.id: f"{module.meta.kode}-S{number}"
        for number, question in enumerate(module.questions, 1)
    }
    return Numbering(chapters, items, captions, questions)


def _with_audience(blocks: Iterable[Block], shared: bool) -> Iterator[tuple[Block, bool]]:
    """All blocks in reading order, and whether both editions see them; `shared`: their parent."""
    for block in blocks:
        both = shared and block.audience is None
        yield block, both
        yield from _with_audience(block.children, both)


def roman(number: int) -> str:
    """1..39 as a Roman numeral."""
    text = ""
    for value, mark in _ROMAN:
        count, number = divmod(number, value)
        text += mark * count
    return text


def letter(number: int) -> str:
    """1 → A; after Z come AA, AB …"""
    first, rest = divmod(number - 1, 26)
    return (letters(first)[-1] if first else "") + letters(rest + 1)[-1]
