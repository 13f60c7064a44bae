"""The order of a question's choices on a form, and the key that goes with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from pilar.model.curriculum import Pairs, Question, letters

_RIGHT = r"(?:benar|betul|tepat|salah|keliru)"
_ABOVE = r"(?:(?:yang )?(?:(?:di|ter)? ?(?:atas|sebut)|tersedia|ada))"
_THEM = r"(?:jawaban|pilihan|pernyataan|opsi|butir|hal)"
_LETTER = r"\(?(?:[a-e]|[1-5]|i{1,3}|iv|v)\)?[.]?"
_LETTERS = rf"{_LETTER}(?:(?:,| dan| atau| &|, dan|/) ?{_LETTER})+"
_ALL = re.compile(
    rf"(?:(?:semua|seluruh)(?:nya)?(?: {_THEM})?(?: (?:itu|ini))?(?: {_ABOVE})?"
    rf"(?: (?:adalah )?{_RIGHT})?"
    rf"|{_RIGHT} semua(?:nya)?"
    rf"|(?:ketiga|kedua|keempat)(?:nya| {_THEM})(?: {_ABOVE})?(?: {_RIGHT})"
    rf"|(?:tidak|tak|bukan) (?:ada |satu ?pun|ada satu ?pun|salah satu|semua)"
    rf"(?: ?{_THEM})?(?: ?(?:yang )?(?:di )?(?:antara(?:nya)?|dari)?)?(?: ?{_THEM})?"
    rf"(?: ?{_ABOVE})?(?: ?(?:yang )?{_RIGHT})?"
    rf"|(?:hanya )?(?:{_THEM} )?{_LETTERS}(?: (?:keduanya|semuanya|sama-sama))?"
    rf"(?: {_RIGHT})?(?: semua(?:nya)?)?)",
    re.I,
)
_NAMED = re.compile(
    rf"\b(?:{_THEM}|huruf|nomor)(?:nya)? (?:di (?:atas|bawah)|sebelumnya|[A-Za-z]\b|\d)"
    r"|\bdi atas\W*$|\b[A-Z](?:,| dan| atau| &|/) ?[A-Z]\b",
    re.I,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def covers_others(choice: str) -> bool:
    """Does a choice say no more than which others hold: “semua benar”, “A dan C”?"""
    plain = " ".join(re.sub(r"[*_“”\"]", "", choice).split()).rstrip(" .")
    return bool(_ALL.fullmatch(plain)) and not plain.isdigit()


def movable(question: Question) -> bool:
    """May its choices stand in another order? Not where they speak of others, or are numbers that
    rise or fall.
    """
    texts = _choices(question)
    others = any(covers_others(text) or _NAMED.search(text) for text in texts)
    return bool(texts) and not others and not (question.choices and _is_scale(texts))


def printed_order(
    question: Question, rank: Callable[[object], str], used: Mapping[str, int]
) -> tuple[int, ...]:
    """Places in the bank of the choices (of a matching question: of its right column) in the order
    in which a form prints them.

    `rank` orders them at random; the right choice has the letter that fewest questions before
    `used`, for who guesses one letter throughout must not gain by it.
    """
    order = list(range(len(_choices(question))))
    if movable(question):
        order.sort(key=rank)
        if question.choices:
            names = letters(len(order))
            key = order.index(names.index(str(question.kunci)))
            place = min(range(len(order)), key=lambda n: (used.get(names[n], 0), rank(names[n])))
            order[key], order[place] = order[place], order[key]
    return tuple(order)


def _choices(question: Question) -> Sequence[str]:
    pairs = question.pilihan
    return pairs.kanan if isinstance(pairs, Pairs) else pairs


def reordered(question: Question, order: Sequence[int]) -> Question:
    """The question with its choices in that order; its key names the same choices."""
    if not order:
        return question
    names = letters(len(order))
    moved = {names[old]: names[new] for new, old in enumerate(order)}
    if isinstance(question.pilihan, Pairs):
        right = tuple(question.pilihan.kanan[place] for place in order)
        pairs = question.pilihan.model_copy(update={"kanan": right})
        key: object = tuple(moved[letter] for letter in question.kunci)
        return question.model_copy(update={"pilihan": pairs, "kunci": key})
    choices = tuple(question.choices[place] for place in order)
    return question.model_copy(update={"pilihan": choices, "kunci": moved[str(question.kunci)]})


def _is_scale(texts: Sequence[str]) -> bool:
    found = [_NUMBER.search(text) for text in texts]
    values = [float(match[0].replace(".", "").replace(",", ".")) for match in found if match]
    if not values or len(values) < len(texts):
        return False
    steps = list(pairwise(values))
    return all(a < b for a, b in steps) or all(a > b for a, b in steps)
