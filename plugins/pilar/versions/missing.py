"""Problems with content that git should have and does not give, each with the command to run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pilar.model.problem import ContentError, Problem

from .opened import Unusable
from .repository import DamagedObjectError, Repository

if TYPE_CHECKING:  # loads pydantic, which who only reads files does without
    from pilar.model.locked import Lock

CUT_SHORT = "Riwayat git di sini terpotong; jalankan: git fetch --unshallow"


def missing(path: str, what: str, commit: str, repository: Repository | Unusable | None) -> Problem:
    """`what` (`modul `blc` 1.0.0`), named in the lock at `path`, is nowhere to be found."""
    message = f"{what} (komit {commit[:12]}) tidak ditemukan"
    if repository is None:
        hint = "Folder ini bukan repositori git; ambil isinya dengan git clone"
    elif isinstance(repository, Unusable):
        hint = f"Repositori git tidak dapat dibuka: {repository.reason}. {repository.hint}"
    elif repository.promisor:
        hint = _partial(repository.promisor, repository.shallow)
    elif repository.shallow:
        hint = CUT_SHORT
    else:
        hint = (
            "Komit itu hilang dari riwayat, mungkin karena rebase; "
            f"jalankan: git fetch origin {commit}"
        )
    return Problem(path, 1, "V102", message, hint)


def all_here(lock: Lock, repository: Repository | None) -> bool:
    """Is all that a lock names in git, every byte as it was? Nothing is parsed for that."""
    if repository is None:
        return False
    files = (lock.kurikulum, lock.rujukan, lock.glosarium)
    return all(repository.has(part.hash) for part in (*files, *lock.modul.values()))


def _partial(remote: str, shallow: bool = False) -> str:
    """The way out of a clone that left objects at a remote. Fetching all of them again is what git
    can do with those that nobody asked for yet, whatever the clone's filter.
    """
    deepen = "--unshallow " * shallow
    return (
        "Salinan git ini sebagian (--filter), dan isi itu belum diambil; "
        f"jalankan: git fetch --refetch --no-filter {deepen}{remote}"
    )


def damaged(path: str, what: str, error: DamagedObjectError) -> Problem:
    """An object that `what` is made of is not what its name says, or not there."""
    if error.promisor:
        message = f"{what} tidak dapat dibaca: objek git {error.name[:12]} tidak ada di sini"
        return Problem(path, 1, "V106", message, _partial(error.promisor))
    message = f"{what} tidak dapat dibaca: objek git {error.name[:12]} hilang atau rusak"
    # Git writes over no object that is there, and does not fetch while it meets a damaged one.
    file = f".git/objects/{error.name[:2]}/{error.name[2:]}"
    hint = f"Hapus {file} bila ada, lalu jalankan: git fetch --refetch origin"
    return Problem(path, 1, "V106", message, hint)


@contextmanager
def undamaged(what: str) -> Iterator[None]:
    """Raise ContentError where an object that `what` is made of turns out to be damaged."""
    try:
        yield
    except DamagedObjectError as error:
        raise ContentError([damaged(".git", what, error)]) from None


@contextmanager
def collecting(problems: list[Problem], path: str, what: str) -> Iterator[None]:
    """Add what keeps `what`, which the file at `path` names, from being had, and go on."""
    try:
        yield
    except DamagedObjectError as error:
        problems.append(damaged(path, what, error))
    except ContentError as error:
        problems += error.problems


def lost_commit(path: str, what: str, commit: str) -> Problem:
    """The content is here, the commit that the lock names is not in HEAD's history any more."""
    message = f"komit {commit[:12]} yang dikunci untuk {what} tidak ada di riwayat cabang ini"
    hint = (
        "Riwayat mungkin ditulis ulang (rebase atau squash). Isinya masih ditemukan menurut "
        "hash-nya, tetapi git dapat membuangnya; gabungkan lagi komit itu, atau kunci ulang dengan "
        "--upgrade"
    )
    return Problem(path, 1, "V108", message, hint)
