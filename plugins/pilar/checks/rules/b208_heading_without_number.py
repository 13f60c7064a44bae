"""B208: a heading in a list or quotation has no number and stands in no table of contents."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.markdown.commonmark import read
from pilar.checks.markdown.regions import Region, regions
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Each heading that Markdown finds is one that numbering knows."""
    for page in module.pages:
        for region in regions(page.document):
            yield from _in_region(region)


def _in_region(region: Region) -> Iterator[Problem]:
    document = region.document
    known = {heading.line for heading in document.headings}
    reading = read(region.text)
    for token in reading.tokens:
        if token.type == "heading_open" and token.map and token.markup not in "=-":
            number = region.numbers[reading.numbers[token.map[0]]]
            if number not in known and not document.lines[number - 1].lstrip().startswith("#"):
                message = "judul ini tidak bernomor dan tidak masuk daftar isi"
                hint = "Keluarkan dari daftar atau kutipan, atau tulis sebagai teks biasa"
                problem = Problem(document.path, number, "B208", message, hint)
                yield problem.on_line(document.lines)
