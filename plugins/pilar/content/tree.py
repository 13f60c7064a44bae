"""Content as a set of files: path → bytes, wherever they come from (a folder, a git commit)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pilar.model.problem import Problem

Files = Mapping[str, bytes]
"""Bytes by path with `/`, relative to the project or to a module's folder."""

CONTENT = ("modules", "runs")
"""Folders that hold content; all else in a checkout is software."""


def read_folder(root: Path, problems: list[Problem], folders: Iterable[str] = CONTENT) -> Files:
    """All content files below `root`, hidden ones (`.DS_Store` and the like) aside.

    Symbolic links are reported, never followed.
    """
    files: dict[str, bytes] = {}

    def walk(folder: Path) -> None:
        for path in sorted(folder.iterdir()):
            name = path.relative_to(root).as_posix()
            if path.name.startswith("."):
                continue
            if path.is_symlink():
                message = "tautan simbolik tidak dipakai di dalam isi"
                problems.append(Problem(name, 1, "F104", message, "Ganti dengan berkas aslinya"))
            elif path.is_dir():
                walk(path)
            elif path.is_file():
                files[name] = path.read_bytes()

    for name in folders:
        if (root / name).is_dir():
            walk(root / name)
    return files


def below(files: Files, folder: str) -> Files:
    """The files of a folder, with paths relative to it."""
    prefix = f"{folder}/"
    return {
        path.removeprefix(prefix): data for path, data in files.items() if path.startswith(prefix)
    }


def blob_hash(data: bytes) -> str:
    """Git's name for these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def tree_hash(files: Files) -> str:
    """Git's name for a folder of these files (plain ones: mode 100644).

    The same files have the same name in any repository and without one, which is what lets a
    downloaded folder prove that it holds what a lock asks for.
    """
    entries: list[tuple[str, str, str]] = []
    folders = {path.partition("/")[0] for path in files if "/" in path}
    for name in folders:
        # Git orders a folder as if its name ended in a slash.
        entries.append((f"{name}/", "40000", tree_hash(below(files, name))))
    entries += [(n, "100644", blob_hash(data)) for n, data in files.items() if "/" not in n]
    body = b"".join(
        f"{mode} {key.rstrip('/')}".encode() + b"\0" + bytes.fromhex(name)
        for key, mode, name in sorted(entries, key=lambda entry: entry[0].encode())
    )
    return hashlib.sha1(b"tree %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
