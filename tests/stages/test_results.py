"""Results of runs: what was typed is in the model, or in a problem with its place and way out."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping

import pytest

from pilar.assembly.exam import draw
from pilar.editions.papers.kunci_tes import short_key
from pilar.editions.papers.result_workbook import result_workbook
from pilar.model.results import Results, question_digest

from .result_samples import (
    BLANK,
    BOOK,
    EMPTY,
    OUT,
    PAGE,
    QUESTIONS,
    RUN,
    as_csv,
    as_workbook,
    reading,
    typed,
    without_places,
)
from .samples import project_of

TABLES = typed(19)
FILES = as_csv(TABLES)
READ = reading(FILES)


def test_all_that_was_typed_is_read() -> None:
    assert READ.found == ()
    found = READ.results
    assert [sheet.participant for sheet in found.tests["pretest"]] == [*OUT.people]
    filled = sum(bool(cell) for rows in TABLES["waktu"] for cell in rows[3:])
    assert len(found.minutes) == filled
    assert [note.text for note in found.notes] == [row[1] for row in TABLES["catatan"]]
    assert {form.subject for form in found.facilitators} == {"CTH", "LIN"}
    ratings = sum(cell.isdigit() for row in TABLES["evaluasi-fasilitator"] for cell in row[2:])
    assert sum(len(form.ratings) for form in found.facilitators) == ratings


def test_the_workbook_says_the_same() -> None:
    typed_there = reading({BOOK: as_workbook(TABLES)})
    assert typed_there.found == ()
    assert without_places(typed_there.results) == without_places(READ.results)


def test_the_workbook_has_the_same_bytes_each_time() -> None:
    assert result_workbook(RUN, OUT) == EMPTY


def test_templates_hold_no_data() -> None:
    """Files beside a workbook that is filled in contradict nothing."""
    found = reading({**BLANK, BOOK: as_workbook(TABLES)})
    assert found.found == ()
    assert without_places(found.results) == without_places(READ.results)
    empty = reading({**BLANK, BOOK: EMPTY})
    assert empty.found == ()
    assert empty.results == Results(OUT, {"pretest": (), "posttest": ()})


def test_the_key_of_every_form_scores_in_full() -> None:
    """Letters mean what they mean on the printed form, in whatever order it has the choices."""
    modules = project_of(PAGE, questions=QUESTIONS).modules.values()
    exams = draw(modules, RUN.file.seed, RUN.file.tes.soal)
    marks = {"isian": "1", "uraian": "1"}
    tables = {}
    for exam in exams:
        keys = [[short_key(item.printed) for item in form.items] for form in exam.forms]
        typed_keys = [[marks.get(key, key.replace("–", "-")) for key in row] for row in keys]
        first, second = typed_keys
        blank = [""] * len(first)
        tables[exam.use] = [["P01", *first, *blank], ["P02", *blank, *second]]
    found = reading(as_csv(tables))
    assert found.found == ()
    for test, sheets in found.results.tests.items():
        assert [sheet.form.letter for sheet in sheets] == ["A", "B"]
        for sheet in sheets:
            assert sheet.points == len(sheet.form.questions), test


def test_an_answer_is_the_choice_that_the_form_prints() -> None:
    modules = project_of(PAGE, questions=QUESTIONS).modules.values()
    pretest, _ = draw(modules, RUN.file.seed, RUN.file.tes.soal)
    for letter, form in enumerate(pretest.forms):
        for place, item in enumerate(form.items):
            for number, choice in enumerate(item.printed.choices):
                row = ["P01", *[""] * 2 * len(form.items)]
                row[1 + letter * len(form.items) + place] = string.ascii_lowercase[number]
                (sheet,) = reading(as_csv({"pretest": [row]})).results.tests["pretest"]
                given = str(next(a.given for a in sheet.answers.values() if a.written))
                assert item.question.choices[string.ascii_uppercase.index(given)] == choice


def test_matching_questions_score_by_pairs() -> None:
    asked = next(q for q in OUT.questions.values() if q.question.jenis == "menjodohkan")
    right = dict(zip(asked.letters, "ABCD", strict=True))
    place, key = asked.number, [right[letter] for letter in asked.question.kunci]
    row = ["P01", *[""] * 14]
    for written, points in ((key, 3), ([key[0], "-", key[2]], 2), (["-", key[0], "-"], 0)):
        row[place] = " ".join(written)
        (sheet,) = reading(as_csv({"pretest": [row]})).results.tests["pretest"]
        assert sheet.points * 3 == points


def test_a_question_is_another_one_once_its_key_choices_or_text_change() -> None:
    question = QUESTIONS[0]
    same = [{"teks": "Apa \n 1?"}, {"pembahasan": "Lain."}, {"id": "lain", "pakai": ()}]
    other = [{"teks": "Apa 2?"}, {"kunci": "C"}, {"pilihan": ("A", "B", "C", "E")}]
    digest = question_digest(question)
    assert {question_digest(question.model_copy(update=change)) for change in same} == {digest}
    changed = {question_digest(question.model_copy(update=change)) for change in other}
    assert len(changed - {digest}) == len(other)


VARIATIONS: dict[str, Callable[[], Mapping[str, bytes]]] = {
    "commas": lambda: as_csv(TABLES, ","),
    "tabs": lambda: as_csv(TABLES, "\t", "\r\n"),
    "without a mark": lambda: {n: d.removeprefix(b"\xef\xbb\xbf") for n, d in FILES.items()},
    "divider named": lambda: {
        n: b"sep=,\r\n" + d.removeprefix(b"\xef\xbb\xbf")
        for n, d in as_csv(TABLES, ",", "\r\n").items()
    },
    "empty lines": lambda: {n: d.replace(b"\n", b"\n;;\n\n", 1) for n, d in FILES.items()},
    "other columns first": lambda: as_turned(),
    "small letters": lambda: {
        n: d.decode().lower().encode() if n.startswith("p") else d for n, d in FILES.items()
    },
    "one form a file": lambda: {
        **{name: data for name, data in FILES.items() if not name.startswith("p")},
        **{f"{t}-{f}.csv": _of_form(t, f) for t in ("pretest", "posttest") for f in "ab"},
    },
}


def as_turned() -> Mapping[str, bytes]:
    """Every file with its columns in reverse."""
    rows = {name: data.decode("utf-8-sig").splitlines() for name, data in FILES.items()}
    return {
        name: "\n".join(";".join(reversed(line.split(";"))) for line in lines).encode()
        if not any('"' in line for line in lines)
        else FILES[name]
        for name, lines in rows.items()
    }


def _of_form(test: str, letter: str) -> bytes:
    """The columns of a form, in a file that is called after it."""
    rows = [line.split(";") for line in FILES[f"{test}.csv"].decode("utf-8-sig").splitlines()]
    mine = [n for n, title in enumerate(rows[0]) if title.lower().startswith(("peserta", letter))]
    return "\n".join(";".join(row[n] for n in mine) for row in rows).encode()


@pytest.mark.parametrize("name", VARIATIONS)
def test_programs_write_the_same_in_many_ways(name: str) -> None:
    found = reading(VARIATIONS[name]())
    assert [str(problem) for _, problem in found.found] == []
    assert without_places(found.results) == without_places(READ.results)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("A1", "pretest.csv"),
        ("a1", "pretest.csv"),
        ("1", "pretest-a.csv"),
        ("{id}", "pretest-a.csv"),
        ("A1 {id}", "pretest.csv"),
        ("A1 {id} {order}", "pretest-a.csv"),
        ("1;naskah", "pretest.csv"),
        ("{id};naskah", "pretest.csv"),
    ],
)
def test_a_question_is_found_by_its_place_or_its_id(heading: str, name: str) -> None:
    form = OUT.tests["pretest"][0]
    asked = form.questions[0]
    title = heading.format(id=OUT.names[asked.key], order=asked.letters)
    answer = {"pilihan-ganda": "A", "menjodohkan": "ABC", "benar-salah": "B"}.get(
        asked.question.jenis, "1"
    )
    text = f"peserta;{title}\nP03;{answer};A\n"
    found = reading({name: text.encode()})
    assert [
        str(problem) for _, problem in found.found if "tidak berjudul" not in str(problem)
    ] == []
    (sheet,) = found.results.tests["pretest"]
    assert (sheet.participant, sheet.form) == ("P03", form)
    assert [*sheet.answers] == [asked.key]
