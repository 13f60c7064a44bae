"""YAML as plain values with the line of each; what cannot be read, in Indonesian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pilar.model.position import Keys, Located
from pilar.model.problem import Fix, Problem
from pilar.model.span import Range

from .glyphs import unprintable_value
from .source import control_characters
from .yaml_mending import Slip, composed
from .yaml_nodes import CORE, scalar


def read_yaml(
    text: str, path: str, problems: list[Problem], first_line: int = 1, indent: int = 0
) -> tuple[Any, Located]:
    """Parse YAML 1.2 into plain values and their lines; None where it cannot be read.

    Reports syntax errors (and reads on behind those with one meaning), duplicate keys (all of
    them), and anchors or aliases, which could make a small file expand without bound. `first_line`
    is the line of the file `text` begins at, `indent` how many characters of each of its lines were
    left out.
    """
    lines = tuple(text.split("\n"))
    builder = _Builder(path, problems, first_line, indent, lines)
    node, slips, error = composed(text)
    problems += map(builder.slip, slips)
    if error is None:
        try:
            value = builder.build(node, ()) if node is not None else None
            mended = {first_line + slip.line for slip in slips}
            doubtful = {keys for keys, line in builder.lines.items() if keys and line in mended}
            return value, builder.located(frozenset(builder.unread | doubtful))
        except RecursionError as bottomless:
            error = bottomless
    if not slips or slips[-1].certain:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        builder.report(mark, "Y101", "YAML di sekitar baris ini tidak dapat dibaca", _UNREADABLE)
    return None, builder.located(frozenset({()}))


def yaml_comments(text: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Comments and their lines. A `#` in a quoted text counts as one: who looks for comments in an
    output must not miss any, and what is no comment is known from elsewhere.
    """
    for number, line in enumerate(text.split("\n"), first_line):
        if match := _COMMENT.search(line):
            yield match["text"], number


_COMMENT = re.compile(r"(?:^|\s)#+ *(?P<text>.*)$")
_NO_VALUE = re.compile(r"\s*(?:#.*)?")
_UNREADABLE = (
    "Periksa indentasi, tanda titik dua, dan tanda kutip; "
    "teks yang memuat “: ” atau diawali tanda baca harus diapit tanda kutip"
)
_TYPES = frozenset(f"{CORE}{name}" for name in "str int float bool null timestamp map seq".split())


