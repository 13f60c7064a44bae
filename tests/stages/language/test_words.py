"""The dictionary, the lists, and what becomes of their answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pilar.checks.language import dictionary, lists
from pilar.cli.main import pilar

from ..golden import fresh, load_project
from .project import check_language, write_project

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def plain() -> dictionary.Dictionary:
    """The dictionary without words of the project's own."""
    return dictionary.load(frozenset())


KNOWN = """
rumah rumah-rumah tolong-menolong warungnya warungnyalah bukuku sudahkah apapun antarwarga
nonformal pascabencana ditelaah dirujuk terjawab kutelaah kaubaca amankan lengkapi akhiri
perbaiki dikepung disapu ditebak dipilah dicatat diukur dirasa dicek pelatihannya berkamera
kesiapan ketidakpuasan diperebutkan
"""
UNKNOWN = """
rumahh membantuu dirumahh antarxyz ditelah-aah xkan dixi feedbackkan antarbu diibu diumpulkan
dinemukan berrencana kepx keadan yanya terburuk-burukk solatip
"""


@pytest.mark.parametrize("word", KNOWN.split())
def test_regular_forms_are_known(plain: dictionary.Dictionary, word: str) -> None:
    assert plain.knows(word)


@pytest.mark.parametrize("word", UNKNOWN.split())
def test_other_forms_are_not(plain: dictionary.Dictionary, word: str) -> None:
    assert not plain.knows(word)


def test_words_of_the_project_bring_their_forms() -> None:
    own = dictionary.Dictionary(
        frozenset({"memperkecil", "menyolatip", "solatip", "ases", "mengases"})
    )
    for word in ("perkecil", "diperkecil", "disolatip", "diases", "kusolatip", "memperkecilnya"):
        assert own.knows(word), word
    assert not own.knows("kecilperkan")


def test_the_nearest_word_comes_from_both(plain: dictionary.Dictionary) -> None:
    own = dictionary.Dictionary(frozenset({"solatip"}))
    for word in ("solatp", "solatipp", "solatup", "soltaip"):
        assert own.nearest(word) == "solatip"
    assert plain.nearest("membantuu") == "membantu"
    assert plain.nearest("qqqqqqqqqqqqqqqqqqqq") == ""


def test_the_machine_does_not_choose_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "id_ID.aff").write_text("SET UTF-8\n")
    (tmp_path / "id_ID.dic").write_text("1\nrumahh\n")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    own = dictionary.Dictionary()
    assert own.knows("rumah")
    assert not own.knows("rumahh")


def test_check_tells_of_the_language_and_no_build_stops_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, "# Isi\n\nBeri feedback.\n")
    assert fresh(tmp_path).errors == []
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(pilar, ["check"])
    assert told.exit_code == 0  # a warning
    assert "\nmodules/contoh/isi.md:3: L103 " in told.output
    assert CliRunner().invoke(pilar, ["check", "--strict"]).exit_code == 1


@pytest.mark.parametrize("name", lists.NAMES)
def test_lists_are_sorted_and_lead_to_something_else(name: str) -> None:
    entries = lists.pairs(name)
    assert list(entries) == sorted(entries)
    assert all(wrong == wrong.casefold() and right for wrong, right in entries.items())
    assert not [wrong for wrong, right in entries.items() if wrong == right.casefold()]


@pytest.mark.parametrize("name", lists.NAMES)
def test_what_the_lists_say_is_itself_fine(name: str, tmp_path: Path) -> None:
    advice = "\n".join(f"- {right}" for right in lists.pairs(name).values())
    project = write_project(tmp_path, f"# Isi\n\n{advice}\n")
    own = load_project(ROOT)
    project = type(project)(**{**vars(project), "terms": own.terms, "word_list": own.word_list})
    problems = [p for p in check_language(project) if p.code in ("L103", "L104", "L106", "L107")]
    assert "\n".join(map(str, problems)) == ""


def test_no_entry_is_listed_without_need(plain: dictionary.Dictionary) -> None:
    words = load_project(ROOT).word_list.words
    assert [word for word in sorted(words) if plain.knows(word)] == []
