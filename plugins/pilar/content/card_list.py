"""The cards of a block `kartu`: its content is a list, one item a card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pilar.model.blocks import Block
from pilar.model.problem import Problem

LONGEST = 1000
"""Characters of a card: as many stand in legible letters on a strip of a fourth of a sheet."""
_ITEM = re.compile(r" {0,3}(?P<mark>[-*+]|\d+\.) +\S")


def cards(lines: Sequence[str], block: Block) -> tuple[str, ...]:
    """Each card as written, its further lines below the first. `lines` are those of the page."""
    items: list[list[str]] = []
    for _, line in _content(lines, block):
        if _ITEM.match(line):
            items.append([])
        if items:
            items[-1].append(line)
    return tuple("\n".join(item).rstrip() for item in items)


def no_cards(path: str, lines: Sequence[str], block: Block) -> Problem | None:
    """What in the block `kartu` is no card: the first line that neither begins an item nor goes on
    with one (indented, right below it), or that there is no item.

    Marks of one kind: below `- a`, Python-Markdown takes `1. b` for text of `a` (sane_lists).
    """
    kind, gap = "", True
    for number, line in _content(lines, block):
        if item := _ITEM.match(line):
            mark = "1." if item["mark"][-1] == "." else item["mark"]
            kind = kind or mark
            wrong = mark != kind
        else:
            wrong = bool(line.strip()) and (gap or not line.startswith(" "))
        if wrong:
            message = (
                "baris ini bukan kartu: blok `kartu` hanya memuat daftar, satu butir satu kartu"
            )
            hint = (
                f"Awali tiap kartu dengan “{kind or '-'} ”, tulis lanjutannya tepat di bawahnya, "
                "menjorok empat spasi, dan pindahkan teks lain ke luar blok"
            )
            return Problem(path, number, "B125", message, hint).on_line(lines)
        gap = not line.strip()
    if kind:
        return _too_long(path, lines, block)
    message, hint = "blok `kartu` belum memuat kartu", "Tulis satu butir untuk tiap kartu: - Teks"
    return Problem(path, block.first, "B125", message, hint).on_line(lines, at=block.name)


def _too_long(path: str, lines: Sequence[str], block: Block) -> Problem | None:
    numbers = (number for number, line in _content(lines, block) if _ITEM.match(line))
    for number, card in zip(numbers, cards(lines, block), strict=True):
        if len(card) > LONGEST:
            message = f"kartu ini lebih dari {LONGEST} karakter"
            hint = "Tulis lebih singkat, atau bagi menjadi beberapa kartu"
            return Problem(path, number, "B125", message, hint).on_line(lines)
    return None


def _content(lines: Sequence[str], block: Block) -> Iterator[tuple[int, str]]:
    """Lines of the block, without what its container puts before them; blocks in it aside, which
    are a mistake of their own.
    """
    nested = {n for child in block.children for n in range(child.first, child.last + 1)}
    for number in range(block.body, block.last):
        if number not in nested:
            line = lines[number - 1]
            yield number, line.removeprefix(block.prefix) if line.strip(" >") else ""
