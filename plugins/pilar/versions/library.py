"""Finds the content that a run is built from: by its lock, or by the versions it pins."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pilar.content.files import CURRICULUM, Files, blob_hash
from pilar.content.module_reader import read_module
from pilar.content.project import SOURCES, TERMS, ReadModule, read_registries
from pilar.model.curriculum import Module
from pilar.model.locked import Lock, LockedFile, LockedVersion
from pilar.model.position import Keys
from pilar.model.problem import ContentError, Problem, suggestion
from pilar.model.run import Project, Run

from .history import History, Release, history
from .missing import collecting, missing, undamaged
from .opened import Unusable, unusable
from .repository import DamagedObjectError, Repository
from .untrue import untrue_parts, untrue_version


@dataclass(eq=False)
class Library:
    """Content of a state and of the history behind it.

    `files` are the state's; `project` is what `repository`, at the commit it looks from, holds;
    None without git. `read` reads a module; several libraries share one that memoizes.
    """

    root: Path
    files: Files
    project: Project
    cache: Path
    repository: Repository | None
    read: ReadModule = read_module
    _modules: dict[tuple[str, str], Module] = field(default_factory=dict)
    _registries: dict[str, Project] = field(default_factory=dict)
    _untrue: dict[str, Mapping[str, Problem]] = field(default_factory=dict)

    @cached_property
    def git(self) -> Repository | Unusable | None:
        """The repository, or why the one that is here cannot be opened; None without one."""
        return self.repository or unusable(self.root)

    @cached_property
    def history(self) -> History:
        """All versions in git's history; empty without git.

        Raises ContentError where that history cannot be read.
        """
        if self.repository is None:
            return History({}, {})
        with undamaged("riwayat versi"):
            return history(self.repository, self.cache)

    def pinned(self, run: Run) -> Project:
        """The project as `run` has it: its curriculum, modules, sources and terms.

        Raises ContentError naming everything that cannot be found, and how to get it.
        """
        return self._locked(run, run.lock) if run.lock else self._resolved(run)

    def draft(self, run: Run) -> tuple[Project, str]:
        """The working tree as `run` would have it, locks and versions aside, and its mark.

        The mark names commit and date: `DRAF 1a2b3c4d, 24-11-2026`, with a plus sign where files
        differ from that commit. Raises ContentError for modules that are not there at all.
        """
        pins = run.file.pins(self.project.curriculum)
        lacking = [slug for slug in pins if slug not in self.project.modules]
        if lacking:
            raise ContentError(
                run.source.problem(
                    ("kurikulum",),
                    "R105",
                    f"modul `{slug}` tidak ada di folder kerja",
                    suggestion(slug, self.project.modules),
                )
                for slug in lacking
            )
        modules = {slug: self.project.modules[slug] for slug in pins}
        return replace(self.project, modules=modules), self._mark()

    def _mark(self) -> str:
        repository = self.repository
        if repository is None or not repository.head:
            return "DRAF tanpa riwayat git"
        when = datetime.datetime.fromtimestamp(repository.time(repository.head), datetime.UTC)
        with undamaged("riwayat versi"):
            committed = repository.content_hashes(repository.head)
        clean = all(committed.get(s) == m.digest for s, m in self.project.modules.items())
        return f"DRAF {repository.head[:8]}{'' if clean else '+'}, {when:%d-%m-%Y}"

    def untrue(self, run: Run) -> Mapping[str, Problem]:
        """Parts of a run's lock that git contradicts, by name."""
        if run.lock is None or self.repository is None:
            return {}
        if run.id not in self._untrue:
            self._untrue[run.id] = untrue_parts(run, run.lock, self.repository)
        return self._untrue[run.id]

    def locks(self, slug: str) -> dict[str, LockedVersion]:
        """What runs have locked of a module, by run; what git contradicts aside."""
        runs = self.project.runs
        found = self.project.locks(slug).items()
        return {name: locked for name, locked in found if slug not in self.untrue(runs[name])}

    def _locked(self, run: Run, lock: Lock) -> Project:
        untrue = self.untrue(run)
        problems = [*untrue.values()]
        path = f"runs/{run.id}.lock"
        project = None
        if not untrue.keys() & {"kurikulum", "rujukan", "glosarium"}:
            project = self.registries(path, lock, problems)
            held = project.curriculum.versi if project else lock.kurikulum.versi
            if held != lock.kurikulum.versi:
                problems.append(untrue_version(run, "kurikulum", lock.kurikulum.versi, held))
        modules: dict[str, Module] = {}
        for slug, locked in lock.modul.items():
            what = f"modul `{slug}` {locked.versi}"
            if slug in untrue:
                continue
            with collecting(problems, path, what):
                if module := self.module(slug, locked.hash):
                    modules[slug] = module
                    if module.meta.versi != locked.versi:
                        problems.append(untrue_version(run, slug, locked.versi, module.meta.versi))
                else:
                    problems.append(missing(path, what, locked.commit, self.git))
        if project is None or problems:
            raise ContentError(problems)
        if changed := unfit(project, run, lock):
            raise unfit_lock(run, changed)
        return replace(project, modules=modules)

    def registries(self, path: str, lock: Lock, problems: list[Problem]) -> Project | None:
        """Curriculum, sources and terms of a lock, in place of the working tree's."""
        wanted: dict[str, tuple[str, LockedFile]] = {
            CURRICULUM: (f"kurikulum {lock.kurikulum.versi}", lock.kurikulum),
            SOURCES: ("rujukan", lock.rujukan),
            TERMS: ("glosarium", lock.glosarium),
        }
        digest = "-".join(locked.hash for _, locked in wanted.values())
        if not problems and digest in self._registries:
            return self._registries[digest]
        files: dict[str, bytes] = {}
        for name, (what, locked) in wanted.items():
            data = self.files.get(name, b"")
            found = data if blob_hash(data) == locked.hash else None
            with collecting(problems, path, what):
                if found is None and self.repository:
                    found = self.repository.blob(locked.hash)
                if found is None:
                    problems.append(missing(path, what, locked.commit, self.git))
                else:
                    files[name] = found
        if problems or not (registries := read_registries(files, problems)):
            return None
        curriculum, source, sources, terms = registries
        self._registries[digest] = replace(
            self.project,
            curriculum=curriculum,
            curriculum_source=source,
            sources=sources,
            terms=terms,
            digest=digest,
        )
        return self._registries[digest]

    def module(self, slug: str, tree: str) -> Module | None:
        """A module by its hash: the working tree's where that is the one, else git's.

        None where neither has it. Raises DamagedObjectError, and ContentError where it is not
        fit to be built.
        """
        present = self.project.modules.get(slug)
        if present and present.digest == tree:
            return present
        if (slug, tree) not in self._modules:
            files = self.repository.files(tree) if self.repository else None
            if files is None:
                return None
            problems: list[Problem] = []
            module = self.read(slug, files, problems)
            if module is None or problems:
                # Half a module makes half a book: what an older version lacks counts as well.
                # Mistakes of the present version are reported as such, not as an old one's.
                repository = self.repository
                old = repository and repository.content_hashes(repository.head).get(slug) != tree
                raise ContentError(_of_version(p, tree) if old else p for p in problems)
            if module.digest != tree:
                message = f"modul `{slug}` memuat berkas selain berkas biasa"
                hint = "Ganti tautan simbolik dengan berkas aslinya, dan jalankan chmod -x"
                place = Problem(f"modules/{slug}", 1, "F104", message, hint)
                raise ContentError([_of_version(place, tree)])
            self._modules[slug, tree] = module
        return self._modules[slug, tree]

    def sound(self, slug: str, tree: str) -> Module | None:
        """Like `module`; None also where it is damaged or not fit to be built."""
        try:
            return self.module(slug, tree)
        except (ContentError, DamagedObjectError):
            return None

    def _resolved(self, run: Run) -> Project:
        """Content of a run that has no lock yet, by version: the working tree first."""
        problems: list[Problem] = []
        project = self.project
        path = run.source.path
        if run.file.kurikulum != project.curriculum.versi:
            release = self.history.curriculum.get(run.file.kurikulum)
            if release is None:
                # Go on with the working tree's, to name what else is missing.
                known = {project.curriculum.versi, *self.history.curriculum}
                message = f"kurikulum {run.file.kurikulum} tidak ditemukan"
                hint = f"Versi yang ada: {', '.join(sorted(known))}{self._without_history()}"
                problems.append(run.source.problem(("kurikulum",), "R105", message, hint))
            else:
                found = self.registries(path, unfilled_lock(run, release), problems)
                if found is None:
                    raise ContentError(problems)
                project = found
        modules: dict[str, Module] = {}
        for slug, version in run.file.pins(project.curriculum).items():
            with collecting(problems, path, f"modul `{slug}` {version}"):
                if module := self._version(slug, version):
                    modules[slug] = module
                else:
                    problems.append(self._unknown_version(run, slug, version))
        if problems:
            raise ContentError(problems)
        return replace(project, modules=modules)

    def _unknown_version(self, run: Run, slug: str, version: str) -> Problem:
        known = {*self.history.modules.get(slug, {})}
        if present := self.project.modules.get(slug):
            known.add(present.meta.versi)
        keys: Keys = ("modul", slug) if slug in run.file.modul else ("kurikulum",)
        message = f"modul `{slug}` versi {version} tidak ditemukan"
        there = f"Versi yang ada: {', '.join(sorted(known))}{self._without_history()}"
        hint = there if known else suggestion(slug, self.project.modules)
        return run.source.problem(keys, "R105", message, hint)

    def _without_history(self) -> str:
        """What to add to a list of versions where those in git could not be looked up."""
        if not isinstance(self.git, Unusable):
            return ""
        return f"; repositori git tidak dapat dibuka: {self.git.reason}. {self.git.hint}"

    def _version(self, slug: str, version: str) -> Module | None:
        present = self.project.modules.get(slug)
        if present and present.meta.versi == version:
            return present
        release = self.history.modules.get(slug, {}).get(version)
        return self.module(slug, release.hash) if release else None


