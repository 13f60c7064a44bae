"""B203: a paragraph all in bold is a heading in disguise: no contents list, no screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
        fences = document.fences
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
                message = f"teks tebal “{match['text']}” dipakai sebagai judul"
                problem = Problem(document.path, number, "B203", message, f"Tulis {new}")
                yield problem.in_line(match.span("bold"), Fix(match["bold"], new))
