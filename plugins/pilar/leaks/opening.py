"""Reads a finished file by its format and yields every text and picture in it.

The format is known by the first bytes (magic numbers), then by the suffix. Archives and
attachments are opened recursively, within bounds.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import io
import json
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import lxml.html
from lxml import etree
from PIL import Image

from pilar.store.pack import MAGIC, unpacked

from .office import FORMATS, paragraphs
from .pdf import PageTexts, read_pdf
from .said import LARGEST, Packed, Said, UnopenedError, pixel_hash

DEEPEST = 6
"""Depth to which archives may be nested."""

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_FONTS = (b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"OTTO")
_UNREADABLE = (
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)
"""Office files of before 2007 and those with a password, RTF, 7z, RAR, xz, zstd: nothing of Pilar
writes them, and words in them would pass unseen."""
_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]*;base64,([A-Za-z0-9+/=%\s]+)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\u\{0*([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]*>")
_INLINE = frozenset(
    "a abbr b bdi bdo code del dfn em font i ins kbd mark q s samp small span strong tspan u var "
    "wbr".split()
)
"""Elements within a word or a sentence (phrasing content); all others end one."""


def opened(
    name: str, data: bytes, pages: PageTexts | None = None, depth: int = 0
) -> Iterator[Said]:
    """Every text and picture of the file `name` with these bytes, its name included.

    `pages` carries the text of PDF pages from one file to the next; `depth` is the number of
    files that this one is nested in. Raises UnopenedError for damaged files, and for those nested
    deeper than DEEPEST or larger than LARGEST once unpacked.
    """
    pages = pages or PageTexts()
    for piece in pieces(name, data, pages, depth):
        if isinstance(piece, Packed):
            yield from opened(piece.name, piece.data, pages, depth + 1)
        else:
            yield piece


def pieces(name: str, data: bytes, pages: PageTexts, depth: int) -> Iterator[Said | Packed]:
    """What the file itself says, and the files in it, still packed; otherwise as `opened`."""
    if depth > DEEPEST:
        raise UnopenedError("berkas terkemas di dalam berkas terlalu dalam")
    yield Said(name)
    suffix = PurePosixPath(name).suffix.lower()
    if data.startswith(b"%PDF"):
        yield from read_pdf(data, pages)
    elif data.startswith(GZIP):
        yield Packed(name.removesuffix(".gz"), gunzipped(data))
    elif data.startswith(MAGIC):
        yield from _pack(data)
    elif data.startswith(ZIP):
        yield from _zip(data)
    elif data.startswith(_UNREADABLE):
        raise UnopenedError(
            "format lama, bersandi, atau bukan zip; simpan sebagai .docx atau .xlsx"
        )
    elif data.startswith(_PICTURES) and suffix not in (".html", ".js", ".css", ".json"):
        yield from opened_picture(data)
    elif data.startswith(_FONTS):
        yield Said(data.decode("latin-1"))
    else:
        yield from _written(suffix, _decoded(data))


def _written(suffix: str, text: str) -> Iterator[Said | Packed]:
    if suffix in (".html", ".htm"):
        yield from opened_html(text)
    elif suffix in (".xml", ".svg", ".xhtml", ".opf", ".ncx"):
        yield Said("", hashlib.sha256(text.encode()).hexdigest())
        yield from _xml(text)
    elif suffix in (".json", ".map", ".webmanifest"):
        yield from _json(text)
    else:
        yield Said(_unescaped(text))
    for match in _DATA_ADDRESS.finditer(text):
        try:
            packed = base64.b64decode(unquote(match[1]))
        except (binascii.Error, ValueError):
            continue  # no base64 after all; it was read as text above
        yield Packed("", packed)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def gunzipped(data: bytes) -> bytes:
    """What a gzip holds. Raises UnopenedError for a damaged one, or one larger than LARGEST."""
    try:
        with gzip.open(io.BytesIO(data)) as file:
            unpacked = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnopenedError("berkas gzip rusak") from error
    if len(unpacked) > LARGEST:
        raise UnopenedError("isi berkas gzip terlalu besar")
    return unpacked


def files_in(data: bytes) -> Iterator[Packed]:
    """The files of a pack, compressed or not, or of a ZIP archive. Raises UnopenedError for a
    damaged one, and for anything else.
    """
    data = gunzipped(data) if data.startswith(GZIP) else data
    if not data.startswith((MAGIC, ZIP)):
        raise UnopenedError("bukan kemasan halaman dan bukan zip")
    opened = _pack(data) if data.startswith(MAGIC) else _zip(data)
    yield from (piece for piece in opened if isinstance(piece, Packed))


def _pack(data: bytes) -> Iterator[Packed]:
    try:
        files = unpacked(data)
    except ValueError as error:
        raise UnopenedError("kemasan halaman rusak") from error
    yield from (Packed(name, held) for name, held in files.items())


def _zip(data: bytes) -> Iterator[Said | Packed]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST:
                raise UnopenedError("isi berkas zip terlalu besar")
            yield Said(archive.comment.decode("latin-1"))
            for member in archive.infolist():
                yield Said(member.comment.decode("latin-1"))
                if not member.is_dir():
                    yield Packed(member.filename, archive.read(member))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnopenedError("berkas zip rusak atau bersandi") from error


@lru_cache(maxsize=1)
def parsed(text: str) -> Any:
    """The elements of a page; the gate reads it twice, for its words and for its structure."""
    # lxml.html's own element classes would double the time.
    return lxml.html.document_fromstring(text, etree.HTMLParser())


def opened_html(text: str) -> Iterator[Said]:
    """Text, attributes, comments and scripts of a page."""
    if not text.strip():
        return
    page = parsed(text)
    yield Said(_flowing(page), paragraphs=True)
    values: set[str] = set()
    for element in page.iter():
        if not isinstance(element.tag, str):
            yield Said(element.text or "")
            continue
        if element.tag in ("script", "style"):
            yield Said(_unescaped(element.text or ""))
        attributes: Any = element.attrib
        for key, value in attributes.items():
            values.add(_one_line(f"{key} {value}" if key.startswith("data-") else value))
    # A set, because a page repeats the same values in a thousand attributes.
    yield Said("\n".join(map(_unquoted, values)), paragraphs=True)


def _flowing(element: Any) -> str:
    """Text of an element, with a line break wherever an element ends a sentence."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node.tag, str) and node.tag not in ("script", "style"):
            # Not etree.QName: HTML allows tags that XML does not, `x:y`.
            end = "" if node.tag.rpartition("}")[2] in _INLINE else "\n"
            pieces.append(end + _one_line(node.text))
            for child in node:
                walk(child)
            pieces.append(end)
        pieces.append(_one_line(node.tail))

    walk(element)
    return "".join(pieces)


