"""Kesimpulan dan rekomendasi as far as data carries them; the rest is ruled lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.editions.words import decimal
from pilar.evidence.cutoffs import (
    DISCRIMINATION,
    FEWEST,
    KNOWN_BEFORE,
    LEAST_DISTRACTOR,
    OVERRUN,
)
from pilar.evidence.ratings import HIGHEST, overall
from pilar.evidence.run_evidence import QuestionEvidence, RunEvidence
from pilar.model.evaluation import SCALE

from .trial_words import class_gain, interval, listed, percent

ONE_RUN = (
    "Satu pelatihan jarang cukup untuk mengubah modul: bandingkan dahulu dengan pelatihan lain "
    "yang memakai versi yang sama."
)


def scale_word(mean: float) -> str:
    """The word of the rating that is nearest to a mean."""
    return SCALE[round(mean + 1e-9) - 1]


def conclusions(evidence: RunEvidence) -> Iterator[str]:
    """What the run showed, a sentence each; nothing of what there is no data for."""
    yield from _of_gain(evidence)
    if taken := evidence.minutes:
        over, under = [m for m in taken if m.over], [m for m in taken if m.under]
        planned, real = sum(m.planned for m in taken), sum(m.real for m in taken)
        yield (
            f"{len(taken)} kegiatan yang dicatat waktunya direncanakan {planned} menit dan "
            f"berlangsung {decimal(real, 0)} menit; {len(over)} melewati rencana lebih dari "
            f"{percent(OVERRUN.value)}, {len(under)} kurang dari rencana sebanyak itu."
        )
    means = {f.subject: overall(f.items.values()) for f in evidence.facilitators}
    if rated := [f"{who} {decimal(mean)}" for who, mean in means.items() if mean is not None]:
        yield f"Rata-rata evaluasi fasilitator, dari {HIGHEST}: {'; '.join(rated)}."
    organizer = evidence.organizer
    mean = overall(organizer.items.values()) if organizer else None
    if organizer and mean is not None:
        yield (
            f"Penyelenggaraan dinilai rata-rata {decimal(mean)} dari {HIGHEST}, paling dekat ke "
            f"“{scale_word(mean)}”, oleh {organizer.sheets} orang."
        )


def _of_gain(evidence: RunEvidence) -> Iterator[str]:
    gain = evidence.gain
    if gain is None or gain.of_means is None:
        return
    rose = "naik" if gain.difference.value > 0 else "tidak naik:"
    sure = f", selang {interval(gain.of_means)}" if gain.of_means.bounded else ""
    people = len(gain.pairs)
    yield (
        f"Nilai rata-rata {people} peserta {rose} dari {decimal(gain.before.value, 1)} menjadi "
        f"{decimal(gain.after.value, 1)}; {class_gain(gain.of_means, people)}{sure}."
    )
    if gain.difference.bounded and gain.difference.holds(0):
        yield "Perubahan nilai itu belum dapat dibedakan dari kebetulan."
    yield (
        "Kelas ini tidak dibandingkan dengan kelas tanpa pelatihan, jadi selisih kedua tes belum "
        "membuktikan apa sebabnya."
    )


def recommendations(evidence: RunEvidence) -> Iterator[str]:
    """What should be looked at again, where enough people stand behind it."""
    found = [*_of_questions(evidence), *_of_goals(evidence), *_of_minutes(evidence)]
    yield from found
    if found:
        yield ONE_RUN


def _of_questions(evidence: RunEvidence) -> Iterator[str]:
    names = evidence.results.handed_out.names
    questions = [*evidence.questions()]
    if known := [names[q.printed.key] for q in questions if q.known_before]:
        yield (
            f"Tinjau soal yang sudah dijawab benar oleh paling sedikit "
            f"{percent(KNOWN_BEFORE.value)} peserta pada pretest: {listed(known)}."
        )
    if weak := [*dict.fromkeys(names[q.printed.key] for q in questions if _misleads(q))]:
        yield (
            "Periksa kunci dan kalimat soal yang tidak membedakan peserta "
            f"(D {DISCRIMINATION.bounds[0]} atau kurang pada naskah dengan paling sedikit "
            f"{FEWEST.value:.0f} peserta): {listed(weak)}."
        )
    idle = [f"{names[q.printed.key]} ({', '.join(q.idle)})" for q in questions if _idle(q)]
    if idle := [*dict.fromkeys(idle)]:
        yield (
            "Ganti atau tinjau pengecoh yang dipilih kurang dari "
            f"{percent(LEAST_DISTRACTOR.value)} peserta pada pretest: {listed(idle)}."
        )


def _misleads(question: QuestionEvidence) -> bool:
    """Do the best answer it no better than the worst, on a form with enough people?"""
    figures = (f for f in question.by_form.values() if f.judged and f.discrimination is not None)
    return any((f.discrimination or 0) <= DISCRIMINATION.bounds[0] for f in figures)


def _idle(question: QuestionEvidence) -> bool:
    """Distractors count before teaching: after it nearly all are left by many."""
    return question.test == "pretest" and bool(question.idle)


def _of_goals(evidence: RunEvidence) -> Iterator[str]:
    modules = {q.module.slug: q.module for q in evidence.results.handed_out.questions.values()}
    flat = [
        f"{modules[goal.goal[0]].meta.kode} IHB {goal.goal[1]}"
        for goal in evidence.goals
        if goal.gain
        and len(goal.gain.pairs) >= FEWEST.value
        and goal.gain.difference.bounded
        and (goal.gain.difference.high or 0) <= 0
    ]
    if flat:
        yield f"Tinjau pembelajaran indikator yang nilainya tidak naik: {listed(flat)}."


def _of_minutes(evidence: RunEvidence) -> Iterator[str]:
    over = [f"{m.code} ({m.real:.0f}, rencana {m.planned})" for m in evidence.minutes if m.over]
    if over:
        yield f"Tinjau menit kegiatan yang melewati rencana: {listed(over)}."
