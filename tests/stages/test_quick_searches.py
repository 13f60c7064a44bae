"""What is searched in a quick way is what a plain search finds, in any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.leaks import sequences
from pilar.leaks.corpus import Corpus
from pilar.leaks.key_rows import key_rows
from pilar.leaks.sequences import Gram, Memory, memory_of
from pilar.model.span import whole_word

_FIRST = st.sampled_from(["D", "benar", "Salah"])
"""An answer that is no label of a list."""
_ANSWERS = st.lists(st.sampled_from(["A", "b", "E", "benar", "Salah"]), min_size=4, max_size=9)


@given(st.text("aBx1_ -.+(", min_size=1, max_size=4), st.text("aBx1_ -.+(", max_size=60))
def test_whole_words(word: str, text: str) -> None:
    text += word
    plain = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    found = [match.span() for match in whole_word(word).finditer(text)]
    assert found == [match.span() for match in plain.finditer(text)]


@given(
    st.text("aBſ-. _\n", max_size=9),
    st.sampled_from(["", "BLC-S", "lr-s", "ABCD-S"]),
    st.sampled_from([" ", ". ", ") ", "_"]),
    st.integers(1, 950),
    st.tuples(_FIRST, _ANSWERS).map(lambda keys: [keys[0], *keys[1]]),
)
def test_a_key_sheet_is_found_wherever_it_stands(
    before: str, code: str, between: str, first: int, answers: list[str]
) -> None:
    row = [f"{code}{first + n}{between}{key}" for n, key in enumerate(answers)]
    assert list(key_rows(f"{before} {', '.join(row)}")) == [", ".join(row)]
    assert list(key_rows(f"{before} {', '.join(row)}; {', '.join(row)}")) != []
    glued = f"{before}x{', '.join(row)}"
    assert all(not found.startswith(row[0]) for found in key_rows(glued))


@given(st.text("aBſ-. _\n", max_size=9), st.integers(1, 90), _FIRST, _ANSWERS)
def test_numbers_of_a_key_sheet_may_stand_before_codes_or_before_all_answers(
    before: str, first: int, key: str, answers: list[str]
) -> None:
    keys = [key, *answers]
    numbers = [str(first + n) for n in range(len(keys))]
    beside = ", ".join(f"{n}. BLC-S{n} {key}" for n, key in zip(numbers, keys, strict=True))
    above = f"{' '.join(numbers)}\nKunci {' '.join(keys)}"
    for row in (beside, above):
        assert list(key_rows(f"{before} {row}")) == [row]


_WORD = st.sampled_from(["satu", "dua", "tiga", "empat"])
_GRAMS = st.frozensets(st.lists(_WORD, min_size=3, max_size=5).map(tuple), max_size=6)


@given(st.lists(st.tuples(st.frozensets(_WORD), _GRAMS), min_size=1, max_size=3), st.data())
def test_what_is_remembered_of_a_text_is_what_is_in_it(
    searches: list[tuple[frozenset[str], frozenset[Gram]]], data: st.DataObject
) -> None:
    sequences._last = Memory(frozenset(), frozenset())  # as in a process that begins
    texts = data.draw(st.lists(st.lists(_WORD, max_size=60).map(" ".join), max_size=4))
    for words, grams in searches:
        memory = memory_of(words, grams)
        for text in texts * 2:
            found = memory.found(text)
            assert found[0] & words == words & set(text.split())
            assert found[1] & grams == {g for g in grams if f" {' '.join(g)} " in f" {text} "}


@pytest.mark.parametrize("around", ["", "lain " * 99])
def test_no_text_is_taken_for_another(around: str) -> None:
    grams = frozenset({("satu", "dua", "tiga"), ("tiga", "dua", "satu")})
    memory = Memory(frozenset({"empat"}), grams)
    assert memory.found(f"{around}satu dua tiga") == (set(), {("satu", "dua", "tiga")})
    assert memory.found(f"{around}tiga dua satu") == (set(), {("tiga", "dua", "satu")})
    assert memory.found(f"{around}empat") == ({"empat"}, set())


def test_every_word_that_participants_read_is_known() -> None:
    corpus = Corpus()
    for text in ("Satu dua, satu tiga.", "empat", ""):
        corpus.add(text)
    assert corpus.words == {"satu", "dua", "tiga", "empat"}
