"""B209: `**` and `__` that make nothing bold are printed as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.markdown.commonmark import read, seen
from pilar.checks.markdown.leaves import without_code
from pilar.checks.markdown.regions import Region, regions
from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts

_MARK = re.compile(
    r"(?P<before>[^\s*]*[^\w\s*])(?P<mark>\*\*)(?P<after>\w+)"  # the end of bold touches a word
    r"|\*\*|(?<![\w_])__(?=[^\s_])|(?<=[^\s_])__(?![\w_])"
)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No text shows the marks of bold: a sign touches them, or their partner is not there."""
    for page in module.pages:
        for region in regions(page.document):
            yield from _in_region(region)
    for source, keys, text in module.texts():
        for _, match in _marks(text):
            yield source.problem(keys, "B209", *_words(match), at=match[0])


def _marks(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The line of each leaf with raw marks, from 0, and the mark that says most."""
    if "**" not in text and "__" not in text:
        return
    lines = text.split("\n")
    for leaf in seen(read(text)):
        found = [] if leaf.kind == "pre" else [*_MARK.finditer(without_code(leaf.text))]
        escaped = "\\*" in lines[leaf.line] or "\\_" in lines[leaf.line]
        if found and not escaped:
            yield leaf.line, max(found, key=lambda match: len(match[0]))


def _in_region(region: Region) -> Iterator[Problem]:
    document = region.document
    for line, match in _marks(region.text):
        lines = enumerate(region.lines[line:], line)
        number = region.numbers[next((n for n, text in lines if match[0] in text), line)]
        problem = Problem(document.path, number, "B209", *_words(match))
        start = document.lines[number - 1].find(match[0])
        parted = f"{match['before']}{match['mark']} {match['after']}"
        fix = Fix(match[0], parted) if match["mark"] else None
        if start < 0:
            yield problem.on_line(document.lines)
        else:
            yield problem.in_line((start, start + len(match[0])), fix)


def _words(match: re.Match[str]) -> tuple[str, str]:
    message = f"tanda tebal tercetak apa adanya di “{match[0]}”"
    if match["mark"]:
        return message, f"Beri spasi sesudah teks tebal: {match['before']}** {match['after']}"
    return message, "Lengkapi pasangannya, atau tulis \\* bila bintangnya memang dimaksud"
