"""What came back from runs, cell by cell: the results of trials are nobody's handout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pilar.content.limits import largest
from pilar.content.results.csv_sheets import read_csv
from pilar.content.results.raw_cells import Findings, RawSheet
from pilar.content.results.table_names import INSTRUCTIONS, LISTS
from pilar.content.results.workbook_sheets import read_workbook
from pilar.model.results import FOLDER

from .sequences import WINDOW, Gram, words_of

_PERSON = re.compile(r"p\d+")


@dataclass(frozen=True)
class CameBack:
    """Texts of cells, and how rows of answers begin, each with its file and line."""

    texts: list[tuple[str, int, str]] = field(default_factory=list)
    rows: dict[Gram, tuple[str, int]] = field(default_factory=dict)


def came_back(root: Path) -> CameBack:
    """The results of all runs of the project at `root`. What cannot be read is left to `pilar
    check`: no output is made from it.
    """
    found = CameBack()
    for sheet in _sheets(root):
        for row in sheet.rows[1:]:  # headings are those of forms that everybody has seen
            texts = [row.cells[column].text for column in sorted(row.cells)]
            found.texts.extend((sheet.path, row.line, text) for text in texts)
            if gram := _beginning(texts):
                found.rows[gram] = sheet.path, row.line
    return found


def _beginning(texts: list[str]) -> Gram | None:
    """The code of a participant and the first answers, whose letters alone would be anywhere."""
    words = words_of(" ".join(texts))[:WINDOW]
    return tuple(words) if len(words) == WINDOW and _PERSON.fullmatch(words[0]) else None


def _sheets(root: Path) -> Iterator[RawSheet]:
    for path in sorted((root / "runs").glob(f"*{FOLDER}/*")):
        name = path.relative_to(root).as_posix()
        if path.suffix not in (".csv", ".xlsx") or path.is_symlink() or not path.is_file():
            continue
        if (data := path.read_bytes()) and len(data) <= largest(name):
            if path.suffix == ".xlsx":
                sheets = read_workbook(name, data, Findings())
                yield from (s for s in sheets if s.name not in (INSTRUCTIONS, LISTS))
            elif sheet := read_csv(name, data, Findings()):
                yield sheet
