"""Files of the folder as git would commit them: with the line ends that git normalizes.

A checkout with `core.autocrlf` or `eol=crlf` has CRLF where the commit has LF. Who hashes what lies
in the folder must undo that, or a clean checkout looks changed.
"""

from __future__ import annotations

import re
from contextlib import suppress

import pygit2

from pilar.content.files import Files, below, blob_hash, tree_hash

from .repository import DamagedObjectError, Repository

_UNPRINTED = re.compile(rb"[\x01-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_ON = frozenset({"true", "yes", "on", "1", "input"})
"""Values of core.autocrlf that make git commit LF."""


def as_committed(files: Files, repository: Repository | None) -> Files:
    """The same files with LF where git would commit LF.

    Without a repository nobody says what git would do: what a lock names by its hash stays as it
    is, any other text has LF.
    """
    found = {path for path, data in files.items() if b"\r\n" in data}
    if not found:
        return files
    if repository:
        found = {path for path in found if _normalized(path, files[path], repository)}
    else:
        found = {path for path in found if _is_text(files[path])} - _locked(files, found)
    return {
        path: data.replace(b"\r\n", b"\n") if path in found else data
        for path, data in files.items()
    }


def _normalized(path: str, data: bytes, repository: Repository) -> bool:
    """Whether git commits this file, which has CRLF, with LF: gitattributes(5), "text"."""
    committed = None
    with suppress(DamagedObjectError):
        committed = repository.committed(path)
    if data == committed:
        return False
    text = eol = None
    with suppress(pygit2.GitError):
        text, eol = (repository.git.get_attr(repository.prefix + path, a) for a in ("text", "eol"))
    if text is None and eol is None:
        setting = ""
        with suppress(KeyError, pygit2.GitError):
            setting = str(repository.git.config["core.autocrlf"]).lower()
        text = "auto" if setting in _ON else False
    if text != "auto":
        return text is not False
    # What was committed with CRLF stays so until somebody runs `git add --renormalize`.
    return _is_text(data) and b"\r\n" not in (committed or b"")


def _is_text(data: bytes) -> bool:
    """Git's own guess (convert.c): no zero byte, no lone carriage return, few control signs."""
    if b"\0" in data or _LONE_RETURN.search(data):
        return False
    unprinted = len(_UNPRINTED.findall(data))
    return (len(data) - unprinted) >> 7 >= unprinted


def _locked(files: Files, paths: set[str]) -> set[str]:
    """Those of these files that a lock names as they are, by themselves or with their module."""
    locks = b"".join(data for path, data in files.items() if path.endswith(".lock"))
    parts = {path: "/".join(path.split("/")[:2]) for path in paths}
    named = {
        part
        for part in set(parts.values())
        if (blob_hash(files[part]) if part in files else tree_hash(below(files, part))).encode()
        in locks
    }
    return {path for path, part in parts.items() if part in named}
