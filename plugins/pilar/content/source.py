"""Lines of a page: which are code, which are comments, which characters hide something.

This decides what the audience filter may take for text, so it is strict: whatever is ambiguous is
a problem, and a problem stops the build.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pilar.model.problem import Problem

TAB = 4
"""Columns of a tab, as Python-Markdown expands it."""

_CODE_FENCE = re.compile(r"(?P<prefix>[ >]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_LANGUAGE = re.compile(r" *\.?[\w#.+-]+ *| *")
_BULLET_FENCE = re.compile(r"[ >]*(?:[-*+]|\d+[.)]) +(?:`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)")
_COMMENT_OR_TICKS = re.compile(r"<!--|`+")
_DOUBTFUL_TICK = re.compile(r"\\[`\0]|`")
_SLASHES = str.maketrans(dict.fromkeys("∕⁄⧸╱⟋᜵⁁⼃〳ノ㇓丿Ⳇ𝈺", "/") | {"⫽": "//", "⫻": "///"})
_TYPOGRAPHY = str.maketrans("", "", "“”‘’–—×")
"""Signs that every text has, and that a reader sees as what they are."""
_CONTROL = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_CONFLICT = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_LIST_MARK = re.compile(r"\(?(?:\d+|[a-zA-Z]|[ivx]+)[.)]|[^\w\s]|o")
"""What Word puts before a tab in a list."""
_TABBED = re.compile(r"(?:^[^\s|][^\n]*\S\t+\S[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_UNSEEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
_SCRIPT_DIAGRAMS = frozenset({"mermaid", "plantuml", "dot", "graphviz", "d2"})


def decode(data: bytes, path: str, problems: list[Problem], tab: int = TAB) -> str:
    """Text of a file: UTF-8 with or without BOM, any line ending, tabs expanded; empty where it
    cannot be read for certain.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        message = "berkas ini bukan teks UTF-8"
        problems.append(Problem(path, number, "F102", message, "Simpan ulang sebagai UTF-8"))
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if conflicts := [_conflict(text, path, mark) for mark in _CONFLICT.finditer(text)]:
        problems += conflicts
        return ""
    for number, line in enumerate(text.split("\n"), 1):
        problems += control_characters(line, path, number)
    if path.endswith(".md"):
        problems += _tabbed_tables(text, path)
    return text.expandtabs(tab)


def _tabbed_tables(text: str, path: str) -> Iterator[Problem]:
    """Lines one below the other with as many tabs in their text: pasted cells, not a table."""
    for match in _TABBED.finditer(text):
        rows = [[cell.strip() for cell in row.split("\t")] for row in match[0].strip().split("\n")]
        items = len(rows[0]) == 2 and any(_LIST_MARK.fullmatch(row[0]) for row in rows)
        if len({len(row) for row in rows}) == 1 and not items:
            number = text.count("\n", 0, match.start()) + 1
            message = f"{len(rows)} baris mulai di sini dibagi dengan tab, jadi bukan tabel"
            hint = f"Tulis dengan garis tegak: | {' | '.join(rows[0])} |, lalu baris | --- |"
            problem = Problem(path, number, "B124", message, hint)
            yield problem.in_line((0, len(match[0].split("\n")[0].expandtabs(TAB))))


def _conflict(text: str, path: str, mark: re.Match[str]) -> Problem:
    message = "penanda konflik git masih ada di sini"
    hint = "Pilih satu dari kedua isi, lalu hapus baris <<<<<<<, =======, dan >>>>>>>"
    number = text.count("\n", 0, mark.start()) + 1
    return Problem(path, number, "F106", message, hint).in_line((0, len(mark[0])))


def control_characters(text: str, path: str, number: int) -> Iterator[Problem]:
    """The first character in `text`, if any, that ends a line for some and for others does not,
    turns the direction of writing, or is none at all; at home in no text, and in no terminal.
    """
    if hidden := _CONTROL.search(text):
        message = f"karakter kendali U+{ord(hidden[0]):04X} di baris ini"
        yield Problem(path, number, "B106", message, "Hapus karakter itu").in_line(hidden.span())


def plain(line: str) -> str:
    """A line as a reader sees it: look-alike slashes unified, invisible characters removed."""
    if line.isascii() or line.translate(_TYPOGRAPHY).isascii():  # most lines are, and have neither
        return line
    text = unicodedata.normalize("NFKC", line.translate(_SLASHES))
    return "".join(
        " " if unicodedata.category(c) == "Zs" else c
        for c in text
        if unicodedata.category(c) not in _UNSEEN and c not in _UNSEEN_LETTERS
    )


def prefix_of(line: str) -> str:
    """Indentation and quotation marks before a line's content."""
    match = re.match(r"[ >]*", line)
    return match[0] if match else ""


def continues(prefix: str, line: str) -> bool:
    """Whether `line` is still inside the container (list item, quotation) with this prefix."""
    return not line.strip() or line.startswith(prefix) or line.rstrip() == prefix.rstrip()


def mask_code_spans(line: str) -> str:
    """The line with inline code overwritten, columns unchanged."""
    return _CODE_SPAN.sub(lambda match: "\0" * len(match[0]), line) if "`" in line else line


def code_spans(line: str) -> Iterator[tuple[int, int]]:
    """Column ranges of a line that are inline code."""
    return (match.span() for match in _CODE_SPAN.finditer(line))


def sub_outside_code(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], line: str
) -> str:
    """`pattern.sub(replace, line)`, inline code left as it is."""
    result, position = "", 0
    for start, end in (*code_spans(line), (len(line), len(line))):
        result += pattern.sub(replace, line[position:start]) + line[start:end]
        position = end
    return result


