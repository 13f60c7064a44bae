"""Read-only view of the git repository that a project lies in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pygit2
from pygit2.enums import FileMode, Option

from pilar.content.tree import CONTENT, Files, symbolic_link
from pilar.model.problem import Problem

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

    def __init__(self, repository: pygit2.Repository, prefix: str, commit: str = "") -> None:
        self.git = repository
        self.prefix = prefix
        """Path of the project below the repository's top, empty or ending in `/`."""
        self._commit = commit

    def at(self, commit: str) -> Repository:
        """The same repository as it would be with `commit` checked out."""
        return Repository(self.git, self.prefix, commit)

    @property
    def head(self) -> str:
        """Id of the commit that is checked out; empty before the first one."""
        if self._commit:
            return self._commit
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

    def resolve(self, name: str) -> str | None:
        """Id of the commit that `name` means (branch, tag, `HEAD~2`, id); None for none."""
        try:
            found = self.git.revparse_single(name).peel(pygit2.Commit)
        except (KeyError, ValueError, pygit2.GitError):
            return None
        return str(found.id)

    def fork(self, base: str, head: str) -> str:
        """Id of the commit that `head` grew from `base` at; empty for unrelated histories."""
        found = self.git.merge_base(base, head)
        return str(found) if found else ""

    def content(self, commit: str, problems: list[Problem]) -> Files:
        """Content files of the project at a commit, as `read_folder` gives them for a folder."""
        found = self.git.get(commit)
        if not isinstance(found, pygit2.Commit):
            return {}
        files: dict[str, bytes] = {}
        for folder in CONTENT:
            tree = _entry(found.tree, f"{self.prefix}{folder}")
            if isinstance(tree, pygit2.Tree):
                files |= _shown(tree, f"{folder}/", problems)
        return files

    def title(self, commit: str) -> str:
        """First line of a commit's message."""
        found = self.git.get(commit)
        return found.message.partition("\n")[0] if isinstance(found, pygit2.Commit) else ""

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


def _shown(tree: pygit2.Tree, base: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Files of a tree, hidden ones aside; symbolic links are reported."""
    for entry in tree:
        path = f"{base}{entry.name}"
        if str(entry.name).startswith("."):
            continue
        if entry.filemode == FileMode.LINK:
            problems.append(symbolic_link(path))
        elif isinstance(entry, pygit2.Tree):
            yield from _shown(entry, f"{path}/", problems)
        elif isinstance(entry, pygit2.Blob):
            yield path, entry.data
