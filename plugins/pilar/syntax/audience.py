"""The audience filter: the lines of a page that an edition may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pilar.content.footnotes import references
from pilar.content.source import mask_code_spans
from pilar.model.blocks import Block, Document, Footnote
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.problem import Problem


def sees(edition: Edition, audience: Edition | None) -> bool:
    """Whether `edition` may see what is for `audience` (None: both)."""
    return audience is None or audience is edition


def visible_blocks(document: Document, edition: Edition) -> Iterator[Block]:
    """Blocks of the page that `edition` sees, in reading order."""
    return (block for block, seen in _walk(document.blocks, edition) if seen)


def hidden_blocks(document: Document, edition: Edition) -> Iterator[Block]:
    """Blocks of the page that `edition` does not see, without those nested in them."""
    return (block for block, seen in _walk(document.blocks, edition) if not seen)


def _walk(blocks: Iterable[Block], edition: Edition) -> Iterator[tuple[Block, bool]]:
    for block in blocks:
        seen = sees(edition, block.audience)
        yield block, seen
        if seen:
            yield from _walk(block.children, edition)


@memoized
def filtered(document: Document, edition: Edition) -> tuple[str, ...]:
    """Lines of the page for `edition`; line numbers stay the same.

    Of what the edition must not see, only the mark of its container (`>`) is left, so that text
    before and after it stays apart. Footnotes that only hidden text refers to are removed too,
    because Markdown prints a footnote whose reference is gone.
    """
    lines = list(document.lines)
    for block in document.walk():
        if not sees(edition, block.audience):
            for number in range(block.first, block.last + 1):
                lines[number - 1] = block.prefix.rstrip()
    shown = [note for note in document.footnotes if lines[note.first - 1].strip(" >")]
    used = _used(shown, _references(lines, document.literal))
    for note in shown:
        if note.name not in used:
            for number in range(note.first, note.last + 1):
                lines[number - 1] = note.prefix.rstrip()
    return tuple(lines)


def missing_footnotes(document: Document, edition: Edition) -> Iterator[Problem]:
    """References to footnotes that the edition does not define, or defines twice."""
    lines = filtered(document, edition)
    everywhere = {note.name for note in document.footnotes}
    defined: dict[str, int] = {}
    for note in document.footnotes:
        if not lines[note.first - 1].strip(" >"):
            continue
        if (first := defined.setdefault(note.name, note.first)) != note.first:
            message = f"catatan kaki [^{note.name}] sudah diberi isi di baris {first}"
            problem = Problem(document.path, note.first, "T105", message, "Beri nama lain")
            yield problem.on_line(document.lines, at=f"[^{note.name}]")
    for number, name in _references(lines, document.literal):
        if name in defined:
            continue
        if name in everywhere:
            message = f"catatan kaki [^{name}] ditulis di bagian yang tidak dilihat {edition}"
            hint = "Pindahkan isinya ke luar blok, atau rujukannya ke dalam blok"
        else:
            message = f"catatan kaki [^{name}] tidak ada isinya"
            hint = f"Tambahkan baris [^{name}]: isi catatan"
        problem = Problem(document.path, number, "T105", message, hint)
        yield problem.on_line(document.lines, at=f"[^{name}]")


def _references(lines: Sequence[str], literal: frozenset[int]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if number not in literal:
            for name in references(mask_code_spans(line)):
                yield number, name


def _used(notes: list[Footnote], references: Iterable[tuple[int, str]]) -> set[str]:
    """Names of the footnotes reachable from text outside of all of them."""
    owner = {line: note.name for note in notes for line in range(note.first, note.last + 1)}
    named: dict[str, set[str]] = {"": set()}
    for line, name in references:
        named.setdefault(owner.get(line, ""), set()).add(name)
    used: set[str] = set()
    coming = named[""]
    while coming:
        used |= coming
        coming = set().union(*(named.get(name, set()) for name in coming)) - used
    return used
