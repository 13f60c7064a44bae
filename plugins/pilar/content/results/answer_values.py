"""What was typed for an answer, in terms of the question bank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pilar.model.curriculum import Pairs, letters
from pilar.model.results import BLANK, SPOILED, Given, PrintedQuestion

from .raw_cells import RawCell

_MARKS = {"isian": ("0", "1"), "uraian": ("0", "0,5", "1")}
"""What trainers give for an answer in words."""
_TRUTHS = {"B": "benar", "S": "salah", "BENAR": "benar", "SALAH": "salah"}
_PAIR = re.compile(r"(\d+)\s*[-–:=.)]?\s*([A-Z])(?![A-Z])[\s,;]*")
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{1,2}[- ][a-z]{3,9}(?:[- ]\d{2,4})?", re.I
)
_FRACTION = re.compile(r"(\d+)[.,](\d*?)0*")


class NoAnswerError(ValueError):
    """What was typed is none; the message (Indonesian) says what would be."""


def given(asked: PrintedQuestion, cell: RawCell) -> Given:
    """The answer in a cell. Raises NoAnswerError."""
    text = " ".join(cell.text.split()).upper().rstrip(".)")
    if text == BLANK:
        return None
    kind = asked.question.jenis
    choices = letters(len(asked.order))
    if text == SPOILED and (SPOILED not in choices or kind == "menjodohkan"):
        return SPOILED
    match kind:
        case "pilihan-ganda" if text in choices:
            return asked.letters[choices.index(text)]
        case "benar-salah" if text in _TRUTHS:
            return _TRUTHS[text]
        case "menjodohkan" if (pairs := _pairs(text, asked)) is not None:
            return pairs
        case "isian" | "uraian" if (mark := number(text)) in _MARKS[kind]:
            return mark
    raise NoAnswerError(_hint(asked, cell.text))


def number(text: str) -> str:
    """A number as Indonesian writes it, without zeros that say nothing: `1,0` is `1`."""
    if match := _FRACTION.fullmatch(text):
        return f"{match[1]},{match[2]}".rstrip(",")
    return text


def answers(asked: PrintedQuestion) -> tuple[str, ...]:
    """What may be typed, for a list to choose from; empty where that is no single sign."""
    match asked.question.jenis:
        case "pilihan-ganda":
            return letters(len(asked.order))
        case "benar-salah":
            return "B", "S"
        case "isian" | "uraian":
            return _MARKS[asked.question.jenis]
    return ()


def _pairs(text: str, asked: PrintedQuestion) -> tuple[str, ...] | None:
    """Letters of the bank for the items on the left, from `CAB`, `C A -` or `1-C 2-A`."""
    assert isinstance(asked.question.pilihan, Pairs)
    size, choices = len(asked.question.pilihan.kiri), letters(len(asked.order))
    signs = list(re.sub(r"[\s,;]", "", text))
    if re.fullmatch(f"(?:{_PAIR.pattern})+", text):
        numbered = {int(match[1]): match[2] for match in _PAIR.finditer(text)}
        if len(numbered) < len(_PAIR.findall(text)) or not numbered.keys() <= {*range(1, size + 1)}:
            return None
        signs = [numbered.get(place, BLANK) for place in range(1, size + 1)]
    if len(signs) != size or {*signs} - {*choices, BLANK}:
        return None
    named = dict(zip(choices, asked.letters, strict=True)) | {BLANK: ""}
    return tuple(named[sign] for sign in signs)


def _hint(asked: PrintedQuestion, text: str) -> str:
    kind = asked.question.jenis
    if kind == "menjodohkan":
        assert isinstance(asked.question.pilihan, Pairs)
        count = len(asked.question.pilihan.kiri)
        known = letters(len(asked.order))
        way = f"Tulis {count} huruf {known[0]} sampai {known[-1]} berurutan, misalnya " + "".join(
            known[place % len(known)] for place in range(count)
        )
    elif kind in _MARKS:
        way = f"Tulis nilai dari pelatih: {either(answers(asked))}"
    else:
        way = f"Tulis {either(answers(asked))}"
    spoiled = f"{SPOILED} bila tidak dapat dinilai, kosongkan bila tidak dijawab"
    return f"{mangled_to_date(text)}{way}; {spoiled}"


def mangled_to_date(text: str) -> str:
    """What to do first where a spreadsheet seems to have made a date of what was typed."""
    if _DATE.fullmatch(text.strip()):
        return "Tampaknya diubah menjadi tanggal: pilih format Teks untuk sel ini, ketik ulang. "
    return ""


def either(words: Sequence[str]) -> str:
    """Words of which one is right."""
    return f"{', '.join(words[:-1])}, atau {words[-1]}" if len(words) > 2 else " atau ".join(words)
