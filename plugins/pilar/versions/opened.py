"""Opens the repository that a project lies in, or says why that cannot be.

libgit2 knows fewer kinds of repositories than git, and reads none that is broken. Who needs no
history goes on without one then; who does is told the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pygit2
from pygit2.enums import Option

from pilar.model.problem import Problem

from .repository import Repository

# Who owns the folder matters to a program that runs hooks; this one only reads objects.
pygit2.option(Option.SET_OWNER_VALIDATION, False)

_CLONE = "Ambil salinan baru dengan git clone, lalu pindahkan suntingan Anda ke sana"
_REASONS: tuple[tuple[str, str, str], ...] = (
    (
        r"unknown object format '(\w+)'",
        "format objeknya {0}, dan Pilar hanya membaca sha1",
        "Simpan isinya di repositori berformat sha1: git init --object-format=sha1",
    ),
    (
        r"extensions\.refstorage",
        "rujukannya disimpan sebagai reftable",
        "Jalankan: git refs migrate --ref-format=files",
    ),
    (r"unsupported extension name extensions\.(\S+)", "memakai perluasan git `{0}`", _CLONE),
    (r"unsupported repository version (\d+)", "bentuknya versi {0}, yang tidak dikenal", _CLONE),
    (
        r"failed to parse config file.*?(?::(\d+)\))?$",
        ".git/config tidak dapat dibaca",
        "Perbaiki berkas itu; git config --list menyebut baris yang salah",
    ),
    (
        "invalid graft",
        ".git/shallow rusak",
        "Hapus .git/shallow, lalu jalankan: git fetch --refetch origin",
    ),
    ("not whole", "folder .git tidak utuh", _CLONE),
    (
        "reference|HEAD",
        "HEAD atau cabang yang ditunjuknya rusak",
        "Tulis `ref: refs/heads/main` (atau nama cabang Anda) di .git/HEAD, lalu periksa dengan "
        "git status; bila cabangnya pun rusak, ambil salinan baru dengan git clone",
    ),
    (
        "repository not found|`.git` file",
        "yang ditunjuk oleh .git tidak ada atau rusak",
        "Jalankan git worktree repair di repositori asalnya, atau ambil salinan dengan git clone",
    ),
)
"""What libgit2 says (a pattern), what that means, and the way out; the first that fits holds."""


@dataclass(frozen=True)
class Unusable:
    """A repository that is there and cannot be opened: why, and the way out (Indonesian)."""

    reason: str
    hint: str

    @property
    def error(self) -> Problem:
        """For who cannot go on without it."""
        return Problem(".git", 1, "G102", self._message, self.hint)

    @property
    def warning(self) -> Problem:
        """For who can."""
        message = f"{self._message}; isi folder ini dipakai tanpa riwayatnya"
        return Problem(".git", 1, "G103", message, self.hint)

    @property
    def _message(self) -> str:
        return f"repositori git tidak dapat dibuka: {self.reason}"


def open_repository(root: Path) -> Repository | None:
    """The repository that `root` lies in; None where there is none, or none that can be opened."""
    found = _opened(root)
    return found if isinstance(found, Repository) else None


def unusable(root: Path) -> Unusable | None:
    """Why the repository that `root` lies in cannot be opened; None where it can, or is none."""
    found = _opened(root)
    return found if isinstance(found, Unusable) else None


def _opened(root: Path) -> Repository | Unusable | None:
    try:
        if (found := pygit2.discover_repository(str(root))) is None:
            return _broken(root)
        repository = pygit2.Repository(found)
        head = "" if repository.head_is_unborn else str(repository.head.target)
    except (pygit2.GitError, KeyError, ValueError, OSError) as error:
        return _why(str(error))
    here, top = root.resolve(), Path(repository.workdir or root).resolve()
    if not here.is_relative_to(top):
        return None
    prefix = "" if here == top else f"{here.relative_to(top).as_posix()}/"
    return Repository(repository, prefix, head)


def _broken(root: Path) -> Unusable | None:
    """What lies in the place of a repository and is none, not even a broken one to libgit2."""
    place = next((f / ".git" for f in (root, *root.parents) if (f / ".git").exists()), None)
    if place is None:
        return None
    if place.is_dir() and not any(place.iterdir()):
        return None  # nobody's history
    return _why("repository not found" if place.is_file() else "not whole")


def _why(text: str) -> Unusable:
    for pattern, reason, hint in _REASONS:
        if match := re.search(pattern, text, re.IGNORECASE):
            return Unusable(reason.format(*match.groups()), hint)
    return Unusable("bentuknya tidak dikenal atau ada berkasnya yang rusak", _CLONE)
