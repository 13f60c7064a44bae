"""Slips of YAML: the cause is told, the fix is the value that the author wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilar.checks.fixes import fixed
from pilar.checks.reports import as_written
from pilar.content.yaml import read_yaml
from pilar.model.problem import Problem

from .golden import fresh
from .samples import text, told

META = "modules/contoh/modul.yml"
QUESTIONS = "modules/contoh/soal.yml"
RUN = "runs/2025-01-contoh.yml"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("judul: Warga: Menyapa", {"judul": "Warga: Menyapa"}),
        ("judul: Warga:\nb: 1", {"judul": "Warga:", "b": 1}),
        ("judul: “Warga: Menyapa”", {"judul": "Warga: Menyapa"}),
        ("judul: @warga dan\nb: %satu", {"judul": "@warga dan", "b": "%satu"}),
        ("judul: *Penting* sekali", {"judul": "*Penting* sekali"}),
        ('judul: "Warga" menyapa', {"judul": '"Warga" menyapa'}),
        ("judul:Warga\nb: 1", {"judul": "Warga", "b": 1}),
        ("sub: [Warga #1, Dua]", {"sub": ["Warga #1", "Dua"]}),
        ("- id: a\n  teks: Kata: dua\n", [{"id": "a", "teks": "Kata: dua"}]),
    ],
)
def test_a_slip_with_one_meaning_is_mended(source: str, value: Any) -> None:
    problems: list[Problem] = []
    assert read_yaml(source, "a.yml", problems)[0] == value
    assert {problem.code for problem in problems} == {"Y101"}
    lines = source.split("\n")
    for found in problems:
        assert found.fix
        assert found.fix.safe
        before, after = found.column - 1, found.end_column - 1
        line = lines[found.line - 1]
        assert line[before:after] == found.fix.old
        lines[found.line - 1] = line[:before] + found.fix.new + line[after:]
    again: list[Problem] = []
    assert read_yaml("\n".join(lines), "a.yml", again)[0] == value
    assert again == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('judul: "Warga\nb: 1\nc: 2\n', 1),
        ("a:\n  - Warga: dua: tiga\n", 2),
        ("a: x: y\n  lanjut\n", 1),
        ("a: [x, y\nb: 1\n", 2),
    ],
)
def test_a_slip_with_several_meanings_is_told_once(source: str, line: int) -> None:
    problems: list[Problem] = []
    assert read_yaml(source, "a.yml", problems)[0] is None
    [problem] = problems
    assert problem.line == line
    assert problem.fix is None or not problem.fix.safe


def mended(tmp_path: Path, name: str, old: str, new: str) -> tuple[list[str], str]:
    """What is told of a file with a slip, and its line after `--fix`, which ends all of it."""
    assert text(name).count(old) == 1
    codes = told(tmp_path, {name: text(name).replace(old, new)})
    state = fresh(tmp_path / "proyek")
    assert state.project
    problems, _ = as_written(state.problems, state.files)
    changed, _ = fixed(state.files, state.project, problems)
    (tmp_path / "proyek" / name).write_bytes(changed[name])
    assert [p.code for p in fresh(tmp_path / "proyek").problems if p.path == name] == []
    return codes, changed[name].decode()


class TestWhatYamlTakesForAComment:
    @pytest.mark.parametrize(
        ("old", "new", "whole"),
        [
            ("judul: Modul Contoh", "judul: Warga #1", 'judul: "Warga #1"'),
            ("ini contoh.", 'ini contoh #1 dari "A".', "'Modul ini contoh #1 dari \"A\".'"),
        ],
    )
    def test_the_end_of_a_text_is_not_cut(
        self, tmp_path: Path, old: str, new: str, whole: str
    ) -> None:
        codes, after = mended(tmp_path, META, old, new)
        assert [code.rpartition(" ")[2] for code in codes] == ["Y108"]
        assert whole in after

    @pytest.mark.parametrize(
        "comment", ["status: draf #nanti", "versi: 1.0.0 #tetap", "# judul: x #1"]
    )
    def test_a_comment_stays_one(self, tmp_path: Path, comment: str) -> None:
        key = comment.partition(":")[0]
        lines = [
            line if not line.startswith(f"{key}:") else comment for line in text(META).split("\n")
        ]
        assert told(tmp_path, {META: "\n".join([*lines, "# akhir"])}) == []


def test_tabs_are_told_once_a_line_and_mended(tmp_path: Path) -> None:
    codes, after = mended(tmp_path, META, "  - {judul: Norma", "\t- {judul: Norma")
    assert [code.rpartition(" ")[2] for code in codes] == ["Y109"]
    assert "\t" not in after


class TestValuesOfAnotherType:
    def test_a_number_for_a_text(self, tmp_path: Path) -> None:
        codes, after = mended(tmp_path, META, "judul: Modul Contoh", "judul: 2025")
        assert codes == [f"{META}:2: Y105"]
        assert 'judul: "2025"' in after

    @pytest.mark.parametrize("clock", ["“08.00”", "08.00"])
    def test_a_clock_without_quotes_of_yaml(self, tmp_path: Path, clock: str) -> None:
        codes, after = mended(tmp_path, RUN, 'mulai: "08.00"', f"mulai: {clock}")
        assert [code.rpartition(" ")[2] for code in codes] == ["Y105"]
        assert 'mulai: "08.00"' in after

    def test_a_word_for_true(self, tmp_path: Path) -> None:
        source = text(META) + "latihan_mandiri: ya\n"
        (problem,) = told(tmp_path, {META: source})
        assert problem.endswith("Y105")
        state = fresh(tmp_path / "proyek")
        [found] = [p for p in state.problems if p.code == "Y105"]
        assert found.fix
        assert (found.fix.new, found.fix.safe) == ("true", True)

    def test_an_empty_value(self, tmp_path: Path) -> None:
        told(tmp_path, {META: text(META).replace("judul: Modul Contoh", "judul:")})
        [found] = [p for p in fresh(tmp_path / "proyek").problems if p.code == "Y105"]
        assert found.text == "`judul` belum diisi. Tulis nilainya."


def test_a_question_is_called_by_its_id(tmp_path: Path) -> None:
    told(tmp_path, {QUESTIONS: text(QUESTIONS).replace("kunci: ", "kunc: ", 1)})
    messages = [p.message for p in fresh(tmp_path / "proyek").problems if p.path == QUESTIONS]
    assert messages
    assert all("soal `" in message for message in messages)
