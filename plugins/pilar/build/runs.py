"""Builds runs into an output folder: whole or not at all, nothing twice, in as many processes.

build/<run>/<edition>/…  and  build/<run>/manifes.json; build/edisi/ (errata/public.py).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from filelock import FileLock

from pilar.assembly.tree import EditionTree
from pilar.build.options import Options
from pilar.build.output import (
    PaperWork,
    build_edition,
    in_order,
    pages_of,
    paper_tasks,
    paper_work,
    part_tasks,
)
from pilar.build.seal import Seal, sweep
from pilar.build.workers import Workers
from pilar.content.files import Files, blob_hash
from pilar.content.project import run_names
from pilar.editions.address import EDITIONS, edit_address
from pilar.editions.papers.paper import BothEditions, Printed
from pilar.errata.public import NotPublishedError, publish
from pilar.model.callback import Report, silent
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, unknown_run
from pilar.project.state import State, Workspace
from pilar.store import package
from pilar.store.atomic import Workshop, recover
from pilar.store.cache import prune
from pilar.store.manifest import digest, intact, read_manifest, sha256, tools, write_manifest
from pilar.store.ownership import Kind, refuse_foreign, replace_output
from pilar.syntax.render import keep_html
from pilar.versions.opened import open_repository

_PAPERS = "kertas"
"""Below the folder that a run is made in, until its sites are there."""


@dataclass(frozen=True)
class Result:
    """A folder that stands in the output folder; `built` is false where nothing had changed."""

    run: str
    folder: Path
    built: bool
    unsealed: bool = False
    """Was the trainer edition in it sealed, and is no more?"""
    hindrance: str = ""
    """Why it could not be made anew (Indonesian); what stood there before still does."""

    @property
    def sealable(self) -> bool:
        """Does it hold a trainer edition? The public pages do not."""
        return self.run != EDITIONS


def build(options: Options, report: Report = silent) -> list[Result]:
    """Build what is asked for.

    Raises ContentError with every problem of the content, UnknownNameError for a run that
    does not exist, ForeignError where what Pilar did not make lies in the way. Whatever happens,
    each run's folder is the old one or the new one.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    with FileLock(options.out / ".pilar.lock"), _swept(options.cache):
        state = Workspace(options.root, options.cache).folder(options.worktree)
        known = run_names(state.files)
        names = options.runs or tuple(known)
        unknown = [name for name in names if name not in known]
        if state.unread and (unknown or not known):
            raise ContentError(state.unread)
        if unknown:
            raise unknown_run(unknown[0], known)
        software = _software(options)
        publishes = bool(names) and options.public and not options.worktree
        for name in (*names, EDITIONS):
            recover(options.out / name)
        if publishes:
            refuse_foreign(options.out / EDITIONS, Kind.PUBLIC)
        prints = {name: fingerprint(options, state.files, name, software) for name in names}
        stale = [name for name in names if not _is_current(options, name, prints[name])]
        for name in stale:
            refuse_foreign(options.out / name, Kind.RUN)
        sealed = {name for name in stale if read_manifest(options.out / name).get("disegel")}
        if stale:
            _build_stale(options, state, stale, prints, report)
        if options.passphrase or Edition.PELATIH not in options.editions:
            sealed.clear()
        results = [
            Result(name, options.out / name, name in stale, name in sealed) for name in names
        ]
        if publishes:
            results.append(_publish(options, state))
        failed = state.failed if stale else {}
        if problems := [problem for name in names for problem in failed.get(name, ())]:
            # The other runs stand; only now say what could not be built.
            raise ContentError(problems)
        return results


@contextmanager
def _swept(cache: Path) -> Iterator[None]:
    """Before and after: no plain site of a build that is no more, nor of a worker of this one.

    Before, also, no part that nothing has used for long. Between, HTML of pages is kept too.
    """
    sweep(cache)
    prune(cache)
    keep_html(cache)
    try:
        yield
    finally:
        keep_html(None)
        sweep(cache)


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


def _software(options: Options) -> str:
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


def _is_current(options: Options, run: str, wanted: str) -> bool:
    """Whether the folder holds, unchanged, what a build would make."""
    folder = options.out / run
    manifest = read_manifest(folder)
    seal = Seal.of(options.passphrase, manifest)
    if bool(seal) != bool(options.passphrase) or any(
        manifest.get("edisi", {}).get(edition) != print_
        for edition, print_ in _prints(options, run, wanted, seal).items()
    ):
        return False
    return intact(folder, manifest)


