"""B204: a list is written as Markdown has it; else its items run together in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts

_BULLET = re.compile(r"[ >]*(?P<mark>[•·▪◦‣●○■])(?= )")
_PAIRED = re.compile(r"[ >]*(?P<mark>[–—→⇒➔➜➙⮚➢➤✅❖♦►▶▸◆◇□☐☑✓✔§＊](?= )|o(?= )|-(?=[^\W\d]))")
"""Marks of a list where the line before or after has the same one; alone they may be a dash."""
_COUNTED = re.compile(
    r"[ >]*(?P<mark>(?P<open>\(?)(?P<value>\d+|[ivx]+|[a-zA-Z])(?P<end>[).]))"
    r"(?P<space> ?)(?=[^\W_])"
)
_ITEM = re.compile(r"(?P<prefix>[ >]*)(?P<mark>[-*+]|\d+[.)])(?= )")
_BEGINS = re.compile(r"[ >]*(?:#{1,6} |!!!|\?\?\?|===|\[\^|:  )")
"""Lines below which a list may begin at once."""
_ROMAN = "i ii iii iv v vi vii viii ix x".split()


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No line begins with a bullet that Markdown does not know, none counts `1)` or `a.`, and a
    list has an empty line above it.
    """
    for page in module.pages:
        path, lines = page.document.path, _text(page.document)
        for number, line in lines.items():
            if found := _faked(lines, number, line):
                match, new = found
                before = lines.get(number - 1, "")
                starts = not before.strip(" >") or bool(_BULLET.match(before))
                fix = Fix(match["mark"], new, safe=starts and bool(_BULLET.match(line)))
                message = f"`{match['mark']}` di awal baris bukan tanda daftar"
                hint = f"Pakai `{new}`, dengan baris kosong di atas butir pertama"
                problem = Problem(path, number, "B204", message, hint)
                yield problem.in_line(match.span("mark"), fix)
        for number in _without_gap(lines):
            item = _ITEM.match(lines[number])
            assert item
            new = f"\n{item['prefix']}{item['mark']}"
            message = "daftar ini menyatu dengan baris di atasnya"
            hint = "Beri baris kosong di atas butir pertama"
            problem = Problem(path, number, "B204", message, hint)
            yield problem.in_line(item.span("mark"), Fix(item["mark"], new, not item["prefix"]))
    yield from _in_yaml(module)


def _in_yaml(module: Module) -> Iterator[Problem]:
    """The same of the texts of modul.yml and soal.yml, which are Markdown too."""
    for source, keys, value in module.texts():
        lines = dict(enumerate(value.split("\n"), 1))
        for number, line in lines.items():
            if found := _faked(lines, number, line):
                mark, new = found[0]["mark"], found[1].strip()
                message = f"`{mark}` di awal baris bukan tanda daftar"
                hint = f"Pakai `{new}`, dengan baris kosong di atas butir pertama"
                yield source.problem(keys, "B204", message, hint, at=mark)
        if any(_without_gap(lines)):
            message = "daftar dalam teks ini menyatu dengan baris di atasnya"
            hint = "Beri baris kosong di atas butir pertama, dalam teks yang dibuka dengan tanda |"
            yield source.problem(keys, "B204", message, hint)


def _text(document: Document) -> Mapping[int, str]:
    """Lines by their numbers: no code, no headers, options and ends of blocks."""
    fences = document.fences
    return {number: line for number, line in document.text_lines() if number not in fences}


def _faked(lines: Mapping[int, str], number: int, line: str) -> tuple[re.Match[str], str] | None:
    """The mark of a list that is none for Markdown, and what to write instead."""
    if bullet := _BULLET.match(line):
        return bullet, "-"
    beside = [_beside(lines, number, step) for step in (-1, 1)]
    if paired := _PAIRED.match(line):
        others = map(_PAIRED.match, beside)
        new = "- " if paired["mark"] == "-" else "-"
        return (paired, new) if any(o and o["mark"] == paired["mark"] for o in others) else None
    match = _COUNTED.match(line)
    if match is None:
        return None
    digits = match["value"].isdigit()
    if not match["space"] and (not digits or line[match.end()].isdigit()):
        return None  # a time, a thousand, an abbreviation
    if digits and match["space"] and not match["open"] and match["end"] == ".":
        return None  # a list
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


def _without_gap(lines: Mapping[int, str]) -> Iterator[int]:
    """First items of lists right below a line of text, which Markdown takes for more of it."""
    inside = False  # a paragraph that a list cannot break off
    for number, line in lines.items():
        before = lines.get(number - 1, "")
        if not before.strip(" >"):
            inside = False
        if not line.strip(" >") or _BEGINS.match(line) or "|" in line:
            inside = False
        elif not _ITEM.match(line):
            # What goes on with an item belongs to a list that there is.
            inside = inside or not before.strip(" >") or bool(_BEGINS.match(before))
        elif inside:
            inside = False
            if before.rstrip().endswith(":") or _ITEM.match(lines.get(number + 1, "")):
                yield number
