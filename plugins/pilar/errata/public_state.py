"""Whether the public pages stand in the output folder as they would be made; makes none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pilar.content.files import Files, blob_hash
from pilar.editions.address import EDITIONS
from pilar.store import package
from pilar.store.cache import take
from pilar.store.manifest import digest, sha256_of, tools
from pilar.store.verified import SUM, verified
from pilar.versions.history import history
from pilar.versions.repository import Repository


def public_stands(made: Path, folder: Path, cache: Path) -> bool:
    """Whether the pages in `folder` are those whose manifest is remembered at `made`."""
    manifest = take(made)
    return manifest is not None and verified(folder, cache).get(SUM) == sha256_of(manifest)


def made_entry(
    root: Path, cache: Path, files: Files, repository: Repository | None, base: str
) -> Path:
    """Where the manifest of the pages of this content is remembered. Raises DamagedObjectError.

    What they are made from holds trainers' text, so not even its hash stands among them.
    """
    parts = [
        {name: blob_hash(data) for name, data in files.items()},
        digest(package.find(root, "overrides") / EDITIONS),
        digest(package.ROOT, ".py"),
        *(tools(), base, _released(repository, cache)),
    ]
    identity = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return cache / f"edisi-{identity}"


def _released(repository: Repository | None, cache: Path) -> list[Mapping[str, Any]]:
    """Every version and what it holds; not its commit, for most commits release nothing."""
    if repository is None:
        return []
    known = history(repository, cache)
    return [
        {version: [release.hash, *release.registries] for version, release in versions.items()}
        | {"slug": slug}
        for slug, versions in (("", known.curriculum), *known.modules.items())
    ]