@dataclass(frozen=True)
class _Opened:
    """A code fence or comment whose end has not come yet."""

    line: int
    prefix: str
    marks: str = ""


def scan(lines: list[str], path: str, problems: list[Problem]) -> tuple[list[str], frozenset[int]]:
    """Blank HTML comments and find code fences.

    Gives the lines, comments overwritten, and the numbers (from 1) of lines inside code fences,
    fences included. Reports unclosed fences and comments, diagrams drawn by scripts, and whatever
    Markdown could read as code where this does not, or the other way round.
    """
    literal: set[int] = set()
    result: list[str] = []
    fence: _Opened | None = None
    comment: _Opened | None = None
    for number, line in enumerate(lines, 1):
        if fence and continues(fence.prefix, line):
            literal.add(number)
            result.append(line)
            if line.rstrip() == fence.prefix + fence.marks:
                fence = None
            else:
                problems += _doubtful_end(path, lines, number, fence)
            continue
        if fence:
            problems.append(_unclosed_fence(path, lines, fence.line))
            fence = None
        line, comment = _without_comments(line, number, comment)
        result.append(line)
        if not comment and (match := _CODE_FENCE.match(line)):
            fence = _Opened(number, match["prefix"], match["fence"])
            literal.add(number)
            problems += _doubtful_fence(path, lines, number, match["info"])
        else:
            problems += _doubtful_code(path, lines, number, line)
    if fence:
        problems.append(_unclosed_fence(path, lines, fence.line))
    if comment:
        problems.append(_unclosed_comment(path, lines, comment.line))
    return result, frozenset(literal)


def _doubtful_end(path: str, lines: list[str], number: int, outer: _Opened) -> Iterator[Problem]:
    """A fence that code shows is shorter than the one around it, or of the other mark. Any other
    may have been meant to end the code; then what follows is shown as it is written, blocks and
    all.
    """
    text = plain(lines[number - 1]).strip(" >")
    if _CODE_FENCE.match(text) and text.startswith(outer.marks):
        message = f"baris ini mirip penutup pagar kode di baris {outer.line}"
        hint = "Tutup dengan tanda yang sama persis, atau beri pagar luar tanda lebih banyak"
        yield Problem(path, number, "B110", message, hint).on_line(lines)


def _doubtful_fence(path: str, lines: list[str], number: int, info: str) -> Iterator[Problem]:
    kind = info.split()[0] if info.strip() else ""
    if kind.strip("{}.").casefold() in _SCRIPT_DIAGRAMS:
        message = f"diagram {kind} digambar oleh skrip dan akan kosong di buku"
        hint = "Simpan sebagai SVG di aset/, lalu pakai ![teks pengganti](aset/….svg)"
        yield Problem(path, number, "B113", message, hint).on_line(lines)
    elif not _LANGUAGE.fullmatch(info):
        words = info.strip()[:40]
        message = f"sesudah pagar kode hanya boleh ada satu kata, nama bahasanya: `{words}`"
        hint = "Hapus kata-kata itu, atau tulis di baris sebelum pagar"
        yield Problem(path, number, "B110", message, hint).on_line(lines, at=words)


def _doubtful_code(path: str, lines: list[str], number: int, line: str) -> Iterator[Problem]:
    """What Markdown may take for code, or for none, unlike `mask_code_spans`.

    `line` is the line without its comments.
    """
    masked = mask_code_spans(line)
    if _BULLET_FENCE.match(line):
        message = "pagar kode tidak boleh langsung sesudah tanda daftar"
        hint = "Beri baris teks dahulu, lalu tulis pagar di baris berikutnya, menjorok"
        yield Problem(path, number, "B105", message, hint).on_line(lines)
    elif _DOUBTFUL_TICK.search(masked):
        message = "tanda ` di baris ini tidak berpasangan"
        hint = "Buka dan tutup kode sebaris di baris yang sama; untuk menulis ` sendiri pakai &#96;"
        yield Problem(path, number, "B116", message, hint).on_line(lines)
    if "<!--" in masked:
        yield _unclosed_comment(path, lines, number)


def _unclosed_fence(path: str, lines: list[str], line: int) -> Problem:
    message = "pagar kode yang dibuka di sini tidak ditutup"
    hint = "Tutup dengan tanda yang sama persis dan menjorok sama"
    return Problem(path, line, "B110", message, hint).on_line(lines)


def _unclosed_comment(path: str, lines: list[str], line: int) -> Problem:
    message = "komentar <!-- tidak ditutup"
    return Problem(path, line, "B111", message, "Tambahkan --> di akhirnya").on_line(lines)


def _without_comments(line: str, number: int, opened: _Opened | None) -> tuple[str, _Opened | None]:
    """The line without its comments, and the comment still open at its end.

    Marks of a container that the comment began in (`>`) stay.
    """
    result, position = "", 0
    if opened:
        result = opened.prefix if line.startswith(opened.prefix) else ""
        end = line.find("-->")
        if end < 0:
            return result.rstrip(), opened
        position = end + 3
    look = position
    while match := _COMMENT_OR_TICKS.search(line, look):
        ticks = match[0]
        if ticks != "<!--":
            closing = re.compile(f"(?<!`){ticks}(?!`)").search(line, match.end())
            look = closing.end() if closing else match.end()
            continue
        result += line[position : match.start()]
        end = line.find("-->", match.end())
        if end < 0:
            return result.rstrip(), _Opened(number, prefix_of(line))
        look = position = end + 3
    return result + line[position:], None
