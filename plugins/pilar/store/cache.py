"""Files of the cache: an entry is what was once put there, to the byte, or there is none.

The name of an entry says what it was made from; it is sealed together with it, so that neither a
damaged file nor one that lies under the name of another is ever taken for it. `kept` is how all
that takes its time to make is made once: whatever it rests on is among its inputs, or is our own
code, or the version of a tool.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

from pilar.store.atomic import write_atomic
from pilar.store.manifest import digest, tools
from pilar.store.package import ROOT

_ENTRIES = ("*.part", "temuan-*.json", "edisi-*", "*.tmp")
"""Names of what is made anew when it is missed, and of what a killed command left half written."""
LONGEST = 60 * 24 * 3600
"""Seconds that an entry is kept after its last use: two months, as runs follow each other."""
LARGEST = 2 << 30
"""Bytes of all entries: past them those go that were of use longest ago."""
_CODE = (".py", ".conf", ".dic", ".txt", ".yml")
"""Endings of the package's files that decide what is made, its lists and patterns among them."""
counts = Counter[str]()
"""How often `kept` has `taken` and `made` in this process: what a build says of its cost."""


def kept(
    folder: Path | None, make: Callable[[], bytes], *inputs: str | bytes, code: Path = ROOT
) -> bytes:
    """What `make` gives of these inputs: once made, taken from the cache in `folder` (None: none).

    `inputs` say what it is, and are, or identify, all that it looks at but the code, which lies
    below the folder `code` of the package. Where nothing can be written it is made all the same.
    """
    if folder is None:
        return make()
    path = entry_of(folder, *inputs, code=code)
    content = take(path)
    counts["made" if content is None else "taken"] += 1
    if content is None:
        content = make()
        with suppress(OSError):
            put(path, content)
    return content


def entry_of(folder: Path, *inputs: str | bytes, code: Path = ROOT) -> Path:
    """Where `kept` puts what is made of these inputs."""
    return folder / f"{key_of(software(code), *inputs)}.part"


@cache
def software(code: Path = ROOT) -> str:
    """Identifies our code below a folder of the package, and the versions of all tools."""
    return key_of(digest(code, *_CODE), json.dumps(tools()))


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
    """Take out what nothing has used for LONGEST seconds, for what made it has changed since; of
    more than LARGEST bytes also what was of use longest ago.
    """
    oldest, room = time.time() - LONGEST, LARGEST
    for used, size, path in sorted(_entries(folder), reverse=True):
        room -= size
        if used < oldest or room < 0:
            with suppress(OSError):  # another command may have been quicker
                path.unlink()


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """When each was last used, in seconds, and its bytes."""
    for path in chain.from_iterable(map(folder.glob, _ENTRIES)):
        with suppress(OSError):
            state = path.stat()
            yield state.st_mtime, state.st_size, path


def _seal(name: str, content: bytes) -> bytes:
    total = hashlib.sha256(f"{name}\0".encode())
    total.update(content)
    return total.hexdigest().encode() + b"\n"
