"""The audience filter against one so slow and plain that it is obviously right."""

from __future__ import annotations

from hypothesis import given

from pilar.content.page_parser import parse_page
from pilar.model.blocks import Document
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.syntax.audience import filtered

from .generated import Sample, pages
from .plain import plain_filter


def shown(page: Document, edition: Edition) -> list[str]:
    """Lines that the filter lets through; marks of a container alone are as good as empty."""
    return [line.rstrip() if line.strip(" >") else "" for line in filtered(page, edition)]


@given(pages())
def test_filter_agrees_with_the_plain_one(sample: Sample) -> None:
    problems: list[Problem] = []
    page = parse_page(sample.source, "isi.md", problems)
    assert problems == [], sample.source
    assert sum(1 for _ in page.walk()) == sample.blocks
    for edition in Edition:
        assert shown(page, edition) == plain_filter(sample.source, edition.value)
