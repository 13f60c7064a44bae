"""Which versions there are, and which commit and tree each one stands for.

Version X of a module is the tree `modules/<slug>` of the newest commit on the first-parent history
of HEAD in which that version stood in modul.yml (SPEC, "Versions"). The same goes for the
curriculum and kurikulum.yml.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pygit2

from .repository import Repository

_VERSION = re.compile(rb"^versi:[ \t]*[\"']?([0-9][0-9A-Za-z.+-]*)", re.MULTILINE)
CURRICULUM = "kurikulum.yml"


@dataclass(frozen=True)
class Release:
    """A version: the newest commit it stood in, and git's hash of the tree (or file) it was.

    For the curriculum, `registries` has the hashes of rujukan.yml and glosarium.yml beside it.
    """

    commit: str
    hash: str
    registries: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """All versions, by module slug and version; the curriculum's by version."""

    modules: Mapping[str, Mapping[str, Release]]
    curriculum: Mapping[str, Release]


def history(repository: Repository, cache: Path) -> History:
    """The versions in the history of HEAD; kept in `cache` until HEAD moves."""
    path = cache / f"versions-{repository.head or 'none'}-{int(repository.shallow)}.json"
    if found := _read(path):
        return found
    found = _scan(repository)
    cache.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(asdict(found)), "utf-8")
    temporary.replace(path)
    return found


def _read(path: Path) -> History | None:
    try:
        data = json.loads(path.read_text("utf-8"))
        modules = {
            slug: {version: _release(**release) for version, release in releases.items()}
            for slug, releases in data["modules"].items()
        }
        curriculum = {version: _release(**value) for version, value in data["curriculum"].items()}
        return History(modules, curriculum)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _release(commit: str, hash: str, registries: list[str]) -> Release:
    return Release(commit, hash, tuple(registries))


def _scan(repository: Repository) -> History:
    modules: dict[str, dict[str, Release]] = {}
    curriculum: dict[str, Release] = {}
    seen: set[tuple[str, str]] = set()
    before = None
    for commit in repository.first_parents():
        # A commit that leaves modules/ alone has nothing that the newer one did not have.
        if commit.modules is None or commit.modules.id == before:
            continue
        before = commit.modules.id
        for entry in commit.modules:
            name = str(entry.name)
            if (name, str(entry.id)) in seen:
                continue
            if isinstance(entry, pygit2.Tree):
                seen.add((name, str(entry.id)))
                if version := _version(entry, "modul.yml"):
                    release = Release(commit.id, str(entry.id))
                    modules.setdefault(name, {}).setdefault(version, release)
        version = _version(commit.modules, CURRICULUM)
        if version and version not in curriculum:
            names = [_hash(commit.modules, f"{name}.yml") for name in ("rujukan", "glosarium")]
            hash_ = _hash(commit.modules, CURRICULUM)
            curriculum[version] = Release(commit.id, hash_, tuple(names))
    return History(modules, curriculum)


def _version(tree: pygit2.Tree, name: str) -> str | None:
    if name not in tree or not isinstance(entry := tree[name], pygit2.Blob):
        return None
    match = _VERSION.search(entry.data)
    return match[1].decode() if match else None


def _hash(tree: pygit2.Tree, name: str) -> str:
    return str(tree[name].id) if name in tree else ""
