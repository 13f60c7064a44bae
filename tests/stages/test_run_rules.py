"""Warnings on runs and on trainers' notes (R203 to R210): which inputs they tell, and which not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from pilar.assembly.timetable import timetable
from pilar.checks.rules import (
    r203_friday_prayer,
    r204_zone,
    r205_weekend,
    r206_pause_outside,
    r207_pieces,
    r208_step_minutes,
    r209_test_time,
    r210_questions_for_test,
)
from pilar.content.yaml import read_yaml
from pilar.model.curriculum import Module, Question
from pilar.model.problem import Problem
from pilar.model.run import NO_FACTS, Run, RunFile

from .samples import PROJECT, project_of

FRIDAY, TUESDAY = "2025-01-24", "2025-01-21"
VISIT = "{{acara: kunjungan, menit: {}}}"


def of_run(
    rule: ModuleType,
    days: str = "[[pembukaan, lain, contoh]]",
    *,
    dates: tuple[str, str] = (TUESDAY, TUESDAY),
    pauses: str = "[]",
    closing: str = '"17.00"',
    place: str = "Jawa Timur, zona: WIB",
    tests: str = "",
    modules: Mapping[str, Module] = PROJECT.modules,
) -> list[Problem]:
    """What a rule tells of a run with this timetable and place."""
    text = tests + (
        "judul: Contoh\ntahap: reguler\nkurikulum: 1.0.0\npenyelenggara: Dinas Sosial\n"
        f"tempat: {{nama: Balai, kota: Kota, provinsi: {place}}}\n"
        f"tanggal: {{mulai: {dates[0]}, selesai: {dates[1]}}}\n"
        "peserta: {asal: Kota, jumlah: 40}\n"
        f'jadwal:\n  mulai: "08.00"\n  selesai: {closing}\n  jeda: {pauses}\n  hari: {days}\n'
    )
    value, source = read_yaml(text, "runs/contoh.yml", [])
    run = Run("contoh", RunFile.model_validate(value), source)
    found: list[Problem] = list(rule.check_run(run, timetable(run, modules)[0]))
    return found


def on_friday(days: str, pauses: str = "[]", **other: Any) -> list[Problem]:
    return of_run(r203_friday_prayer, days, dates=(FRIDAY, FRIDAY), pauses=pauses, **other)


NOON = '{{judul: ISHOMA, mulai: "{}", selesai: "{}"}}'


@pytest.mark.parametrize(
    ("days", "pauses", "told"),
    [
        (f"[[lain, contoh, {VISIT.format(200)}]]", "[]", True),
        (f"[[lain, contoh, {VISIT.format(200)}]]", f"[{NOON.format('12.00', '13.00')}]", True),
        (f"[[lain, contoh, {VISIT.format(200)}]]", f"[{NOON.format('11.30', '12.00')}]", True),
        (f"[[lain, contoh, {VISIT.format(200)}]]", f"[{NOON.format('11.30', '13.00')}]", False),
        (f"[[lain, contoh, {VISIT.format(200)}]]", f"[{NOON.format('11.15', '12.30')}]", False),
        (f"[[{VISIT.format(240)}]]", "[]", False),  # it ends at noon
        (f"[[{VISIT.format(270)}]]", "[]", True),
        ('[[{acara: kunjungan, menit: 60, mulai: "13.00"}]]', "[]", False),
        (
            f"[[{VISIT.format(210)}, {{acara: x, judul: Salat Jumat, menit: 90}}, contoh]]",
            "[]",
            False,
        ),
    ],
)
def test_fridays(days: str, pauses: str, told: bool) -> None:
    assert [p.code for p in on_friday(days, pauses)] == ["R203"] * told


def test_usual_breaks_leave_time_on_fridays() -> None:
    days = f"[[lain, contoh, {VISIT.format(200)}]]"
    assert on_friday(days, pauses="") == []
    assert of_run(r203_friday_prayer, days) == []


def test_a_friday_is_told_with_the_days_that_have_room() -> None:
    days = f"[[contoh, lain], [{VISIT.format(300)}]]"
    (problem,) = of_run(
        r203_friday_prayer, days, dates=("2025-01-23", FRIDAY), closing='["12.00", "13.00"]'
    )
    assert "“kunjungan” berlangsung pukul 08.00–13.00" in problem.message
    assert "hari ke-1 longgar 105 menit" in problem.hint


@pytest.mark.parametrize(
    ("province", "zone"),
    [
        ("Kalimantan Barat", "WIB"),
        ("Kalimantan Tengah", "WIB"),
        ("Kalimantan Selatan", "WITA"),
        ("Kalimantan Timur", "WITA"),
        ("Kalimantan Utara", "WITA"),
        ("Papua Barat Daya", "WIT"),
        ("Papua Pegunungan", "WIT"),
        ("Maluku Utara", "WIT"),
        ("DKI Jakarta", "WIB"),
        ("Daerah Khusus Jakarta", "WIB"),
        ("D.I. Yogyakarta", "WIB"),
        ("Daerah Istimewa Yogyakarta", "WIB"),
        ("Provinsi Nusa Tenggara Timur", "WITA"),
        ("NTB", "WITA"),
        ("Kep. Riau", "WIB"),
        ("Bangka Belitung", "WIB"),
        ("Sumatra Utara", "WIB"),
        ("bali", "WITA"),
    ],
)
def test_each_province_has_its_zone(province: str, zone: str) -> None:
    assert of_run(r204_zone, place=f"{province}, zona: {zone}") == []
    for other in {"WIB", "WITA", "WIT"} - {zone}:
        (problem,) = of_run(r204_zone, place=f"{province}, zona: {other}")
        assert problem.fix
        assert (problem.fix.old, problem.fix.new, problem.fix.safe) == (other, zone, False)


def test_all_provinces_are_known() -> None:
    assert len(r204_zone.ZONE) == 38


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("Bali", "zona waktu WIB, sedangkan provinsi Bali memakai WITA"),
        ("Jawa Timr", "provinsi “Jawa Timr” tidak dikenal"),
    ],
)
def test_zone_that_is_not_written_and_names_with_slips(place: str, message: str) -> None:
    assert [problem.message for problem in of_run(r204_zone, place=place)] == [message]


def test_a_place_abroad_is_nobodys_zone() -> None:
    assert of_run(r204_zone, place="Selangor") == []


@pytest.mark.parametrize(
    ("dates", "days", "told"),
    [
        (("2025-01-20", "2025-01-24"), "[[lain], [], [], [], [contoh]]", ""),
        (("2025-01-24", "2025-01-25"), "[[lain], [contoh]]", "hari ke-2 (Sabtu, 2025-01-25)"),
        (("2025-01-24", "2025-01-27"), "[[lain], [], [], [contoh]]", ""),
        (("2025-01-26", "2025-01-26"), "[[lain, contoh]]", "hari ke-1 (Minggu, 2025-01-26)"),
    ],
)
def test_weekends(dates: tuple[str, str], days: str, told: str) -> None:
    found = of_run(r205_weekend, days, dates=dates)
    assert [problem.message for problem in found] == [f"akhir pekan dipakai: {told}"] * bool(told)


REST = '{{judul: Rehat, mulai: "{}", menit: 15{}}}'


@pytest.mark.parametrize(
    ("pause", "told"),
    [
        (REST.format("09.45", ""), False),
        (REST.format("07.30", ""), True),
        (REST.format("18.00", ""), True),
        (REST.format("10.30", ""), False),  # the second day is longer
        (REST.format("10.30", ", hari: [1]"), True),
        (REST.format("09.45", ", hari: [3]"), True),
        ('{judul: Rehat, sekitar: "15.00", menit: 15}', True),
    ],
)
def test_pauses_outside_the_day(pause: str, told: bool) -> None:
    days = f"[[lain], [contoh, {VISIT.format(180)}]]"
    found = of_run(r206_pause_outside, days, dates=(TUESDAY, "2025-01-22"), pauses=f"[{pause}]")
    assert [problem.code for problem in found] == ["R206"] * told


@pytest.mark.parametrize(
    ("mulai", "better"),
    [
        ("08.05", "08.00"),  # 5 minutes of the first activity before it
        ("08.55", "09.00"),  # 5 minutes of it after
        ("09.00", ""),  # between two activities
        ("08.30", ""),
        ("09.25", "09.30"),  # 5 minutes of the second, the end of the session
        ("10.10", "10.15"),  # an activity of the next module
    ],
)
def test_pieces(mulai: str, better: str) -> None:
    found = of_run(r207_pieces, "[[lain, contoh, refleksi]]", pauses=f"[{REST.format(mulai, '')}]")
    assert [problem.hint.partition(",")[0] for problem in found] == (
        [f"Mulai jeda itu pukul {better}"] if better else []
    )


def test_an_event_is_cut_as_well() -> None:
    days, pauses = f"[[{VISIT.format(60)}, lain, contoh]]", f"[{REST.format('08.55', '')}]"
    (problem,) = of_run(r207_pieces, days, pauses=pauses)
    assert "“kunjungan”: sesudahnya hanya 5 menit" in problem.message


def with_note(note: str) -> Module:
    page = f"# Isi\n\n//// kegiatan | Latihan\n    menit: 25\n\n/// pelatih\n{note}\n///\n////\n"
    module = project_of(page).modules["contoh"]
    return replace(module, source=PROJECT.modules["contoh"].source)


def steps(*texts: str, term: str = "Langkah") -> str:
    first, *others = (f"{number}. {text}" for number, text in enumerate(texts, 1))
    return "\n".join([f"{term}\n:   {first}", *(f"    {text}" for text in others)])


@pytest.mark.parametrize(
    ("note", "total"),
    [
        (steps("(5 menit) Baca.", "(20 menit) Tulis."), ""),
        (steps("(5 menit) Baca.", "(15 menit) Tulis."), "20"),
        (steps("Baca.", "Tulis."), ""),
        (steps("(5') Baca.", "(15’) Tulis."), "20"),
        (steps("Baca (5 menit).", "Tulis. (10 menit)"), "15"),
        (steps("5 menit: baca.", "10 menit – tulis."), "15"),
        (steps("**(5 menit)** Baca.", "*(25 menit)* Tulis."), "30"),
        (steps("(5–10 menit) Baca.", "(15 menit) Tulis."), ""),
        (steps("(5–10 menit) Baca.", "(5 menit) Tulis."), "10–15"),
        (steps("(2 × 5 menit) Bergantian.", "(15 menit) Tulis."), ""),
        (steps("(1 jam) Berkunjung."), "60"),
        (steps("(1 jam 15 menit) Berkunjung."), "75"),
        (steps("(20 menit) Wawancara, satu menit per pasangan.", "(5 menit) Tutup."), ""),
        (steps("(20 menit) Wawancara (4 menit tiap orang).", "(5 menit) Tutup."), ""),
        (steps("(15 menit) Baca.", "(10 menit) Bahas:\n        - (3 menit) satu"), ""),
        (
            steps("Baca:\n        - (10 menit) satu\n        - (5 menit) dua", "(10 menit) Tutup."),
            "",
        ),
        (steps("(25 menit) Baca.") + "\n\n" + steps("(10 menit) Baca.", term="Bila terlambat"), ""),
        ("1. (10 menit) Baca.\n2. (10 menit) Tulis.", "20"),
        ("- Baca (10 menit)\n- Tulis (15 menit)", ""),
        (steps("(5 menit) Baca.", "Tulis."), "5"),
        ("Beri waktu (10 menit).", ""),
    ],
)
def test_minutes_of_steps(note: str, total: str) -> None:
    found = list(r208_step_minutes.check_module(with_note(note), NO_FACTS))
    message = f"langkah kegiatan “Latihan” berjumlah {total} menit, sedangkan kegiatannya 25 menit"
    assert [problem.message for problem in found] == [message] * bool(total)


def test_steps_without_minutes_are_counted() -> None:
    note = steps("(5 menit) Baca.", "Tulis.", "Bahas.")
    (problem,) = r208_step_minutes.check_module(with_note(note), NO_FACTS)
    assert "Ada 2 langkah tanpa menit" in problem.hint


def bank(*uses: tuple[int, tuple[str, ...]], kind: str = "isian") -> dict[str, Module]:
    """The base project's modules; `contoh` with questions of these indicators and uses."""
    questions = tuple(
        Question.model_validate(
            {"id": f"q-{n}", "indikator": goal, "jenis": kind, "teks": "Apa?", "kunci": "x"}
            | {"pakai": pakai}
        )
        for n, (goal, pakai) in enumerate(uses)
    )
    lain = replace(PROJECT.modules["lain"], questions=())
    contoh = replace(PROJECT.modules["contoh"], questions=questions)
    return {"contoh": contoh, "lain": lain}


