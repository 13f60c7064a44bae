"""Read-only view of the git repository that a project lies in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pygit2
from pygit2.enums import Option

from pilar.content.tree import Files

# Who owns the folder matters to a program that runs hooks; this one only reads objects.
pygit2.option(Option.SET_OWNER_VALIDATION, False)


@dataclass(frozen=True)
class Commit:
    """A commit of the first-parent history: its id, time (seconds), and tree of modules/."""

    id: str
    time: int
    modules: pygit2.Tree | None


class Repository:
    """The repository around `root`; use `open_repository`."""

    def __init__(self, repository: pygit2.Repository, prefix: str) -> None:
        self.git = repository
        self.prefix = prefix
        """Path of the project below the repository's top, empty or ending in `/`."""

    @property
    def head(self) -> str:
        """Id of the commit that is checked out; empty before the first one."""
        return "" if self.git.head_is_unborn else str(self.git.head.target)

    @property
    def shallow(self) -> bool:
        """Whether older history was left out when cloning."""
        return bool(self.git.is_shallow)

    def first_parents(self) -> Iterator[Commit]:
        """Commits from HEAD back along first parents."""
        if not self.head:
            return
        walker = self.git.walk(self.head)
        walker.simplify_first_parent()
        for commit in walker:
            modules = _entry(commit.tree, f"{self.prefix}modules")
            tree = modules if isinstance(modules, pygit2.Tree) else None
            yield Commit(str(commit.id), commit.commit_time, tree)

    def files(self, tree: str) -> Files | None:
        """Files of a tree by its hash; None where the repository does not have it."""
        try:
            found = self.git.get(tree)
        except (ValueError, pygit2.GitError):
            return None
        return dict(_walk(found, "")) if isinstance(found, pygit2.Tree) else None

    def blob(self, name: str) -> bytes | None:
        """Bytes of a file by its hash; None where the repository does not have it."""
        try:
            found = self.git.get(name)
        except (ValueError, pygit2.GitError):
            return None
        return found.data if isinstance(found, pygit2.Blob) else None

    def time(self, commit: str) -> int:
        """Time of a commit, in seconds since 1970."""
        found = self.git.get(commit)
        return found.commit_time if isinstance(found, pygit2.Commit) else 0


def open_repository(root: Path) -> Repository | None:
    """The repository that `root` lies in; None where there is none."""
    found = pygit2.discover_repository(str(root))
    if found is None:
        return None
    repository = pygit2.Repository(found)
    top = Path(repository.workdir or root).resolve()
    inside = root.resolve().relative_to(top).as_posix() if root.resolve() != top else ""
    return Repository(repository, f"{inside}/" if inside else "")


def _entry(tree: pygit2.Tree, path: str) -> pygit2.Object | None:
    try:
        return tree[path]
    except KeyError:
        return None


def _walk(tree: pygit2.Tree, base: str) -> Iterator[tuple[str, bytes]]:
    for entry in tree:
        if isinstance(entry, pygit2.Tree):
            yield from _walk(entry, f"{base}{entry.name}/")
        elif isinstance(entry, pygit2.Blob):
            yield f"{base}{entry.name}", entry.data
