"""What a change means beside its words: codes on printed cards, explanations, steps, changelogs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .histories import QUESTIONS, STEPS, tiny
from .test_attention import looked_at

FIRST = (
    "\n//// kegiatan | Pemanasan\n    menit: 10\n    id: pemanasan\n\nBerdirilah melingkar.\n////\n"
)
LOG = "modules/sapa/perubahan.md"
OLD_LOG = "# Perubahan\n\n## 1.0.0\n\n- Edisi pertama.\n"


def test_a_code_that_means_another_activity_is_looked_at(told: Callable[..., str]) -> None:
    """Printed cards say SAP-K1; they would be read at the wrong activity."""
    steps = tiny()[STEPS]
    title, _, rest = steps.partition("\n")
    summary = told((STEPS, steps, f"{title}\n{FIRST}{rest}"))
    line = next(line for line in looked_at(summary).splitlines() if "**Kode**" in line)
    assert line == (
        "- **Kode**: SAP Menyapa Warga: SAP-K1 dahulu “Bermain peran di depan pintu” (kini SAP-K2)"
        ", sekarang “Pemanasan”; kartu dan buku yang sudah dicetak memakai arti lama"
    )


def test_a_code_that_means_the_same_under_another_title_is_not(told: Callable[..., str]) -> None:
    summary = told((STEPS, "Bermain peran di depan pintu", "Bermain peran di teras"))
    assert "**Kode**" not in summary


EXPLAINED = "bersiap menerima tamu"
SHUFFLED = [
    ("[berteriak, mengetuk pintu, masuk", "[mengetuk pintu, berteriak, masuk"),
    ("kunci: B", "kunci: A"),
]


@pytest.mark.parametrize(
    ("swaps", "stale"),
    [
        ([("kunci: B", "kunci: A")], True),
        ([("kunci: B", "kunci: A"), (EXPLAINED, "bersiap")], False),
        ([(EXPLAINED, "bersiap")], False),
        # Choices in another order: the explanation still fits, unless it names letters.
        (SHUFFLED, False),
    ],
)
def test_a_key_whose_explanation_stayed_is_looked_at(
    told: Callable[..., str], swaps: list[tuple[str, str]], stale: bool
) -> None:
    summary = told(*((QUESTIONS, old, new) for old, new in swaps))
    line = "pembahasan tidak ikut berubah, padahal kuncinya berubah: sapa-1"
    assert (line in looked_at(summary)) is stale


def test_an_explanation_that_names_letters_is_looked_at_when_they_shift(
    told: Callable[..., str],
) -> None:
    first = ((QUESTIONS, EXPLAINED, "bersiap, dan berteriak (A) menakutkan"),)
    summary = told(*((QUESTIONS, old, new) for old, new in SHUFFLED), first=first)
    assert "pembahasan tidak ikut berubah" in looked_at(summary)


@pytest.mark.parametrize(
    ("swaps", "stale"),
    [
        ([], True),
        ([("(30 menit)", "(45 menit)")], False),
        ([("(15 menit) ", ""), ("(30 menit) ", "")], False),
    ],
)
def test_minutes_whose_steps_did_not_follow_are_looked_at(
    told: Callable[..., str], swaps: list[tuple[str, str]], stale: bool
) -> None:
    summary = told((STEPS, "menit: 45", "menit: 60"), *((STEPS, old, new) for old, new in swaps))
    line = "45 menit menjadi 60 menit, tetapi menit langkah-langkahnya tidak ikut berubah"
    assert (line in looked_at(summary)) is stale


def test_minutes_that_now_fit_their_steps_are_not(told: Callable[..., str]) -> None:
    first = ((STEPS, "menit: 45", "menit: 40"),)
    assert "**Menit**" not in told((STEPS, "menit: 40", "menit: 45"), first=first)


def test_the_text_of_the_changelog_is_told_and_for_whom(told: Callable[..., str]) -> None:
    new = OLD_LOG.replace(
        "## 1.0.0",
        "## 1.0.1\n\n- **Ralat.** Nama [dinas](https://a.id/b) dibetulkan.\n\n"
        "/// pelatih\n- Kunci sapa-1 diperiksa lagi.\n///\n\n## 1.0.0",
    )
    summary = told(files={LOG: new})
    start = "- **Catatan perubahan**: [versi 1.0.1](index.html#catatan-sapa): baru: "
    assert (
        f"{start}“Ralat: Nama dinas dibetulkan.”; “Kunci sapa-1 diperiksa lagi.” (hanya pelatih)\n"
    ) in summary


def test_an_entry_that_is_put_otherwise_shows_its_words(told: Callable[..., str]) -> None:
    old = "Edisi pertama yang dicetak"
    summary = told(
        (LOG, old, old.replace("pertama", "perdana")),
        before={LOG: OLD_LOG.replace("Edisi pertama", old)},
    )
    assert "tidak ada perubahan isi modul, hanya catatan perubahan yang berubah" in summary
    assert "[versi 1.0.0](index.html#catatan-sapa): “Edisi ~~pertama~~ **perdana** yang" in summary
