"""The pieces that readers of file formats yield, and what those readers have in common."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from PIL import Image

from .key_rows import key_rows

LARGEST = 300_000_000
"""Bytes that one packed file may unpack to."""


class UnopenedError(Exception):
    """A file that cannot be opened as what it is; the message is in Bahasa Indonesia."""


@dataclass(frozen=True)
class Said:
    """A piece of a file's content: a text, or the hash of a picture (`text` is empty then)."""

    text: str
    picture: str = ""
    paragraphs: bool = False
    """Whether each line is a paragraph of its own, so that no sentence continues on the next."""

    @cached_property
    def key_rows(self) -> tuple[str, ...]:
        """Its key sheets; kept, for what a PDF says is asked for in each run that has it."""
        return tuple(key_rows(self.text))

    def passages(self) -> list[str]:
        """The text, split where no sentence continues."""
        return self.text.split("\n") if self.paragraphs else [self.text]


@dataclass(frozen=True)
class Packed:
    """A file within a file, still to be opened; `name` may be no more than its suffix."""

    name: str
    data: bytes


def pixel_hash(picture: Image.Image) -> str:
    """SHA-256 of the size and the pixels of an opened picture, its transparency aside."""
    plain = picture.convert("RGB")
    return hashlib.sha256(f"{plain.size}".encode() + plain.tobytes()).hexdigest()
