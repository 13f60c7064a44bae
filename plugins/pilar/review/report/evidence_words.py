"""What runs showed, in words; of few people, that they are few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilar.editions.words import EXAMPLE, decimal, number
from pilar.evidence.cutoffs import FEWEST, OVERRUN, enough
from pilar.evidence.pooled import PooledActivity, PooledQuestion
from pilar.model.results import Test
from pilar.review.compare.data import ModuleReview
from pilar.review.compare.touched import Touched

from .phrases import Line, counted, listed, quoted

_WHEN: Mapping[Test, str] = {"pretest": "sebelum pelatihan", "posttest": "sesudahnya"}
_FORMS = {"lama": "dengan kata-kata lama: ", "baru": "dengan kata-kata ini: "}


def evidence_lines(review: ModuleReview) -> Iterator[Line]:
    """What is known of each question and activity that a change of a module touches."""
    for one in review.evidence:
        activity = isinstance(one.found, PooledActivity)
        name = quoted(one.name, 90) if activity else f"soal {one.name}"
        part = ("kegiatan" if activity else "soal") if review.change else "modul"
        yield Line("Bukti", f": {evidence_text(one)}", name, f"{part}-{review.slug}", rank=2)


def beside(review: ModuleReview, name: str, kind: type) -> list[str]:
    """The same of one thing alone, by its id or title; `kind` is that of what is known."""
    return [
        evidence_text(one)
        for one in review.evidence
        if one.name == name and isinstance(one.found, kind)
    ]


def evidence_text(one: Touched) -> str:
    """What is known of it, `p 0,92 sebelum pelatihan (46 peserta, 2 pelatihan)`."""
    if isinstance(one.found, PooledActivity):
        text = _minutes(one.found)
    else:
        text = _FORMS.get(one.form, "") + "; ".join(_tests(one.found))
    return f"{text} ({EXAMPLE})" if one.invented else text


def _tests(found: Mapping[Test, PooledQuestion]) -> Iterator[str]:
    asked = [(when, found[test]) for test, when in _WHEN.items() if test in found]
    shares = [f"{decimal(one.difficulty.value)} {when}" for when, one in asked]
    people = [_people(one) for _, one in asked]
    if len(set(people)) == 1:
        yield f"p {listed(shares)} ({people[0]})"
    else:
        yield f"p {listed([f'{p} ({who})' for p, who in zip(shares, people, strict=True)])}"
    before = found.get("pretest")
    if before and before.idle:
        yield f"pengecoh {listed(before.idle)} hampir tidak dipilih"


def _people(asked: PooledQuestion) -> str:
    few = "" if enough(asked.people) else f", kurang dari {FEWEST.value:.0f} untuk menilai soal"
    return f"{counted(asked.people, 'peserta')} di {counted(len(asked.by_run), 'pelatihan')}{few}"


def _minutes(found: PooledActivity) -> str:
    runs = len(found.by_run)
    took = listed([number(taken.real) for taken in found.by_run.values()])
    text = f"berlangsung {took} menit, rencananya {found.planned.minutes}"
    if not found.over:
        return f"{text} ({counted(runs, 'pelatihan')})"
    share = f"{100 * OVERRUN.value:.0f} %"
    return f"{text}; lebih dari {share} di atas rencana di {len(found.over)} dari {runs} pelatihan"
