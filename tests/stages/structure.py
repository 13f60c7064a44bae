"""What a screen reader gets from a tagged PDF: its structure tree with the texts."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from pypdfium2 import raw


def outline(pdf: bytes) -> str:
    """The tree in one line: `Document(P[kata] L(LI(Lbl[1.] LBody[kata])))`.

    Annotations are `@`, alternative texts `{kata}`, attributes of cells `Column`, `Row` or `2x1`.
    """
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return _outline(book.Root.StructTreeRoot.K[0], _Texts(pdf, book))


def spoken(pdf: bytes) -> str:
    """All text in the order of the tree."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        texts = _Texts(pdf, book)
        return " ".join(texts.of(*mark) for mark in _marks(book.Root.StructTreeRoot.K[0]))


class _Texts:
    """Text of each marked content, as PDFium finds it."""

    def __init__(self, pdf: bytes, book: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: number for number, page in enumerate(book.pages)}
        with pypdfium2.PdfDocument(pdf) as read:
            self.texts = [dict(_page_texts(page)) for page in read]

    def of(self, page: pikepdf.Object, mark: int) -> str:
        return self.texts[self.pages[page.objgen]].get(mark, "")


def _page_texts(page: pypdfium2.PdfPage) -> Iterator[tuple[int, str]]:
    texts: dict[int, str] = {}
    letters = page.get_textpage()
    for thing in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
        mark = raw.FPDFPageObj_GetMarkedContentID(thing)
        size = raw.FPDFTextObj_GetText(thing, letters, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(
            thing, letters, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
        )
        texts[mark] = texts.get(mark, "") + buffer.raw[:-2].decode("utf-16-le")
    yield from texts.items()


def _kids(element: pikepdf.Object) -> Iterator[pikepdf.Object | int]:
    yield from element.get(Name.K, Array())


def _marks(element: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, int]]:
    for kid in _kids(element):
        if isinstance(kid, int):
            yield element.Pg, kid
        elif kid.get(Name.Type) == Name.MCR:
            yield kid.Pg, int(kid.MCID)
        elif Name.S in kid:
            yield from _marks(kid)


def _outline(element: pikepdf.Object, texts: _Texts) -> str:
    inside: list[str] = []
    text = ""
    for kid in _kids(element):
        if isinstance(kid, int):
            text += texts.of(element.Pg, kid)
        elif kid.get(Name.Type) == Name.MCR:
            text += texts.of(kid.Pg, int(kid.MCID))
        else:
            inside += _said(text)
            text = ""
            inside.append(_outline(kid, texts) if Name.S in kid else "@")
    inside += _said(text)
    words = "".join(f"{{{element[key]}}}" for key in ("/Alt", "/E", "/Lang") if key in element)
    body = inside[0] if len(inside) == 1 and inside[0][0] == "[" else f"({' '.join(inside)})"
    return f"{str(element.S)[1:]}{words}{_cell(element)}{body if inside else ''}"


def _said(text: str) -> list[str]:
    """Text in brackets; PDFium guesses at spaces from gaps."""
    return [f"[{' '.join(text.split())}]"] if text.strip() else []


def _cell(element: pikepdf.Object) -> str:
    table = element.get(Name.A, Dictionary())
    if table.get(Name.O) != Name.Table:
        return ""
    spans = [int(table.get(key, 1)) for key in ("/ColSpan", "/RowSpan")]
    return f":{str(table.get('/Scope', '/'))[1:]}" + ("x".join(map(str, spans)) * (spans != [1, 1]))
