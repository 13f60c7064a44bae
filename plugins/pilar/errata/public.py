"""build/edisi: small public pages that say whether a printed copy still holds.

They change when newer versions appear, and so stand beside the runs, whose own folders never
change. What the QR codes in the books open is here. Everything is worded for participants.

    edisi/index.html                    all runs and versions
    edisi/<run>/index.html              the joined book
    edisi/<run>/<kode>/index.html       one module
    edisi/<run>/ralat.html, ralat.pdf   all that changed
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pilar.editions.address import EDITIONS, edition_page
from pilar.errata.delta import run_delta
from pilar.errata.pages import ErrataPress, Versions
from pilar.errata.public_state import made_entry, public_stands
from pilar.leaks.gate import check_public
from pilar.model.edition import Edition
from pilar.model.run import Project, Run
from pilar.model.semver import order
from pilar.project.state import State
from pilar.store import package
from pilar.store.atomic import Workshop
from pilar.store.cache import entry_of, put, take
from pilar.store.manifest import MANIFEST, digest, sha256, write_manifest
from pilar.store.ownership import Kind, replace_output
from pilar.versions.library import Library
from pilar.versions.newest import newest, released, released_curricula
from pilar.versions.repository import DamagedObjectError


class NotPublishedError(Exception):
    """The pages can not be made from what is here; the old ones stay. The message says why."""


def publish(state: State, out: Path, base: str) -> bool:
    """Put the pages into `out`, whole or not at all; false where they were there already.

    `base` is the address of `out`. Raises NotPublishedError, and ContentError for a sheet that
    cannot be printed and where the leak gate finds anything of the trainers.
    """
    root, cache = state.workspace.root, state.workspace.cache
    final = out / EDITIONS
    try:
        made = made_entry(root, cache, state.files, state.repository, base)
    except DamagedObjectError:
        raise NotPublishedError("riwayat git tidak dapat dibaca") from None
    if public_stands(made, final, cache):
        return False
    if state.faults:
        raise NotPublishedError("isi folder kerja masih bermasalah (lihat: pilar check)")
    pinned = {name: run.content for name, run in state.runs.items() if run.content}
    if failed := {*state.failed, *(state.runs.keys() - pinned)}:
        names = ", ".join(sorted(failed))
        raise NotPublishedError(f"isi pelatihan {names} tidak lengkap di sini")
    library = state.library
    press = ErrataPress(package.find(root, "overrides") / EDITIONS)
    # The gate takes all words of templates for public.
    around = digest(package.find(root, "overrides")), sha256(package.find(root, "mkdocs.yml")), base
    entries = {
        name: _entry(cache, library, library.project.runs[name], content, around)
        for name, content in pinned.items()
    }
    checked = {name: found for name, path in entries.items() if (found := taken(path))}
    fresh = {
        name: run_pages(press, library.project.runs[name], content, library, base)
        for name, content in pinned.items()
        if name not in checked
    }
    with Workshop(final) as shop:
        _write(shop.stage, {"index.html": index(press, pinned, library, {**checked, **fresh})})
        for pages in fresh.values():
            _write(shop.stage, pages.files)
        check_public(_shown(pinned, library), shop.stage, root)
        for name, pages in fresh.items():
            put(entries[name], pages.entry())
        for pages in checked.values():
            _write(shop.stage, pages.files)
        write_manifest(shop.stage, {"jenis": Kind.PUBLIC})
        put(made, (shop.stage / MANIFEST).read_bytes())
        replace_output(shop, Kind.PUBLIC)
    return True


def _write(stage: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _entry(
    cache: Path, library: Library, run: Run, content: Project, around: Sequence[str]
) -> Path:
    """Where the pages of a run are kept once the gate has let them pass; `around` identifies what
    they rest on besides content.
    """
    after, curriculum = present(library, content)
    made_from = [
        [run.id, run.digest, repr(run.lock), Edition.PESERTA, curriculum, *around],
        [(one.digest, [m.digest for m in one.modules.values()]) for one in (content, after)],
    ]
    return entry_of(cache, "edisi", json.dumps(made_from))


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


@dataclass(frozen=True)
class RunPages:
    """The pages of one run by path, and what the list of all runs says of it: the version of its
    curriculum, and how its joined book stands.
    """

    curriculum: str
    state: str
    files: Mapping[str, bytes]

    def entry(self) -> bytes:
        """All of it, for the cache."""
        files = {name: b64encode(data).decode() for name, data in self.files.items()}
        return json.dumps([self.curriculum, self.state, files]).encode()


def taken(path: Path) -> RunPages | None:
    """What an entry of the cache holds."""
    if (entry := take(path)) is None:
        return None
    curriculum, state, files = json.loads(entry)
    return RunPages(curriculum, state, {name: b64decode(data) for name, data in files.items()})


def run_pages(
    press: ErrataPress, run: Run, content: Project, library: Library, base: str
) -> RunPages:
    """The pages of a run with this content, compared with what replaces it today.

    Raises ContentError for a sheet that cannot be printed.
    """
    after, curriculum = present(library, content)
    delta = run_delta(run, Edition.PESERTA, content, after, curriculum=curriculum)
    where = f"{edition_page(base, run.id)}ralat.html" if base else "ralat.html"
    files = {"index.html": press.run(delta).encode()}
    for module in delta.modules:
        page = f"{module.before.meta.kode.lower()}/index.html"
        files[page] = press.module(delta, module).encode()
    files["ralat.html"] = press.errata(delta, "ralat.pdf", public=True).encode()
    files["ralat.pdf"] = press.sheet_file(delta, where, library.cache)
    named = {f"{run.id}/{name}": data for name, data in files.items()}
    return RunPages(delta.curricula[0], delta.state, named)


def index(
    press: ErrataPress,
    pinned: Mapping[str, Project],
    library: Library,
    pages: Mapping[str, RunPages],
) -> bytes:
    """The list of all runs and versions; `pinned` has the content of each run, `pages` theirs."""
    project = library.project
    runs = [project.runs[name] for name in pinned]
    runs.sort(key=lambda run: (run.file.tanggal.mulai, run.id), reverse=True)
    curricula = _with_used(released_curricula(library), {run.file.kurikulum for run in runs})
    return press.index(
        project.curriculum.nama,
        [(run, pages[run.id].curriculum, pages[run.id].state) for run in runs],
        [(version, [r for r in runs if r.file.kurikulum == version]) for version in curricula],
        list(_versions(library, pinned, runs)),
    ).encode()


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
