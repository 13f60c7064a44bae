"""What a test-wise reader sees in the choices of a question."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pilar.checks.test_wise import is_longest, pointers, solved, wiseness
from pilar.model.curriculum import Question

PLAIN = ("Datang pagi", "Pulang sore", "Makan siang", "Tidur malam")


def question(choices: tuple[str, ...], key: str = "B", stem: str = "Apa?", **more: Any) -> Question:
    return Question(
        id="uji", indikator=1, jenis="pilihan-ganda", teks=stem, pilihan=choices, kunci=key, **more
    )


def with_second(text: str) -> tuple[str, ...]:
    return (PLAIN[0], text, *PLAIN[2:])


@pytest.mark.parametrize(
    ("choices", "stem", "cue"),
    [
        (with_second("Pulang sore sekali"), "Apa?", "paling panjang"),
        (with_second("Rujukan"), "Siapa merujuk?", "mengulang kata pertanyaan"),
        (with_second("Minta izin"), "Apa?", "satu-satunya yang santun"),
        (with_second("Hari Rabu"), "Apa?", "satu-satunya yang terperinci"),
        (
            ("Selalu pagi", "Pulang sore", "Semua siang", "Pasti malam"),
            "Apa?",
            "satu-satunya tanpa kata mutlak",
        ),
    ],
)
def test_each_cue_points_at_what_stands_out(choices: tuple[str, ...], stem: str, cue: str) -> None:
    assert pointers(question(choices, stem=stem)) == {cue: 1}


@pytest.mark.parametrize(
    "choices",
    [
        PLAIN,
        with_second("Pulang sore."),  # no longer to the eye
        ("Minta izin", "Mohon maaf", "Makan siang", "Tidur malam"),
        ("Hari Rabu", "Hari Kamis", "Makan siang", "Tidur malam"),
        ("Selalu pagi", "Pulang sore", "Makan siang", "Pasti malam"),
    ],
)
def test_two_that_stand_out_are_no_cue(choices: tuple[str, ...]) -> None:
    assert pointers(question(choices)) == {}


def test_common_words_of_the_question_are_no_cue() -> None:
    stem = "Manakah yang paling tepat untuk warga?"
    assert pointers(question(with_second("Untuk warga"), stem=stem)) == {}


@pytest.mark.parametrize(
    ("choices", "key", "chance"),
    [
        (PLAIN, "B", Fraction(1, 4)),
        (with_second("Minta izin"), "B", Fraction(1)),
        (with_second("Minta izin"), "C", Fraction(0)),
        (("Minta izin", "Hari Rabu", *PLAIN[2:]), "B", Fraction(1, 2)),
    ],
)
def test_cues_vote(choices: tuple[str, ...], key: str, chance: Fraction) -> None:
    assert solved(question(choices, key)) == chance


def test_a_bank_counts_what_has_choices() -> None:
    true = Question(id="lain", indikator=1, jenis="benar-salah", teks="Ya.", kunci="benar")
    found = wiseness([question(PLAIN), question(with_second("Minta izin")), true])
    assert (found.questions, found.share_solved) == (2, Fraction(5, 8))
    assert wiseness([]).share_longest == 0


@pytest.mark.parametrize(("key", "long"), [("A", True), ("B", False)])
def test_one_of_the_longest_is_the_longest(key: str, long: bool) -> None:
    assert is_longest(question(("Datang pagi", "Pulang", "Makan siang"), key)) is long
