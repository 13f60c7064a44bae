"""What stands in a folder: names, bytes, times."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path


def files(folder: Path) -> dict[str, Path]:
    """Every file below a folder, by its relative path."""
    found = sorted(path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix(): path for path in found}


def packed(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of what a packet holds; nothing of a file that is none."""
    if path.suffix == ".bin":
        head, _, rest = gzip.decompress(path.read_bytes()).partition(b"\n")
        said, held = json.loads(head), io.BytesIO(rest)
        files = [b""] * len(said["kemasan"])
        for number, length in zip(said["bagian"][::2], said["bagian"][1::2], strict=True):
            files[number] += held.read(length)
        assert held.read() == b""
        yield from zip(said["kemasan"], files, strict=True)
    elif path.suffix in (".zip", ".epub"):
        with zipfile.ZipFile(path) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files(folder).items()
    }


def stamps(folder: Path) -> dict[str, tuple[str, int, int]]:
    """SHA-256, inode and time of change of every file: equal only where nothing was touched."""
    return {
        name: (digest, (folder / name).stat().st_ino, (folder / name).stat().st_mtime_ns)
        for name, digest in digests(folder).items()
    }


def names(folder: Path) -> set[str]:
    """What lies directly in a folder, the lock that builds share aside."""
    return {path.name for path in folder.iterdir()} - {".pilar.lock"}
