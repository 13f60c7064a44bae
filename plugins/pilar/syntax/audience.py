"""The audience filter: the lines of a page that an edition may see."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.content.footnotes import references
from pilar.content.source import mask_code_spans
from pilar.model.blocks import Block, Document, Footnote
from pilar.model.edition import Edition
from pilar.model.problem import Problem


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


def hidden_blocks(document: Document, edition: Edition) -> Iterator[Block]:
    """Blocks of the page that `edition` does not see; not those inside them."""

    def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            if sees(edition, block.type.audience):
                yield from walk(block.children)
            else:
                yield block

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
    shown = [note for note in document.footnotes if lines[note.first - 1].strip(" >")]
    while orphans := _orphans(shown, list(_references(lines, document.literal))):
        for note in orphans:
            shown.remove(note)
            for number in range(note.first, note.last + 1):
                lines[number - 1] = note.prefix.rstrip()
    return lines


def missing_footnotes(document: Document, edition: Edition) -> Iterator[Problem]:
    """References to footnotes that the edition does not define."""
    lines = filtered(document, edition)
    everywhere = {note.name for note in document.footnotes}
    defined = {note.name for note in document.footnotes if lines[note.first - 1].strip(" >")}
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


def _references(lines: list[str], literal: frozenset[int]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if number not in literal:
            for name in references(mask_code_spans(line)):
                yield number, name


def _orphans(notes: list[Footnote], used: list[tuple[int, str]]) -> list[Footnote]:
    """Footnotes that nothing outside them refers to."""
    return [
        note
        for note in notes
        if not any(name == note.name and not note.first <= line <= note.last for line, name in used)
    ]
