"""What the report says of figures: no more than they carry, and nothing of what is not there."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from pilar.editions.words import decimal
from pilar.evidence.gain import Pair, gain_of
from pilar.evidence.ratings import rated
from pilar.evidence.run_evidence import FormRatings, RunEvidence, Taken
from pilar.model.results import HandedOut, Results
from pilar.trial.conclusions import ONE_RUN, conclusions, recommendations, scale_word
from pilar.trial.formulas import limits
from pilar.trial.trial_words import gain_sentences, listed

OUT = HandedOut("2025-03-contoh", 40, {}, (), (), {}, {})


def said(pairs: Sequence[tuple[float, float]]) -> str:
    gain = gain_of(Pair(f"P{n:02}", a, b) for n, (a, b) in enumerate(pairs, 1))
    assert gain is not None
    return "\n".join(gain_sentences(gain))


def evidence(**more: object) -> RunEvidence:
    empty = {"tests": {}, "gain": None, "goals": (), "minutes": (), "facilitators": ()}
    return RunEvidence(Results(OUT), **{**empty, "organizer": None, **more})  # type: ignore[arg-type]


def test_a_clear_gain_is_said_with_its_interval() -> None:
    text = said([(40, 75), (45, 80), (50, 78), (55, 82)] * 10)
    assert "40 peserta" in text
    assert "(sedang)" in text
    assert "Selangnya 0," in text
    assert "kebetulan" not in text
    assert "petunjuk awal" not in text


def test_what_may_be_chance_is_called_so() -> None:
    chance = random.Random(4)
    text = said([(50, 50 + chance.choice((-20, 20))) for _ in range(30)] + [(50, 52)] * 10)
    assert "belum dapat dibedakan dari kebetulan" in text


def test_few_people_are_a_hint_and_no_conclusion() -> None:
    text = said([(40, 75), (45, 80)] * 5)
    assert "Pesertanya hanya 10 orang" in text
    assert "sedang" not in text


def test_an_interval_over_two_ranges_leaves_the_name_open() -> None:
    text = said([(50, 50 + rise) for rise in (0, 10, 20, 30) * 10])
    assert "sebutan “sedang” belum pasti" in text or "sebutan “rendah” belum pasti" in text


def test_who_knew_all_before_is_named() -> None:
    text = said([(100, 95), *[(50, 75)] * 30])
    assert "1 peserta (P01) bernilai 100 pada pretest" in text
    assert "1 peserta turun nilainya: P01." in text
    assert "tidak dapat dihitung" in said([(100, 100)] * 20)


def test_nothing_is_concluded_from_nothing() -> None:
    assert [*conclusions(evidence())] == []
    assert [*recommendations(evidence())] == []


def test_activities_beyond_the_plan_are_recommended_to_be_looked_at() -> None:
    found = evidence(minutes=(Taken("BLC-K1", 25, 38), Taken("BLC-K2", 25, 26)))
    (sentence,) = conclusions(found)
    assert "direncanakan 50 menit dan berlangsung 64 menit; 1 melewati" in sentence
    advice = [*recommendations(found)]
    assert advice == [
        "Tinjau menit kegiatan yang melewati rencana: BLC-K1 (38, rencana 25).",
        ONE_RUN,
    ]


def test_ratings_are_summed_up_with_their_scale() -> None:
    marks = rated([4, 3, 3, 2])
    assert marks is not None
    forms = {
        "facilitators": (FormRatings("BLC", 4, {"Kerapian": marks}, ()),),
        "organizer": FormRatings("", 4, {"Administrasi": marks}, ()),
    }
    assert [*conclusions(evidence(**forms))] == [
        "Rata-rata evaluasi fasilitator, dari 4: BLC 3,00.",
        "Penyelenggaraan dinilai rata-rata 3,00 dari 4, paling dekat ke “baik”, oleh 4 orang.",
    ]


@pytest.mark.parametrize(
    ("mean", "word"), [(1, "kurang"), (2.4, "cukup"), (2.5, "baik"), (3.5, "sangat baik")]
)
def test_the_word_of_a_mean(mean: float, word: str) -> None:
    assert scale_word(mean) == word


def test_numbers_and_lists() -> None:
    assert [decimal(-0.001), decimal(-1.5, 1), decimal(1234.5, 1)] == ["0,00", "−1,5", "1234,5"]
    assert listed([str(n) for n in range(7)]) == "0, 1, 2, 3, 4, 5, 6"
    assert listed([str(n) for n in range(9)]) == "0, 1, 2, 3, 4, 5, dan 3 lainnya"


def test_every_limit_says_where_it_comes_from() -> None:
    rows = [*limits()]
    assert len(rows) == 9
    assert {row.state for row in rows} == {"lazim", "sumber dibaca", "ketentuan sendiri"}
    assert all(row.source for row in rows)
