"""B203: a paragraph all in bold is a heading in disguise: no contents list, no screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Project

_BOLD = re.compile(r"(?:\*\*|__)(?P<text>[^*_]+[^*_.!?:;,”])(?:\*\*|__)")


def check_module(module: Module, project: Project) -> Iterator[Problem]:
    """No paragraph of one line is bold from end to end."""
    for page in module.pages:
        document = page.document
        lines = ("", *document.lines, "")
        level = 1
        headings = {heading.line: heading.level for heading in document.headings}
        for number in range(1, len(lines) - 1):
            level = headings.get(number, level)
            alone = not lines[number - 1].strip() and not lines[number + 1].strip()
            match = _BOLD.fullmatch(lines[number])
            if match and alone and number not in document.literal:
                new = f"{'#' * min(level + 1, 6)} {match['text']}"
                yield Problem(
                    document.path,
                    number,
                    "B203",
                    f"teks tebal “{match['text']}” dipakai sebagai judul",
                    f"Tulis {new}",
                    1,
                    number,
                    len(match[0]) + 1,
                    Fix(match[0], new),
                )
