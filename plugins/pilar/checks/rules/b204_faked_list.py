"""B204: a list is written as Markdown has it; else its items run together in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from unicodedata import category

from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts

_BULLET = re.compile(r"[ >]*(?P<mark>[•·▪◦‣●○■])(?=[^\S\n])")
_HARD_SPACE = re.compile(r"[ >]*(?P<mark>(?:[-*+]|\d+[.)])[^\S \t\n]+)(?=\S)")
_PAIRED = re.compile(
    r"[ >]*(?P<mark>[–—→⇒➔➜➙⮚➢➤❖♦►▶▸◆◇□☐☑✓✔§＊](?=[^\S\n])|o(?=[^\S\n])|-(?=[^\W\d]))"
)
"""Marks of a list where the line before or after has the same one; alone they may be a dash."""
_COUNTED = re.compile(
    r"[ >]*(?P<mark>(?P<open>\(?)(?P<value>\d+|[ivx]+|[a-zA-Z])(?P<end>[).]|\ufe0f?\u20e3))"
    r"(?P<space>[^\S\n]?)[^\S\n]*(?=[^\W_])"
)
_FIRST = re.compile(r"[ >]*(?P<mark>[^\w\s\0-\xff]\ufe0f?)(?=[^\S\n])")
_ROMAN = "i ii iii iv v vi vii viii ix x".split()


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No line begins with a bullet that Markdown does not know, none counts `(1)` or `a.`."""
    for page in module.pages:
        path, lines = page.document.path, _text(page.document)
        for number, line in lines.items():
            if found := _faked(lines, number, line):
                match, new = found
                before = lines.get(number - 1, "")
                follows = not before.strip(" >") or _is_item(before)
                safe = _is_item(line) and (follows or before.rstrip().endswith(":"))
                above = "" if follows or not safe else f"\n{line[: match.start('mark')]}"
                fix = Fix(match["mark"], above + new, safe=safe)
                problem = Problem(path, number, "B204", *_words(match["mark"], new))
                yield problem.in_line(match.span("mark"), fix)
    for source, keys, value in module.texts():
        lines = dict(enumerate(value.split("\n"), 1))
        for number, line in lines.items():
            if found := _faked(lines, number, line):
                mark, new = found[0]["mark"], found[1].strip()
                yield source.problem(keys, "B204", *_words(mark, new), at=mark)


def _words(mark: str, new: str) -> tuple[str, str]:
    """Message and hint."""
    if not mark[-1:].strip() and (mark[0] in "-*+" or mark[0].isdigit()):
        message = f"spasi sesudah `{mark.strip()}` bukan spasi biasa, jadi ini bukan butir daftar"
        return message, "Hapus spasi itu dan ketik spasi biasa"
    message = f"`{mark}` di awal baris bukan tanda daftar"
    return message, f"Pakai `{new}`, dengan baris kosong di atas butir pertama"


def _is_item(line: str) -> bool:
    """Whether a line begins with a mark that is surely meant for an item."""
    return bool(_BULLET.match(line) or _HARD_SPACE.match(line))


def _text(document: Document) -> Mapping[int, str]:
    """Lines by their numbers: no code, no headers, options and ends of blocks."""
    fences = document.fences
    return {number: line for number, line in document.text_lines() if number not in fences}


def _faked(lines: Mapping[int, str], number: int, line: str) -> tuple[re.Match[str], str] | None:
    """The mark of a list that is none for Markdown, and what to write instead."""
    if bullet := _BULLET.match(line):
        return bullet, "-"
    if hard := _HARD_SPACE.match(line):
        return hard, f"{hard['mark'].strip().replace(')', '.')} "
    beside = [_beside(lines, number, step) for step in (-1, 1)]
    if paired := _PAIRED.match(line):
        others = map(_PAIRED.match, beside)
        new = "- " if paired["mark"] == "-" else "-"
        return (paired, new) if any(o and o["mark"] == paired["mark"] for o in others) else None
    if (sign := _FIRST.match(line)) and category(sign["mark"][0]) == "So":
        signs = (other["mark"][0] for other in map(_FIRST.match, beside) if other)
        return (sign, "-") if any(category(mark) == "So" for mark in signs) else None
    match = _COUNTED.match(line)
    if match is None:
        return None
    digits = match["value"].isdigit()
    if not match["space"] and (not digits or line[match.end()].isdigit()):
        return None  # a time, a thousand, an abbreviation
    if digits and match["space"] and not match["open"] and match["end"] in ".)":
        return None  # a list, at least for CommonMark: B206
    if not any(_goes_on(match, other) for other in map(_COUNTED.match, beside) if other):
        return None
    new = f"{match['value']}." if digits else "1."
    return match, new if match["space"] else f"{new} "


def _beside(lines: Mapping[int, str], number: int, step: int) -> str:
    """The next line that says something, at most one empty line away."""
    near = lines.get(number + step, "")
    return near if near.strip(" >") else lines.get(number + 2 * step, "")


def _goes_on(one: re.Match[str], other: re.Match[str]) -> bool:
    if (one["open"], one["end"], one["space"]) != (other["open"], other["end"], other["space"]):
        return False
    a, b = one["value"], other["value"]
    if a.isdigit() and b.isdigit():
        return abs(int(a) - int(b)) == 1
    if a in _ROMAN and b in _ROMAN and abs(_ROMAN.index(a) - _ROMAN.index(b)) == 1:
        return True
    single = len(a) == len(b) == 1 and a.isupper() == b.isupper()
    return single and not a.isdigit() and not b.isdigit() and abs(ord(a) - ord(b)) == 1
