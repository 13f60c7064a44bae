"""Numbers of persons in what people read or dial: what the rules on single kinds share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pilar.content.source import code_spans
from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.memoize import memoized
from pilar.model.problem import Problem
from pilar.model.run import Facts

from .language.inline import Span
from .language.reading import read_module

Find = Callable[[str], Iterable[Span]]
"""Gives where numbers of a kind stand in a text."""

THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DIGIT = re.compile(r"\d")
_MADE_UP = re.compile(r".*0{8,}|(.)\1*|12345678.*")
"""Digits that nobody has: all the same, zeros at the end, or counted up."""
_HINT = "Hapus, atau tulis nomor yang jelas rekaan, misalnya dengan angka nol semua"


def problems(
    module: Module,
    facts: Facts,
    find: Find,
    *,
    code: str,
    name: str,
    in_markup: Find = lambda line: (),
) -> Iterator[Problem]:
    """Numbers that `find` finds in text and code, and `in_markup` in whole lines of pages."""
    for passage in read_module(module, facts).passages():
        if not _DIGIT.search(passage.flat):
            continue  # most have none
        for start, end in find(passage.flat):
            message = said(passage.flat[start:end], name)
            yield passage.problem((start, end), code, *message)
    for page in module.pages:
        path, lines = page.document.path, page.document.lines
        for number, parts in _code(page.document):
            line = lines[number - 1]
            spans = [(a + start, a + end) for a, b in parts for start, end in find(line[a:b])]
            spans += [span for span in in_markup(line) if not _overlaps(span, spans)]
            for start, end in spans:
                problem = Problem(path, number, code, *said(line[start:end], name))
                yield problem.in_line((start, end))


@memoized
def _code(document: Document) -> tuple[tuple[int, tuple[Span, ...]], ...]:
    """Every line of a page by its number, with the parts that are code."""
    return tuple(
        (number, ((0, len(line)),) if number in document.literal else tuple(code_spans(line)))
        for number, line in enumerate(document.lines, 1)
    )


def said(number: str, name: str) -> tuple[str, str]:
    """Message and hint."""
    return f"“{number}” tampak seperti {name} sungguhan", _HINT


def outside(text: str, spans: Iterable[Span], *others: Find) -> Iterator[Span]:
    """The spans that overlap nothing that others find: a number is reported under one name."""
    return (span for span in spans if not any(_overlaps(span, find(text)) for find in others))


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def digits(text: str) -> str:
    """The digits alone."""
    return "".join(filter(str.isdigit, text))


def is_made_up(number: str) -> bool:
    """Whether it is clear that nobody has these digits."""
    return bool(_MADE_UP.fullmatch(number))
