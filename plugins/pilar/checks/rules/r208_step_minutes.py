"""R208: the steps of a trainer's note take as long as the activity they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pilar.model.blocks import Block, Document
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_ITEM = re.compile(r"(?P<before>[\s>]*(?::\s+)?)(?:\d+[.)]|[-*+])\s+(?P<text>\S.*)")
_DEFINITION = re.compile(r"[\s>]*:\s+(?=\S)")
_TIME = (
    r"(?:±|kira-kira|sekitar|kurang lebih)?\s*(?:(?P<times>\d+)\s*[x×]\s*)?"
    r"(?:(?P<hours>\d+)\s*jam\s*)?"
    r"(?:(?P<least>\d+)(?:\s*[-–]\s*(?P<most>\d+))?\s*(?:menit|mnt|['’′]))?"
)
_IN_BRACKETS = re.compile(rf"[(\[]\s*{_TIME}\s*[)\]]", re.I)
_AT_START = re.compile(rf"{_TIME}\s*[:–—-]", re.I)
_STEPS = re.compile(r"langkah|tahap|urutan|alur|proses|pelaksanaan", re.I)
_OTHERWISE = re.compile(r"bila|jika|kalau|apabila|tanpa|variasi|alternatif|cadangan|pilihan", re.I)
"""Terms of a note whose lists say what is done instead of the steps."""

Span = tuple[int, int]
"""Least and most minutes."""


@dataclass
class _Item:
    """An item of a list: where its mark stands, its text, the items below it."""

    column: int
    text: str
    below: list[_Item] = field(default_factory=list)

    def minutes(self) -> Span | None:
        """What it says it takes, else what those below it take together."""
        return _minutes(self.text) or _sum(self.below)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Where steps of an activity have minutes, these are the activity's."""
    for activity in module.activities:
        document, block = activity.page.document, activity.block
        lists = [found for note in _notes(block) for found in _lists(document, note)]
        named = [steps for term, steps in lists if _STEPS.match(term) and _sum(steps)]
        usual = [steps for term, steps in lists if not _OTHERWISE.match(term)]
        steps = [step for steps in named or usual for step in steps]
        total, planned = _sum(steps), activity.options.menit
        if total and not total[0] <= planned <= total[1]:
            message = (
                f"langkah kegiatan “{block.title}” berjumlah {_said(total)} menit, sedangkan "
                f"kegiatannya {planned} menit"
            )
            hint = "Ubah menit langkahnya, atau `menit` kegiatan"
            if without := sum(step.minutes() is None for step in steps):
                hint = f"Ada {without} langkah tanpa menit. {hint}"
            problem = Problem(document.path, block.first, "R208", message, hint)
            yield problem.on_line(document.lines, at=block.title)


def _notes(block: Block) -> Iterator[Block]:
    return (inner for inner in block.walk() if inner.name == "pelatih")


def _lists(document: Document, note: Block) -> Iterator[tuple[str, list[_Item]]]:
    """The items of a note by the term that they stand under, empty where there is none."""
    term, above = "", ""
    items: list[_Item] = []
    open_: list[_Item] = []
    nested = {n for block in note.children for n in range(block.first, block.last + 1)}
    for number in range(note.body, note.last):
        line = document.lines[number - 1]
        if number in nested or number in document.literal or not line.strip(" >"):
            continue
        if _DEFINITION.match(line):
            yield term, items
            term, items, open_ = above.strip(" >*_:"), [], []
        if match := _ITEM.match(line):
            item = _Item(len(match["before"]), match["text"])
            while open_ and open_[-1].column >= item.column:
                open_.pop()
            (open_[-1].below if open_ else items).append(item)
            open_.append(item)
        elif open_:
            open_[-1].text += f" {line.strip()}"
        above = line
    yield term, items


def _minutes(text: str) -> Span | None:
    """The time at the beginning of a text, else those in brackets in it together."""
    plain = re.sub(r"[*_]", "", text).strip()
    first = _IN_BRACKETS.match(plain) or _AT_START.match(plain)
    if first and (span := _span(first)):
        return span
    return _total(span for match in _IN_BRACKETS.finditer(plain) if (span := _span(match)))


def _span(match: re.Match[str]) -> Span | None:
    if not (match["hours"] or match["least"]):
        return None
    times, hours = int(match["times"] or 1), int(match["hours"] or 0) * 60
    least = int(match["least"] or 0)
    return times * (hours + least), times * (hours + int(match["most"] or least))


def _sum(items: list[_Item]) -> Span | None:
    return _total(span for item in items if (span := item.minutes()))


def _total(spans: Iterator[Span]) -> Span | None:
    found = list(spans)
    return (sum(least for least, _ in found), sum(most for _, most in found)) if found else None


def _said(span: Span) -> str:
    return f"{span[0]}" if span[0] == span[1] else f"{span[0]}–{span[1]}"
