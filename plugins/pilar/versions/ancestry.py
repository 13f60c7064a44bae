"""Which commit a name means, and which commits descend from which.

libgit2 is asked for references and ids alone, never for an object: from a damaged one it may not
come back (see repository.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set

import pygit2
from pygit2.enums import ObjectType

from .repository import Repository

_NAME = re.compile(r"([^~^]+)((?:[~^][0-9]*)*)")
_STEP = re.compile(r"([~^])([0-9]*)")


def resolve(repository: Repository, name: str) -> str | None:
    """Id of the commit that `name` means (branch, tag, `HEAD~2`, id); None for none.

    Raises DamagedObjectError.
    """
    parts = _NAME.fullmatch(name)
    found = _named(repository, parts[1]) if parts else None
    if parts is None or found is None:
        return _revparse(repository, name)
    for kind, digits in _STEP.findall(parts[2]):
        number = int(digits or 1)
        # main~3 is three generations back, main^2 the second parent, main^0 main itself.
        for parent in [1] * number if kind == "~" else [number] * (number > 0):
            parents = repository.described(found).parents
            if parent > len(parents):
                return None
            found = parents[parent - 1]
    return found


def _named(repository: Repository, name: str) -> str | None:
    """The commit that a reference or an id leads to, through tags. Raises DamagedObjectError."""
    try:
        found = str(repository.git.lookup_reference_dwim(name).resolve().target)
    except (KeyError, ValueError, pygit2.GitError):
        try:
            found = str(repository.git.expand_id(name))
        except (KeyError, ValueError, pygit2.GitError):
            return None
    while (read := repository.read(found)) and read[0] == ObjectType.TAG:
        found = read[1].partition(b"\n")[0].removeprefix(b"object ").decode("ascii")
    if read is None:
        raise repository.absent(found)
    return found if read[0] == ObjectType.COMMIT else None


def _revparse(repository: Repository, name: str) -> str | None:
    """What git's rarer notations mean (`main@{yesterday}`, `v1.0-3-gabc1234`, `:/word`)."""
    try:
        return str(repository.git.revparse_single(name).peel(pygit2.Commit).id)
    except (KeyError, ValueError, pygit2.GitError):
        return None


def merge_base(repository: Repository, base: str, head: str) -> str:
    """Id of the merge base of two commits, the newest of several; empty for unrelated histories.

    Raises DamagedObjectError.
    """
    older = set(_ancestors(repository, [base]))
    met = older.intersection(_ancestors(repository, [head], older))
    before = [parent for commit in met for parent in repository.described(commit).parents]
    nearest = met.difference(_ancestors(repository, before))
    return max(nearest, key=lambda commit: (repository.time(commit), commit), default="")


def authors(repository: Repository, base: str, head: str) -> list[tuple[str, int]]:
    """Who wrote the commits that came from `base` to `head`, and how many, merges aside.

    Raises DamagedObjectError.
    """
    older = set(_ancestors(repository, [base]))
    came = set(_ancestors(repository, [head], older)) - older
    commits = [repository.described(commit) for commit in came]
    names = Counter(name for c in commits if len(c.parents) < 2 for name in c.authors)
    return sorted(names.items(), key=lambda entry: (-entry[1], entry[0]))


def _ancestors(
    repository: Repository, commits: Iterable[str], end: Set[str] = frozenset()
) -> Iterator[str]:
    """These commits and their ancestors, those of commits in `end` aside, read as they come."""
    todo = list(commits)
    seen = set(todo)
    while todo:
        name = todo.pop()
        yield name
        if name not in end:
            new = [parent for parent in repository.described(name).parents if parent not in seen]
            seen.update(new)
            todo += new


def lost(repository: Repository, commits: Iterable[str]) -> set[str]:
    """Those of these commits that HEAD does not descend from (and is not).

    In a shallow clone that cannot be known: none is lost there. Raises DamagedObjectError.
    """
    wanted = set(commits)
    for name in _ancestors(repository, [repository.head] if repository.head else []):
        wanted.discard(name)
        if not wanted:
            break
    return set() if repository.shallow else wanted