def unfilled_lock(run: Run, release: Release) -> Lock:
    """A lock of the curriculum alone, to be filled."""
    sources, terms = release.registries
    return Lock(
        pelatihan=run.id,
        waktu=datetime.datetime.fromtimestamp(0, datetime.UTC),
        kurikulum=LockedVersion(commit=release.commit, hash=release.hash, versi=run.file.kurikulum),
        rujukan=LockedFile(commit=release.commit, hash=sources),
        glosarium=LockedFile(commit=release.commit, hash=terms),
        modul={},
    )


def unfit(project: Project, run: Run, lock: Lock) -> list[str]:
    """Names of what the run file asks for in another version than the lock holds, sorted."""
    wanted = {"kurikulum": run.file.kurikulum, **run.file.pins(project.curriculum)}
    held = {"kurikulum": lock.kurikulum.versi, **{s: m.versi for s, m in lock.modul.items()}}
    return sorted(name for name in wanted.keys() | held if wanted.get(name) != held.get(name))


def unfit_lock(run: Run, names: Sequence[str]) -> ContentError:
    """What to raise where a lock does not hold these as the run file asks for them."""
    message = f"kunci versi tidak cocok dengan runs/{run.id}.yml ({', '.join(names)})"
    hint = f"Bila memang diganti: pilar lock {run.id} --upgrade {' '.join(names)}"
    return ContentError([Problem(f"runs/{run.id}.lock", 1, "V101", message, hint)])


def _of_version(problem: Problem, tree: str) -> Problem:
    """The same problem, said of a version that is not the working tree's."""
    return replace(problem, message=f"{problem.message} (di isi versi lama, {tree[:12]})")
