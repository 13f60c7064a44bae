"""Which versions there are, and which commit and tree each one stands for.

Version X of a module is the tree `modules/<slug>` of the newest commit on the first-parent history
of HEAD in which that version stood in modul.yml (CONTRIBUTING.md, "Versi dan kunci"). The same
goes for the curriculum and kurikulum.yml; a commit without the registries beside it counts for
nothing there, for no run can be built from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pilar.store.cache import put, take

from .repository import TREE, Entry, Repository, entry, raw_entries

_VERSION = re.compile(
    rb"^(?:versi|\"versi\"|'versi')[ \t]*:[ \t]*[\"']?([0-9][0-9A-Za-z.+-]*)", re.MULTILINE
)
CURRICULUM = "kurikulum.yml"
REGISTRIES = ("rujukan.yml", "glosarium.yml")
_SHARED = frozenset(name.encode() for name in (CURRICULUM, *REGISTRIES))
_MOST = 8
"""Indexes in the cache at most: of HEADs that are switched between, and the last to extend."""


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
    """The versions in the history of HEAD.

    `cache` holds an index for each HEAD; when HEAD moves, only the new commits are read. A damaged
    or altered index counts as missing. Raises DamagedObjectError.
    """
    view = repository.view
    cached = {p.stem.partition("-")[2]: p for p in cache.glob(f"versi{view}-*.json")}
    index = _Index(repository)
    for number, commit in enumerate(repository.first_parents()):
        if commit.id in cached and (older := _read(cached[commit.id])):
            if number == 0:
                return older
            index.add_older(older)
            break
        index.add(commit.id, commit.modules)
    found = index.history()
    if repository.head:
        _write(cache / f"versi{view}-{repository.head}.json", found)
        # Another process may have removed an index just now.
        with suppress(OSError):
            for path in sorted(cached.values(), key=lambda p: -p.stat().st_mtime)[_MOST - 1 :]:
                path.unlink(missing_ok=True)
    return found


@dataclass
class _Index:
    """Versions of the commits seen so far, newest first."""

    repository: Repository
    modules: dict[str, dict[str, Release]] = field(default_factory=dict)
    curriculum: dict[str, Release] = field(default_factory=dict)
    seen: set[tuple[bytes, bytes, bytes]] = field(default_factory=set)
    combinations: set[tuple[tuple[bytes, bytes, bytes], ...]] = field(default_factory=set)
    before: str = ""

    def add(self, commit: str, modules: str) -> None:
        """Take in a commit that is older than all before it."""
        # A commit that leaves modules/ alone has nothing that the newer one did not have.
        if not modules or modules == self.before:
            return
        self.before = modules
        found = raw_entries(self.repository.tree_data(modules))
        # The same tree under the same name was there in a newer commit.
        new = [parts for parts in found if parts not in self.seen]
        self.seen.update(new)
        for mode, name, hash_ in new:
            if mode == TREE:
                module = entry(mode, name, hash_)
                if version := self._version(self.repository.entries(module.hash), "modul.yml"):
                    release = Release(commit, module.hash)
                    self.modules.setdefault(module.name, {}).setdefault(version, release)
        shared = tuple(parts for parts in found if parts[1] in _SHARED)
        if shared not in self.combinations:
            self.combinations.add(shared)
            self._add_curriculum(commit, [entry(*parts) for parts in shared])

    def _add_curriculum(self, commit: str, entries: list[Entry]) -> None:
        hashes = {e.name: e.hash for e in entries if e.mode != TREE}
        if not hashes.keys() >= {CURRICULUM, *REGISTRIES}:
            return
        if version := self._version(entries, CURRICULUM):
            registries = tuple(hashes[name] for name in REGISTRIES)
            release = Release(commit, hashes[CURRICULUM], registries)
            self.curriculum.setdefault(version, release)

    def _version(self, entries: list[Entry], name: str) -> str | None:
        file = next((e.hash for e in entries if e.name == name and e.mode != TREE), None)
        if file is None:
            return None
        data = self.repository.blob(file)
        if data is None:
            raise self.repository.absent(file)
        match = _VERSION.search(data)
        return match[1].decode() if match else None

    def add_older(self, older: History) -> None:
        """Take in all versions of an ancestor."""
        for slug, releases in older.modules.items():
            self.modules[slug] = {**releases, **self.modules.get(slug, {})}
        self.curriculum = {**older.curriculum, **self.curriculum}

    def history(self) -> History:
        """What was found, sorted, so that it does not depend on how it was found."""
        return History(
            {slug: dict(sorted(self.modules[slug].items())) for slug in sorted(self.modules)},
            dict(sorted(self.curriculum.items())),
        )


def _write(path: Path, found: History) -> None:
    payload = json.dumps(
        {
            "modules": {slug: _plain(releases) for slug, releases in found.modules.items()},
            "curriculum": _plain(found.curriculum),
        }
    ).encode()
    put(path, payload)


def _plain(releases: Mapping[str, Release]) -> dict[str, list[Any]]:
    return {v: [r.commit, r.hash, *r.registries] for v, r in releases.items()}


def _read(path: Path) -> History | None:
    """An index as it was written; None where it is not the same to the byte."""
    payload = take(path)
    if payload is None:
        return None
    data = json.loads(payload)
    modules = {slug: _releases(releases) for slug, releases in data["modules"].items()}
    return History(modules, _releases(data["curriculum"]))


def _releases(plain: Mapping[str, list[str]]) -> dict[str, Release]:
    return {v: Release(commit, hash_, tuple(rest)) for v, (commit, hash_, *rest) in plain.items()}
