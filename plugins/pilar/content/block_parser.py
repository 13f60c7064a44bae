"""Parses the lines of a page into blocks and headings.

Fails closed: whatever looks like a block to a reader but is not one to the letter is a problem,
because a `pelatih` block that goes unrecognized would print the trainer's text for participants.
Syntax: that of pymdownx.blocks, stricter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from pilar.model.blocks import BLOCKS, Block, Frozen, Heading
from pilar.model.position import Keys, Located
from pilar.model.problem import Problem, nearest, suggestion

from .card_list import no_cards
from .limits import DEEPEST_BLOCK
from .lookalikes import latin, other_fence
from .option_lines import INDENT, option_lines
from .raw_html import TAG, is_html
from .source import continues, mask_code_spans, plain
from .validation import usable, validate
from .yaml import read_yaml

_HEADER = re.compile(r"(?P<prefix>[ >]*)(?P<fence>/{3,}) *(?P<name>[\w-]+) *(?:\|(?P<title>.*))?")
_CLOSING = re.compile(r"(?P<prefix>[ >]*)(?P<fence>/{3,}) *")
_LOOK_ALIKE = re.compile(r"(?<!:)(?P<slashes>/{2,})\s*\|?\s*(?P<name>[\w-]+)?")
_BEFORE_CONTENT = re.compile(r"[ >|]*(?:(?:[-*+]|\d+[.)]) +)*[ >|]*")
_HEADING = re.compile(
    r"(?P<marks>#{1,6}) +(?P<text>.*?)(?: +#+)?(?: *\{:?(?P<attributes>[^{}]*)\})? *"
)
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_ALONE = "Tulis pagar di baris sendiri, atau apit dengan tanda ` bila hanya contoh"


@dataclass
class _Open:
    """A block whose closing fence has not come yet."""

    name: str
    title: str
    options: Frozen | None
    first: int
    body: int
    prefix: str
    fence: str
    level: int
    level_before: int
    children: list[Block] = field(default_factory=list)


def parse_blocks(
    path: str, lines: list[str], literal: frozenset[int], problems: list[Problem]
) -> tuple[list[Block], list[Heading]]:
    """Blocks and headings of the lines that `source.scan` gave; mistakes go to `problems`."""
    parser = _Parser(path, lines, literal, problems)
    parser.run()
    return parser.blocks, parser.headings


@dataclass
class _Parser:
    path: str
    lines: list[str]
    literal: frozenset[int]
    problems: list[Problem]
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    level: int = 1

    def report(
        self, line: int, code: str, message: str, hint: str, *, at: str = "", instead: str = ""
    ) -> None:
        problem = Problem(self.path, line, code, message, hint)
        self.problems.append(problem.on_line(self.lines, at, instead))

    def run(self) -> None:
        skip_to = 0
        for number, line in enumerate(self.lines, 1):
            if number <= skip_to:
                continue
            self.leave_containers(number, line)
            if number in self.literal:
                continue
            if match := _CLOSING.fullmatch(line):
                self.close(number, match)
            elif match := _HEADER.fullmatch(line):
                skip_to = self.open(number, match)
            else:
                self.text(number, line)
        self.unwind(0, len(self.lines))

    def leave_containers(self, number: int, line: str) -> None:
        """A block ends with the list or box that it is nested in; one still open is a mistake."""
        for depth, block in enumerate(self.stack):
            if not continues(block.prefix, line):
                self.unwind(depth, number - 1)
                return

    def unwind(self, depth: int, number: int) -> None:
        """Report the blocks open at `depth` and deeper as unclosed, and end them at a line."""
        for block in self.stack[depth:]:
            where = " di dalam daftar, kotak, atau kutipannya" if block.prefix else ""
            message = f"blok `{block.name}` yang dibuka di sini tidak ditutup{where}"
            hint = f"Tambahkan baris {block.prefix}{block.fence} sesudah isinya"
            self.report(block.first, "B102", message, hint, at=block.name)
        while len(self.stack) > depth:
            self.finish(self.stack.pop(), number)

    def close(self, number: int, match: re.Match[str]) -> None:
        depth = next(
            (d for d, b in reversed(list(enumerate(self.stack))) if b.fence == match["fence"]), None
        )
        if depth is None:
            message = "penutup blok ini tidak punya pembuka dengan jumlah garis miring yang sama"
            hint = "Hapus baris ini, atau samakan jumlah garis miringnya dengan pembukanya"
            self.report(number, "B103", message, hint)
            return
        self.unwind(depth + 1, number - 1)
        block = self.stack.pop()
        if match["prefix"] != block.prefix:
            self.report(
                number,
                "B105",
                f"penutup blok `{block.name}` menjorok lain daripada pembukanya "
                f"di baris {block.first}",
                "Samakan indentasinya",
            )
        if block.name == "modul" and any(map(str.strip, self.lines[block.body - 1 : number - 1])):
            message = "blok `modul` diisi otomatis dari modul.yml dan tidak boleh berisi teks"
            hint = "Kosongkan isinya"
            self.report(block.first, "B109", message, hint, at=block.name)
        done = self.finish(block, number)
        if done and done.name == "kartu" and (problem := no_cards(self.path, self.lines, done)):
            self.problems.append(problem)

    def finish(self, block: _Open, last: int) -> Block | None:
        """Add a block that ends at line `last` to its parent, or to the page; None where its
        options are unfit.
        """
        self.level = block.level_before
        if block.options is None:
            return None
        done = Block(
            block.name,
            block.title,
            block.options,
            first=block.first,
            body=block.body,
            last=last,
            prefix=block.prefix,
            fence=block.fence,
            heading_level=block.level,
            children=tuple(block.children),
        )
        (self.stack[-1].children if self.stack else self.blocks).append(done)
        return done

    def open(self, number: int, match: re.Match[str]) -> int:
        """Begin a block; gives the number of the last line of its header and options."""
        name, prefix, fence = match["name"], match["prefix"], match["fence"]
        title = (match["title"] or "").strip()
        last, values, source = self.header_options(number, prefix, name)
        if written := _fence_in(title):
            self.report(number, "B105", f"pagar blok `{written}` berada di judul blok", _ALONE)
        for keys, text in _strings(values):
            if written := _fence_in(text):
                message = f"pagar blok `{written}` berada di opsi blok"
                self.problems.append(source.problem(keys, "B105", message, _ALONE, at=written))
        kind = BLOCKS.get(name)
        options: Any = None
        if kind is None:
            message, hint = f"blok `{name}` tidak dikenal", suggestion(name, BLOCKS)
            self.report(number, "B101", message, hint, at=name, instead=nearest(name, BLOCKS))
        else:
            options = validate(values, kind.options, source, self.problems, code="B107")
            options = options or usable(values, kind.options)  # what rests on the others is judged
            self.check_place(number, name, fence)
            if kind.title is True and not title:
                message = f"blok `{name}` memerlukan teks sesudah tanda |"
                hint = f"Tulis, misalnya, {fence} {name} | Judul"
                self.report(number, "B108", message, hint, at=name)
            if kind.title is False and title:
                message = f"blok `{name}` tidak memakai teks sesudah tanda |"
                hint = "Tulis keterangannya di baris berikutnya; nomornya otomatis"
                self.report(number, "B108", message, hint, at=name)
        level = min(self.level + 1, 6)
        self.stack.append(
            _Open(
                name,
                title,
                options,
                first=number,
                body=last + 1,
                prefix=prefix,
                fence=fence,
                level=level,
                level_before=self.level,
            )
        )
        self.level = level
        return last

    def header_options(self, number: int, prefix: str, name: str) -> tuple[int, Any, Located]:
        """The option lines below a header: last line's number, their values and lines."""
        line = self.lines[number - 1]
        header = (number, len(prefix) + 1, number, len(line.rstrip()) + 1)
        known = BLOCKS[name].options.model_fields if name in BLOCKS else ()
        found = option_lines(self.path, self.lines, number, prefix, name, known)
        if found.problem:
            self.problems.append(found.problem)
        if not found.texts:
            return number, {}, Located(self.path, {(): number}, ranges={(): header})
        text, indent = "\n".join(found.texts), len(prefix) + INDENT
        values, source = read_yaml(text, self.path, self.problems, found.first, indent)
        # What an option lacks is said of the header that it belongs to.
        return found.last, values, replace(source, ranges={(): header, **source.ranges})

    def check_place(self, number: int, name: str, fence: str) -> None:
        if not self.stack:
            return
        outer = self.stack[-1]
        if len(self.stack) == DEEPEST_BLOCK:
            message = f"blok bertingkat lebih dari {DEEPEST_BLOCK}"
            self.report(number, "B117", message, f"Tutup dahulu blok di baris {outer.first}")
        if any(block.fence == fence for block in self.stack):
            self.report(
                number,
                "B104",
                f"blok `{name}` memakai {len(fence)} garis miring, sama dengan blok `{outer.name}` "
                f"di baris {outer.first} yang belum ditutup",
                "Tutup dahulu blok itu, atau beri blok yang luar satu garis miring lebih banyak",
                at=name,
            )
            return
        outer_type = BLOCKS.get(outer.name)
        holds = outer_type.holds if outer_type else None
        if not BLOCKS[name].nested or (holds is not None and name not in holds):
            message = f"blok `{name}` tidak boleh berada di dalam blok `{outer.name}`"
            hint = f"Tutup dahulu blok `{outer.name}` di baris {outer.first}"
            self.report(number, "B109", message, hint, at=name)

    def text(self, number: int, line: str) -> None:
        masked = mask_code_spans(line)
        self.look_alike(number, masked)
        if match := _HEADING.fullmatch(line):
            self.heading(number, match)
        elif (
            _UNDERLINE.fullmatch(line)
            and number > 1
            and number - 1 not in self.literal
            and re.match(r"[^\W_]|[*_“\"(\[]", self.lines[number - 2])
        ):
            message = "garis di bawah teks menjadikannya judul"
            hint = "Tulis judul dengan tanda # di depan, atau beri baris kosong di atas garis ini"
            self.report(number, "B114", message, hint)
        if match := next(filter(is_html, TAG.finditer(masked)), None):
            tag = line[match.start() :][:40]
            tag = tag[: tag.find(">") + 1] or tag.split()[0]
            hint = "Pakai Markdown atau blok; untuk menulis tanda < pakai &lt; atau kode sebaris"
            self.report(number, "B112", f"HTML mentah `{tag}`", hint, at=tag)

    def heading(self, number: int, match: re.Match[str]) -> None:
        level = len(match["marks"])
        text = match["text"].strip()
        words = (match["attributes"] or "").split()
        anchor = next((word[1:] for word in words if word.startswith("#")), "")
        trailer = " ".join(word for word in words if not word.startswith("#"))
        self.level = level
        if level == 1 and self.stack:
            self.report(
                number, "B114", "judul halaman (#) berada di dalam blok", "Pakai ## atau ###"
            )
        self.headings.append(Heading(level, text, anchor, number, trailer))

    def look_alike(self, number: int, masked: str) -> None:
        """Report what a reader would take for a fence and the parser takes for text."""
        for code, message, hint, written in _look_alikes(masked):
            self.report(number, code, message, hint, at=written)


