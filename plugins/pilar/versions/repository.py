"""Read-only view of the git repository that a project lies in.

Objects are read raw and compared with their names: what is given back is what the hash says, or an
exception. Loose objects are inflated here, for libgit2 1.9 never comes back from one that was cut
short; it reads those in packs.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pygit2
from pygit2.enums import ObjectType

from pilar.content.files import CONTENT, Files, refused_name, symbolic_link, twin
from pilar.model.memoize import memoized
from pilar.model.problem import Problem

_ENTRY = re.compile(rb"([0-7]+) ([^\0]+)\0(.{20})", re.DOTALL)
_CO_AUTHOR = re.compile(r"(?im)^co-authored-by:[ \t]*([^<\n]*[^<\s])[ \t]*<")
_KINDS = {
    b"commit": ObjectType.COMMIT,
    b"tree": ObjectType.TREE,
    b"blob": ObjectType.BLOB,
    b"tag": ObjectType.TAG,
}
_PROMISOR = re.compile(r"remote\.(.+)\.promisor|extensions\.partialclone")
TREE, LINK, SUBMODULE = b"40000", b"120000", b"160000"


class DamagedObjectError(Exception):
    """An object of git that cannot be read or is not what its name says; `name` is its hash.

    `promisor`: in a partial clone, the remote that it was left at; else empty.
    """

    def __init__(self, name: str, promisor: str = "") -> None:
        self.name = name
        self.promisor = promisor
        super().__init__(name)


@dataclass(frozen=True)
class Commit:
    """A commit of the first-parent history: its id and the id of its modules/ (or nothing)."""

    id: str
    modules: str


@dataclass(frozen=True)
class Described:
    """A commit as git wrote it; `parents` as far as they are here, `time` in seconds, `title` the
    first line of its message, `authors` the names of its author and of those named as co-authors.
    """

    tree: str
    parents: list[str]
    time: int
    title: str
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What a tree holds under a name: mode (`40000` is a tree) and hash."""

    mode: bytes
    name: str
    hash: str


