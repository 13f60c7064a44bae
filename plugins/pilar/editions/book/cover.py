"""The cover: its title, and its picture, drawn from the codes of the modules."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from pilar.editions.page_fit import POINT, height, longest

ACROSS = 12
"""Tiles in a row of up to ROWS modules."""
ROWS = 7
"""Rows of a picture on A4."""
_GREYS = ("#000", "#000", "#444", "#888", "#bbb")
_MOTIFS = (
    "M0 0h10a10 10 0 0 1-10 10z",
    "M0 0a10 10 0 0 0 10 10 10 10 0 0 0-10-10z",
    "M0 10V5l5-5 5 5v5z",
    "M0 0h10v10z",
    "M5 .8a4.2 4.2 0 1 0 .01 0z",
    "M0 0h10v2.5H0zM0 5h10v2.5H0z",
    "M0 0h10A10 10 0 0 1 0 10V7A7 7 0 0 0 7 0H4A4 4 0 0 1 0 4z",
)
"""Quarter circle, leaf, house, half, dot, stripes, rings, in a tile of 10 × 10."""
_UPRIGHT = 2
"""The motif that is not turned: a house."""
_WIDTH, _A4 = 174, 297
"""Width of what covers have, height of a usual sheet, in mm."""
_SIZES = (46, 42, 38, 34, 30, 26, 22)


def rows_on(sheet: float) -> int:
    """Rows of the picture on a sheet so many mm high: a longer one has more of them."""
    return ROWS + int((sheet - _A4) * ACROSS / _WIDTH)


def picture(codes: Sequence[str], rows: int = ROWS) -> bytes:
    """An SVG in grey, of the same shape for any number of modules: their rows by turns, of each
    the same first one. A module has one of the motifs in about half of its tiles.
    """
    count = max(rows, len(codes))
    across = round(count * ACROSS / rows)
    tiles = "".join(
        _tile(x, y, codes[y % len(codes)], y // len(codes))
        for y in range(count)
        for x in range(across)
    )
    size = f"{across * 10} {count * 10}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{tiles}</svg>'.encode()


def _tile(x: int, y: int, code: str, row: int) -> str:
    chance = hashlib.sha256(f"{code} {row} {x}".encode()).digest()
    ours = crc32(code.encode())
    which = (ours if chance[3] < 110 else chance[0]) % len(_MOTIFS)
    motif, grey = _MOTIFS[which], _GREYS[chance[1] % len(_GREYS)]
    turn = chance[2] % 4 * 90 if which != _UPRIGHT else 0
    place = f"translate({x * 10} {y * 10}) rotate({turn} 5 5)"
    return f'<path transform="{place}" d="{motif}" fill="{grey}"/>'


@dataclass(frozen=True)
class CoverTitle:
    """What stands large on a cover, in `size` points, what small above it, and how high the picture
    is, in hundredths of its width.
    """

    short: str
    above: str
    size: int
    picture: float


def cover_title(title: str, rows: int = ROWS) -> CoverTitle:
    """`Pelatihan …: Sinergi` has what is behind the colon large.

    The size is one in which it has at most three lines and no word is broken.
    """
    above, _, short = title.rpartition(": ")
    for size in _SIZES:
        lines = round(height([short], _WIDTH, size, 700, 1) / (size * POINT))
        if lines <= 3 and longest(short, size, 700) <= _WIDTH:
            break
    return CoverTitle(short, above, size, round(100 * rows / ACROSS, 2))


def ruled(width: float, height: float, step: float = 8.5) -> bytes:
    """An SVG of lines for notes, all in mm."""
    lines = "".join(f"M0 {step * n:g}h{width:g}" for n in range(1, int(height / step) + 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<path d="{lines}" stroke="#000" stroke-width=".2"/></svg>'
    ).encode()
