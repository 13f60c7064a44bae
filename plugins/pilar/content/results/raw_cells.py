"""A table as it was typed: cells that are not empty, with their places; what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.results import CellPlace

MOST_CELLS = 1_000_000
"""Of a file: a run of 10,000 participants fills half of it."""
MOST_ALIKE = 50
"""Problems of one kind in a sheet that are listed one by one."""
_MANY = 10
"""Words that a hint does not list."""
_QUOTED = 40
"""Characters of a cell that a message quotes."""


def column_name(number: int) -> str:
    """What spreadsheets call a column, from 1: A to Z, AA …"""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """A way out for a word that is none of those known: the nearest, all of them where they are
    few, else what `otherwise` says.
    """
    known = sorted(known)
    return suggestion(word, known) if nearest(word, known) or len(known) < _MANY else otherwise


@dataclass(frozen=True)
class RawCell:
    """What a cell shows, without spaces around it.

    `mangled` says what a spreadsheet has there instead of what somebody typed: a formula, a date.
    """

    text: str
    place: CellPlace
    mangled: str = ""

    @property
    def word(self) -> str:
        """Its text for comparing: in one line, in small letters."""
        return " ".join(self.text.split()).casefold()

    @property
    def quoted(self) -> str:
        """Its text as messages quote it."""
        text = " ".join(self.text.split())
        return f"“{text if len(text) <= _QUOTED else text[: _QUOTED - 1] + '…'}”"


@dataclass(frozen=True)
class RawRow:
    """A row: its number as spreadsheets count, its line, its cells by column (from 1)."""

    number: int
    line: int
    cells: Mapping[int, RawCell]


@dataclass(frozen=True)
class RawSheet:
    """A CSV file, or a sheet of a workbook; `name` is what says which table it is."""

    path: str
    name: str
    rows: Sequence[RawRow]
    """Those that are not empty."""
    sheet: str = ""
    """Empty for a CSV file."""

    def place(self, row: RawRow, column: int) -> CellPlace:
        """Of any cell, an empty one too."""
        return CellPlace(self.path, row.line, f"{column_name(column)}{row.number}", self.sheet)

    @property
    def head(self) -> Mapping[int, RawCell]:
        """The cells of the first row: headings."""
        return self.rows[0].cells if self.rows else {}

    def cells(self) -> Iterator[RawCell]:
        """All that are not empty."""
        for row in self.rows:
            yield from row.cells.values()


@dataclass
class Findings:
    """Problems with the places that they are of; one of a whole file or sheet has no cell."""

    found: list[tuple[CellPlace, Problem]] = field(default_factory=list)

    def add(self, place: CellPlace, code: str, message: str, hint: str) -> None:
        """A problem of a cell, a sheet or a file."""
        where = f"lembar “{place.sheet}”" if place.sheet else ""
        where = ", ".join(filter(None, (where, f"sel {place.cell}" if place.cell else "")))
        text = f"{where}: {message}" if where else message
        self.found.append((place, Problem(place.path, place.line, code, text, hint)))

    def of(self, path: str, code: str, message: str, hint: str, sheet: str = "") -> None:
        """A problem of a whole file or sheet."""
        self.add(CellPlace(path, 1, "", sheet), code, message, hint)

    def problems(self) -> Iterator[Problem]:
        """All of them; of many alike in a sheet the first, the last of which says how many more."""
        kinds: dict[tuple[str, str, str], list[Problem]] = {}
        for place, problem in self.found:
            kinds.setdefault((place.path, place.sheet, problem.code), []).append(problem)
        for alike in kinds.values():
            yield from alike[: MOST_ALIKE - 1]
            if len(alike) > MOST_ALIKE:
                last, more = alike[MOST_ALIKE - 1], len(alike) - MOST_ALIKE
                yield replace(last, message=f"{last.message} ({more} sel lain begitu juga)")
            else:
                yield from alike[MOST_ALIKE - 1 :]
