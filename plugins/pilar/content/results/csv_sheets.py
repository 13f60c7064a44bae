"""CSV as spreadsheets write it: UTF-8, columns divided by `;`, `,` or a tab (RFC 4180)."""

from __future__ import annotations

import csv
import re
from pathlib import PurePosixPath

from pilar.content.source import control_characters
from pilar.model.problem import Problem
from pilar.model.results import CellPlace

from .raw_cells import MOST_CELLS, Findings, RawCell, RawRow, RawSheet, column_name

_DIVIDERS = ";,\t"
_NAMED = re.compile(r"(?i)sep=(.)\r?\n")
"""What Excel takes, and writes, as the name of the divider."""
_QUOTED = re.compile(r'"[^"]*"?')
_AS_UTF8 = "Buka lagi di Excel atau LibreOffice, lalu simpan sebagai CSV UTF-8"
_MARKS = {
    b"PK\x03\x04": ("ini buku kerja atau arsip ZIP, bukan CSV", "Beri akhiran .xlsx"),
    b"\xff\xfe": ("berkas ini teks UTF-16", _AS_UTF8),
    b"\xfe\xff": ("berkas ini teks UTF-16", _AS_UTF8),
}
"""First bytes of what is often called .csv and is none."""


def read_csv(path: str, data: bytes, findings: Findings) -> RawSheet | None:
    """The table of a CSV file; None where its bytes are none, which is reported."""
    text = _decoded(path, data, findings)
    if text is None:
        return None
    named = _NAMED.match(text)
    # The line that names the divider is a row for whoever counts rows.
    rows = csv.reader(
        text[named.end() :].splitlines(keepends=True) if named else text.splitlines(keepends=True),
        delimiter=named[1] if named else _divider(text),
        strict=True,
    )
    first = 1 if named else 0
    found: list[RawRow] = []
    cells, line = 0, first
    try:
        for number, row in enumerate(rows, first + 1):
            start, line = line + 1, first + rows.line_num
            cells += len(row)
            if cells > MOST_CELLS:
                message = f"lebih dari {MOST_CELLS} sel"
                findings.of(path, "U101", message, "Hapus baris dan kolom yang tidak dipakai")
                return None
            if any(cell.strip() for cell in row):
                found.append(RawRow(number, start, _cells(path, number, start, row)))
    except csv.Error:
        hint = "Periksa tanda kutip ganda di baris itu: setiap pembuka perlu penutup"
        findings.add(CellPlace(path, line + 1, ""), "U101", "baris ini tidak dapat dibaca", hint)
        return None
    return RawSheet(path, PurePosixPath(path).stem, found)


def _cells(path: str, number: int, line: int, row: list[str]) -> dict[int, RawCell]:
    return {
        column: RawCell(
            text.strip(),
            CellPlace(path, line, f"{column_name(column)}{number}"),
            "rumus" if text.lstrip().startswith("=") else "",
        )
        for column, text in enumerate(row, 1)
        if text.strip()
    }


def _decoded(path: str, data: bytes, findings: Findings) -> str | None:
    for mark, (message, hint) in _MARKS.items():
        if data.startswith(mark):
            findings.of(path, "U101", message, hint)
            return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place = CellPlace(path, line, "")
        findings.add(place, "U101", "berkas ini bukan teks UTF-8", _AS_UTF8)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls: list[Problem] = [
        problem
        for number, line_text in enumerate(text.split("\n"), 1)
        for problem in control_characters(line_text.replace("\t", " "), path, number)
    ]
    findings.found += [(CellPlace(path, p.line, ""), p) for p in controls]
    return None if controls else text


def _divider(text: str) -> str:
    """The sign that divides most columns of the first line that has any text."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(_DIVIDERS, key=bare.count)
