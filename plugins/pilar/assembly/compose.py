"""Composes the Markdown of a page for one edition, ready for the extension `pilar`."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any

from pilar.content.source import sub_outside_code
from pilar.model.curriculum import Module, Page
from pilar.model.edition import Edition
from pilar.model.sources import Source
from pilar.syntax.audience import filtered, hidden_blocks, visible_blocks
from pilar.syntax.folding import header
from pilar.syntax.html import ABSENT
from pilar.syntax.references import BIBLIOGRAPHY, REFERENCE
from pilar.syntax.render import plain

from .blockdata import block_data
from .elsewhere import without_absent
from .numbering import Numbering, letter


@dataclass(frozen=True)
class PageHeading:
    """A heading as printed, with its letter."""

    level: int
    text: str
    anchor: str
    section: bool = True
    """Whether it divides the page; false for a heading inside a block."""


def compose(
    module: Module,
    page: Page,
    numbering: Numbering,
    sources: Mapping[str, Source],
    edition: Edition,
    taught: Container[str] | None = None,
) -> tuple[str, tuple[PageHeading, ...]]:
    """Source of `page` for `edition`, and its headings; without links to modules not `taught`."""
    lines = list(filtered(page.document, edition))
    if taught is not None:
        lines = without_absent(lines, page.document.literal, taught)
    _write_headers(lines, module, page, numbering, edition)
    headings = _write_headings(lines, page, numbering)
    resolve = _resolver(page, numbering, sources)
    for number, line in enumerate(lines, 1):
        if "[@" in line and number not in page.document.literal:
            lines[number - 1] = sub_outside_code(REFERENCE, resolve, line)
    return "\n".join(lines).strip("\n") + "\n", headings


def _write_headers(
    lines: list[str], module: Module, page: Page, numbering: Numbering, edition: Edition
) -> None:
    """Write the data of each block into its header, and blank the lines of its options."""
    for block in visible_blocks(page.document, edition):
        for number in range(block.first, block.body):
            lines[number - 1] = block.prefix.rstrip()
        if block.name.endswith("caption"):
            data: dict[str, Any] = {"baris": block.first}
            if count := numbering.captions.get((page.name, block.first)):
                data |= {"label": block.type.label, "nomor": count}
        else:
            data = block_data(module, numbering, page.name, block, edition)
        lines[block.first - 1] = block.prefix + header(block.fence, block.name, data)
    for block in hidden_blocks(page.document, edition):
        lines[block.first - 1] = block.prefix + header(block.fence, ABSENT, {"baris": block.first})
        lines[block.last - 1] = block.prefix + block.fence


def _write_headings(lines: list[str], page: Page, numbering: Numbering) -> tuple[PageHeading, ...]:
    """Write chapter, letter and id into the headings."""
    headings: list[PageHeading] = []
    inside = {
        number for block in page.document.blocks for number in range(block.first, block.last + 1)
    }
    chapter = numbering.chapters.get(page.name)
    section = 0
    for heading in page.document.headings:
        if not lines[heading.line - 1].startswith("#"):
            continue
        text = heading.text
        divides = heading.line not in inside
        if chapter and heading.level == 1:
            text = f"{chapter}: {text}"
        elif chapter and heading.level == 2 and divides:
            section += 1
            text = f"{letter(section)}. {text}"
        attributes = " ".join(filter(None, (f"#{heading.anchor}", heading.trailer)))
        lines[heading.line - 1] = f"{'#' * heading.level} {text} {{: {attributes} }}"
        headings.append(PageHeading(heading.level, plain(text), heading.anchor, divides))
    return tuple(headings)


def _resolver(
    page: Page, numbering: Numbering, sources: Mapping[str, Source]
) -> Callable[[re.Match[str]], str]:
    items = numbering.by_id()

    def replace(match: re.Match[str]) -> str:
        if match["hash"]:
            if not (item := items.get(match["id"])):
                return match[0]
            target = "" if item.page.name == page.name else f"{item.page.name}.md"
            return f"[{item.label}]({target}#{item.anchor})"
        if not (source := sources.get(match["id"])):
            return match[0]
        where = f", {match['where']}" if match["where"] else ""
        return f"[{source.short}{where}](../{BIBLIOGRAPHY}#{source.id})"

    return replace
