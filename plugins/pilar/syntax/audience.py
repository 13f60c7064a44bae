"""The audience filter: the lines of a page that an edition may see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.content.source import mask_code_spans
from pilar.model.blocks import Block, Document
from pilar.model.edition import Edition
from pilar.model.problem import Problem

FOOTNOTE_DEFINITION = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]+)\]:")
_FOOTNOTE_REFERENCE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?!:)")


def sees(edition: Edition, audience: Edition | None) -> bool:
    """Whether `edition` may see what is for `audience` (None: for all)."""
    return audience is None or audience is edition


def visible_blocks(document: Document, edition: Edition) -> Iterator[Block]:
    """Blocks of the page that `edition` sees, in reading order."""

    def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            if sees(edition, block.type.audience):
                yield block
                yield from walk(block.children)

    yield from walk(document.blocks)


def filtered(document: Document, edition: Edition) -> list[str]:
    """Lines of the page for `edition`, line numbers kept.

    What the edition must not see is emptied to the mark of its container (`>`), so that nothing
    before and after it runs together. Footnotes that only hidden text refers to are emptied too,
    because Markdown prints a footnote whose reference is gone.
    """
    lines = list(document.lines)
    for block in document.walk():
        if not sees(edition, block.type.audience):
            for number in range(block.first, block.last + 1):
                lines[number - 1] = block.prefix.rstrip()
    while orphans := _orphans(lines, document.literal):
        for number in orphans:
            lines[number - 1] = ""
    return lines


def missing_footnotes(document: Document, edition: Edition) -> Iterator[Problem]:
    """References to footnotes that the edition does not define."""
    lines = filtered(document, edition)
    defined = {name for name, _ in _definitions(lines, document.literal)}
    everywhere = {name for name, _ in _definitions(list(document.lines), document.literal)}
    for number, name in _references(lines, document.literal):
        if name in defined:
            continue
        if name in everywhere:
            message = f"catatan kaki [^{name}] ditulis di bagian yang tidak dilihat {edition}"
            hint = "Pindahkan isinya ke luar blok, atau rujukannya ke dalam blok"
        else:
            message = f"catatan kaki [^{name}] tidak ada isinya"
            hint = f"Tambahkan baris [^{name}]: isi catatan"
        yield Problem(document.path, number, "T105", message, hint)


def _definitions(lines: list[str], literal: frozenset[int]) -> Iterator[tuple[str, range]]:
    """Name and line numbers of every footnote definition, continuation lines included."""
    number = 1
    while number <= len(lines):
        match = FOOTNOTE_DEFINITION.match(lines[number - 1])
        if not match or number in literal:
            number += 1
            continue
        end = number + 1
        while end <= len(lines) and (
            lines[end - 1].startswith("    ")
            or (lines[end - 1].strip() and lines[end - 2].strip() and not _starts(lines[end - 1]))
            or (not lines[end - 1].strip() and end < len(lines) and lines[end].startswith("    "))
        ):
            end += 1
        yield match["name"], range(number, end)
        number = end


def _starts(line: str) -> bool:
    return bool(FOOTNOTE_DEFINITION.match(line)) or line.lstrip(" >").startswith(("#", "///"))


def _references(lines: list[str], literal: frozenset[int]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if number not in literal:
            for match in _FOOTNOTE_REFERENCE.finditer(mask_code_spans(line)):
                yield number, match["name"]


def _orphans(lines: list[str], literal: frozenset[int]) -> set[int]:
    """Lines of footnote definitions that nothing outside them refers to."""
    definitions = list(_definitions(lines, literal))
    references = list(_references(lines, literal))
    return {
        number
        for name, span in definitions
        if not any(other == name and line not in span for line, other in references)
        for number in span
        if lines[number - 1].strip()
    }
