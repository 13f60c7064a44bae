"""Atomic writes: files and folders are made next to their place and take it in one step.

Whenever the process is killed, the place holds the old or the new, whole.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

_NEW, _OLD, _LOCK = "baru", "lama", "kunci"
_HELD = {_NEW, _OLD, _LOCK}
"""What a workshop holds, and nothing else: the folder being made, the one that it replaced, and
a file that is locked as long as somebody works there.
"""
_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2) and RENAME_SWAP of renamex_np(2)."""
_HERE = -100
"""AT_FDCWD of Linux: paths are as the process sees them."""
_UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What a system or a file system answers that cannot exchange two folders."""


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole, or leave the old one, whose permissions stay. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def rewrite(texts: Mapping[Path, bytes]) -> None:
    """Write text files, all of them or none; one that has CRLF keeps it. Raises OSError.

    A process that is killed between two of them leaves the later ones, in this order, as they were.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    try:
        for path, data in texts.items():
            windows = b"\r\n" in (before[path] or b"") and b"\r\n" not in data
            write_atomic(path, data.replace(b"\n", b"\r\n") if windows else data)
    except OSError:
        for path, old in before.items():
            if old is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != old:
                write_atomic(path, old)
        raise


class Workshop:
    """Where the new content of the folder `final` is made: beside it, on the same file system.

    Its name is its own, so that two at once never meet, and nothing that lies there by chance is
    taken for it. Leaving it clears away whatever was not published.
    """

    def __init__(self, final: Path) -> None:
        recover(final)
        self.final = final
        final.parent.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix=_prefix(final), dir=final.parent))
        self._lock = FileLock(self._folder / _LOCK, thread_local=False)
        self._lock.acquire()
        self.stage = self._folder / _NEW
        """The folder to fill, empty at first."""
        self.stage.mkdir()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def publish(self) -> None:
        """Put the stage in the place of `final`, in one step where the system can.

        Where it cannot there are two; `recover` undoes the first if the second never came.
        """
        if not os.path.lexists(self.final):
            self.stage.rename(self.final)
        elif not _exchanged(self.stage, self.final):
            self.final.rename(self._folder / _OLD)
            self.stage.rename(self.final)

    def close(self) -> None:
        """Remove the workshop, and what was replaced with it."""
        _clear(self._folder, self.final)
        self._lock.release()


def recover(final: Path) -> None:
    """Clear away what killed commands left beside `final`, which returns where it was moved aside.

    The workshop of a command that still runs is left to it, and so is another user's.
    """
    for folder in final.parent.glob(f"{escape(_prefix(final))}*"):
        with suppress(OSError):
            if folder.is_symlink() or not {child.name for child in folder.iterdir()} <= _HELD:
                continue  # no workshop, in spite of its name
            with suppress(Timeout), FileLock(folder / _LOCK, blocking=False):
                _clear(folder, final)


def linked(source: Path, target: Path) -> None:
    """Let `target`, on the same file system, hold what `source` holds: a file, link or folder.

    Files have two names then, and nothing is copied unless the file system knows but one.
    """
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=_link)
    else:
        _link(source, target)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _prefix(final: Path) -> str:
    return f".{final.name}.pilar-"


def _clear(folder: Path, final: Path) -> None:
    old = folder / _OLD
    if old.exists() and not os.path.lexists(final):
        old.rename(final)
    shutil.rmtree(folder, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders take each other's place in one step; false where the system cannot.

    Raises OSError.
    """
    system = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = system.renamex_np(*names, _EXCHANGE)
        else:
            failed = system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    except AttributeError:  # a C library without it
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(other))
