"""The QR code that a book carries: where to ask whether the copy still holds.

It depends on the run and is added when a book is joined, in the room that the templates reserve,
so that the body of a module need be laid out only once for all runs.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import groupby

import pikepdf
import segno
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from .rendered import Part

QUIET = 4
"""Width of the quiet zone around a QR code, in its modules (ISO/IEC 18004)."""


@dataclass(frozen=True)
class Stamp:
    """A page of its own, to be drawn at `anchor`; `address` is the address that it encodes."""

    anchor: str
    address: str
    part: Part


@dataclass(frozen=True)
class Symbol:
    """A QR code as one SVG path in units of a module, quiet zone included in `size`."""

    size: int
    path: str


def symbol(address: str) -> Symbol:
    """The QR code of an address, error correction M or better."""
    matrix = segno.make(address, error="m", micro=False).matrix
    path = []
    for y, row in enumerate(matrix, QUIET):
        x = QUIET
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                path.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return Symbol(len(matrix) + 2 * QUIET, "".join(path))


def apply(stamp: Stamp, book: Pdf, below: Object) -> None:
    """Draw a stamp at its anchor, lead a link from it, and tag both as a child of `below`.

    The page must be in the structure tree already. The tags are Link, Figure (with the address as
    its alternative text) and the reference to the annotation.
    """
    place = NameTree(book.Root.Names.Dests)[stamp.anchor]
    page = place[0]
    left, top = float(place[2]), float(place[3])
    form, width, height = _form(book, stamp.part)
    box = [left, top - height, left + width, top]
    tree = book.Root.StructTreeRoot
    words = f"Kode QR untuk memeriksa apakah salinan ini masih berlaku: {stamp.address}"

    link = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=below, Pg=page))
    figure = book.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Figure, P=link, Pg=page, Alt=String(words))
    )
    figure.A = Dictionary(O=Name.Layout, BBox=Array(box), Placement=Name.Block)
    # A marked content's identifier is its place in this array (ISO 32000-1, 14.7.4.4).
    owners = _owners(tree, int(page.StructParents))
    figure.K = len(owners)
    owners.append(figure)
    _paint(page, form, box[:2], int(figure.K))

    key = int(tree.ParentTreeNextKey)
    note = book.make_indirect(_annotation(box, words, stamp.address, key))
    page.Annots = Array([*page.get(Name.Annots, Array()), note])
    tree.ParentTree.Nums.extend(Array([key, link]))
    tree.ParentTreeNextKey = key + 1
    link.K = Array([figure, Dictionary(Type=Name.OBJR, Obj=note, Pg=page)])
    below.K = Array([link, *(below.K if isinstance(below.K, Array) else [below.K])])


def _paint(page: Object, form: Object, corner: list[float], mark: int) -> None:
    """Draw a form with its lower left `corner` at a point of the page, as marked content."""
    page.Resources = Dictionary(dict(page.Resources))  # the part's pages share theirs
    drawn = Dictionary(dict(page.Resources.get(Name.XObject, Dictionary())))
    drawn.PilarQR = form
    page.Resources.XObject = drawn
    paint = f"q 1 0 0 1 {corner[0]:.3f} {corner[1]:.3f} cm /PilarQR Do Q"
    marked = f"/Figure <</MCID {mark}>> BDC {paint} EMC"
    # What the page draws may leave its coordinates turned: `q` and `Q` around it restore them.
    pikepdf.Page(page).contents_add(b"q\n", prepend=True)
    pikepdf.Page(page).contents_add(f"Q\n{marked}\n".encode())


def _annotation(box: list[float], words: str, address: str, key: int) -> Dictionary:
    """A link from `box` to the address; `key` is its own in the parent tree."""
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array(box),
        Border=Array([0, 0, 0]),
        F=4,  # printed
        Contents=String(words),
        StructParent=key,
        A=Dictionary(Type=Name.Action, S=Name.URI, URI=String(address)),
    )


def _owners(tree: Object, key: int) -> Object:
    """The structure elements of a page's marked contents, in the parent tree."""
    numbers = tree.ParentTree.Nums
    place = next(n for n in range(0, len(numbers), 2) if int(numbers[n]) == key)
    return numbers[place + 1]


def _form(book: Pdf, part: Part) -> tuple[Object, float, float]:
    """The stamp's page as a form XObject, without its own tags; its width and height in points."""
    with Pdf.open(io.BytesIO(part.pdf)) as source:
        page = source.pages[0]
        tags = {"BDC", "BMC", "EMC", "DP", "MP"}
        steps = [s for s in pikepdf.parse_content_stream(page) if str(s.operator) not in tags]
        page.Contents = source.make_stream(pikepdf.unparse_content_stream(steps))
        form = page.as_form_xobject()
        width, height = (float(side) for side in list(page.mediabox)[2:])
        return book.copy_foreign(form), width, height
