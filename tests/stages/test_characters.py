"""Names of invented people: what counts as one, and where it may stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilar.checks.mentions import mentions

from .golden import fresh, load_project
from .test_rules import BOTH, LEFT_OUT, RUN, SCHEDULE, lay_example

REGISTER = "modules/tokoh.yml"
PAGE = "modules/contoh/penutup.md"


def codes(tmp_path: Path, register: str, *pages: str) -> list[str]:
    texts = zip((PAGE, PAGE.replace("contoh", "kedua")), pages, strict=False)
    files = {
        **BOTH,
        RUN: LEFT_OUT + SCHEDULE.format("contoh"),
        REGISTER: register,
        **{path: f"# Penutup\n\n{text}\n" for path, text in texts},
    }
    found = fresh(lay_example(tmp_path / "proyek", files)).problems
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bu Siti, Ibu Siti, dan Bapak Daud.", ["Bu Siti", "Bu Siti", "Pak Daud"]),
        ("Pak Lurah, Bu Guru, Ibu Kota, Bapak Ibu, Pak RT, Bapak Anda, Mas kawin.", []),
        ("Kata **Mbah Karso**, “Mbak Nurul\ndatang.”", ["Mbah Karso", "Mbak Nurul"]),
        ("Tebu Siti dan bapak Daud; Kelurahan Kenanga.", []),
    ],
)
def test_who_is_named(text: str, names: list[str], tmp_path: Path) -> None:
    root = lay_example(tmp_path / "proyek", {PAGE: f"# Penutup\n\n{text}\n"})
    module = load_project(root).modules["contoh"]
    assert [mention.text for mention in mentions(module)] == names


def test_a_name_is_told_once_a_module(tmp_path: Path) -> None:
    register = "- {nama: Rahmi, sapaan: Bu, modul: [contoh]}\n"
    text = "Pak Daud menyapa Pak Daud, Bu Rahmi, dan Bu Siti."
    assert codes(tmp_path, register, text) == ["P205", "P205"]


def test_a_name_in_another_module_is_another_person(tmp_path: Path) -> None:
    register = "- {nama: Rahmi, sapaan: Bu, modul: [contoh]}\n"
    assert codes(tmp_path, register, "Bu Rahmi datang.", "Bu Rahmi pulang.") == ["P206"]


def test_a_person_may_be_in_two_modules(tmp_path: Path) -> None:
    register = "- {nama: Rahmi, sapaan: [Bu], modul: [contoh, kedua]}\n"
    assert codes(tmp_path, register, "Bu Rahmi datang.", "Bu Rahmi pulang.") == []


def test_a_child_has_no_address_that_a_grown_up_could_share(tmp_path: Path) -> None:
    register = "- {nama: Ilham, modul: [contoh]}\n"
    assert codes(tmp_path, register, "Ilham menyapa Pak Ilham.") == ["P206"]


def test_a_name_is_given_once(tmp_path: Path) -> None:
    register = "- {nama: Ilham, modul: [contoh]}\n- {nama: Ilham, sapaan: Pak, modul: [kedua]}\n"
    assert codes(tmp_path, register, "Norma disusun bersama.") == ["P206"]


@pytest.mark.parametrize("entry", ["{nama: siti, modul: [contoh]}", "{nama: Siti}"])
def test_a_wrong_entry_is_told(entry: str, tmp_path: Path) -> None:
    assert codes(tmp_path, f"- {entry}\n", "Norma disusun bersama.")[0][0] == "Y"
