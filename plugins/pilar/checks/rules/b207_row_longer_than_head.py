"""B207: a table has a column for each cell; one too many is not printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.markdown.commonmark import read
from pilar.checks.markdown.regions import Region, regions
from pilar.content.source import mask_code_spans
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_BAR = re.compile(r"(?<!\\)\|")


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No row has more cells than the head of its table."""
    for page in module.pages:
        for region in regions(page.document):
            if "|" in region.text:
                yield from _in_region(region)


def _in_region(region: Region) -> Iterator[Problem]:
    reading = read(region.text)
    columns, head = 0, False
    for token in reading.tokens:
        head = token.type == "thead_open" or (head and token.type != "thead_close")
        if token.type != "tr_open" or not token.map:
            continue
        line = reading.numbers[token.map[0]]
        cells = _BAR.split(mask_code_spans(region.lines[line]).strip(" >").strip("|"))
        columns = len(cells) if head else columns
        if lost := "|".join(cells[columns:]).strip():
            message = f"baris ini punya {len(cells)} sel, kepala tabelnya {columns}: tidak tercetak"
            hint = "Tambahkan kolom di kepala tabel; tanda | yang bukan batas sel ditulis \\|"
            problem = Problem(region.document.path, region.numbers[line], "B207", message, hint)
            yield problem.on_line(region.document.lines, at=lost)
