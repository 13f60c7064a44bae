"""B204: a list is written as Markdown has it; else its items run together in print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Project

_BULLET = re.compile(r"[ >]*(?P<mark>[•·▪◦‣●○■–—])(?= )")
_NUMBER = re.compile(r"[ >]*(?P<mark>(?P<value>\d+|[a-z])(?P<end>[).]))(?= )")


def check_module(module: Module, project: Project) -> Iterator[Problem]:
    """No line begins with a bullet that Markdown does not know, and none counts `1)` or `a.`."""
    for page in module.pages:
        document = page.document
        before = ""
        for number, line in document.text_lines():
            match = _BULLET.match(line) or _counted(line, document.lines, number)
            if match:
                mark = match["mark"]
                digits = mark[:-1].isdigit()
                new = f"{mark[:-1]}." if digits else "1." if mark[0].isalnum() else "-"
                starts = not before.strip(" >") or bool(_BULLET.match(before))
                yield Problem(
                    document.path,
                    number,
                    "B204",
                    f"`{mark}` di awal baris bukan tanda daftar",
                    f"Pakai `{new}`, dengan baris kosong di atas butir pertama",
                    match.start("mark") + 1,
                    number,
                    match.end("mark") + 1,
                    Fix(mark, new, safe=starts and not mark[0].isalnum()),
                )
            before = line


def _counted(line: str, lines: tuple[str, ...], number: int) -> re.Match[str] | None:
    """`a.`, `a)` or `1)` where the line before or after counts on; `1.` is a list."""
    match = _NUMBER.match(line)
    if match is None or (match["value"].isdigit() and match["end"] == "."):
        return None
    for other in lines[max(0, number - 2) : number + 1]:
        beside = _NUMBER.match(other)
        if beside and beside["end"] == match["end"] and _next_to(beside["value"], match["value"]):
            return match
    return None


def _next_to(one: str, other: str) -> bool:
    if one.isdigit() and other.isdigit():
        return abs(int(one) - int(other)) == 1
    return not one.isdigit() and not other.isdigit() and abs(ord(one) - ord(other)) == 1