@dataclass
class _Builder:
    """Turns YAML nodes into plain values; records places, and what cannot be read."""

    path: str
    problems: list[Problem]
    first_line: int
    indent: int
    text: tuple[str, ...]
    lines: dict[Keys, int] = field(default_factory=dict)
    ranges: dict[Keys, Range] = field(default_factory=dict)
    names: dict[Keys, Range] = field(default_factory=dict)
    unread: set[Keys] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)

    def located(self, unread: frozenset[Keys]) -> Located:
        """Places of all values read so far."""
        above, indent = ("",) * (self.first_line - 1), " " * self.indent
        text = (*above, *(indent + line for line in self.text)) if above else self.text
        return Located(self.path, self.lines, unread, text, self.ranges, names=self.names)

    def slip(self, slip: Slip) -> Problem:
        """The problem of a slip."""
        start = self.indent + slip.start
        problem = Problem(self.path, self.first_line + slip.line, "Y101", slip.message, slip.hint)
        fix = Fix(slip.old, slip.new, slip.certain)
        return problem.in_line((start, start + len(slip.old)), fix)

    def report(self, mark: Any, code: str, message: str, hint: str, to: Any = None) -> None:
        """A problem of the line at `mark`, or exactly of what ends before the mark `to`."""
        line = self.first_line + (mark.line if mark else 0)
        if mark is None or mark.line >= len(self.text):
            self.problems.append(Problem(self.path, line, code, message, hint))
            return
        text = self.text[mark.line]
        start = mark.column if to else len(text) - len(text.lstrip())
        place = self.range(mark.line, start, *((to.line, to.column) if to else (mark.line, None)))
        problem = Problem(self.path, line, code, message, hint)
        self.problems.append(problem.at(place) if place[:2] < place[2:] else problem)

    def range(self, line: int, start: int, last: int, end: int | None) -> Range:
        """The place in the file of a part of the text, from 0, without space and comments after
        it.
        """
        if end == 0 or last >= len(self.text):
            last, end = min(last, len(self.text)) - 1, None
        while last > line and _NO_VALUE.fullmatch(self.text[last][:end]):
            last, end = last - 1, None
        stop = len(self.text[last][:end].rstrip())
        if last == line:
            stop = max(stop, start)
        first = self.first_line
        return first + line, self.indent + start + 1, first + last, self.indent + stop + 1

    def place(self, node: Any, keys: Keys) -> None:
        """Record where a value is, and which range to mark for it."""
        start, end = node.start_mark, node.end_mark
        self.lines.setdefault(keys, self.first_line + start.line)
        name = self.names.get(keys)
        many = node.id != "scalar"
        if many and not keys:
            return  # the whole file
        place = self.range(start.line, start.column, end.line, end.column)
        if name and (start.index == end.index or (many and name[0] != place[2])):
            place = name
        elif many and place[0] != place[2]:
            place = self.range(start.line, start.column, start.line, None)
        self.ranges[keys] = place

    def build(self, node: Any, keys: Keys) -> Any:
        """The value of a node; None, with a problem reported, where it has none."""
        self.place(node, keys)
        if getattr(node, "anchor", None) or id(node) in self.seen:
            message = "jangkar (&) dan alias (*) YAML tidak dipakai"
            hint = "Tulis nilainya langsung, atau apit dengan tanda kutip"
            return self.refuse(node, keys, "Y106", message, hint)
        self.seen.add(id(node))
        if str(node.tag) not in _TYPES:
            message = "nilai yang diawali tanda seru (!) tidak dapat dibaca"
            return self.refuse(node, keys, "Y101", message, "Apit dengan tanda kutip")
        if node.id == "mapping":
            return dict(self.pairs(node, keys))
        if node.id == "sequence":
            return [self.build(child, (*keys, index)) for index, child in enumerate(node.value)]
        if found := list(control_characters(node.value, self.path, self.lines[keys])):
            first = found[0]
            return self.refuse(node, keys, first.code, first.message, first.hint)
        if self.path.endswith(".yml"):  # of a page, all lines are looked at
            first, last = node.start_mark.line + 1, node.end_mark.line + 1
            self.problems += unprintable_value(self.path, self.text, first, last, node.value)
        try:
            return scalar(node)
        except (YAMLError, ValueError, OverflowError, LookupError):
            message = f"`{str(node.value)[:40]}` bukan tanggal atau bilangan yang ada"
            hint = "Perbaiki nilainya, atau apit dengan tanda kutip bila itu teks"
            return self.refuse(node, keys, "Y105", message, hint)

    def refuse(self, node: Any, keys: Keys, code: str, message: str, hint: str) -> None:
        self.unread.add(keys)
        self.report(node.start_mark, code, message, hint, node.end_mark)

    def pairs(self, node: Any, keys: Keys) -> Iterator[tuple[str, Any]]:
        known: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, mark = key_node.value, key_node.start_mark
            if not isinstance(key, str):
                message = "kunci YAML di baris ini bukan teks"
                self.refuse(key_node, keys, "Y101", message, _UNREADABLE)
                continue
            if not key.isprintable():
                message = "kunci YAML di baris ini memuat karakter yang tidak terlihat"
                self.refuse(key_node, keys, "B106", message, "Hapus baris itu dan ketik ulang")
                continue
            if key in known:
                message = f"kunci `{key}` sudah ditulis di baris {known[key]}"
                self.report(mark, "Y102", message, "Hapus salah satunya", key_node.end_mark)
                continue
            known[key] = self.lines[(*keys, key)] = self.first_line + mark.line
            end = key_node.end_mark
            self.names[(*keys, key)] = self.range(mark.line, mark.column, end.line, end.column)
            yield key, self.build(value_node, (*keys, key))
