"""The texts of a PDF: those printed, and every string object in it, whatever its purpose."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from pilar.store.cache import kept

from .said import LARGEST, Packed, Said, UnopenedError, pixel_hash


@dataclass(frozen=True)
class PageTexts:
    """Text of pages by a hash of their content: the joined book has those of all the others again,
    and so has the next run, with which they are shared through the cache in `folder`. Within a
    process also all that the last files say, for most books are those of the run before.
    """

    folder: Path | None = None
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[bytes, tuple[Said | Packed, ...]] = field(default_factory=dict)

    def file(
        self, data: bytes, read: Callable[[], Iterable[Said | Packed]]
    ) -> Iterable[Said | Packed]:
        """What `read` finds in a file with these bytes, read once while it is among the last."""
        key = hashlib.sha256(data).digest()
        found = self.files.pop(key, None) or tuple(read())
        self.files[key] = found  # behind all others
        if len(self.files) > _FILES:
            del self.files[next(iter(self.files))]
        return found

    def text(self, key: str, read: Callable[[], str]) -> str:
        """The text of the page with this hash; `read` reads it where nobody has."""
        if key not in self.texts:
            made = kept(self.folder, lambda: read().encode(*_ANY), "teks halaman", key, code=_HERE)
            self.texts[key] = made.decode(*_ANY)
        return self.texts[key]


@lru_cache(maxsize=1)
def texts_in(folder: Path | None) -> PageTexts:
    """Those of this process."""
    return PageTexts(folder)


_FILES = 24
"""Twice the PDFs that participants of one run get."""
_ANY = "utf-8", "surrogatepass"
"""A damaged font may print halves of characters."""
_HERE = Path(__file__).parent
_STRING = re.compile(rb"(\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]{2,}>)", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\]()%{}]{5,})")
_OCTAL = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_STREAM = re.compile(rb">>\s*stream\r?\n(.*?)endstream", re.DOTALL)
_NUMBER = re.compile(rb"(\d+)\s+(\d+)\s+obj\b")
_OPENED = (b"/Image", b"/Metadata", b"/EmbeddedFile")
_PACKED = ("/Metadata", "/EmbeddedFile")


def read_pdf(data: bytes, known: PageTexts) -> Iterator[Said | Packed]:
    """Printed text; then outline, metadata, notes, form values, alternative texts and names of
    destinations, which are all strings; attachments; pictures.

    Pages that are `known` are not read again; the others will be. Raises UnopenedError for a
    damaged or encrypted file.
    """
    yield from known.file(data, partial(_pieces, data, known))


def _pieces(data: bytes, known: PageTexts) -> Iterator[Said | Packed]:
    try:
        # Pages are compared by content: attributes inherited from the page tree count as theirs.
        with pikepdf.open(io.BytesIO(data), inherit_page_attributes=True) as pdf:
            yield from _printed(data, pdf, known)
            written = None if pdf.is_encrypted else unpacked(data)
            if written is None:
                yield from _strings(_STRING.split(_rewritten(pdf)))
                yield from _streams(pdf.objects)
            else:
                pieces, streams = written
                yield from _strings(pieces)
                yield from _streams(pdf.get_object(number) for number in streams)
    except (pypdfium2.PdfiumError, pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise UnopenedError("berkas PDF rusak atau bersandi") from error


def _printed(data: bytes, pdf: pikepdf.Pdf, known: PageTexts) -> Iterator[Said]:
    """The text of all pages as one, because sentences continue from page to page."""
    pages: list[str] = []
    with pypdfium2.PdfDocument(data) as document:
        own = hashlib.sha256(data).hexdigest()
        hashes: dict[tuple[int, int], str] = {}
        for number, made_from in enumerate(pdf.pages):
            key = _hash(made_from.obj, own, hashes)
            pages.append(known.text(key, partial(_read, document, number)))
    yield Said("\n".join(pages))


def _read(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    said = text.get_text_range()
    text.close()
    page.close()
    return str(said)


_HOLDERS = (pikepdf.Dictionary, pikepdf.Array)
_ELSEWHERE = ("/Parent", "/StructParents", "/Annots", "/B", "/Tabs")
"""Entries of a page that depend on its place in the file, or hold no printed text."""


def _hash(item: Any, own: str, known: dict[tuple[int, int], str]) -> str:
    """Hash of all that a page's text is made from, independent of object numbers.

    `own` is the file's hash, `known` has those of objects that were hashed in it before.
    """
    number = item.objgen if isinstance(item, pikepdf.Object) and item.is_indirect else None
    if number in known:
        return known[number]
    if number:
        known[number] = f"{own} {number}"  # ends cycles of references
    if isinstance(item, pikepdf.Stream):
        packed = hashlib.sha256(item.read_raw_bytes()).hexdigest()
        text = f"{packed} {_hash(item.stream_dict, own, known)}"
    elif isinstance(item, _HOLDERS) and b" R" not in (raw := item.unparse()):
        text = raw.decode("latin-1")  # without references; often long, as widths of glyphs are
    elif isinstance(item, pikepdf.Dictionary):
        pairs = sorted((key, value) for key, value in item.items() if key not in _ELSEWHERE)
        text = repr([(key, _hash(value, own, known)) for key, value in pairs])
    elif isinstance(item, pikepdf.Array):
        text = repr([_hash(one, own, known) for one in item])
    else:
        text = repr(item)
    found = hashlib.sha256(text.encode()).hexdigest()
    if number:
        known[number] = found
    return found


def unpacked(data: bytes) -> tuple[list[bytes], list[tuple[int, int]]] | None:
    """A PDF's objects as written in the file, object streams decompressed, other streams left out:
    pieces of which every second is a string, and the numbers of the streams to open.

    That takes a twelfth of the time of rewriting the file. None for a file that is not written as
    qpdf writes (all books are), where something could be missed: escapes in names (`#41`), nested
    parentheses in strings, object streams with predictors (ISO 32000-1, 7.3.4, 7.3.5, 7.5.7).
    """
    pieces: list[bytes] = []
    streams: list[tuple[int, int]] = []
    end = 0
    for stream in _STREAM.finditer(data):
        head = data[end : stream.start() + 2]
        end = stream.end()
        pieces.append(head)
        *_, number = [None, *_NUMBER.finditer(head)]
        if number is None:
            return None
        dictionary = head[number.end() :]
        if any(kind in dictionary for kind in _OPENED):
            streams.append((int(number[1]), int(number[2])))
        if b"/ObjStm" in dictionary:
            objects = _inflated(stream[1]) if b"/DecodeParms" not in dictionary else None
            if objects is None:
                return None
            pieces.append(objects)
    pieces.append(data[end:])
    found = _STRING.split(b"\n".join(pieces))
    rest = b"".join(found[::2])
    strange = b"(" in rest or b")" in rest or re.search(rb"/[^\s/<>\[\]()]*#", rest)
    return None if strange else (found, streams)


def _inflated(data: bytes) -> bytes | None:
    packed = zlib.decompressobj()
    try:
        objects = packed.decompress(data, LARGEST)
    except zlib.error:
        return None
    return objects if packed.eof else None


def _rewritten(pdf: pikepdf.Pdf) -> bytes:
    """The file saved without compression and object streams, its streams left out."""
    plain = io.BytesIO()
    pdf.save(
        plain,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        encryption=False,
        fix_metadata_version=False,
    )
    return _STREAM.sub(b">>", plain.getvalue())


def _strings(pieces: list[bytes]) -> Iterator[Said]:
    """Every string object, which is every second piece, and every name."""
    for raw in set(pieces[1::2]):
        yield Said(_text(raw))
    names = set(_NAME.findall(b"\n".join(set(pieces))))
    yield Said("\n".join(sorted(name.decode("latin-1") for name in names)))


def _text(raw: bytes) -> str:
    if raw.startswith(b"<"):
        digits = re.sub(rb"\s", b"", raw[1:-1])
        data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        data = _OCTAL.sub(_unescaped, raw[1:-1])
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", errors="replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", errors="replace")
    return data.decode("latin-1")


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 0xFF])
    return _ESCAPED.get(code, b"" if code.endswith(b"\n") else code)


def _streams(objects: Iterable[pikepdf.Object]) -> Iterator[Said | Packed]:
    """Attachments, metadata and pictures."""
    for item in objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        if item.get("/Subtype") == "/Image":
            yield from _picture(item)
        elif str(item.get("/Type", "")) in _PACKED:
            name = ".xml" if item.get("/Type") == "/Metadata" else ""
            yield Packed(name, item.read_bytes())


def _picture(stream: pikepdf.Stream) -> Iterator[Said | Packed]:
    if stream.get("/Filter") == "/DCTDecode":
        yield Packed(".jpg", stream.read_raw_bytes())
    try:
        yield Said("", pixel_hash(pikepdf.PdfImage(stream).as_pil_image()))
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError):
        return  # a mask, or a kind of image that no edition writes