_LookAlike = tuple[str, str, str, str]
"""Code, message, hint, and the words that they are about."""


def _look_alikes(masked: str) -> Iterator[_LookAlike]:
    """What in a line without its code a reader would take for a fence."""
    text = plain(masked)
    content = text[len(_BEFORE_CONTENT.match(text)[0]) :]  # type: ignore[index]
    near = (_near_fence(masked, content, match) for match in _LOOK_ALIKE.finditer(content))
    if found := [fence for fence in near if fence]:
        yield from found
    elif other := other_fence(content) or other_fence(text.strip(" >")):
        message = f"`{other[0]}` bukan blok, jadi semua orang melihat isinya"
        yield "B101", message, f"Tulis /// {other[1]}", other[0]


def _near_fence(masked: str, content: str, match: re.Match[str]) -> _LookAlike | None:
    """Slashes in the content of a line that a reader would take for a fence."""
    written = match["name"] or ""
    first, long = match.start() == 0, len(match["slashes"]) >= 3
    near = get_close_matches(latin(written), BLOCKS, n=1, cutoff=0.75)
    if first and long and content != masked.lstrip(" >"):
        fence = f"pagar blok `{written}`" if written else "pagar blok penutup"
        if plain(masked) == masked:
            message = f"{fence} tidak boleh berada di sel tabel atau sesudah tanda daftar"
            return "B105", message, "Tulis pagar di baris sendiri", written
        message = f"{fence} memuat karakter tersembunyi atau garis miring yang bukan /"
        return "B106", message, "Hapus baris ini dan ketik ulang", written
    if first and (long or near):
        words = content.strip()[:40]
        message = f"baris ini mirip pembuka blok tetapi tidak dikenal: `{words}`"
        hint = suggestion(latin(written), BLOCKS)
        hint = f"{hint[:1].lower()}{hint[1:]}"
        hint = f"Tulis tiga garis miring atau lebih, nama blok, lalu | Judul; {hint}"
        return "B101", message, hint, words
    if near and long:
        return "B105", f"pagar blok `{written}` berada di tengah baris", _ALONE, written
    return None


def _fence_in(text: str) -> str:
    """What in a title or an option, whose text whoever sees the block sees, a reader would take for
    a fence; empty for none.
    """
    found = (found for line in text.split("\n") for found in _look_alikes(mask_code_spans(line)))
    return next((written or "///" for *_, written in found), "")


def _strings(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in nested values, with its keys."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(inner, (*keys, key))
