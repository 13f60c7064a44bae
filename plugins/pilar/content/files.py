"""Content as a set of files: path → bytes, wherever they come from (a folder, a git commit)."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from pilar.model.problem import Problem, cause
from pilar.model.run_paths import RESULTS

from .limits import DEEPEST_FOLDER, largest

Files = Mapping[str, bytes]
"""Bytes by path with `/`, relative to the project or to a module's folder."""

CURRICULUM = "modules/kurikulum.yml"
CONTENT = ("modules", "runs")
"""Folders that hold content; all else in a checkout is software."""


def read_folder(root: Path, problems: list[Problem], folders: Iterable[str] = CONTENT) -> Files:
    """All content files below `root`, hidden ones (`.DS_Store` and the like) aside.

    Links and devices are reported, never followed or opened; so are names that not every file
    system allows. A file that is too large is read up to one byte beyond its limit.
    """
    files: dict[str, bytes] = {}

    def report(name: str, message: str, hint: str) -> None:
        problems.append(Problem(name, 1, "F104", message, hint))

    def visit(path: Path) -> None:
        try:
            walk(path)
        except OSError as error:
            name = printable(path.relative_to(root).as_posix())
            report(name, f"tidak dapat dibaca: {cause(error)}", "Periksa izinnya")

    def walk(path: Path) -> None:
        name = path.relative_to(root).as_posix()
        if problem := refused_name(name):
            problems.append(problem)
        elif path.is_symlink():
            problems.append(symbolic_link(name))
        elif path.is_dir():
            known: dict[str, str] = {}
            for child in sorted(path.iterdir()):
                if child.name.startswith("."):
                    continue
                if problem := twin(child.relative_to(root).as_posix(), known):
                    problems.append(problem)
                else:
                    visit(child)
        elif path.is_file():
            with path.open("rb") as file:
                files[name] = file.read(largest(name) + 1)
        else:
            report(name, "ini bukan berkas biasa", "Hapus")

    for name in folders:
        if os.path.lexists(root / name):
            visit(root / name)
    return files


def symbolic_link(path: str) -> Problem:
    """The problem of a symbolic link among the content."""
    message = "tautan simbolik tidak dipakai di dalam isi"
    return Problem(path, 1, "F104", message, "Ganti dengan berkas aslinya")


_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)


def _refused(name: str) -> str:
    """Why a file or folder cannot have this name on every file system; empty where it can."""
    if name.partition(".")[0].strip().casefold() in _DEVICES:
        return "adalah nama perangkat di Windows"
    if name.endswith((".", " ")):
        return "berakhir dengan titik atau spasi"
    if any(c in '<>:"\\|?*' or unicodedata.category(c)[0] == "C" for c in name):
        return "memuat tanda yang tidak dapat dipakai di Windows"
    return ""


def refused_name(path: str) -> Problem | None:
    """The problem of the name of a file or folder or of its depth; None where there is none."""
    name = printable(path.rpartition("/")[2])
    if path.count("/") > DEEPEST_FOLDER:
        message = f"folder bertingkat lebih dari {DEEPEST_FOLDER}"
        return Problem(printable(path), 1, "F104", message, "Pindahkan isinya")
    if reason := _refused(path.rpartition("/")[2]):
        return Problem(printable(path), 1, "F104", f"nama `{name}` {reason}", "Beri nama lain")
    return None


def twin(path: str, known: dict[str, str]) -> Problem | None:
    """The problem of a name that equals, but for case, one in `known`: its folder's so far."""
    name = path.rpartition("/")[2]
    other = known.setdefault(_folded(name), name)
    if other == name:
        return None
    message = f"nama ini sama dengan `{printable(other)}` bila huruf besar dan kecil disamakan"
    return Problem(printable(path), 1, "F104", message, "Beri nama lain")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def printable(name: str) -> str:
    """A name with control characters, which a terminal would obey, replaced by `?`."""
    return "".join("?" if unicodedata.category(c)[0] == "C" else c for c in name)


def below(files: Files, folder: str) -> Files:
    """The files of a folder, with paths relative to it."""
    prefix = f"{folder}/"
    return {
        path.removeprefix(prefix): data for path, data in files.items() if path.startswith(prefix)
    }


def run_names(files: Files) -> list[str]:
    """Identifiers of all runs, fit or not."""
    names = (path.removesuffix(".yml") for path in below(files, "runs") if path.endswith(".yml"))
    return sorted(name for name in names if f"{RESULTS}/" not in name)


def blob_hash(data: bytes) -> str:
    """Git's SHA-1 of a file with these bytes (blob)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def tree_hash(files: Files) -> str:
    """Git's SHA-1 of a folder of these files (tree), all regular: mode 100644.

    The same files have the same hash in any repository and without one. So a downloaded folder
    proves that it holds what a lock asks for.
    """
    entries: list[tuple[str, str, str]] = []
    folders = {path.partition("/")[0] for path in files if "/" in path}
    for name in folders:
        # Git orders a folder as if its name ended in a slash.
        entries.append((f"{name}/", "40000", tree_hash(below(files, name))))
    entries += [(n, "100644", blob_hash(data)) for n, data in files.items() if "/" not in n]
    body = b"".join(
        f"{mode} ".encode() + os.fsencode(key.rstrip("/")) + b"\0" + bytes.fromhex(name)
        for key, mode, name in sorted(entries, key=lambda entry: os.fsencode(entry[0]))
    )
    return hashlib.sha1(b"tree %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
