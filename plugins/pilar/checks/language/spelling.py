"""Every word is in the Indonesian dictionary, in the project's own list, or a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from pilar.model.problem import Problem
from pilar.model.run import Facts, Project

from . import dictionary, lists
from .inline import Span
from .reading import Reading
from .text import Kind, Passage
from .wording import begins_sentence, explained_words

_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]+(?:[-’'][^\W\d_]+)*(?!\w)")
_AFFIXES = frozenset("ber di ke me meng pe peng per se ter an i kan nya".split())
"""What may be joined to an abbreviation with a hyphen (EYD V): *ber-KTP*, *KTP-nya*."""
_OWN = frozenset({"sub"})
"""Words of the headings that Pilar itself asks for (CONTRIBUTING.md: Sub Materi Pokok)."""
_AFFIXED = re.compile(r"(?P<prefix>di|ber|ter|meng|meny|mem|men|me|nge|pe[mn]?)-(?P<base>\w{3,})")
_ALIKE = 0.65
"""How alike (0 to 1) a suggestion must be, so that it is none at random."""
_MOST_SUGGESTIONS = 50
"""Words of a module that a suggestion is sought for, at 13 to 50 ms each. Where more are unknown,
the text is in another language, or a list of names.
"""
_HINT = "Bila ejaannya benar, tambahkan kata itu pada modules/kamus.txt"


def is_correct(reading: Reading) -> Iterator[Problem]:
    """L106."""
    known = dictionary.load(_extra(reading.facts))
    passages = list(reading.passages())
    names, asked = _names(passages), set[str]()
    for passage in passages:
        yield from _misspelled(passage, names, known, asked)


def list_is_sorted(project: Project) -> Iterator[Problem]:
    """L106 for modules/kamus.txt itself: sorted, each word once, so that it can be reviewed."""
    words = project.word_list
    before = ""
    for line, word in words.entries:
        if word.casefold() <= before:
            message = f"“{word}” tidak pada tempatnya menurut abjad"
            yield Problem(words.path, line, "L106", message, "Urutkan, dan tulis tiap kata sekali")
        before = max(before, word.casefold())


def _misspelled(
    passage: Passage, names: frozenset[str], known: dictionary.Dictionary, asked: set[str]
) -> Iterator[Problem]:
    """`asked` are the words of the module so far that a suggestion was sought for."""
    settled: list[Span] = []
    for found in lists.search("salah-eja", passage):
        settled.append((found.start, found.end))
        message = f"ejaan “{found.text}” tidak baku"
        hint = f"Tulis “{found.instead}”"
        yield passage.problem(settled[-1], "L106", message, hint, instead=found.instead)
    doubtful = [m for m in _WORD.finditer(passage.flat) if not known.is_plain(m[0])]
    if doubtful:
        settled += _elsewhere(passage)
    for match in doubtful:
        start, end = match.span()
        if _needs_no_hyphen(match[0], known):
            message = f"kata “{match[0]}” ditulis serangkai"
            new = match[0].replace("-", "")
            yield passage.problem((start, end), "L106", message, f"Tulis “{new}”", instead=new)
            continue
        if _is_known(match[0], passage, start, names, known):
            continue
        if not any(left <= start and end <= right for left, right in settled):
            if len(asked) < _MOST_SUGGESTIONS:
                asked.add(match[0].casefold())
            near = _near(match[0].casefold(), known) if match[0].casefold() in asked else ""
            message, hint = f"kata “{match[0]}” tidak ada di kamus", _hint(match[0], near)
            yield passage.problem((start, end), "L106", message, hint, instead=near)


def _elsewhere(passage: Passage) -> Iterator[Span]:
    """What is not Indonesian and explained, or another rule's matter (L103)."""
    explained, text = explained_words(passage), passage.flat
    yield from (span for span in passage.italics if text[slice(*span)].casefold() in explained)
    for found in (*lists.search("inggris", passage), *lists.foreign_verbs(passage)):
        yield found.start, found.end


def _needs_no_hyphen(word: str, known: dictionary.Dictionary) -> bool:
    """*di-kerjakan*: a hyphen stands only before capitals and foreign words (EYD V)."""
    match = _AFFIXED.fullmatch(word)
    return bool(match and known.knows(match["base"]) and known.knows(word.replace("-", "")))


def _near(word: str, known: dictionary.Dictionary) -> str:
    """What the word may be a slip of; empty where nothing is alike enough."""
    # Of a word with a prefix, the dictionary is near to its prefix, not to what the author means.
    near = None if _AFFIXED.fullmatch(word) else known.nearest(word)
    alike = near and SequenceMatcher(None, word, near.casefold()).ratio() >= _ALIKE
    return near if near and alike else ""


def _hint(word: str, near: str) -> str:
    if match := _AFFIXED.fullmatch(word.casefold()):
        return (
            f"Pakai kata kerja bahasa Indonesia: kata asing “{match['base']}” tidak diberi "
            f"awalan {match['prefix']}-"
        )
    return f"Mungkin maksud Anda “{near}”? {_HINT}" if near else _HINT


def _is_known(
    word: str, passage: Passage, offset: int, names: frozenset[str], known: dictionary.Dictionary
) -> bool:
    if len(word) == 1 or known.knows(word.casefold()):
        return True
    parts = re.split(r"[-’']", word)
    if any(part.isupper() and len(part) > 1 for part in parts):  # an abbreviation: L105's matter
        return all(p.isupper() or p in _AFFIXES or known.knows(p.casefold()) for p in parts)
    if not word[0].isupper():
        return False
    return word in names or known.knows(word) or _capital_marks_name(passage, offset)


def _capital_marks_name(passage: Passage, offset: int) -> bool:
    return passage.kind is not Kind.TITLE and not begins_sentence(passage.flat, offset)


def _names(passages: Iterable[Passage]) -> frozenset[str]:
    """Words that bear a capital somewhere inside a sentence."""
    return frozenset(
        match[0]
        for passage in passages
        for match in _WORD.finditer(passage.flat)
        if match[0][0].isupper() and _capital_marks_name(passage, match.start())
    )


def _extra(facts: Facts) -> frozenset[str]:
    """Words of kamus.txt, of the glossary's terms, and those that the lists advise."""
    terms = (text for term in facts.terms for text in (term.istilah, term.kepanjangan))
    advised = (text for name in lists.NAMES for text in lists.pairs(name).values())
    other = (match[0].casefold() for text in (*terms, *advised) for match in _WORD.finditer(text))
    return facts.word_list.words | frozenset(other) | _OWN
