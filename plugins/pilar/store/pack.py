"""A pack: files in one stream, cut into parts, so that what is alike can lie close together.

First a line of JSON: `{"kemasan": [NAME, ...], "bagian": [FILE, BYTES, FILE, BYTES, ...]}`, where
FILE counts names from 0; then the parts in that order. A file is its parts, one after another.
`overrides/luring/sw.js` reads packs on phones.

Decision: ZIP was tried, with an entry for each part. Names, checksums and sizes stand in it twice:
the 645 parts of a real site of trainers came to 655 KB, compressed, and to 634 as they are here.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable

from pydantic import BaseModel, NonNegativeInt

MAGIC = b'{"kemasan":['


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A pack of these parts, each with the name of its file, in their order."""
    parts = [*parts]
    numbers = {name: n for n, name in enumerate(dict.fromkeys(name for name, _ in parts))}
    lengths = [number for name, data in parts for number in (numbers[name], len(data))]
    head = json.dumps(
        {"kemasan": [*numbers], "bagian": lengths}, ensure_ascii=False, separators=(",", ":")
    )
    return b"".join([head.encode(), b"\n", *(data for _, data in parts)])


class _Head(BaseModel, strict=True, extra="forbid"):
    kemasan: list[str]
    bagian: list[NonNegativeInt]


def unpacked(pack: bytes) -> dict[str, bytes]:
    """The files of a pack. Raises ValueError for what is none, or holds other than it says."""
    head, _, rest = pack.partition(b"\n")
    said = _Head.model_validate_json(head)
    files = {name: bytearray() for name in said.kemasan}
    numbers, lengths = said.bagian[::2], said.bagian[1::2]
    named = len(files) == len(said.kemasan) > max(numbers, default=-1)
    if not (named and len(numbers) == len(lengths) and sum(lengths) == len(rest)):
        raise ValueError("the parts of a pack are not what it says")
    held = io.BytesIO(rest)
    for number, length in zip(numbers, lengths, strict=True):
        files[said.kemasan[number]] += held.read(length)
    return {name: bytes(data) for name, data in files.items()}
