"""A small run and what came back from it: known data, typed as a clerk would, and mistyped."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import openpyxl

from pilar.assembly.handed_out import handed_out
from pilar.content.results.blank_tables import blank_files
from pilar.content.results.results_reader import Reading, read_results
from pilar.editions.papers.result_workbook import result_workbook
from pilar.model.curriculum import Question
from pilar.model.results import Answer, CellPlace, HandedOut, Results
from pilar.model.run import Run, RunFile

from .samples import PROJECT, project_of

FOLDER = "runs/2025-01-contoh.hasil"
PEOPLE = 6
CHOICES = ("Perintah", "Kesepakatan", "Hukuman", "Hadiah")
PAIRS = {"kiri": ("satu", "dua", "tiga"), "kanan": ("pertama", "kedua", "ketiga", "keempat")}
KINDS: dict[str, dict[str, Any]] = {
    "pilihan-ganda": {"pilihan": CHOICES, "kunci": "B"},
    "benar-salah": {"kunci": "salah"},
    "menjodohkan": {"pilihan": PAIRS, "kunci": ("B", "A", "D")},
    "isian": {"kunci": "kesepakatan"},
    "uraian": {"kunci": "Disusun bersama."},
}
"""What a question of each kind asks for."""


def _question(number: int, kind: str) -> Question:
    fields = {
        "id": f"n-{number}",
        "indikator": number % 2 + 1,
        "jenis": kind,
        "teks": f"Apa {number}?",
    }
    return Question.model_validate({**fields, **KINDS[kind], "pakai": ("pretest", "posttest")})


QUESTIONS = tuple(
    _question(number, kind)
    for number, kind in enumerate([*KINDS, *KINDS, *["pilihan-ganda"] * 4], 1)
)
PAGE = """# Norma

//// kegiatan | Menyusun norma
    menit: 45
    metode: diskusi
    indikator: [1, 2]

Tulislah tiga norma.
////

//// kegiatan | Memajang norma
    menit: 15
    metode: diskusi
    indikator: [2]

Tempelkan.
////
"""


def _run() -> Run:
    run = PROJECT.runs["2025-01-contoh"]
    value = run.file.model_dump(mode="json", exclude_unset=True)
    value["peserta"]["jumlah"], value["tes"] = PEOPLE, {"soal": 7}
    value["jadwal"] = {
        "mulai": "08.00",
        "selesai": "12.00",
        "hari": [["pembukaan", "pretest", "contoh", "posttest"]],
    }
    return replace(run, file=RunFile.model_validate(value))


RUN = _run()
OUT: HandedOut = handed_out(RUN, project_of(PAGE, questions=QUESTIONS).modules, ())
BLANK: Mapping[str, bytes] = dict(blank_files(OUT))
BOOK = f"{OUT.run}.xlsx"
EMPTY = result_workbook(RUN, OUT)


def reading(files: Mapping[str, bytes]) -> Reading:
    return read_results(files, FOLDER, OUT)


def told(files: Mapping[str, bytes | str]) -> list[str]:
    """Codes and texts of all problems, each with its file."""
    data = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    return [str(problem).removeprefix(f"{FOLDER}/") for _, problem in reading(data).found]


def typed(number: int) -> dict[str, list[list[str]]]:
    """Rows of every table, without the headings, from a seed: about a tenth is left empty."""
    chance = random.Random(number)

    def maybe(*signs: str) -> str:
        return "" if chance.random() < 0.1 else chance.choice(signs)

    signs = {
        "pilihan-ganda": (*"ABCDX", "b", "C"),
        "benar-salah": ("B", "S", "benar", "s"),
        "menjodohkan": ("BAD", "1-B 2-A 3-D", "b a -", "abc"),
        "isian": ("0", "1"),
        "uraian": ("0", "0,5", "1", "0.5"),
    }
    tables: dict[str, list[list[str]]] = {}
    for test, forms in OUT.tests.items():
        rows = []
        for place, code in enumerate(OUT.people):
            mine = place % len(forms)
            row = [code]
            for letter, form in enumerate(forms):
                kinds = [asked.question.jenis for asked in form.questions]
                row += [maybe(*signs[kind]) if letter == mine else "" for kind in kinds]
            rows.append(row)
        tables[test] = rows
    people = range(1, PEOPLE + 1)
    rating, words = tuple("1234"), ("Jelas sekali.", "Kelas panas; kipas mati, dua kali.", "- baik")
    tables["evaluasi-fasilitator"] = [
        [form.code, str(n), *(maybe(*rating) for _ in range(10)), maybe(*words), maybe(*words)]
        for form in OUT.facilitators
        for n in people
    ]
    tables["evaluasi-penyelenggaraan"] = [
        [str(n), *(maybe(*rating) for _ in range(6)), *(maybe(*words) for _ in range(3))]
        for n in people
    ]
    tables["waktu"] = [
        [activity.code, activity.title, str(activity.minutes), maybe("40", "55", "7")]
        for activity in OUT.activities
    ]
    codes = [*OUT.codes]
    tables["catatan"] = [[chance.choice(codes), chance.choice(words)] for _ in range(4)]
    return tables


def headings(table: str) -> list[str]:
    return next(
        csv.reader([BLANK[f"{table}.csv"].decode("utf-8-sig").split("\n")[0]], delimiter=";")
    )


def as_csv(
    tables: Mapping[str, list[list[str]]], divider: str = ";", ending: str = "\n"
) -> dict[str, bytes]:
    """The tables as files."""
    files: dict[str, bytes] = {}
    for name, rows in tables.items():
        target = io.StringIO(newline="")
        csv.writer(target, delimiter=divider, lineterminator=ending).writerows(
            [headings(name), *rows]
        )
        files[f"{name}.csv"] = target.getvalue().encode("utf-8-sig")
    return files


def as_workbook(tables: Mapping[str, list[list[str]]]) -> bytes:
    """The tables typed into the workbook that Pilar gives, numbers as numbers."""
    book = openpyxl.load_workbook(io.BytesIO(EMPTY), rich_text=True)
    for sheet in book.worksheets[1:-1]:
        name = sheet.title.casefold().replace("post-test", "posttest").replace(" ", "-")
        table = next(table for table in tables if name.startswith(table))
        places = [headings(table).index(" ".join(str(c.value).split())) for c in sheet[1]]
        for number, row in enumerate(tables[table], 2):
            for column, place in enumerate(places, 1):
                cell: Any = sheet.cell(number, column)
                if row[place] and not cell.protection.locked:
                    cell.value = int(row[place]) if cell.number_format == "0" else row[place]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_cells(change: Callable[[Any], None]) -> bytes:
    """The workbook as somebody left it."""
    book = openpyxl.load_workbook(io.BytesIO(EMPTY))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


NOWHERE = CellPlace("", 0, "")


def without_places(results: Results) -> Any:
    """The data alone, for comparing what was typed in two ways."""

    def plain(value: Any) -> Any:
        if isinstance(value, CellPlace):
            return NOWHERE
        if isinstance(value, Answer):
            return value.given
        if isinstance(value, Mapping):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, tuple):
            return tuple(map(plain, value))
        if hasattr(value, "place"):
            return {key: plain(inner) for key, inner in vars(value).items() if key != "form"}
        return value

    return plain({key: inner for key, inner in vars(results).items() if key != "handed_out"})
