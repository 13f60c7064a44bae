"""Pictures, re-encoded: the result holds visible content and nothing else.

EXIF (with the place where a photograph was taken), comments, thumbnails and data after the end of
the picture are lost. The same input gives the same bytes.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from PIL import Image, ImageCms, ImageFile, ImageOps

from .drawings import PictureError, clean_drawing

__all__ = ["SUFFIXES", "PictureError", "clean_picture", "picture_size"]

MOST_PIXELS = 20_000_000
"""Pixels of the largest picture; a cheap phone gives up on more."""

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}
SUFFIXES = (".svg", *_FORMATS)
_SAVING: dict[str, dict[str, Any]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 90, "optimize": True},
    "WEBP": {"quality": 90, "method": 4},
    "GIF": {"optimize": False},
}
_MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"),
    "JPEG": ("L", "RGB"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("L", "P"),
}
"""Pillow's modes in which a format is written; others are converted to the nearest."""
_POINTER = b"version https://git-lfs.github.com/"
"""Beginning of the pointer that git stores instead of a file in Git LFS."""
_SHRINK = "Perkecil gambar; lebar 1600 piksel cukup untuk layar dan buku"
_RESAVE = "Simpan ulang gambar itu dengan program lain"


@lru_cache(maxsize=256)
def clean_picture(name: str, data: bytes) -> bytes:
    """The picture of file `name`, re-encoded in the same format, upright, in sRGB.

    Raises PictureError for what is not a picture of the kind its name says, moves, has more than
    MOST_PIXELS pixels, or (SVG) does more than draw.
    """
    if data.startswith(_POINTER):
        message = "gambar ini tersimpan di Git LFS dan belum diunduh"
        raise PictureError(message, "Jalankan `git lfs pull`, atau simpan gambarnya tanpa Git LFS")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".svg":
        return clean_drawing(data)
    if suffix not in _FORMATS:
        raise PictureError("jenis gambar ini tidak didukung", "Pakai SVG, PNG, JPG, atau WebP")
    try:
        with warnings.catch_warnings(), _whole_pictures():
            warnings.simplefilter("ignore")  # about its size, which is checked below
            return _rewritten(data, _FORMATS[suffix])
    except PictureError:
        raise
    except Exception as error:
        # The decoders raise a dozen kinds of exception over damaged files.
        message = f"gambar rusak, atau isinya bukan {_FORMATS[suffix]}"
        raise PictureError(message, _RESAVE) from error


def picture_size(name: str, data: bytes) -> tuple[int, int] | None:
    """Width and height of a cleaned picture, in pixels; in units of the drawing for SVG, None where
    it has none.
    """
    if PurePosixPath(name).suffix.lower() != ".svg":
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    box = etree.fromstring(data).get("viewBox", "").replace(",", " ").split()
    return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else None


@contextmanager
def _whole_pictures() -> Iterator[None]:
    """Refuse truncated pictures: WeasyPrint sets a global flag of Pillow that accepts them."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _rewritten(data: bytes, kind: str) -> bytes:
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            message = f"gambar terlalu besar: {width} × {height} piksel"
            raise PictureError(message, _SHRINK)
        if getattr(picture, "n_frames", 1) > 1:
            hint = "Simpan satu gambar diam; gambar bergerak tidak dapat dicetak"
            raise PictureError("gambar ini bergerak", hint)
        picture.load()
        pixels = _standard_colors(ImageOps.exif_transpose(picture), kind)
    transparency = pixels.info.get("transparency")
    pixels.info = {} if transparency is None else {"transparency": transparency}
    target = io.BytesIO()
    pixels.save(target, kind, **_SAVING[kind])
    return target.getvalue()


def _standard_colors(picture: Image.Image, kind: str) -> Image.Image:
    """In sRGB and in a mode that `kind` is written in."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("L", "RGB", "RGBA", "CMYK"):
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
        except ImageCms.PyCMSError:
            changed = None  # a profile of another colour space than its picture's is ignored
        picture = picture if changed is None else changed
    if picture.mode in _MODES[kind]:
        return picture
    if picture.mode.startswith(("I", "F")):
        # 16 bits a pixel: the upper eight are what a screen shows.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
        return picture if "L" in _MODES[kind] else picture.convert("RGB")
    transparent = kind != "JPEG" and picture.has_transparency_data
    return picture.convert("RGBA" if transparent else "RGB")
