"""Answer sheet: one for both tests and both forms, so that only one has to be copied."""

from __future__ import annotations

from math import ceil
from typing import Any

from pilar.model.curriculum import letters

from .paper import BothEditions
from .tes import exams_of, title

_WRITTEN = {"isian", "menjodohkan"}
"""Kinds that are answered on a line."""
_MARGINS, _NUMBER, _CIRCLE, _LINE = 43, 18, 9.7, 40
"""In mm: what margins take of a sheet's width (kertas.css); what the number of a question, with the
room between columns, takes of the table's, and what a letter does (lembar-jawaban.html); the least
that an answer is written on.
"""


def lembar_jawaban(both: BothEditions) -> dict[str, Any] | None:
    """Numbers, and what can be answered at each: a question of any form may stand there."""
    exams = [sitting.exam for sitting in exams_of(both.trainers).values()]
    if not exams:
        return None
    forms = [form for exam in exams for form in exam.forms]
    asked = [item.question for form in forms for item in form.items]
    kinds = {question.jenis for question in asked}
    size = max(exam.size for exam in exams)
    essays = max(sum(i.question.jenis == "uraian" for i in form.items) for form in forms)
    most = max(len(question.choices) for question in asked)
    written = bool(kinds & _WRITTEN)
    circles = _CIRCLE * (most + 2 * ("benar-salah" in kinds)) + _NUMBER
    width = both.sheet[0] - _MARGINS
    columns = 1 if written or 2 * circles > width else 2
    rows = ceil(size / columns)
    return {
        "huruf": letters(most),
        "banyak_huruf": columns == 1 and circles + _LINE * written > width,
        "benar_salah": "benar-salah" in kinds,
        "tertulis": written,
        "uraian": essays,
        "soal": size,
        "baris": [range(first, size + 1, rows) for first in range(1, rows + 1)],
        "lajur": columns,
        "nama_tes": [title(exam.use) for exam in exams],
    }


def each_test(both: BothEditions) -> int:
    """A copy for each participant and test."""
    return both.people * len(exams_of(both.trainers))