BEFORE, AFTER = (1, ("pretest",)), (2, ("posttest",))


@pytest.mark.parametrize(
    ("entry", "tests", "told"),
    [
        ("{acara: pretest, menit: 3}", "", ""),  # two questions of one and a half minutes
        ("{acara: pretest, menit: 2}", "", "2 soal pretest perlu sekitar 3 menit"),
        ("{acara: pretest, menit: 2}", "tes: {soal: 1}\n", ""),
        ("{acara: posttest, menit: 1}", "", "1 soal post-test perlu sekitar 2 menit"),
        ("{acara: pretes, menit: 1}", "", ""),
        ("refleksi", "", ""),
    ],
)
def test_time_of_tests(entry: str, tests: str, told: str) -> None:
    found = of_run(
        r209_test_time,
        f"[[{entry}, lain, contoh]]",
        tests=tests,
        modules=bank(BEFORE, (2, ("pretest",)), AFTER),
    )
    assert [problem.message.partition(",")[0] for problem in found] == [told] * bool(told)


@pytest.mark.parametrize(
    ("uses", "tests", "told"),
    [
        ([], "", "tidak ada soal untuk pretest"),
        ([BEFORE], "", ""),
        ([BEFORE], "tes: {benih: 4}\n", ""),
        ([BEFORE], "tes: {soal: 2}\n", "`tes` meminta 2 soal"),
        ([BEFORE, BEFORE, BEFORE], "", "Pretest tidak mengukur CTH IHB 2"),
        ([BEFORE, BEFORE, BEFORE], "tes: {soal: 2}\n", ""),  # no room for three indicators
        ([BEFORE, BEFORE, BEFORE, (2, ("pretest",))], "", "Pretest tidak mengukur LIN IHB 1"),
    ],
)
def test_questions_of_tests(uses: list[Any], tests: str, told: str) -> None:
    found = of_run(
        r210_questions_for_test, "[[pretest, lain, contoh]]", tests=tests, modules=bank(*uses)
    )
    assert len(found) == bool(told)
    assert all(problem.message.startswith(told) for problem in found)


def test_no_test_in_the_timetable_needs_no_question() -> None:
    assert of_run(r210_questions_for_test, tests="tes: {soal: 9}\n", modules=bank()) == []
