"""What a PDF says: printed text, and every string in it, whatever it serves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2

from .opening import Said, UnopenedError, opened, pixel_hash

_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]{2,}>", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\]()%{}]{5,})")
_OCTAL = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PACKED = ("/Metadata", "/EmbeddedFile")


def opened_pdf(data: bytes, depth: int) -> Iterator[Said]:
    """Printed text; then outline, metadata, notes, form values, alternative texts and names of
    destinations, which are all strings; attachments; pictures.

    Raises UnopenedError for a damaged or encrypted file.
    """
    try:
        yield from _printed(data)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from _strings(pdf)
            yield from _streams(pdf, depth)
    except (pypdfium2.PdfiumError, pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise UnopenedError("berkas PDF rusak atau bersandi") from error


def _printed(data: bytes) -> Iterator[Said]:
    """The whole text, and not page by page: sentences run over the ends of pages."""
    pages: list[str] = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
    yield Said("\n".join(pages))


def _strings(pdf: pikepdf.Pdf) -> Iterator[Said]:
    """Every string object: the file written out plainly, its streams still packed."""
    plain = io.BytesIO()
    pdf.save(
        plain,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        encryption=False,
        fix_metadata_version=False,
    )
    written = _without_streams(plain.getvalue())
    for match in _STRING.finditer(written):
        yield Said(_text(match[0]))
    names = {match[1] for match in _NAME.finditer(written)}
    yield Said("\n".join(sorted(name.decode("latin-1") for name in names)))


def _without_streams(data: bytes) -> bytes:
    return re.sub(rb"\bstream\r?\n.*?endstream", b"", data, flags=re.DOTALL)


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


def _streams(pdf: pikepdf.Pdf, depth: int) -> Iterator[Said]:
    """Attachments and metadata, opened in their turn, and pictures."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        if item.get("/Subtype") == "/Image":
            yield from _picture(item, depth)
        elif str(item.get("/Type", "")) in _PACKED:
            name = ".xml" if item.get("/Type") == "/Metadata" else ""
            yield from opened(name, item.read_bytes(), depth + 1)


def _picture(stream: pikepdf.Stream, depth: int) -> Iterator[Said]:
    if stream.get("/Filter") == "/DCTDecode":
        yield from opened(".jpg", stream.read_raw_bytes(), depth + 1)
    try:
        yield Said("", pixel_hash(pikepdf.PdfImage(stream).as_pil_image()))
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError):
        return  # a mask, or a kind of picture that no edition writes
