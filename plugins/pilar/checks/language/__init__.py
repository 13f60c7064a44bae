"""How the modules are written: plain, correct, respectful Indonesian (issue 3, "Writing bars").

Each rule takes a Reading, the text of a module, and yields problems with a code L1xx. What the
rules know of words stands in `daftar/`, lists that authors can read and extend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

from . import abbreviations, sentences, spelling, wording
from .reading import Reading, read_module

RULES: tuple[Callable[[Reading], Iterator[Problem]], ...] = (
    sentences.none_too_long,
    sentences.median_is_short,
    wording.is_indonesian,
    wording.is_respectful,
    wording.follows_glossary,
    abbreviations.are_spelled_out,
    spelling.is_correct,
)


def is_well_written(module: Module, facts: Facts) -> Iterator[Problem]:
    """All problems of a module's language."""
    reading, questions = read_module(module, facts), module.questions_source
    for problem in chain.from_iterable(rule(reading) for rule in RULES):
        if problem.path == questions.path:
            yield replace(problem, message=questions.of_entry(problem.message, problem.line))
        else:
            yield problem
