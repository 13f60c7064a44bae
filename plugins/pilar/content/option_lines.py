"""The option lines below a block's header, also those that stand where Markdown reads text.

Options are indented by four spaces right below the header (pymdownx.blocks). Lines that only the
indentation, or an empty line above, keeps from being options are read as such all the same: so the
one mistake is told as what it is, and no other follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pilar.model.problem import Fix, Problem, nearest

INDENT = 4
"""Spaces before an option."""
_LINE = re.compile(r"(?P<indent>[\s\u200b\ufeff]*)(?P<text>.*?)\s*")
_OPTION = re.compile(r"(?P<key>[\w-]+):(?P<gap>[\s\u200b\ufeff]+|$)")


@dataclass(frozen=True)
class OptionLines:
    """Options as written: `texts`, from line `first` to line `last` (`first - 1` without any),
    without what stands before them, and what is wrong with their place.
    """

    first: int
    last: int
    texts: Sequence[str] = ()
    problem: Problem | None = None


@dataclass(frozen=True)
class _Row:
    key: str
    indent: str
    depth: int
    text: str
    right: bool


def option_lines(
    path: str, lines: Sequence[str], header: int, prefix: str, name: str, known: Collection[str]
) -> OptionLines:
    """The options of the block `name`, whose header is line `header` behind `prefix`; `known` are
    the keys that it takes.
    """
    right = prefix + " " * INDENT
    straight = [*takewhile(lambda line: line.startswith(right) and line.strip(), lines[header:])]
    above = header
    while not straight and above < len(lines) and not lines[above].strip(" >"):
        above += 1
    rows = list(_rows(lines[above:], prefix, known))
    if above > header and not (rows and rows[0].indent and rows[0].key in known):
        rows = []
    if above == header and len(rows) <= len(straight) and all(row.right for row in rows):
        texts = [line[len(right) :] for line in straight]
        return OptionLines(header + 1, header + len(texts), texts)
    if not rows:
        return OptionLines(header + 1, header)
    last = above + len(rows)
    texts = [" " * row.depth + row.text for row in rows]
    place = header + 1, 1, last, len(lines[last - 1]) + 1
    fix = Fix("\n".join(lines[header:last]), "\n".join(right + text for text in texts), safe=True)
    problem = Problem(path, header + 1, *_misplaced(name, rows, above > header)).at(place, fix)
    return OptionLines(above + 1, last, texts, problem)


def _rows(lines: Sequence[str], prefix: str, known: Collection[str]) -> Iterator[_Row]:
    """The lines that are meant as options: a key of the block, and what goes on below it."""
    base = first = -1
    for line in lines:
        match = _LINE.fullmatch(line.removeprefix(prefix))
        if match is None or not match["text"] or not line.startswith(prefix):
            return
        indent, text = match["indent"], match["text"]
        plain = indent == " " * len(indent)
        option = _OPTION.match(text)
        key = option["key"] if option else ""
        if option and (key in known or (indent and base < 0 and nearest(key, known))):
            base = len(indent)
            first = base if first < 0 else first
            right = plain and base == max(first, INDENT) and not option["gap"].strip(" ")
            text = f"{key}: {text[option.end() :]}".rstrip()
            yield _Row(key, indent, 0, text, right)
        elif base >= 0 and (len(indent) > base or (len(indent) == base and text[:2] == "- ")):
            yield _Row(key, indent, len(indent) - base, text, plain and base >= INDENT)
        elif plain and len(indent) >= INDENT:
            base = len(indent)
            first = base if first < 0 else first
            yield _Row(key, indent, base - first, text, True)
        else:
            return


def _misplaced(name: str, rows: Sequence[_Row], apart: bool) -> tuple[str, str, str]:
    """Code, message and way out."""
    if apart:
        message = f"baris kosong memisahkan opsi dari pembuka blok `{name}`"
        return "B123", message, "Tulis opsi tepat di bawah pembukanya, menjorok empat spasi"
    row = next((row for row in rows if not row.right), rows[0])
    if row.indent.strip(" ") or row.indent == " " * INDENT:
        how = "memakai spasi tak terputus, bukan spasi biasa"
    elif row.indent:
        how = f"menjorok {len(row.indent)} spasi"
    else:
        how = "tidak menjorok"
    message = f"opsi `{row.key}` blok `{name}` {how}" if row.key else f"opsi blok `{name}` {how}"
    return "B122", message, "Jorokkan setiap opsi empat spasi biasa dari pembuka bloknya"
