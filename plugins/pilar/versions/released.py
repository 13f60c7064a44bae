"""A version that some run was locked to never changes; a new one says how much it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from pilar.changes.bump import proposed
from pilar.changes.modules import compare
from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.model.semver import order

from .ancestry import lost
from .library import Library
from .missing import all_here, lost_commit
from .repository import DamagedObjectError

Remember = Callable[..., Iterable[Problem]]
"""Called with a function that finds problems, and with all that these depend on (texts)."""


def changed_releases(project: Project, library: Library) -> Iterator[Problem]:
    """Modules of the working tree that say they are a locked version and are not.

    The message proposes the version that the change needs.
    """
    for slug, module in project.modules.items():
        for run_id, locked in library.locks(slug).items():
            if module.meta.versi != locked.versi or module.digest == locked.hash:
                continue
            hint = f"Naikkan `versi`, atau jalankan: pilar bump {slug}"
            if old := library.sound(slug, locked.hash):
                if old.meta.versi != locked.versi:
                    continue  # the lock is wrong, and told to be
                version, reason = proposed(compare(old, module))
                hint = (
                    f"Naikkan `versi` menjadi {version}: {reason}; "
                    f"untuk itu jalankan: pilar bump {slug}"
                )
            yield module.source.problem(
                ("versi",),
                "V103",
                f"versi {locked.versi} sudah dikunci oleh {run_id}, tetapi isinya berubah",
                hint,
            )


def unfit_bumps(project: Project, library: Library, remember: Remember) -> Iterator[Problem]:
    """Modules whose version says less than what has changed since the newest locked one before it.

    A locked version is left alone: it cannot become another any more. The module, and what runs
    have locked of it, decide alone.
    """
    locks = [run.lock for run in project.runs.values() if run.lock]
    whole = all(all_here(lock, library.repository) for lock in locks)
    for slug, module in project.modules.items():
        pins = [
            f"{run_id} {locked.model_dump_json()}" for run_id, locked in library.locks(slug).items()
        ]
        find = partial(_unfit_bump, slug, project, library)
        made_from = "kenaikan", slug, module.digest, *pins
        yield from remember(find, *made_from) if whole and pins else find()


def _unfit_bump(slug: str, project: Project, library: Library) -> Iterator[Problem]:
    module = project.modules[slug]
    locked = {order(entry.versi): (entry, run_id) for run_id, entry in library.locks(slug).items()}
    own = order(module.meta.versi)
    older = [version for version in locked if version < own]
    if own in locked or not older:
        return
    base, run_id = locked[max(older)]
    old = library.sound(slug, base.hash)
    if old is None or old.meta.versi != base.versi or old.digest == module.digest:
        return
    version, reason = proposed(compare(old, module))
    if own < order(version):
        yield module.source.problem(
            ("versi",),
            "V107",
            f"versi {module.meta.versi} terlalu rendah untuk perubahan sejak {base.versi}, "
            f"yang dipakai {run_id}",
            f"Naikkan `versi` menjadi {version}: {reason}; untuk itu jalankan: pilar bump {slug}",
        )


def lost_commits(project: Project, library: Library) -> Iterator[Problem]:
    """Locks that name commits which HEAD does not descend from, the content aside."""
    if library.repository is None:
        return
    named: dict[str, dict[str, list[str]]] = {}
    for run in project.runs.values():
        for slug, locked in run.lock.parts().items() if run.lock else ():
            named.setdefault(locked.commit, {}).setdefault(run.id, []).append(slug)
    try:
        gone = lost(library.repository, named)
    except DamagedObjectError:
        return  # unknown; whatever needs the damaged object reports it
    for commit in sorted(gone):
        for run_id, slugs in named[commit].items():
            yield lost_commit(f"runs/{run_id}.lock", ", ".join(slugs), commit)


def untold_changes(project: Project) -> Iterator[Problem]:
    """Modules past a locked version whose perubahan.md has no section for their version."""
    for slug, module in project.modules.items():
        meta, changelog = module.meta, module.changelog
        locks = project.locks(slug).items()
        older = [run_id for run_id, one in locks if order(one.versi) < order(meta.versi)]
        described = [section.version for section in changelog.sections]
        for section in changelog.sections:
            if order(section.version) > order(meta.versi):
                message = f"versi {section.version} lebih baru daripada modul.yml ({meta.versi})"
                hint = "Samakan `versi` di modul.yml, atau ganti nomor di sini"
                lines = changelog.document.lines if changelog.document else ()
                problem = Problem(changelog.path, section.line, "V104", message, hint)
                yield problem.on_line(lines)
        if older and changelog.readable and meta.versi not in described:
            message = f"versi {meta.versi} tidak ada di perubahan.md"
            hint = (
                f"Pelatihan {older[-1]} memakai versi yang lebih lama; tulis di "
                f"modules/{slug}/perubahan.md, di bawah ## {meta.versi}, apa yang berubah sejak itu"
            )
            yield module.source.problem(("versi",), "V105", message, hint)
