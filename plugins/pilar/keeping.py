"""Files of the cache: an entry is what was once put there, to the byte, or there is none.

The name of an entry says what it was made from; it is sealed together with it, so that neither a
damaged file nor one that lies under the name of another is ever taken for it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Write an entry, whole or not at all; its folder need not exist. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(_seal(path.name, content) + content)
    temporary.replace(path)


def take(path: Path) -> bytes | None:
    """The content of an entry; None where there is none, or not what was put there."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    length = len(_seal("", b""))
    content = data[length:]
    return content if data[:length] == _seal(path.name, content) else None


def _seal(name: str, content: bytes) -> bytes:
    total = hashlib.sha256(f"{name}\0".encode())
    total.update(content)
    return total.hexdigest().encode() + b"\n"
