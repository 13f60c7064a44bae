"""Imposes a book for saddle stitching: two pages a side, to be folded in the middle and stapled.

A file for the printer alone: no tags, links or outline.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil

import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, String

from .join import saved

STEM = "{}-buklet"
"""File name, without suffix, of the booklet of a book."""
NOTE = "Berkas cetak: bolak-balik, balik di sisi pendek; untuk layar ada bukunya"
"""What the file says of itself."""
MOST = 40
"""Pages of a signature (katern) at most: ten sheets of 80 g paper still fold and take a staple.

At their fore edge the inner ones stand out by less than a millimetre: creep is not allowed for.
"""
EDGE, FOLD = 6, 12
"""Left white, in mm: at the edges of a sheet, where office printers print nothing; at the fold."""
MM = 72 / 25.4
"""In points."""
_COARSE = 0.5
"""Pixels a point at which ink is looked for."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


def booklet(book: bytes, title: str, sheet: tuple[int, int]) -> bytes:
    """The book on sheets of this width and height in mm (A4: 210, 297), which lie on their side.

    To be printed on both sides, flipped on the short edge. `title` is the file's. The
    white around its pages is cut off, so that the type stays as large as it can. Deterministic.
    """
    half = (sheet[1] * MM / 2, sheet[0] * MM)
    made, labels = Pdf.new(), Array()
    with Pdf.open(io.BytesIO(book)) as source:
        matrices = _matrices(list(_inked(book)), half)
        forms = [made.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for count, signature in enumerate(signatures(len(forms)), 1):
            labels.append(len(made.pages))
            labels.append(Dictionary(S=Name.D, P=String(f"Katern {count}-")))
            for pair in sides(signature):
                page = made.add_blank_page(page_size=(2 * half[0], half[1]))
                for number in pair:
                    if number < len(forms):
                        clip = f"{half[0] * _is_right(number):.3f} 0 {half[0]:.3f} {half[1]:.3f} re"
                        # A name of its own making would be another one every time.
                        name = page.add_resource(forms[number], Name.XObject, Name(f"/H{number}"))
                        drawing = f"q {clip} W n {matrices[number]} cm {name} Do Q\n"
                        page.contents_add(drawing.encode())
    made.Root.PageLabels = Dictionary(Nums=labels)
    return _written(made, title)


def signatures(pages: int) -> Iterator[range]:
    """Pages, from 0, of each signature: as even as fours can be; the last may lie past the end."""
    fours = ceil(pages / 4)
    count = ceil(fours * 4 / MOST)
    for n in range(count):
        yield range(4 * (fours * n // count), 4 * (fours * (n + 1) // count))


def sides(signature: range) -> Iterator[tuple[int, int]]:
    """Left and right page of each side: front and back of the outermost sheet, then inwards."""
    for inner in range(0, len(signature) // 2, 2):
        yield signature[-1 - inner], signature[inner]
        yield signature[inner + 1], signature[-2 - inner]


def _is_right(number: int) -> bool:
    """Does this page, from 0, lie to the right of the fold?"""
    return number % 2 == 0


def _inked(book: bytes) -> Iterator[Box | None]:
    """Of each page, the box of all that is drawn on it; None where nothing is."""
    with pypdfium2.PdfDocument(book) as document:
        for page in document:
            picture = page.render(scale=_COARSE, grayscale=True).to_pil()
            ink = picture.point(lambda shade: 255 * (shade < 255)).getbbox()
            if ink is None:
                yield None
            else:
                left, top, right, bottom = (side / _COARSE for side in ink)
                yield left, page.get_height() - bottom, right, page.get_height() - top


def _matrices(inked: Sequence[Box | None], half: tuple[float, float]) -> list[str]:
    """What brings each page into its half: all alike, but for those that are drawn further out."""
    edge, fold = EDGE * MM, FOLD * MM
    rooms = {
        False: (edge, edge, half[0] - fold, half[1] - edge),
        True: (half[0] + fold, edge, 2 * half[0] - edge, half[1] - edge),
    }
    frames = {side: _frame([ink for ink in inked[not side :: 2] if ink]) for side in rooms}
    scale = min(_scale(frames[side], rooms[side]) for side in rooms)
    found = []
    for number, ink in enumerate(inked):
        frame, room = frames[_is_right(number)], rooms[_is_right(number)]
        box = frame if ink is None or _union(frame, ink) == frame else ink
        found.append(_matrix(box, room, min(scale, _scale(box, room))))
    return found


def _frame(inked: Sequence[Box]) -> Box:
    """What the ink of pages lies in, leaving out at each side the eighth that goes furthest:
    covers, and sheets to cut out.
    """
    if not inked:
        return (0, 0, 1, 1)
    few = len(inked) // 8
    left, bottom, right, top = zip(*inked, strict=True)
    low, high = sorted, partial(sorted, reverse=True)
    return low(left)[few], low(bottom)[few], high(right)[few], high(top)[few]


def _union(one: Box, other: Box) -> Box:
    left, bottom = map(min, one[:2], other[:2])
    right, top = map(max, one[2:], other[2:])
    return left, bottom, right, top


def _scale(box: Box, room: Box) -> float:
    """By how much a box is made smaller to fit."""
    across, up = ((room[n + 2] - room[n]) / (box[n + 2] - box[n]) for n in (0, 1))
    return min(1.0, across, up)


def _matrix(box: Box, room: Box, scale: float) -> str:
    """Makes a box smaller and puts it into the middle of the room: operands of `cm`."""
    x, y = (
        (room[side] + room[side + 2] - scale * (box[side] + box[side + 2])) / 2 for side in (0, 1)
    )
    return f"{scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f}"


def _written(made: Pdf, title: str) -> bytes:
    made.Root.Lang = String("id")
    made.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
    )
    return saved(made, title, NOTE)
