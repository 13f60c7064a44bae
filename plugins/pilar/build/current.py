"""What runs are made from, and whether they stand in the output folder as a build would make them.

Most calls of a build find nothing to do: this loads nothing that makes anything.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pilar.build.options import Options
from pilar.content.files import Files, blob_hash, read_folder, run_names
from pilar.editions.address import EDITIONS, edit_address
from pilar.errata.public_state import made_entry, public_stands
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.store import package
from pilar.store.manifest import digest, read_manifest, sha256, tools
from pilar.store.verified import verified
from pilar.versions.line_endings import as_committed
from pilar.versions.opened import open_repository
from pilar.versions.repository import DamagedObjectError

if TYPE_CHECKING:
    from pilar.build.seal import Seal


def standing(options: Options) -> tuple[str, ...]:
    """The runs that are asked for and the public pages, where all of that is as a build leaves it;
    empty where there is anything for `runs.build` to do, to clear away or to report.
    """
    root, problems = options.root, list[Problem]()
    # Without modules/ in the folder git's HEAD stands in for it, as project/folder.py has it.
    if options.passphrase or not _tidy(options) or not (root / "modules").is_dir():
        return ()
    try:
        repository = open_repository(root)
        files = as_committed(read_folder(root, problems), repository)
        made = made_entry(root, options.cache, files, repository, options.address)
    except DamagedObjectError:
        return ()
    names = options.runs or tuple(run_names(files))
    if problems or not names or any(f"runs/{name}.yml" not in files for name in names):
        return ()
    public = (EDITIONS,) if options.public and not options.worktree else ()
    if public and not public_stands(made, options.out / EDITIONS, options.cache):
        return ()
    software = software_of(options)
    current = (is_current(options, n, fingerprint(options, files, n, software)) for n in names)
    return (*names, *public) if all(current) else ()


def _tidy(options: Options) -> bool:
    """Whether no killed build has left anything that the next one clears away: beside an output,
    a workshop (`store.atomic`); in the cache, a plain copy of a sealed site (`build.seal`).
    """
    left = options.out.glob(".*.pilar-*"), options.cache.glob("segel-*")
    return not any(any(found) for found in left)


def fingerprint(options: Options, files: Files, run: str, software: str) -> str:
    """Identifies all that the output of a run is made from: content, and the `software`."""
    total = hashlib.sha256(software.encode())
    lock = f"runs/{run}.lock"
    # What a lock names cannot change; an unlocked run follows the working tree.
    locked = lock in files and not options.worktree
    content = [lock] if locked else sorted(path for path in files if path.startswith("modules/"))
    for name in (*content, f"runs/{run}.yml"):
        total.update(f"{name}\0{blob_hash(files[name])}\n".encode())
    return total.hexdigest()


def software_of(options: Options) -> str:
    """Identifies what all runs are made with: templates, code, tools and options."""
    parts = [
        digest(package.find(options.root, "overrides")),
        digest(package.ROOT, ".py"),
        sha256(package.find(options.root, "mkdocs.yml")),
        *(
            tools(),
            options.books,
            options.booklets,
            options.address,
            edit_address(options.root),
            _draft_state(options),
        ),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _draft_state(options: Options) -> str:
    """The commit that a draft's mark names; empty for what is released."""
    if not options.worktree:
        return ""
    repository = open_repository(options.root)
    return repository.head if repository and repository.head else "draf"


def is_current(options: Options, run: str, wanted: str) -> bool:
    """Whether the folder holds, unchanged, what a build would make."""
    folder = options.out / run
    seal = None
    if options.passphrase:
        from pilar.build.seal import Seal  # loads cryptography

        if (seal := Seal.of(options.passphrase, read_manifest(folder))) is None:
            return False
    said = verified(folder, options.cache).get("edisi", {})
    return all(
        said.get(edition) == print_
        for edition, print_ in prints_of(options, run, wanted, seal).items()
    )


def prints_of(options: Options, run: str, wanted: str, seal: Seal | None) -> dict[str, str]:
    """What the manifest says each edition is made from; a sealed one's confirms no guess."""
    ours = wanted if options.beside(run) else f"{wanted} tanpa peserta"
    theirs = {Edition.PELATIH: seal.fingerprint(ours) if seal else ours}
    return {edition.value: theirs.get(edition, wanted) for edition in options.editions}
