"""Whatever is typed: no traceback, and no cell that is neither in the model nor in a problem."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
import pytest

from pilar.checks.result_data import result_problems
from pilar.content.results.csv_sheets import read_csv
from pilar.content.results.raw_cells import Findings, column_name
from pilar.content.results.results_reader import LABELS
from pilar.content.results.table_names import INSTRUCTIONS, LISTS, table_name

from .result_samples import BOOK, FOLDER, as_csv, reading, typed, with_cells

ALPHABET = (
    "",
    " ",
    "A",
    "x",
    "0",
    "1-2",
    "1,0",
    "=A1",
    "é",
    '"',
    ";",
    ",",
    "\t",
    "P01",
    "P99",
    "\n",
)
OPERATIONS = ("cell", "cell", "cell", "heading", "row twice", "column twice", "row gone", "bytes")


def mangled(chance: random.Random) -> dict[str, bytes]:
    """Files as they may come back from offices that use whatever they have."""
    tables = {name: [[*row] for row in rows] for name, rows in typed(chance.randrange(9)).items()}
    files = as_csv(tables, chance.choice(";,\t"), chance.choice(("\n", "\r\n")))
    for _ in range(chance.randrange(1, 6)):
        name = chance.choice([*files])
        files[name] = _mangled(files[name], chance)
        if chance.random() < 0.2:
            files[chance.choice(["", "x"]) + chance.choice([*files])] = files.pop(name)
    if chance.random() < 0.5:
        files[BOOK] = with_cells(lambda book: _scribble(book, chance))
    return files


def _mangled(data: bytes, chance: random.Random) -> bytes:
    match chance.choice(OPERATIONS) if data else "cell":
        case "bytes":
            place = chance.randrange(len(data))
            return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
        case "row twice" | "row gone" as what:
            lines = data.splitlines(keepends=True)
            place = chance.randrange(len(lines))
            lines[place : place + 1] = [lines[place]] * (2 if what == "row twice" else 0)
            return b"".join(lines)
        case what:
            text = data.decode("utf-8", "replace")
            cells = text.split(";")
            place = chance.randrange(min(len(cells), 12) if what == "heading" else len(cells))
            new = [cells[place]] * 2 if what == "column twice" else [chance.choice(ALPHABET)]
            cells[place : place + 1] = new
            return ";".join(cells).encode()


def _scribble(book: Any, chance: random.Random) -> None:
    values = (*ALPHABET, 3, -1, 0.5, 1e300, True, "C", "b", "CTH", 45)
    for _ in range(chance.randrange(1, 30)):
        sheet = chance.choice(book.worksheets[1:-1])
        cell = sheet.cell(chance.randrange(1, 10), chance.randrange(1, 12))
        cell.value = chance.choice(values)
    if chance.random() < 0.2:
        chance.choice(book.worksheets[1:]).sheet_state = "hidden"
    if chance.random() < 0.2:
        chance.choice(book.worksheets).title = chance.choice(["Lembar1", "waktu ", "PRETEST-A"])


def lost(files: Mapping[str, bytes]) -> Iterator[str]:
    """Cells that are neither in the model nor in a problem."""
    found = reading(files)
    assert bool([*result_problems(found)]) >= bool(found.found)
    told_of: dict[tuple[str, str], set[str]] = {}
    for place, problem in found.found:
        assert str(problem)
        told_of.setdefault((place.path, place.sheet), set()).add(place.cell)
    known = {(place.path, place.sheet, place.cell) for place in found.results.places()}
    for path, sheet, name, cells in _plain(files):
        said = told_of.get((path, sheet), set()) | told_of.get((path, ""), set())
        table = table_name(name) or table_name(path.rpartition("/")[2].partition(".")[0])
        if "" in said or sheet in (INSTRUCTIONS, LISTS):
            continue
        assert table, (path, sheet)
        first = min(row for row, _ in cells)
        heads = {column: text for (row, column), text in cells.items() if row == first}
        labels = {
            c for c, text in heads.items() if text in {*LABELS[table.table], "naskah", "kode"}
        }
        for (row, column), _ in cells.items():
            whole = [f"{column_name(label)}{row}" for label in labels]
            of_column = [f"{column_name(column)}{number}" for number, _ in cells]
            headed = f"{column_name(column)}{first}" in said
            untitled = column not in heads and any(cell in said for cell in of_column)
            cell = f"{column_name(column)}{row}"
            if row == first or column in labels or headed or untitled or cell in said:
                continue
            if (path, sheet, cell) not in known and not any(label in said for label in whole):
                yield f"{path} {sheet} {cell}"


def _plain(
    files: Mapping[str, bytes],
) -> Iterator[tuple[str, str, str, dict[tuple[int, int], str]]]:
    """Path, sheet, name and cells that are not empty, of every table that can be read at all."""
    for file, data in files.items():
        path = f"{FOLDER}/{file}"
        if file.endswith(".xlsx"):
            for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
                cells = {
                    (cell.row, cell.column): str(cell.value).strip().casefold()
                    for row in sheet.rows
                    for cell in row
                    if cell.value is not None and str(cell.value).strip()
                }
                if cells:
                    yield path, sheet.title, sheet.title, cells
        else:
            raw = Findings()
            if (table := read_csv(path, data, raw)) and table.rows:
                yield (
                    path,
                    "",
                    table.name,
                    {
                        (row.number, column): cell.word
                        for row in table.rows
                        for column, cell in row.cells.items()
                    },
                )


def _fuzzed(count: int) -> None:
    for seed in range(count):
        files = mangled(random.Random(seed))
        assert [*lost(files)] == [], f"seed {seed}"


def test_nothing_that_was_typed_is_lost() -> None:
    _fuzzed(40)


@pytest.mark.panjang
def test_nothing_that_was_typed_is_lost_in_500_mangled_folders() -> None:
    _fuzzed(500)