def _prints(options: Options, run: str, wanted: str, seal: Seal | None) -> dict[str, str]:
    """What the manifest says each edition is made from; a sealed one's confirms no guess."""
    ours = wanted if options.beside(run) else f"{wanted} tanpa peserta"
    theirs = {Edition.PELATIH: seal.fingerprint(ours) if seal else ours}
    return {edition.value: theirs.get(edition, wanted) for edition in options.editions}


def _build_stale(
    options: Options, state: State, names: Sequence[str], prints: dict[str, str], report: Report
) -> None:
    report("Memeriksa isi", 0, 1)
    if state.faults:
        failed = (problem for name in names for problem in state.failed.get(name, ()))
        raise ContentError([*state.faults, *failed])
    names = [name for name in names if name not in state.failed]
    # Papers take from both editions, whichever are built.
    read = Edition if options.books else options.editions
    both = {(name, edition): state.runs[name].tree(edition) for name in names for edition in read}
    trees = {key: tree for key, tree in both.items() if key[1] in options.editions}
    with Workers(options.jobs, options.cache) as workers, ExitStack() as open_shops:
        shops = {name: open_shops.enter_context(Workshop(options.out / name)) for name in names}
        works: Mapping[str, PaperWork] = {}
        if options.books:
            keys, bodies = part_tasks(options, trees.values())
            pages = dict(zip(keys, workers.run(bodies, "Mencetak modul", report), strict=True))
            pairs = {
                n: BothEditions(both[n, Edition.PELATIH], both[n, Edition.PESERTA]) for n in names
            }
            blank = [
                paper_work(pairs[n], _paper_folders(options, shops[n]), pages, pages_of(options))
                for n in names
            ]
            lists = workers.run(paper_tasks(options, blank), "Mencetak kertas", report)
            finished = zip(blank, in_order(options, lists), strict=True)
            works = {n: replace(w, printed=p) for n, (w, p) in zip(names, finished, strict=True)}
        seals = {name: Seal.fresh(options.passphrase) for name in names if options.passphrase}
        tasks = [
            partial(build_edition, options, tree, shops[n].stage / e, works.get(n), seals.get(n))
            for (n, e), tree in trees.items()
        ]
        results = workers.run(tasks, "Menyusun situs dan buku", report)
        made = dict(zip(trees, results, strict=True))
        for name, shop in shops.items():
            each = {edition: made[name, edition] for edition in options.editions}
            tree = trees[name, options.editions[0]]
            _finish(options, tree, shop, each, wanted=prints[name], seal=seals.get(name))


def _paper_folders(options: Options, shop: Workshop) -> dict[Edition, Path]:
    """Where papers are made: beside the sites, which MkDocs begins by clearing the place."""
    return {edition: shop.stage / _PAPERS / edition for edition in options.editions}


def _publish(options: Options, state: State) -> Result:
    """The public pages, as far as what is here allows it."""
    folder = options.out / EDITIONS
    try:
        built = publish(state, options.out, options.address)
    except NotPublishedError as error:
        return Result(EDITIONS, folder, False, hindrance=str(error))
    return Result(EDITIONS, folder, built)


def _finish(
    options: Options,
    tree: EditionTree,
    shop: Workshop,
    printed: Mapping[Edition, Sequence[Printed]],
    *,
    wanted: str,
    seal: Seal | None,
) -> None:
    """Write the manifest and put the new folder in the old one's place."""
    final, stage = shop.final, shop.stage
    shutil.rmtree(stage / _PAPERS, ignore_errors=True)
    old = read_manifest(final)
    lists = {edition: [done.entry() for done in listed] for edition, listed in printed.items()}
    editions = _prints(options, tree.run.id, wanted, seal)
    segel = seal.entry() if seal else None
    for edition in Edition:
        # An edition that was not asked for stays as it was.
        if edition not in options.editions and (final / edition).is_dir():
            shutil.copytree(final / edition, stage / edition)
            sound = intact(final, old, f"{edition}/")
            lists[edition] = old.get("cetak", {}).get(edition, [])
            editions[edition.value] = old["edisi"].get(edition.value, "") if sound else ""
            segel = old.get("segel") if edition is Edition.PELATIH else segel
    facts = {
        "jenis": Kind.RUN,
        "pelatihan": tree.run.id,
        "draf": tree.draft,
        "kurikulum": tree.curriculum.versi,
        "modul": {
            node.module.slug: {"versi": node.module.meta.versi, "tree": node.module.digest}
            for node in tree.modules
        },
        "kunci": tree.run.lock.model_dump(mode="json") if tree.run.lock else None,
        "alat": tools(),
        "alamat": options.address,
        "edisi": editions,
        "cetak": lists,
        "disegel": segel is not None,
        "segel": segel,
    }
    write_manifest(stage, facts)
    replace_output(shop, Kind.RUN)
