"""Forms of pretest and post-test: what is drawn from a bank, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilar.assembly.exam import EXAMS, LEVELS, Exam, Form, draw
from pilar.assembly.exam_choices import movable
from pilar.model.curriculum import Hours, Module, Pairs, Question

from .samples import PROJECT

CHOICES = ("kunci", "pengecoh satu", "pengecoh dua", "pengecoh tiga")
KINDS: dict[str, dict[str, Any]] = {
    "pilihan-ganda": {"pilihan": CHOICES, "kunci": "A"},
    "benar-salah": {"kunci": "benar"},
    "menjodohkan": {
        "pilihan": {"kiri": ("k1", "k2", "k3"), "kanan": ("pa", "pb", "pc", "pd")},
        "kunci": ("D", "A", "B"),
    },
    "isian": {"kunci": "jawaban"},
    "uraian": {"kunci": "pokok"},
}
ENTRIES = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from([None, *LEVELS]),
        st.sampled_from(sorted(KINDS)),
        st.sampled_from([(), ("pretest",), ("posttest",), ("pretest", "posttest")]),
    ),
    max_size=14,
)
BANKS = st.lists(st.tuples(st.integers(0, 9), ENTRIES), min_size=1, max_size=4)
DRAWN = given(BANKS, st.integers(0, 9_999), st.integers(1, 40))
FEW = settings(max_examples=40)


def question(number: int, entry: tuple[int, Any, str, tuple[str, ...]]) -> Question:
    goal, level, kind, uses = entry
    fields = {"id": f"s-{number}", "indikator": goal, "tingkat": level, "jenis": kind}
    return Question.model_validate(fields | {"teks": "Apa?", "pakai": uses} | KINDS[kind])


def modules_of(banks: Sequence[tuple[int, Sequence[Any]]]) -> list[Module]:
    base = PROJECT.modules["contoh"]
    indicators = tuple(f"indikator {number}" for number in range(1, 5))
    return [
        replace(
            base,
            slug=f"m{place}",
            meta=base.meta.model_copy(update={"jp": Hours(teori=jp), "indikator": indicators}),
            questions=tuple(question(n, entry) for n, entry in enumerate(entries)),
        )
        for place, (jp, entries) in enumerate(banks)
    ]


def plain_bank(count: int) -> list[Module]:
    """One module with `count` questions, all of one indicator and level, for both tests."""
    return modules_of([(1, [(1, "C2", "pilihan-ganda", EXAMS)] * count)])


def printed(exam: Exam) -> list[list[tuple[object, ...]]]:
    return [[(*i.key, i.order, i.printed.kunci) for i in form.items] for form in exam.forms]


def distances(exam: Exam) -> list[int]:
    """How far apart each question is that both forms have."""
    a, b = ({item.key: n for n, item in enumerate(form.items)} for form in exam.forms)
    return [abs(a[key] - b[key]) for key in a.keys() & b.keys()]


@DRAWN
@FEW
def test_the_same_banks_and_seed_give_the_same_forms(banks: Any, seed: int, size: int) -> None:
    modules = modules_of(banks)
    first, again = draw(modules, seed, size), draw(list(reversed(modules)), seed, size)
    assert list(map(printed, first)) == list(map(printed, again))
    assert [exam.uncovered for exam in first] == [exam.uncovered for exam in again]


@DRAWN
@FEW
def test_each_form_is_as_long_as_the_bank_allows(banks: Any, seed: int, size: int) -> None:
    modules = modules_of(banks)
    for exam in draw(modules, seed, size):
        bank = {(m.slug, q.id) for m in modules for q in m.questions if exam.use in q.pakai}
        assert exam.available == len(bank)
        assert exam.size == min(size, len(bank))
        for form in exam.forms:
            keys = [item.key for item in form.items]
            assert len(set(keys)) == len(keys) == exam.size
            assert bank >= {*keys}


@DRAWN
@FEW
def test_indicators_and_levels_are_as_equal_as_the_bank_allows(
    banks: Any, seed: int, size: int
) -> None:
    modules = modules_of(banks)
    for exam in draw(modules, seed, size):
        room = Counter(
            (m.slug, q.indikator) for m in modules for q in m.questions if exam.use in q.pakai
        )
        a, b = exam.forms
        assert a.cells == b.cells
        shares = Counter(item.goal for item in a.items)
        for goal in room:
            assert shares[goal] == room[goal] or shares[goal] >= max(shares.values()) - 1
        # Indicators that lack one are of modules whose turn it was not yet.
        hours = {m.slug: max(m.meta.jp.minutes, 1) for m in modules}
        most = max(shares.values(), default=0)
        ahead = Counter(slug for (slug, _), count in shares.items() if count == most)
        behind = {slug for (slug, n), c in room.items() if shares[slug, n] == most - 1 < c}
        for slug in behind:
            for other, count in ahead.items():
                assert (2 * count - 1) * hours[slug] <= (2 * ahead[slug] + 1) * hours[other]
        assert {*exam.uncovered} == {
            (m.slug, n) for m in modules for n in range(1, 5) if not shares[m.slug, n]
        }
        assert exam.unasked == {goal for goal in exam.uncovered if goal not in room}


@given(
    st.lists(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=3), min_size=1, max_size=4),
    st.integers(0, 9_999),
)
@FEW
def test_levels_are_as_equal_as_any_choice_can_make_them(goals: Any, seed: int) -> None:
    """One question an indicator, of one of its levels: all choices are tried."""
    entries = [(n, level, "isian", EXAMS) for n, found in enumerate(goals, 1) for level in found]
    exam = draw(modules_of([(1, entries)]), seed, len(goals))[0]
    best = min(unequal(Counter(choice)) for choice in product(*goals))
    assert unequal(Counter(item.question.tingkat for item in exam.forms[0].items)) == best


def unequal(levels: Counter[Any]) -> int:
    return sum(count * count for count in levels.values())


def test_a_level_chosen_first_is_given_up_for_the_balance_of_all() -> None:
    levels = [(1, "C1"), (1, "C2"), (2, "C1"), (2, "C3"), (3, "C1"), (3, "C3")]
    entries = [(goal, level, "isian", EXAMS) for goal, level in levels]
    for seed in range(30):
        form = draw(modules_of([(1, entries)]), seed, 3)[0].forms[0]
        assert sorted(str(i.question.tingkat) for i in form.items) == ["C1", "C2", "C3"]


@DRAWN
@FEW
def test_form_b_has_other_questions_where_there_are_any(banks: Any, seed: int, size: int) -> None:
    modules = modules_of(banks)
    for exam in draw(modules, seed, size):
        room = Counter(
            (m.slug, q.indikator, q.tingkat or "")
            for m in modules
            for q in m.questions
            if exam.use in q.pakai
        )
        a, b = exam.forms
        shared = {item.key for item in a.items} & {item.key for item in b.items}
        assert len(shared) == sum(max(0, 2 * n - room[cell]) for cell, n in a.cells.items())


@DRAWN
@FEW
def test_neighbours_never_have_a_question_at_the_same_place_or_next_to_it(
    banks: Any, seed: int, size: int
) -> None:
    for exam in draw(modules_of(banks), seed, size):
        if exam.size > 3:
            assert min(distances(exam), default=2) >= 2


@pytest.mark.parametrize(("size", "apart"), [(1, [0]), (2, [1, 1]), (3, [1, 1, 2])])
def test_tiny_forms_are_as_far_apart_as_can_be(size: int, apart: list[int]) -> None:
    assert sorted(distances(draw(plain_bank(size), 1, 20)[0])) == apart


@DRAWN
@FEW
def test_the_key_names_the_same_choices_as_in_the_bank(banks: Any, seed: int, size: int) -> None:
    def answers(asked: Question) -> list[str]:
        if isinstance(asked.pilihan, Pairs):
            return [asked.pilihan.kanan[ord(letter) - 65] for letter in asked.kunci]
        return [asked.choices[ord(str(asked.kunci)) - 65]] if asked.choices else [*asked.kunci]

    for exam in draw(modules_of(banks), seed, size):
        for form in exam.forms:
            for item in form.items:
                shown, bank = item.printed, item.question
                assert answers(shown) == answers(bank)
                assert sorted(shown.choices) == sorted(bank.choices)
                if isinstance(shown.pilihan, Pairs) and isinstance(bank.pilihan, Pairs):
                    assert shown.pilihan.kiri == bank.pilihan.kiri
                    assert sorted(shown.pilihan.kanan) == sorted(bank.pilihan.kanan)


def letters_of(form: Form) -> Counter[str]:
    asked = [item.printed for item in form.items]
    return Counter(str(q.kunci) for q in asked if q.jenis == "pilihan-ganda")


@given(st.integers(1, 40), st.integers(0, 9_999))
@settings(max_examples=20)
def test_no_letter_is_right_more_often_than_another(size: int, seed: int) -> None:
    for exam in draw(plain_bank(40), seed, size):
        for form in exam.forms:
            counts = [letters_of(form)[letter] for letter in "ABCD"]
            assert max(counts) - min(counts) <= 1


def test_choices_and_numbers_stand_in_another_order_after_the_training() -> None:
    pretest, posttest = draw(plain_bank(20), 7, 20)
    for before, after in zip(pretest.forms, posttest.forms, strict=True):
        assert {item.key for item in before.items} == {item.key for item in after.items}
        assert [item.key for item in before.items] != [item.key for item in after.items]
    forms = [form for exam in (pretest, posttest) for form in exam.forms]
    for one, other in combinations(forms, 2):
        orders = {item.key: item.order for item in one.items}
        assert sum(orders[item.key] == item.order for item in other.items) < 10


def test_one_question_more_changes_at_most_one_of_a_form() -> None:
    for seed in range(20):
        before, after = (draw(plain_bank(count), seed, 20)[0].forms[0] for count in (40, 41))
        gone = {item.key for item in before.items} - {item.key for item in after.items}
        assert len(gone) <= 1


def test_the_post_test_asks_the_questions_of_the_pretest_where_it_may() -> None:
    entries = [(1, "C2", "isian", ("posttest",))] * 5 + [(1, "C2", "isian", EXAMS)] * 5
    pretest, posttest = draw(modules_of([(1, entries)]), 3, 5)
    a = {item.key for item in pretest.forms[0].items}
    assert a & {item.key for item in posttest.forms[0].items}


@pytest.mark.parametrize(
    "choices",
    [
        ("satu", "dua", "semua benar"),
        ("satu", "dua", "A dan B benar"),
        ("satu", "dua", "Jawaban A dan B di atas"),
        ("satu", "dua", "Bukan salah satu di atas"),
        ("satu", "dua", "hanya pilihan B yang tepat"),
        ("(1) dan (2)", "(1) dan (3)", "(2) saja"),
        ("Rp10.000", "Rp20.000", "Rp100.000"),
        ("3 hari", "2 hari", "1 hari"),
        ("Angka 1, karena belum", "Angka 2, karena sudah", "Angka 3, karena mahir"),
        ("08.30", "09.15", "10.00"),
    ],
)
def test_choices_with_an_order_of_their_own_stay(choices: tuple[str, ...]) -> None:
    fields = {"id": "s", "indikator": 1, "jenis": "pilihan-ganda", "teks": "Apa?", "kunci": "B"}
    asked = Question.model_validate(fields | {"pilihan": choices, "pakai": EXAMS})
    assert not movable(asked)
    module = replace(modules_of([(1, [])])[0], questions=(asked,))
    for seed in range(10):
        assert draw([module], seed, 1)[0].forms[0].items[0].printed == asked


@pytest.mark.parametrize(
    "choices",
    [
        ("Warga A dan keluarganya", "Semua warga desa", "Tidak ada", "Dinas sosial"),
        ("2 hari", "10 hari", "7 hari"),
        ("UU 11/2009", "aturan desa", "UU 13/2011"),
        ("Data di atas kertas saja", "Data tunggal", "Catatan"),
    ],
)
def test_choices_that_stand_alone_move(choices: tuple[str, ...]) -> None:
    fields = {"id": "s", "indikator": 1, "jenis": "pilihan-ganda", "teks": "Apa?", "kunci": "B"}
    assert movable(Question.model_validate(fields | {"pilihan": choices}))


def test_minutes_are_those_of_the_kinds() -> None:
    entries = [(1, "C2", kind, EXAMS) for kind in sorted(KINDS)]
    assert draw(modules_of([(1, entries)]), 1, 20)[0].minutes == 10
    assert draw(modules_of([(1, entries[:1])]), 1, 20)[0].minutes == 1  # half a minute, rounded up
    assert draw(modules_of([(1, [])]), 1, 20)[0].minutes == 0