class Repository:
    """The repository around a project; use `open_repository`."""

    def __init__(self, repository: pygit2.Repository, prefix: str, head: str) -> None:
        self.git = repository
        self.prefix = prefix
        """Path of the project below the repository's top, empty or ending in `/`."""
        self.head = head
        """Id of the commit that is checked out; empty before the first one."""

    def at(self, commit: str) -> Repository:
        """The same repository as it would be with `commit` checked out."""
        return Repository(self.git, self.prefix, commit)

    @property
    def shallow(self) -> bool:
        """Whether older history was left out when cloning."""
        return bool(self.boundary)

    @property
    def view(self) -> str:
        """Identifies what besides HEAD decides which versions there are: where the project lies,
        and where a shallow clone ends.
        """
        parts = [self.prefix, *sorted(self.boundary)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @cached_property
    def boundary(self) -> frozenset[str]:
        """The oldest commits of a shallow clone: their parents were left out."""
        path = self.common / "shallow"
        return frozenset(path.read_text("ascii").split() if path.is_file() else ())

    @cached_property
    def promisor(self) -> str:
        """The remote that a partial clone (`git clone --filter`) left objects at; else empty."""
        found = ((_PROMISOR.fullmatch(entry.name), entry.value) for entry in self.git.config)
        return next((m[1] or value or "" for m, value in found if m and value != "false"), "")

    def absent(self, name: str) -> DamagedObjectError:
        """What to raise where an object that must be here is not."""
        return DamagedObjectError(name, self.promisor)

    @cached_property
    def common(self) -> Path:
        """The folder that linked worktrees share."""
        own = Path(self.git.path)
        link = own / "commondir"
        return own / link.read_text("utf-8").strip() if link.is_file() else own

    def first_parents(self) -> Iterator[Commit]:
        """Commits from HEAD back along first parents. Raises DamagedObjectError."""
        if not self.head:
            return
        folders = self._folders("modules")
        name: str | None = self.head
        while name:
            commit = self.described(name)
            yield Commit(name, self._below(commit.tree, folders))
            name = commit.parents[0] if commit.parents else None

    def described(self, name: str) -> Described:
        """A commit by its id. Raises DamagedObjectError also where it is missing."""
        found = self.read(name)
        if found is None or found[0] != ObjectType.COMMIT:
            raise self.absent(name)
        head, _, message = found[1].decode("utf-8", "replace").partition("\n\n")
        lines = [line.partition(" ") for line in head.split("\n")]
        parents = [value for key, _, value in lines if key == "parent"]
        time = next(value.split()[-2] for key, _, value in lines if key == "committer")
        title = message.strip("\n").partition("\n")[0]
        wrote = [value.rpartition(" <")[0] for key, _, value in lines if key == "author"]
        names = filter(None, dict.fromkeys([*wrote[:1], *_CO_AUTHOR.findall(message)]))
        parents = [] if name in self.boundary else parents
        return Described(lines[0][2], parents, int(time), title, tuple(names))

    def _below(self, tree: str, folders: list[str]) -> str:
        for folder in folders:
            wanted = b"40000 " + folder.encode() + b"\0"
            data = self.tree_data(tree)
            # Taking entries apart is slow; the same text inside a hash only costs that.
            if wanted not in data:
                return ""
            tree = next((e.hash for e in self.entries(tree) if e.name == folder), "")
            if not tree:
                return ""
        return tree

    def tree_data(self, tree: str) -> bytes:
        """Git's own bytes of a tree. Raises DamagedObjectError also where it is missing."""
        found = self.read(tree)
        if found is None or found[0] != ObjectType.TREE:
            raise self.absent(tree)
        return found[1]

    def entries(self, tree: str) -> list[Entry]:
        """What a tree holds. Raises DamagedObjectError also where it is missing."""
        return [entry(*parts) for parts in raw_entries(self.tree_data(tree))]

    def files(self, tree: str) -> Files | None:
        """Files of a tree by its hash; None where the repository does not have it all.

        Raises DamagedObjectError.
        """
        found = self.read(tree)
        if found is None or found[0] != ObjectType.TREE:
            return None
        files: dict[str, bytes] = {}
        for item in (entry(*parts) for parts in raw_entries(found[1])):
            if item.mode == TREE:
                inner = self.files(item.hash)
                if inner is None:
                    return None
                files |= {f"{item.name}/{name}": data for name, data in inner.items()}
            else:
                data = self.blob(item.hash)
                if data is None:
                    return None
                files[item.name] = data
        return files

    @memoized
    def has(self, name: str) -> bool:
        """Whether the file or tree of that hash is here, with all below it and every byte as it
        was. A year of runs asks for the same few.
        """
        try:
            found = self.read(name)
            inner = self.entries(name) if found and found[0] == ObjectType.TREE else ()
        except DamagedObjectError:
            return False
        return found is not None and all(self.has(item.hash) for item in inner)

    def blob(self, name: str) -> bytes | None:
        """Bytes of a file by its hash; None where the repository does not have it.

        Raises DamagedObjectError.
        """
        found = self.read(name)
        return found[1] if found is not None and found[0] == ObjectType.BLOB else None

    def committed(self, path: str) -> bytes | None:
        """Bytes of a file of the project at HEAD, if it is there. Raises DamagedObjectError."""
        *folders, name = (self.prefix + path).split("/")
        tree = self._below(self.described(self.head).tree, folders) if self.head else ""
        found = [e.hash for e in (self.entries(tree) if tree else ()) if e.name == name]
        return self.blob(found[0]) if found else None

    @memoized
    def content_hashes(self, commit: str) -> Mapping[str, str]:
        """Hashes of what a commit (or none: "") has in modules/, by name.

        Raises DamagedObjectError.
        """
        tree = self.described(commit).tree if commit else ""
        modules = self._below(tree, self._folders("modules")) if tree else ""
        return {e.name: e.hash for e in self.entries(modules)} if modules else {}

    def content(self, commit: str, problems: list[Problem]) -> Files:
        """Content files of the project at a commit, as `read_folder` gives them for a folder.

        Raises DamagedObjectError.
        """
        top = self.described(commit).tree
        files: dict[str, bytes] = {}
        for folder in CONTENT:
            if tree := self._below(top, self._folders(folder)):
                files |= self._shown(tree, f"{folder}/", problems)
        return files

    def _shown(self, tree: str, base: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
        """Files of a tree, hidden ones aside; links and names that no folder gives are reported."""
        known: dict[str, str] = {}
        for item in self.entries(tree):
            path = f"{base}{item.name}"
            if item.name.startswith("."):
                continue
            if problem := refused_name(path) or twin(path, known):
                problems.append(problem)
            elif item.mode == LINK:
                problems.append(symbolic_link(path))
            elif item.mode == TREE:
                yield from self._shown(item.hash, f"{path}/", problems)
            elif item.mode != SUBMODULE:
                data = self.blob(item.hash)
                if data is None:
                    raise self.absent(item.hash)
                yield path, data

    def _folders(self, name: str) -> list[str]:
        """Names that lead from the repository's top to a folder of the project."""
        return [*self.prefix.split("/")[:-1], name]

    @memoized
    def time(self, commit: str) -> int:
        """Time of a commit, in seconds since 1970; 0 where it is not here."""
        try:
            return self.described(commit).time
        except DamagedObjectError:
            return 0

    def read(self, name: str) -> tuple[int, bytes] | None:
        """Kind (`ObjectType`) and bytes of any object; None where the repository does not have it.

        Raises DamagedObjectError.
        """
        loose = self.common / "objects" / name[:2] / name[2:]
        try:
            return _inflated(loose.read_bytes(), name)
        except OSError:
            pass
        try:
            kind, data = self.git.read(name)
        except (KeyError, ValueError):
            return None
        except pygit2.GitError:
            raise DamagedObjectError(name) from None
        return int(kind), data


def _inflated(data: bytes, name: str) -> tuple[int, bytes]:
    try:
        whole = zlib.decompress(data)
        kind, _, size = whole.partition(b"\0")[0].partition(b" ")
        start = len(kind) + len(size) + 2
        sound = hashlib.sha1(whole, usedforsecurity=False).hexdigest() == name
    except zlib.error:
        sound = False
    if not sound or kind not in _KINDS:
        raise DamagedObjectError(name)
    return _KINDS[kind], whole[start:]


def raw_entries(tree: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """Mode, name and hash of all that a tree holds, as git writes them."""
    return _ENTRY.findall(tree)


def entry(mode: bytes, name: bytes, hash: bytes) -> Entry:
    """The same as text."""
    return Entry(mode, name.decode("utf-8", "surrogateescape"), hash.hex())
