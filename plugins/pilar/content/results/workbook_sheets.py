"""Sheets of an .xlsx, whoever wrote it: Excel, LibreOffice, Google, or somebody who means harm."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from pilar.model.results import CellPlace

from .raw_cells import MOST_CELLS, Findings, RawCell, RawRow, RawSheet, column_name

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of all entries of the archive."""
MOST_ENTRIES = 1_000
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
"""Office documents have none (ECMA-376 part 2, 8.1.4); entities in it can fill all memory."""
_DAMAGED = "Buka di Excel atau LibreOffice, lalu simpan lagi sebagai .xlsx"
_LOCKED = b"\xd0\xcf\x11\xe0"
"""First bytes of a compound file: Excel before 2007, and any version with a password."""
_MANGLED = {"f": "rumus", "d": "tanggal", "b": "nilai benar atau salah", "e": "galat rumus"}
"""By openpyxl's name of a cell's type: what nobody types for an answer."""


def read_workbook(path: str, data: bytes, findings: Findings) -> list[RawSheet]:
    """The visible sheets that are not empty; what cannot be read, and hidden sheets with something
    in them, are reported.
    """
    if refused := _refused(data):
        findings.of(path, "U101", *refused)
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on features that a table has no need of
            return list(_sheets(path, data, findings))
    except Exception:
        # openpyxl lets through whatever its parts raise on what is not as it should be: of zipfile,
        # lxml, and its own KeyError, TypeError, ValueError.
        findings.of(path, "U101", "buku kerja ini rusak", _DAMAGED)
        return []


def _refused(data: bytes) -> tuple[str, str] | None:
    """Why the bytes are not even tried: message and hint."""
    if data.startswith(_LOCKED):
        return "berkas ini memakai kata sandi atau format Excel lama", _DAMAGED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_ENTRIES or size > MOST_UNPACKED:
                limit = f"{MOST_UNPACKED // 1024**2} MB"
                return (
                    f"isinya lebih dari {limit} setelah dibuka",
                    "Hapus lembar yang tidak dipakai",
                )
            for entry in entries:
                text = archive.read(entry)
                if any(mark in text for mark in _DOCTYPES):
                    return "buku kerja ini memuat DOCTYPE, yang dilarang", _DAMAGED
    except Exception:
        # zipfile lets through what its decompressors raise, and struct.error, KeyError, OSError.
        return "ini bukan buku kerja .xlsx yang utuh", _DAMAGED
    return None


def _sheets(path: str, data: bytes, findings: Findings) -> Iterator[RawSheet]:
    import openpyxl  # slow to import, and most results are CSV files

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    left = MOST_CELLS
    for sheet in book.worksheets:
        rows, used = _rows(path, sheet, left)
        left -= used
        if left < 0:
            message = f"lebih dari {MOST_CELLS} sel"
            hint = "Hapus baris dan kolom yang tidak dipakai"
            findings.of(path, "U101", message, hint, sheet.title)
            return
        if rows and sheet.sheet_state != "visible":
            hint = "Tampilkan lembar itu (klik kanan pada nama lembar), atau hapus"
            findings.of(path, "U102", "lembar ini disembunyikan", hint, sheet.title)
        elif rows:
            yield RawSheet(path, sheet.title, rows, sheet.title)


def _rows(path: str, sheet: Any, most: int) -> tuple[list[RawRow], int]:
    """Rows that are not empty, and how many cells were looked at, at the most one more than
    `most`.
    """
    sheet.reset_dimensions()  # what the file says of its size need not be so
    found: list[RawRow] = []
    used = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        used += len(row) + 1
        if used > most:
            return found, most + 1
        cells = {
            column: cell
            for column, raw in enumerate(row, 1)
            if raw.value is not None and (cell := _cell(path, sheet.title, number, column, raw))
        }
        if cells:
            found.append(RawRow(number, number, cells))
    return found, used


def _cell(path: str, sheet: str, row: int, column: int, raw: Any) -> RawCell | None:
    text = _text(raw.value)
    if not text:
        return None
    place = CellPlace(path, row, f"{column_name(column)}{row}", sheet)
    return RawCell(text, place, _MANGLED.get(raw.data_type, ""))


def _text(value: object) -> str:
    """What a cell holds, as an Indonesian reader would write it."""
    if isinstance(value, float):
        whole = value.is_integer()
        return str(int(value)) if whole else f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
