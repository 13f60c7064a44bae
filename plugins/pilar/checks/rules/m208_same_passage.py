"""M208: what two modules both say is written once, and linked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pilar.checks.language.reading import Reading, read_module
from pilar.checks.language.text import Kind, Passage
from pilar.model.curriculum import Module
from pilar.model.memoize import memoized
from pilar.model.problem import Problem
from pilar.model.run import NO_FACTS, Project

WORDS = 20
"""Words in a row of one paragraph from which on two passages count as the same."""
LIST_WORDS = 30
"""Words in a row over several paragraphs, items or cells; names of all pilar take 25."""

_WORD = re.compile(r"\w+(?:-\w+)*")
_Word = tuple[str, Passage, re.Match[str]]
_Window = tuple[int, int, str]


def check_project(project: Project) -> Iterator[Problem]:
    """No so many words in a row stand in two modules; one problem a passage, in the later one."""
    known: dict[str, tuple[str, str, int]] = {}
    for slug, module in project.modules.items():
        for words, windows in _cut(module):
            copied: dict[int, tuple[str, int]] = {}
            for first, count, window in windows:
                passage = words[first][1]
                owner, path, line = known.setdefault(window, (slug, passage.path, passage.line))
                if owner != slug:
                    copied = dict.fromkeys(range(first, first + count), (path, line)) | copied
            yield from _problems(words, copied)


@memoized
def _cut(module: Module) -> tuple[tuple[Sequence[_Word], Sequence[_Window]], ...]:
    """The words of all that is read in one go, and what of them may be a copy."""
    result: list[tuple[Sequence[_Word], Sequence[_Window]]] = []
    for passages in _sequences(read_module(module, NO_FACTS)):
        words = [
            (match[0].casefold(), passage, match)
            for passage in passages
            for match in _WORD.finditer(passage.flat)
        ]
        result.append((words, tuple(_windows(words))))
    return tuple(result)


def _sequences(reading: Reading) -> Iterator[Sequence[Passage]]:
    """What is read in one go: of a page, what stands between two titles."""
    for pieces in reading.pages:
        section: list[Passage] = []
        for piece in pieces:
            if isinstance(piece, Passage) and piece.kind is not Kind.TITLE:
                section.append(piece)
            elif section:
                yield section
                section = []
        yield section
    yield from (*reading.meta.values(), *reading.indicators, *reading.questions.values())


def _windows(words: Sequence[_Word]) -> Iterator[_Window]:
    """Place, and number, of words that may be a copy, and the words themselves."""
    texts = tuple(word for word, _, _ in words)
    for first in range(len(words)):
        for count, alone in ((WORDS, True), (LIST_WORDS, False)):
            last = first + count - 1
            if last < len(words) and not (alone and words[first][1] is not words[last][1]):
                yield first, count, " ".join(texts[first : last + 1])


def _problems(words: Sequence[_Word], copied: dict[int, tuple[str, int]]) -> Iterator[Problem]:
    """One problem for all copied words in a row, at those of the first passage."""
    for start in sorted(index for index in copied if index - 1 not in copied):
        _, passage, match = words[start]
        last = start
        while last + 1 in copied and words[last + 1][1] is passage:
            last += 1
        path, line = copied[start]
        message = f"paragraf ini sama dengan {path}:{line}"
        hint = "Tulis di satu modul saja, lalu tautkan dari yang lain"
        yield passage.problem((match.start(), words[last][2].end()), "M208", message, hint, at="")
