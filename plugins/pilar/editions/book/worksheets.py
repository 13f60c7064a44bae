"""Room to write by hand in worksheets: widths of columns and heights of rows by what is asked."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

LINE = 8.5
"""Height of a line written by hand, in mm."""
WIDTH = 164
"""Width of the text area of a book on A4, in mm (buku.css)."""
_ANSWER = 100
"""Length of a usual answer written by hand, in mm."""
_MOST, _TABLE = 3, 120
"""Lines of a row at the most, and height of all rows in mm that lines beyond one may lead to."""
_LABELS = (20, 34, 46, 62)
"""Widths of the column of labels in mm: the first in which the longest takes two lines, and no word
is broken."""
_LETTER, _WIDEST, _PADDING = 1.9, 2.4, 4
"""Width in mm of a letter on the average and of those of a long word; of both margins of a cell."""
_SHORT = frozenset(
    "angka biaya hari jam jumlah kapan mulai nilai no nomor pukul skor sudah tanggal waktu".split()
)
"""First words of heads of columns whose answers are a number, a date, a word."""
_NARROW = 0.6
"""Width of such a column, of that of another one."""


def set_columns(table: HtmlElement, width: float = WIDTH) -> None:
    """Give the columns of a worksheet their shares of its width in mm.

    Fixed layout takes widths from the columns or the first row, not from those below (CSS 2.1,
    17.5.2.1).
    """
    for old in table.findall("colgroup"):
        table.remove(old)
    columns = etree.Element("colgroup")
    for column in _widths(table, width):
        etree.SubElement(columns, "col", {"style": f"width: {100 * column / width:.1f}%"})
    table.insert(0, columns)


def set_rows(table: HtmlElement) -> None:
    """Give the rows of a worksheet in a book the height of one, two or three lines."""
    rows = table.findall("./tbody/tr")
    labels = any(row.findall("th") for row in rows)
    widest = max(_widths(table, WIDTH)[labels:], default=WIDTH)
    most = min(_MOST, int(_TABLE / LINE / max(1, len(rows))))
    lines = max(1, min(most, round(_ANSWER / widest)))
    for row in rows:
        row.set("style", f"height: {lines * LINE:g}mm")


def _widths(table: HtmlElement, width: float) -> list[float]:
    """Of each column in mm: labels as wide as they need, others alike, short answers less."""
    heads = [head.text_content().lower().split() for head in table.find("./thead/tr")]
    labels = [row[0].text_content() for row in table.findall("./tbody/tr") if row[0].tag == "th"]
    first = [_label_width(labels)] if labels else []
    shares = [_NARROW if head and head[0] in _SHORT else 1 for head in heads[len(first) :]]
    if not shares:
        return [width]
    unit = (width - sum(first)) / sum(shares)
    return [*first, *(unit * share for share in shares)]


def _label_width(labels: list[str]) -> float:
    words = [word for label in labels for word in label.split()]
    letters = max(map(len, words), default=0)
    longest = max(max(map(len, labels)) * _LETTER / 2, letters * _WIDEST) + _PADDING
    return next((label for label in _LABELS if label >= longest), _LABELS[-1])