def _unquoted(value: str) -> str:
    return _one_line(unquote(value)) if "%" in value else value


def _one_line(text: str | None) -> str:
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _xml(text: str) -> Iterator[Said]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        yield Said(text)
        return
    yield Said(_flowing(root), paragraphs=True)
    if any(name in text for name in FORMATS):
        yield from (Said(lines, paragraphs=True) for lines in paragraphs(root))
    notes: Any = root.getroottree().xpath("//comment() | //processing-instruction()")
    for node in notes:
        yield Said(node.text or "")
    values = {value for element in root.iter("*") for value in element.attrib.values()}
    yield from (Said(unquote(value)) for value in values)


def _json(text: str) -> Iterator[Said]:
    try:
        value = json.loads(text)
    except ValueError:
        yield Said(_unescaped(text))
        return
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            pending += value
        elif isinstance(value, str):
            yield Said(unquote(_without_tags(value)), paragraphs="<" in value)


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE else "\n", _one_line(text))


def _unescaped(text: str) -> str:
    """A script's text with its escape sequences decoded."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda found: chr(min(int(found[1] or found[2] or found[3], 16), 0x10FFFF)), text
    )


def opened_picture(data: bytes) -> Iterator[Said]:
    """Hashes of a picture and the words in its metadata. Raises UnopenedError for a damaged one."""
    yield Said("", hashlib.sha256(data).hexdigest())
    if (value := pixels(data)) is not None:
        yield Said("", value)
    yield Said(data.decode("latin-1"))
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            picture.load()
            values = [*picture.info.values(), *picture.getexif().values()]
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnopenedError("berkas gambar rusak") from error
    for value in values:
        yield Said(value.decode("latin-1") if isinstance(value, bytes) else str(value))


def pixels(data: bytes) -> str | None:
    """SHA-256 of a picture's pixels, whatever its format; None where Pillow cannot read it."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            return pixel_hash(picture)
    except (OSError, SyntaxError, ValueError, EOFError):
        return None
