"""Reads a whole checkout: the curriculum, every module, every run."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pilar.model.characters import NOBODY, Cast, Character
from pilar.model.curriculum import Curriculum, Module
from pilar.model.locked import Lock
from pilar.model.position import Located
from pilar.model.problem import Problem
from pilar.model.run import Project, Run, RunFile, WordList
from pilar.model.sources import Source, Term

from .files import CURRICULUM, Files, below, blob_hash, run_names
from .module_reader import read_module
from .reader import Reader
from .validation import drop
from .yaml import read_yaml

SOURCES = "modules/rujukan.yml"
TERMS = "modules/glosarium.yml"
WORDS = "modules/kamus.txt"
CAST = "modules/tokoh.yml"
REGISTRIES = (CURRICULUM, SOURCES, TERMS)
"""Files that all modules share."""
RESERVED = frozenset({"edisi", "ralat"})
"""Folders that lie beside those of the runs in the output."""
_SLUG = re.compile(r"[a-z0-9-]+")
ReadModule = Callable[[str, Files, list[Problem]], Module | None]


def read_files(
    files: Files, problems: list[Problem], read: ReadModule = read_module
) -> tuple[Project | None, list[Problem]]:
    """Read a project from `files`, wherever they come from.

    Gives the project and every problem, those in `problems` included. With problems, the project is
    fit for checks alone: it holds what could be read. It is None when curriculum, sources or terms,
    which all else stands on, cannot be read. `read` reads one module; callers that read several
    states of a project pass that of a ModuleStore.
    """
    modules = _modules(files, problems, read)
    runs, half_read = _runs(files, problems)
    registries = read_registries(files, problems)
    if registries is None:
        return None, sorted(problems)
    curriculum, source, sources, terms = registries
    digest = "-".join(blob_hash(files[name]) for name in REGISTRIES)
    broken = frozenset(_slugs(files)) - modules.keys()
    words = _word_list(files, problems)
    project = Project(
        curriculum,
        source,
        modules,
        runs,
        sources=sources,
        terms=terms,
        digest=digest,
        broken=broken,
        half_read=half_read,
        word_list=words,
        cast=_cast(files, problems),
    )
    return project, sorted(problems)


def read_registries(
    files: Files, problems: list[Problem]
) -> tuple[Curriculum, Located, dict[str, Source], tuple[Term, ...]] | None:
    """Curriculum and its lines, sources by id, terms; None where one has mistakes."""
    reader = Reader(files, problems)
    curriculum, curriculum_source = reader.yaml(CURRICULUM, Curriculum)
    sources, lines = reader.yaml(SOURCES, tuple[Source, ...])
    terms, _ = reader.yaml(TERMS, tuple[Term, ...])
    if curriculum is None or sources is None or terms is None:
        return None
    by_id: dict[str, Source] = {}
    for index, source in enumerate(sources):
        if source.id in by_id:
            message = f"id `{source.id}` sudah dipakai"
            problems.append(lines.problem((index, "id"), "M101", message, "Beri id lain"))
        by_id[source.id] = source
    return curriculum, curriculum_source, by_id, terms


def _modules(files: Files, problems: list[Problem], read: ReadModule) -> dict[str, Module]:
    modules: dict[str, Module] = {}
    for slug in _slugs(files):
        if not _SLUG.fullmatch(slug):
            message = f"nama folder `{slug}` tidak sesuai"
            hint = "Pakai huruf kecil, angka, dan tanda hubung"
            problems.append(Problem(f"modules/{slug}", 1, "F104", message, hint))
            continue
        if module := read(slug, below(files, f"modules/{slug}"), problems):
            modules[slug] = module
    return modules


def _wrong_key(detail: ErrorDetails, value: dict[str, Any]) -> str:
    """The key of a run that cannot be read; empty where `value` can do without what is wrong."""
    place = detail["loc"]
    if detail["type"] == "extra_forbidden":
        drop(value, place)
        return ""
    if len(place) == len(("tanpa", "slug")) and place[0] == "tanpa":
        value["tanpa"][place[1]] = "–"  # left out for a reason that is not told
        return ""
    return str(place[0]) if place else ""


def _word_list(files: Files, problems: list[Problem]) -> WordList:
    """The project's own words; a project need not have any."""
    if WORDS not in files:
        return WordList(WORDS)
    lines = Reader(files, problems).text(WORDS).split("\n")
    entries = ((number, line.partition("#")[0].strip()) for number, line in enumerate(lines, 1))
    return WordList(WORDS, tuple((number, word) for number, word in entries if word))


def _cast(files: Files, problems: list[Problem]) -> Cast:
    """The invented people of the modules; a project need not list them."""
    if CAST not in files:
        return NOBODY
    entries, source = Reader(files, problems).yaml(CAST, tuple[Character, ...])
    return Cast(entries or (), source)


def _slugs(files: Files) -> list[str]:
    """Names of the folders of modules/."""
    return sorted({path.partition("/")[0] for path in below(files, "modules") if "/" in path})


def _runs(files: Files, problems: list[Problem]) -> tuple[dict[str, Run], tuple[Run, ...]]:
    """Runs by id, and those that could be read in part."""
    runs: dict[str, Run] = {}
    half_read: list[Run] = []
    reader = Reader(files, problems)
    for run in run_names(files):
        path = f"runs/{run}.yml"
        if not _SLUG.fullmatch(run) or run in RESERVED:
            message = f"nama berkas `{run}.yml` tidak sesuai"
            hint = "Pakai huruf kecil, angka, dan tanda hubung, misalnya 2025-01-probolinggo.yml"
            reader.report(path, "F104", message, hint)
            continue
        file, source = reader.yaml(path, RunFile)
        lock_path, problem_free = f"runs/{run}.lock", len(problems)
        lock, lock_source = None, Located(lock_path)
        if lock_path in files:
            lock, lock_source = reader.yaml(lock_path, Lock)
        if file is not None and len(problems) == problem_free:
            runs[run] = Run(run, file, source, blob_hash(files[path]), lock, lock_source)
        elif part := _part_of_run(Reader(files, []).text(path), path):
            half_read.append(Run(run, part, source, blob_hash(files[path]), lock, lock_source))
    return runs, tuple(half_read)


def _part_of_run(text: str, path: str) -> RunFile | None:
    """What of a run with mistakes decides its timetable; None where the mistakes are there."""
    value, _ = read_yaml(text, path, [])
    if not isinstance(value, dict):
        return None
    try:
        return RunFile.model_validate(value)
    except ValidationError as error:
        wrong = {key for detail in error.errors() if (key := _wrong_key(detail, value))}
    with suppress(ValidationError):
        return RunFile.without(wrong, value)
    return None
