"""A table of a paper as a grid: cells with their row, column and spans; widths of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from .cascade import Style, hidden, length

_NARROW, _WIDE = 4, 40
"""Letters of the longest cell between which a column of no stated width gets its share."""


@dataclass(frozen=True)
class GridCell:
    """A cell at its place, from 0."""

    element: HtmlElement
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Grid:
    """A table: its rows with their cells, and how many rows are its head."""

    table: HtmlElement
    styles: Mapping[HtmlElement, Style]

    @cached_property
    def rows(self) -> tuple[HtmlElement, ...]:
        """The `<tr>` of the table itself, none of a table in it, in order."""
        found = self.table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
        return tuple(row for row in found if not hidden(self.styles[row]))

    @property
    def head(self) -> int:
        """How many rows of the beginning stand on every page."""
        return sum(row.getparent().tag == "thead" for row in self.rows)

    @cached_property
    def cells(self) -> tuple[GridCell, ...]:
        """Every cell, row by row."""
        taken: set[tuple[int, int]] = set()
        found = []
        for number, row in enumerate(self.rows):
            column = 0
            for element in row.iterchildren("th", "td"):
                if hidden(self.styles[element]):
                    continue
                while (number, column) in taken:
                    column += 1
                rows = min(int(element.get("rowspan", 1)), len(self.rows) - number)
                columns = int(element.get("colspan", 1))
                cell = GridCell(element, number, column, rows, columns)
                taken |= {(r, c) for r, c, _ in _covered(cell)}
                found.append(cell)
        return tuple(found)

    @cached_property
    def covered(self) -> Mapping[tuple[int, int], GridCell]:
        """The cell of each place; a place that a row leaves out has none."""
        return {(row, column): cell for cell in self.cells for row, column, cell in _covered(cell)}

    @cached_property
    def columns(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    def widths(self, whole: float) -> list[float]:
        """Widths of the columns in mm, together `whole`.

        Those that say none share what is left, by the length of their longest text.
        """
        fixed = [
            length(self.styles[column].get("width", ""), whole)
            for column in self.table.xpath("./col | ./colgroup/col")
        ]
        fixed = (fixed + [0.0] * self.columns)[: self.columns]
        shares = [0.0 if width else self._share(number) for number, width in enumerate(fixed)]
        rest, parts = max(0.0, whole - sum(fixed)), sum(shares) or 1
        widths = [width + share * rest / parts for width, share in zip(fixed, shares, strict=True)]
        scale = whole / sum(widths) if widths else 1
        return [width * scale for width in widths]

    def _share(self, column: int) -> float:
        lengths = [
            len("".join(cell.element.itertext()).strip())
            for cell in self.cells
            if cell.column == column and cell.columns == 1
        ]
        return min(_WIDE, max([_NARROW, *lengths]))


def _covered(cell: GridCell) -> Iterator[tuple[int, int, GridCell]]:
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            yield row, column, cell
