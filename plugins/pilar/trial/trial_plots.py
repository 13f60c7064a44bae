"""Which plots a report has, and what each says to those who do not see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pilar.editions.words import decimal
from pilar.evidence.cutoffs import DIFFICULTY, GAIN
from pilar.evidence.ratings import LOWEST
from pilar.evidence.run_evidence import RunEvidence
from pilar.model.curriculum import Module
from pilar.model.evaluation import SCALE
from pilar.model.results import QuestionKey

from .plots import Canvas, Plot, dumbbells, stacks, whiskers
from .trial_tables import goals, people, ratings

_WORDS = ("pretest", "post-test")
_HEIGHT = 68.0
_BAR, _AROUND = 7.5, 24.0
"""Height in mm of a bar, and of what stands around all of them."""


def plots(evidence: RunEvidence, modules: Sequence[Module], canvas: Canvas) -> Iterator[Plot]:
    """Those that there is data for."""
    for paint in (_scores, _questions):
        if evidence.tests:
            yield paint(evidence, canvas)
    if evidence.goals:
        yield _goals(evidence, modules, canvas)
    if evidence.minutes:
        yield _minutes(evidence, canvas)
    tables = [*ratings(evidence, modules)]
    trainers = {t.form.subject: t.all_counts for t in tables if t.form.subject}
    if trainers:
        yield _ratings("fasilitator", "Evaluasi fasilitator, semua butir", trainers, canvas)
    for table in tables:
        if not table.form.subject:
            counts = {item: table.form.items[item].counts for item in table.items}
            yield _ratings("penyelenggaraan", table.title, counts, canvas)


def _scores(evidence: RunEvidence, canvas: Canvas) -> Plot:
    rows = sorted(people(evidence), key=lambda row: (row.before or 0, row.code))
    alt = "Nilai tiap peserta, diurutkan menurut pretest."
    if evidence.gain:
        rows = [row for row in rows if row.before is not None and row.after is not None]
        first, last = (decimal(v.value, 1) for v in (evidence.gain.before, evidence.gain.after))
        alt += f" Rata-rata {first} dan {last}."
    paint = _pairs(
        [row.code for row in rows],
        [row.before for row in rows],
        [row.after for row in rows],
        axis="nilai (0–100)",
        top=104,
    )
    return canvas.draw("nilai", alt, _HEIGHT, paint)


def _questions(evidence: RunEvidence, canvas: Canvas) -> Plot:
    names = evidence.results.handed_out.names
    shares: dict[QuestionKey, dict[str, float]] = {}
    for question in evidence.questions():
        found = shares.setdefault(question.printed.key, {})
        found[question.test] = question.difficulty.value
    paint = _pairs(
        [names[key] for key in shares],
        [found.get("pretest") for found in shares.values()],
        [found.get("posttest") for found in shares.values()],
        axis="p (bagian yang benar)",
        top=1.04,
        rules=DIFFICULTY.bounds,
    )
    alt = "Bagian peserta yang menjawab benar tiap soal, pada pretest dan post-test."
    return canvas.draw("butir", alt, _HEIGHT + 8, paint)


def _goals(evidence: RunEvidence, modules: Sequence[Module], canvas: Canvas) -> Plot:
    rows = [row for row in goals(evidence, modules) if row.gain.of_means]
    values = [row.gain.of_means for row in rows if row.gain.of_means]
    paint = whiskers([row.code for row in rows], values, axis="N-gain", rules=GAIN.bounds)
    alt = "N-gain tiap indikator dengan selangnya."
    return canvas.draw("indikator", alt, _HEIGHT, paint)


def _minutes(evidence: RunEvidence, canvas: Canvas) -> Plot:
    taken = evidence.minutes
    paint = dumbbells(
        [one.code for one in taken],
        [one.planned for one in taken],
        [one.real for one in taken],
        words=("rencana", "berlangsung"),
        axis="menit",
    )
    alt = "Menit tiap kegiatan menurut rencana dan yang berlangsung."
    return canvas.draw("waktu", alt, _HEIGHT, paint)


def _ratings(name: str, title: str, counts: Mapping[str, Sequence[int]], canvas: Canvas) -> Plot:
    words = [f"{rating} {word}" for rating, word in enumerate(SCALE, LOWEST)]
    alt = f"{title}: banyaknya nilai {words[0]} sampai {words[-1]}."
    paint = stacks([*counts], [*counts.values()], words)
    return canvas.draw(name, alt, _AROUND + _BAR * len(counts), paint)


def _pairs(*columns: Any, **look: Any) -> Callable[[Any], None]:
    return dumbbells(*columns, words=_WORDS, **look)
