"""Words planted in the project `rahasia`, and where they come out.

A word that begins with `xpelatih` is for trainers, `xpeserta` for participants, `xsemua` for both;
`xbuang` marks comments and metadata, which are for nobody.
"""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pikepdf
from PIL import Image, PngImagePlugin

from .trees import files, packed

_WORD = re.compile(r"\bx(?:pelatih|peserta|semua|buang)[a-z]+", re.IGNORECASE)


def add_pictures(root: Path) -> None:
    """Write the project's bitmaps, with words in their metadata."""
    folder = root / "modules/jaga/aset"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "xbuangkomentarpng")
    Image.new("L", (40, 20), 200).save(folder / "xsemuafoto.png", pnginfo=text)
    Image.new("L", (40, 20), 100).save(folder / "xsemuapotret.jpg", comment=b"xbuangkomentarjpg")
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "xpelatihkomentardenah")
    Image.new("L", (40, 20), 50).save(folder / "xpelatihdenah.png", pnginfo=text)


def planted(root: Path) -> dict[str, set[str]]:
    """All words planted below a folder, names of files included, by their audience."""
    found: dict[str, set[str]] = {
        "pelatih": set(),
        "peserta": set(),
        "semua": set(),
        "buang": set(),
    }
    for name, path in files(root).items():
        text = f"{name} {path.read_text('utf-8', errors='replace')}"
        for word in _WORD.findall(text):
            audience = next(key for key in found if word.lower().startswith(f"x{key}"))
            found[audience].add(word.lower())
    return found


def seen(folder: Path) -> dict[str, str]:
    """All that the files of an output hold, letters and digits only, by path.

    Names of files count, as do packed files, and in a PDF the text as printed, every string and
    every stream. Nothing but letters and digits is kept, so that a hyphen at the end of a line
    hides no word.
    """
    return {name: _letters(f"{name} {_content(path)}") for name, path in files(folder).items()}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _content(path: Path) -> str:
    data = path.read_bytes()
    match path.suffix:
        case ".gz":
            return gzip.decompress(data).decode("latin-1")
        case ".pdf":
            return f"{_printed(path)} {strings(path)}"
        case ".zip" | ".epub" | ".bin":
            return " ".join(f"{name} {data.decode('latin-1')}" for name, data in packed(path))
        case ".json" | ".html" | ".xml" | ".svg" | ".css" | ".js":
            return data.decode("utf-8")
        case _:
            return data.decode("latin-1")


def _printed(path: Path) -> str:
    command = ["pdftotext", "-q", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def strings(path: Path) -> str:
    """Every name, string and stream of a PDF: metadata, outline, destinations, attachments …"""
    pieces: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, pikepdf.Stream):
            pieces.append(_stream(value).decode("latin-1"))
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            for key in value.keys():  # noqa: SIM118 (a pikepdf dictionary is no mapping)
                pieces.append(key)
                child = value[key]
                if not _indirect(child):
                    walk(child)
        elif isinstance(value, pikepdf.Array):
            for child in value:
                if not _indirect(child):
                    walk(child)
        elif isinstance(value, pikepdf.String | pikepdf.Name):
            pieces.append(str(value))

    with pikepdf.open(path) as pdf:
        for number in range(1, len(pdf.objects) + 1):
            walk(pdf.get_object(number, 0))
        walk(pdf.trailer)
    return " ".join(pieces)


def _stream(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture's own compression: its bytes are the picture file's
        return stream.read_raw_bytes()


def _indirect(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect
