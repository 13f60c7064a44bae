"""Slips of YAML that have one certain meaning: what they are called, and what was meant.

A rewrite of a line counts only where the file can be read with it; so what is told as the cause is
the cause, and reading goes on behind it, to the next mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pilar.model.position import Keys, Located
from pilar.model.problem import Fix, Problem

from .yaml_nodes import compose

_MOST = 8
"""Slips of one file that are mended before it counts as unreadable: each costs a reading."""
_LINE = re.compile(
    r"(?P<before> *(?:(?P<item>- +)+)?(?:(?P<key>[\w-]+):(?P<gap> *))?)(?P<value>\S.*?) *"
)
_CURLED = re.compile(r"[“”„](?P<double>[^“”„]*)[“”]|[‘’](?P<single>[^‘’]*)[‘’]")
"""A text in curly quotes, which YAML takes for a part of it."""
_SIGNS = "@`%&*!|>?,]}#"
"""What no plain text may begin with (YAML 1.2, indicators), brackets aside."""
_IN_LIST = re.compile(r"[^\s\[\]{},:\"'#][^\[\]{},:\"']* #[^\[\]{},:\"']*[^\[\]{},:\"'\s]")
_CUT = re.compile(r" +#.*\S")


@dataclass(frozen=True)
class Slip:
    """What is wrong with a part of a line (both from 0), and what to write instead.

    It is `certain` where the whole text can be read with it.
    """

    line: int
    start: int
    old: str
    new: str
    message: str
    hint: str
    certain: bool


def composed(text: str) -> tuple[Any, list[Slip], YAMLError | RecursionError | None]:
    """The nodes of a text, the slips that were mended for it, and why it has none all the same."""
    slips: list[Slip] = []
    while True:
        try:
            return compose(text), slips, None
        except RecursionError as error:
            return None, slips, error
        except YAMLError as error:
            slip = _slip(text, error, {slip.line for slip in slips}) if len(slips) < _MOST else None
            if slip is None:
                return None, slips, error
            slips.append(slip)
            if not slip.certain:
                return None, slips, error
            text = _mended(text, slip)


def quoted(text: str) -> str:
    """The text as a quoted value."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def cut_off(source: Located, keys: Keys) -> str:
    """What stands behind ` #` at the end of an unquoted value, `#` and space before it included;
    YAML takes it for a comment.
    """
    place = source.ranges.get(keys)
    if place is None or place == source.names.get(keys):
        return ""
    line, column, last, end = place
    match = _CUT.fullmatch(source.text[last - 1][end - 1 :].rstrip())
    return match[0] if match and source.text[line - 1][column - 1] not in "\"'|>[{" else ""


def cut_text(source: Located, keys: Keys, code: str, text: str, rest: str) -> Problem:
    """The problem of a text that ends at ` #`, with what was cut off. Y108 is certain; Y201
    may be a comment.
    """
    whole = quoted(text + rest)
    message = f"teks ini terpotong: `{rest.strip()[:40]}` terbaca sebagai komentar"
    hint = f"Apit seluruhnya dengan tanda kutip: {whole}"
    if code == "Y201":
        hint += ", atau tulis komentar itu di baris sendiri"
    problem = source.problem(keys, code, message, hint)
    line, column, last, end = source.ranges[keys]
    place = line, column, last, end + len(rest)
    fix = Fix(text + rest, whole, code == "Y108") if line == last else None
    return problem.at(place, fix)


def curled(text: str) -> str | None:
    """What stands between the curly quotes of a text that is nothing but that."""
    match = _CURLED.fullmatch(text)
    return match and (match["double"] or match["single"] or "")


def _slip(text: str, error: YAMLError, mended: set[int]) -> Slip | None:
    """The slip that makes a text unreadable: at the mark, above it, or where what it is in begins;
    in no line that was `mended`.
    """
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    first, *others = [mark.line for mark in marks if mark] or [0]
    lines = text.split("\n")
    for number in dict.fromkeys((first, first - 1, *others)):
        if 0 <= number < len(lines) and number not in mended:
            slip = _meant(number, lines[number])
            if slip and _goes_on(_mended(text, slip), number):
                return slip
    if first >= len(lines) or first in mended:
        return None
    slip = _meant(first, lines[first])
    return slip and replace(slip, certain=False)


def _goes_on(text: str, line: int) -> bool:
    """Whether a text is read to its end, or to a slip below `line` that is none of its own."""
    try:
        compose(text)
    except MarkedYAMLError as error:
        below = error.problem_mark.line if error.problem_mark else line
        lines = text.split("\n")
        if below == line + 1 < len(lines):
            return _meant(below, lines[below]) is not None
        return below > line
    except (YAMLError, RecursionError):
        return False
    return True


def _mended(text: str, slip: Slip) -> str:
    lines = text.split("\n")
    line = lines[slip.line]
    lines[slip.line] = line[: slip.start] + slip.new + line[slip.start + len(slip.old) :]
    return "\n".join(lines)


def _meant(number: int, line: str) -> Slip | None:
    """What a line may be meant as."""
    if (indent := line[: len(line) - len(line.lstrip())]).strip(" "):
        message = "baris ini menjorok dengan spasi tak terputus, bukan spasi biasa"
        spaces = " " * len(indent)
        return Slip(number, 0, indent, spaces, message, "Ganti dengan spasi biasa", True)
    match = _LINE.fullmatch(line)
    if not match or not (match["item"] or match["key"]):
        return None
    value, start, key = match["value"], match.start("value"), match["key"]
    # Of `- kata: dan: lagi` nobody knows whether `kata` is a key.
    certain = not (match["item"] and key)

    def slip(new: str, message: str, hint: str = "", certain: bool = certain) -> Slip:
        hint = hint or f"Apit dengan tanda kutip: {new}"
        return Slip(number, start, value, new, message, hint, certain)

    if key and not match["gap"]:
        return slip(
            f" {value.strip()}",
            f"sesudah `{key}:` harus ada spasi",
            f"Tulis {key}: {value.strip()}",
        )
    if (quote := value[0]) in "\"'" and value.count(quote) == 1:
        message = f"tanda kutip {quote} di baris ini tidak ditutup"
        return slip(value + quote, message, f"Tutup dengan {quote}", certain=False)
    if (meant := curled(value)) is not None:
        return slip(quoted(meant), "tanda kutip lengkung bukan tanda kutip bagi YAML")
    if value[0] in "[{" and " #" in value:
        message = (
            "tanda pagar (#) sesudah spasi memulai komentar, jadi sisa baris ini tidak terbaca"
        )
        return slip(_IN_LIST.sub(lambda item: quoted(item[0]), value), message)
    return slip(quoted(value), cause) if (cause := _cause(value)) else None


def _cause(value: str) -> str:
    """Why YAML does not take a text for one; empty where it does."""
    if value[0] in "[{":
        return ""
    if value[0] in _SIGNS:
        return f"teks ini diawali “{value[0]}”, yang punya arti lain bagi YAML"
    if value[0] in "\"'":
        return "tanda kutip di baris ini menutup sebelum teksnya selesai"
    if ": " in value or value.endswith(":"):
        return "teks ini memuat titik dua dan spasi (“: ”), yang bagi YAML memulai nilai baru"
    return ""
