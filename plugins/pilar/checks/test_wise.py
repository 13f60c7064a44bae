"""How much of a question bank is solved by those who know how questions are written, and no more.

Test-wiseness (Millman, Bishop and Ebel, 1965) reads the choices, not the matter. Each cue here
points at the one choice that stands out: it is the longest, repeats words of the question, has no
absolute word where all others do, is the only courteous one, or the only precise one. Who follows
them beats chance, and what a test then measures is practice with tests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from pilar.model.curriculum import Question, letters

from .language.lists import phrases, words

MOST_LONGEST = Fraction(30, 100)
"""Share of the questions of a bank in which no choice may be longer than the key."""
MOST_SOLVED = Fraction(35, 100)
"""Share of a bank that all cues together may solve; of four choices, chance solves a quarter."""

_VISIBLE = 1.1
"""How much longer than the next a choice is to stand out at a glance."""

Choices = Sequence[str]
Cue = Callable[[str, Choices], int | None]
"""Gives the place of the choice that stands out, None where none does alone."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_AFFIX = re.compile(r"^(?:mem|men|meng|meny|me|pem|pen|peng|pe|ber|ter|di|ke|se)(?=\w{4})")
_ENDING = re.compile(r"(?<=\w{4})(?:an|nya|i)$")
_COMMON = frozenset(
    "adalah agar akan anda atau bagi bila dalam dapat dari dengan hendak ialah juga kepada karena "
    "lebih mana manakah mereka oleh pada paling sebaiknya seorang sudah supaya tetapi tidak untuk "
    "warga yang".split()
)
"""Words that say little: they stand in questions and choices alike."""
_PRECISE = re.compile(
    r"\d|\b(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|minggu depan|besok)\b|;|,[^,]+,"
)


def longest(stem: str, choices: Choices) -> int | None:
    """The choice that is visibly longer than every other."""
    *_, second, first = sorted(len(choice) for choice in choices)
    if first < _VISIBLE * second:
        return None
    return _only([len(choice) == first for choice in choices])


def repeated(stem: str, choices: Choices) -> int | None:
    """The only choice with words of the question."""
    said = _roots(stem)
    return _only([bool(said & _roots(choice)) for choice in choices])


def measured(stem: str, choices: Choices) -> int | None:
    """The only choice without an absolute word."""
    return _only([not _said("mutlak", choice) for choice in choices])


def courteous(stem: str, choices: Choices) -> int | None:
    """The only choice with a courteous word."""
    return _only([_said("santun", choice) for choice in choices])


def precise(stem: str, choices: Choices) -> int | None:
    """The only choice with a number, a day or a list."""
    return _only([bool(_PRECISE.search(choice)) for choice in choices])


CUES: Mapping[str, Cue] = {
    "paling panjang": longest,
    "mengulang kata pertanyaan": repeated,
    "satu-satunya tanpa kata mutlak": measured,
    "satu-satunya yang santun": courteous,
    "satu-satunya yang terperinci": precise,
}
"""Every cue by what it says of the choice that it points at."""


def pointers(question: Question) -> dict[str, int]:
    """Where each cue that points at all points, of a multiple-choice question."""
    found = {name: cue(question.teks, question.choices) for name, cue in CUES.items()}
    return {name: place for name, place in found.items() if place is not None}


def key_place(question: Question) -> int:
    """The place of the key among the choices."""
    return letters(len(question.choices)).index(str(question.kunci))


def solved(question: Question) -> Fraction:
    """How likely who takes the choice that most cues point at has the key."""
    votes = Counter(pointers(question).values())
    most = max(votes.values(), default=0)
    best = [place for place in range(len(question.choices)) if votes[place] == most]
    return Fraction(key_place(question) in best, len(best))


@dataclass(frozen=True)
class Wiseness:
    """A bank's multiple-choice questions: how many there are, in how many the key is the longest
    choice or one of the longest, and how many the cues are expected to solve.
    """

    questions: int
    longest: int
    solved: Fraction

    @property
    def share_longest(self) -> Fraction:
        """Of all, 0 to 1."""
        return Fraction(self.longest, self.questions or 1)

    @property
    def share_solved(self) -> Fraction:
        """Of all, 0 to 1."""
        return self.solved / (self.questions or 1)


def wiseness(bank: Iterable[Question]) -> Wiseness:
    """What the cues make of a bank."""
    chosen = [question for question in bank if question.choices]
    long = sum(is_longest(question) for question in chosen)
    return Wiseness(len(chosen), long, sum(map(solved, chosen), Fraction()))


def is_longest(question: Question) -> bool:
    """Is no choice longer than the key, and one shorter?"""
    lengths = [len(choice) for choice in question.choices]
    return lengths[key_place(question)] == max(lengths) > min(lengths)


def _only(marks: Sequence[bool]) -> int | None:
    return marks.index(True) if sum(marks) == 1 else None


def _roots(text: str) -> frozenset[str]:
    """What is left of the words that say something once common affixes are cut off."""
    found = (word for word in _WORD.findall(text.casefold()) if word not in _COMMON)
    return frozenset(_ENDING.sub("", _AFFIX.sub("", word)) for word in found)


def _said(name: str, choice: str) -> bool:
    return bool(_pattern(name).search(choice))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return phrases(words(name))
