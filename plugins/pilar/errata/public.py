"""build/edisi: small public pages that say whether a printed copy still holds.

They change when newer versions appear, and so stand beside the runs, whose own folders never
change. What the QR codes in the books open is here. Everything is worded for participants.

    edisi/index.html                    all runs and versions
    edisi/<run>/index.html              the joined book
    edisi/<run>/<kode>/index.html       one module
    edisi/<run>/ralat.html, ralat.pdf   all that changed
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pilar.content.files import blob_hash
from pilar.editions.address import EDITIONS, edition_page
from pilar.errata.delta import RunDelta, run_delta
from pilar.errata.pages import ErrataPress, Versions
from pilar.leaks.gate import check_public
from pilar.model.edition import Edition
from pilar.model.run import Project, Run
from pilar.model.semver import order
from pilar.project.state import State
from pilar.store import package
from pilar.store.atomic import Workshop
from pilar.store.cache import put, take
from pilar.store.manifest import MANIFEST, digest, intact, read_manifest, tools, write_manifest
from pilar.store.ownership import Kind, replace_output
from pilar.versions.history import history
from pilar.versions.library import Library
from pilar.versions.newest import newest, released, released_curricula
from pilar.versions.repository import DamagedObjectError, Repository


class NotPublishedError(Exception):
    """The pages can not be made from what is here; the old ones stay. The message says why."""


def publish(state: State, out: Path, base: str) -> bool:
    """Put the pages into `out`, whole or not at all; false where they were there already.

    `base` is the address of `out`. Raises NotPublishedError, and ContentError for a sheet that
    cannot be printed and where the leak gate finds anything of the trainers.
    """
    root = state.workspace.root
    final = out / EDITIONS
    # What the pages are made from holds trainers' text, so not even its hash stands among them.
    made = state.workspace.cache / f"edisi-{_fingerprint(state, base)}"
    manifest = read_manifest(final)
    if manifest and intact(final, manifest) and take(made) == (final / MANIFEST).read_bytes():
        return False
    if state.faults:
        raise NotPublishedError("isi folder kerja masih bermasalah (lihat: pilar check)")
    pinned = {name: run.content for name, run in state.runs.items() if run.content}
    if failed := {*state.failed, *(state.runs.keys() - pinned)}:
        names = ", ".join(sorted(failed))
        raise NotPublishedError(f"isi pelatihan {names} tidak lengkap di sini")
    library = state.library
    with Workshop(final) as shop:
        for name, data in public_files(root, pinned, library, base):
            path = shop.stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        check_public(_shown(pinned, library), shop.stage, root)
        write_manifest(shop.stage, {"jenis": Kind.PUBLIC})
        put(made, (shop.stage / MANIFEST).read_bytes())
        replace_output(shop, Kind.PUBLIC)
    return True


def _fingerprint(state: State, base: str) -> str:
    """Identifies all that the pages are made from: content, history, templates, code, tools."""
    parts = [
        {name: blob_hash(data) for name, data in state.files.items()},
        digest(package.find(state.workspace.root, "overrides") / EDITIONS),
        digest(package.ROOT, ".py"),
        *(tools(), base, _released(state.repository, state.workspace.cache)),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _released(repository: Repository | None, cache: Path) -> list[Mapping[str, Any]]:
    """Every version and what it holds; not its commit, for most commits release nothing."""
    if repository is None:
        return []
    try:
        known = history(repository, cache)
    except DamagedObjectError:
        raise NotPublishedError("riwayat git tidak dapat dibaca") from None
    return [
        {version: [release.hash, *release.registries] for version, release in versions.items()}
        | {"slug": slug}
        for slug, versions in (("", known.curriculum), *known.modules.items())
    ]


def present(library: Library, content: Project) -> tuple[Project, str]:
    """What takes the place of a run's content today, and the version of the curriculum."""
    modules = {slug: newest(library, module) for slug, module in content.modules.items()}
    sources = {**content.sources, **library.project.sources}
    held = content.curriculum.versi
    curriculum = next(iter(released_curricula(library)), held)
    later = curriculum if order(curriculum) > order(held) else held
    return replace(library.project, modules=modules, sources=sources), later


def _shown(pinned: Mapping[str, Project], library: Library) -> Iterator[tuple[Run, Project]]:
    """All content that the pages are made from: what each run taught, and today's."""
    for name, content in pinned.items():
        run = library.project.runs[name]
        yield run, content
        yield run, present(library, content)[0]


def public_files(
    root: Path, pinned: Mapping[str, Project], library: Library, base: str
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every page; `pinned` has the content of each run. Raises ContentError."""
    project = library.project
    press = ErrataPress(package.find(root, "overrides") / EDITIONS)
    deltas: list[RunDelta] = []
    for name, content in pinned.items():
        after, curriculum = present(library, content)
        run = project.runs[name]
        deltas.append(run_delta(run, Edition.PESERTA, content, after, curriculum=curriculum))
    deltas.sort(key=lambda delta: (delta.run.file.tanggal.mulai, delta.run.id), reverse=True)
    for delta in deltas:
        folder = delta.run.id
        yield f"{folder}/index.html", press.run(delta).encode()
        for module in delta.modules:
            page = f"{folder}/{module.before.meta.kode.lower()}/index.html"
            yield page, press.module(delta, module).encode()
        yield f"{folder}/ralat.html", press.errata(delta, "ralat.pdf", public=True).encode()
        where = f"{edition_page(base, folder)}ralat.html" if base else "ralat.html"
        yield f"{folder}/ralat.pdf", press.sheet_file(delta, where, library.cache)
    runs = [delta.run for delta in deltas]
    yield (
        "index.html",
        press.index(
            project.curriculum.nama,
            deltas,
            [
                (version, [run for run in runs if run.file.kurikulum == version])
                for version in _with_used(
                    released_curricula(library), {run.file.kurikulum for run in runs}
                )
            ],
            list(_versions(library, pinned, runs)),
        ).encode(),
    )


def _versions(
    library: Library, pinned: Mapping[str, Project], runs: list[Run]
) -> Iterator[Versions]:
    """Every module of the curriculum and of the runs, and who used which version."""
    modules = {s: m for content in pinned.values() for s, m in content.modules.items()}
    modules |= library.project.modules
    places = {slug: place for place, slug in enumerate(library.project.curriculum.pins())}
    for slug in sorted(modules, key=lambda slug: (places.get(slug, len(places)), slug)):
        users: dict[str, list[Run]] = {}
        for run in runs:
            if module := pinned[run.id].modules.get(slug):
                users.setdefault(module.meta.versi, []).append(run)
        versions = _with_used(released(library, slug), users)
        meta = modules[slug].meta
        rows = tuple((version, tuple(users.get(version, ()))) for version in versions)
        yield Versions(meta.kode, meta.judul, rows)


def _with_used(versions: Iterable[str], used: Iterable[str]) -> list[str]:
    """Versions that were released or used, newest first."""
    return sorted({*versions, *used}, key=order, reverse=True)
