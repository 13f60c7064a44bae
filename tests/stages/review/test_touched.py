"""What runs showed stands beside what a change touches, and says what it is."""

from __future__ import annotations

from collections.abc import Callable

from .histories import META, NOTES, QUESTIONS, RUN, STEPS, tiny

Told = Callable[..., str]
FOLDER = "runs/2025-03-contoh.hasil"
MINUTES = {f"{FOLDER}/waktu.csv": "kode;menit\nSAP-K1;60\n"}
LONGER = STEPS, "Berpasanganlah, lalu bergantian", "Berpasanganlah, kemudian bergantian"
ANSWERS = {
    f"{FOLDER}/pretest.csv": "peserta;naskah;sapa-3\n"
    + "".join(f"P{n:02};A;{'S' if n < 4 else 'B'}\n" for n in range(1, 13))
}
"""To the tiny project's one question of the tests, whose key is `salah`."""
EXPLAINED = QUESTIONS, "Masuk rumah memerlukan izin", "Masuk ke rumah memerlukan izin"


def of_evidence(summary: str) -> list[str]:
    return [line for line in summary.splitlines() if line.startswith("- **Bukti**")]


def test_results_of_an_example_say_so(told: Told) -> None:
    (line,) = of_evidence(told(LONGER, before=MINUTES))
    assert "berlangsung 60 menit, rencananya 45; lebih dari 20 % di atas rencana" in line
    assert line.endswith(" (CONTOH: data rekaan)")


def test_a_run_of_that_kind_is_not_shown_beside_a_real_one(told: Told) -> None:
    run = "2025-05-utara"
    files = {**MINUTES, f"runs/{run}.hasil/waktu.csv": "kode;menit\nSAP-K1;50\n"}
    real = {f"runs/{run}.yml": tiny()[RUN]}
    (line,) = of_evidence(told(LONGER, before={**files, **real}))
    assert line.endswith(": berlangsung 50 menit, rencananya 45 (1 pelatihan)")


def test_few_people_are_called_few(told: Told) -> None:
    (line,) = of_evidence(told(EXPLAINED, before=ANSWERS))
    assert "p 0,25 sebelum pelatihan (12 peserta di 1 pelatihan, kurang dari 20 untuk" in line
    assert "pengecoh" not in line


def test_what_is_not_touched_or_not_known_is_not_told(told: Told) -> None:
    other = NOTES, "Buku", "Sebuah buku"
    assert of_evidence(told(other, before={**MINUTES, **ANSWERS})) == []
    assert of_evidence(told(LONGER, before=ANSWERS)) == []


def test_results_are_known_beside_a_mistake(told: Told) -> None:
    """The newer state's cannot be read then; the older one's can."""
    summary = told(LONGER, (META, "teori: 1", "teori: 2"), before=MINUTES)
    assert "M104" in summary
    assert len(of_evidence(summary)) == 1


def test_results_that_come_with_the_change_count(told: Told) -> None:
    assert len(of_evidence(told(LONGER, files=MINUTES))) == 1
