"""B203: a paragraph all in bold is a heading in disguise: no contents list, no screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.places import problem_in_line
from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts

_BOLD = re.compile(
    r" *(?P<bold>(?P<mark>\*\*\*?|___?)"
    r"(?P<text>[^*_ ](?:[^*_]|(?<=[ ])[*_][^*_]+[*_])*[^*_.!?:;,”…])"
    r"(?P=mark))(?: *\{:?[^{}]*\})? *"
)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No line is bold from end to end and stands alone, or where a paragraph begins."""
    for page in module.pages:
        document = page.document
        lines = ("", *document.lines, "")
        level = 1
        headings = {heading.line: heading.level for heading in document.headings}
        fences = {number for block in document.walk() for number in block.fences}
        for number in range(1, len(lines) - 1):
            level = headings.get(number, level)
            match = _BOLD.fullmatch(lines[number])
            if match is None or number in document.literal:
                continue
            above, below = lines[number - 1].strip(" >"), lines[number + 1].strip(" >")
            first = not above or number - 1 in fences or above.startswith(("!!!", "???", "==="))
            # A line that goes on with the sentence begins with a small letter, or a sign.
            alone = not below or number + 1 in fences or below[0].isupper()
            if first and alone:
                new = f"{'#' * min(level + 1, 6)} {match['text']}"
                yield problem_in_line(
                    document.path,
                    number,
                    match.span("bold"),
                    "B203",
                    f"teks tebal “{match['text']}” dipakai sebagai judul",
                    f"Tulis {new}",
                    Fix(match["bold"], new),
                )
