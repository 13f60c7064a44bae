"""Files of the cache: an entry is what was once put there, to the byte, or there is none.

The name of an entry says what it was made from; it is sealed together with it, so that neither a
damaged file nor one that lies under the name of another is ever taken for it.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from pilar.store.atomic import write_atomic

_ENTRIES = ("*.part", "temuan-*.json", "edisi-*", "*.tmp")
"""Names of what is made anew when it is missed, and of what a killed command left half written."""
LONGEST = 60 * 24 * 3600
"""Seconds that an entry is kept after its last use: two months, as runs follow each other."""


def key_of(*inputs: str | bytes) -> str:
    """Identifies what something is made from: SHA-256 over that of each input, in hexadecimal."""
    total = hashlib.sha256()
    for given in inputs:
        data = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()


def put(path: Path, content: bytes) -> None:
    """Write an entry, whole or not at all; its folder need not exist. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, _seal(path.name, content) + content)


def take(path: Path) -> bytes | None:
    """The content of an entry; None where there is none, or not what was put there."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    length = len(_seal("", b""))
    content = data[length:]
    if data[:length] != _seal(path.name, content):
        return None
    with suppress(OSError):
        os.utime(path)  # it was of use today
    return content


def prune(folder: Path) -> None:
    """Take out what nothing has used for LONGEST seconds; what made it has changed since."""
    oldest = time.time() - LONGEST
    for pattern in _ENTRIES:
        for path in folder.glob(pattern):
            with suppress(OSError):  # another command may have been quicker
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _seal(name: str, content: bytes) -> bytes:
    total = hashlib.sha256(f"{name}\0".encode())
    total.update(content)
    return total.hexdigest().encode() + b"\n"
