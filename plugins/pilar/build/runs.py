"""Builds runs into an output folder: whole or not at all, nothing twice, in as many processes.

build/<run>/<edition>/…  and  build/<run>/manifes.json; build/edisi/ (errata/public.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock

from pilar.build.cluster import Cluster
from pilar.build.current import fingerprint, is_current, prints_of, software_of
from pilar.build.dispatch import Dispatch, Making
from pilar.build.options import Options
from pilar.build.result import Result
from pilar.build.run_folder import take_up
from pilar.build.seal import sweep
from pilar.build.workers import LASTING, Alone, Crew, Failure, Processes, Workers, refused
from pilar.content.files import run_names
from pilar.editions.address import EDITIONS
from pilar.errata.public import NotPublishedError, publish
from pilar.model.callback import Report, silent
from pilar.model.edition import Edition
from pilar.model.problem import (
    ContentError,
    StoppedError,
    WrongUsageError,
    unknown_run,
)
from pilar.project.state import State, Workspace
from pilar.store.atomic import recover
from pilar.store.cache import prune
from pilar.store.manifest import intact, read_manifest, tools, write_manifest
from pilar.store.ownership import Kind, refuse_foreign, replace_output
from pilar.syntax.render import keep_html


def build(
    options: Options, report: Report = silent, tell: Callable[[Result], None] = lambda _: None
) -> list[Result]:
    """Build what is asked for, and `tell` of each run as soon as it stands there, or cannot.

    Raises ContentError with every problem of the content, StoppedError where runs could not be made
    for other reasons, both when all others stand; UnknownNameError for a run that does not exist,
    ForeignError where what Pilar did not make lies in the way. Whatever happens, each run's folder
    is the old one or the new one.
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
        software = software_of(options)
        publishes = bool(names) and options.public and not options.worktree
        for name in (*names, EDITIONS):
            recover(options.out / name)
        if publishes:
            refuse_foreign(options.out / EDITIONS, Kind.PUBLIC)
        prints = {name: fingerprint(options, state.files, name, software) for name in names}
        stale = [name for name in names if not is_current(options, name, prints[name])]
        for name in stale:
            refuse_foreign(options.out / name, Kind.RUN)
        results = {}
        for result in _results(options, state, names, stale, prints, report):
            results[result.run] = result
            tell(result)
        unfit = [run for run, each in results.items() if each.problems and run not in state.failed]
        # Of content from which an output came that is not fit to be seen, nothing is published.
        if publishes and not unfit:
            results[EDITIONS] = _publish(options, state)
            tell(results[EDITIONS])
        if problems := [problem for each in results.values() for problem in each.problems]:
            # The other runs stand; only now say what could not be built.
            raise ContentError(problems)
        if left := [n for n, each in results.items() if each.hindrance and n != EDITIONS]:
            raise StoppedError(
                f"{len(left)} pelatihan belum selesai: {', '.join(left)}. Jalankan lagi perintah "
                "yang sama; yang sudah selesai tidak dibuat ulang."
            )
        return [results[name] for name in (*names, EDITIONS) if name in results]


def _results(
    options: Options,
    state: State,
    names: Sequence[str],
    stale: Sequence[str],
    prints: Mapping[str, str],
    report: Report,
) -> Iterator[Result]:
    """Of each run, those first for which there is nothing to do."""
    for name in names:
        if name not in stale:
            yield Result(name, options.out / name, False)
    if not stale:
        return
    report("Memeriksa isi", 0, 1)
    failed = {name: state.failed[name] for name in stale if name in state.failed}
    if state.faults:
        raise ContentError([*state.faults, *(p for of in failed.values() for p in of)])
    report("Memeriksa isi", 1, 1)
    for name, problems in failed.items():
        yield Result(name, options.out / name, False, problems=problems)
    yield from _built(options, state, [n for n in stale if n not in failed], prints, report)


def _built(
    options: Options,
    state: State,
    names: Sequence[str],
    prints: Mapping[str, str],
    report: Report,
) -> Iterator[Result]:
    opens = not options.passphrase and Edition.PELATIH in options.editions
    sealed = {n for n in names if opens and read_manifest(options.out / n).get("disegel")}
    runs = {name: state.runs[name] for name in names}
    finish = partial(_finish, options, prints)
    with ExitStack() as shops, Workers(_crew(options, len(names))) as workers:
        dispatch = Dispatch(options, runs, workers, shops, finish, report)
        left = dict.fromkeys(names)
        try:
            for each in dispatch.outcomes():
                del left[each.run]
                folder, failure = options.out / each.run, each.failure
                if failure:
                    problems, reason = failure.problems, failure.reason
                    yield Result(each.run, folder, False, hindrance=reason, problems=problems)
                else:
                    yield Result(each.run, folder, True, each.run in sealed, cost=each.cost)
        except StoppedError as error:
            reason = str(error).removesuffix(".")
            for name in left:
                yield Result(name, options.out / name, False, hindrance=reason)


def _crew(options: Options, runs: int) -> Crew:
    if options.scheduler:
        return Cluster(options)
    several = options.jobs > 1 or runs > LASTING
    return Processes(options.jobs, options.cache) if several else Alone()


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


def _publish(options: Options, state: State) -> Result:
    """The public pages, as far as what is here allows it."""
    folder = options.out / EDITIONS
    try:
        built = publish(state, options.out, options.address)
    except NotPublishedError as error:
        return Result(EDITIONS, folder, False, hindrance=str(error))
    return Result(EDITIONS, folder, built)


def _finish(options: Options, prints: Mapping[str, str], making: Making) -> Failure | None:
    """Write the manifest and put the new folder in the old one's place; or why it could not be."""
    try:
        take_up(making.shop.stage, making.made)
        write_manifest(making.shop.stage, _facts(options, prints[making.job.run.id], making))
        replace_output(making.shop, Kind.RUN)
    except OSError as error:
        return Failure(reason=refused(error))
    except WrongUsageError as error:
        return Failure(reason=str(error))
    return None


def _facts(options: Options, wanted: str, making: Making) -> dict[str, Any]:
    """What the manifest says of a run; an edition that was not asked for stays as it was."""
    final, stage, job = making.shop.final, making.shop.stage, making.job
    old, project = read_manifest(final), job.content.project
    lists = {made.edition: [done.entry() for done in made.printed] for made in making.made}
    editions = prints_of(options, job.run.id, wanted, job.seal)
    segel = job.seal.entry() if job.seal else None
    for edition in Edition:
        if edition not in options.editions and (final / edition).is_dir():
            shutil.copytree(final / edition, stage / edition)
            sound = intact(final, old, f"{edition}/")
            lists[edition] = old.get("cetak", {}).get(edition, [])
            editions[edition.value] = old["edisi"].get(edition.value, "") if sound else ""
            segel = old.get("segel") if edition is Edition.PELATIH else segel
    return {
        "jenis": Kind.RUN,
        "pelatihan": job.run.id,
        "draf": job.mark,
        "kurikulum": project.curriculum.versi,
        "modul": {
            slug: {"versi": module.meta.versi, "tree": module.digest}
            for slug, module in project.modules.items()
        },
        "kunci": job.run.lock.model_dump(mode="json") if job.run.lock else None,
        "alat": tools(),
        "alamat": options.address,
        "edisi": editions,
        "cetak": lists,
        "disegel": segel is not None,
        "segel": segel,
    }
