"""`pilar new`: a module or a run to start from, filled with examples (`content.skeleton`); tables
for the results of a run.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from pilar.assembly.draft import draft_schedule
from pilar.assembly.handed_out import handed_out
from pilar.content.results.blank_tables import blank_files
from pilar.content.skeleton import MODULE, RUN, filled
from pilar.editions.papers.result_workbook import result_workbook
from pilar.model.problem import ContentError, WrongUsageError
from pilar.model.results import FOLDER
from pilar.model.run import Project
from pilar.model.schedule import Break, Entry, clock
from pilar.project.state import Workspace
from pilar.store.atomic import Workshop, write_atomic

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_RUN = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-[a-z0-9-]+")

ATTRIBUTES = """\
# Teks disimpan dan dibuka dengan akhir baris LF, juga di Windows: versi yang dikunci dikenali dari
# bitanya. Gambar dikenali git sendiri.
* text=auto eol=lf
"""
""".gitattributes of a project."""


class ScaffoldError(WrongUsageError):
    """Nothing was created; the message (Indonesian) says why."""


def create_module(root: Path, slug: str) -> Iterator[Path]:
    """Create modules/<slug>, whole; yields every file. Raises ScaffoldError, ContentError."""
    if not _SLUG.fullmatch(slug):
        raise ScaffoldError(
            f"ID modul `{slug}` tidak sesuai. Pakai huruf kecil, angka, dan tanda hubung."
        )
    folder = root / "modules" / slug
    if folder.exists():
        raise ScaffoldError(f"modules/{slug} sudah ada.")
    used = {module.meta.kode for module in _project(root).modules.values()}
    title = _quoted(slug.replace("-", " ").title())
    values = {"slug": slug, "code": _code(slug, used), "title": title}
    files = {name.partition("/")[2]: filled(name, values) for name in MODULE}
    with Workshop(folder) as shop:
        for name, text in files.items():
            (shop.stage / name).write_text(text, "utf-8")
        shop.publish()
    yield from (folder / name for name in files)
    yield from _attributes(root)


def _attributes(root: Path) -> Iterator[Path]:
    """Create .gitattributes where the project has none; yields it then."""
    path = root / ".gitattributes"
    if not path.exists():
        write_atomic(path, ATTRIBUTES.encode())
        yield path


def _project(root: Path) -> Project:
    if not (root / "modules").is_dir():
        raise ScaffoldError("folder modules/ tidak ada di sini. Jalankan git checkout dahulu.")
    return Workspace(root).folder().sound


def _code(slug: str, used: set[str]) -> str:
    """Up to three capitals of the slug, and a number where they are taken."""
    letters = re.sub(r"[^a-z]", "", slug).upper()
    base = (letters + "XX")[:3]
    candidates = [base, *(f"{base}{number}" for number in range(2, 100))]
    return next(code for code in candidates if code not in used)


def create_run(root: Path, run: str) -> Iterator[Path]:
    """Create runs/<run>.yml; yields the file. Raises ScaffoldError, ContentError.

    The timetable holds every module of the curriculum, from the month's first Monday on.
    """
    match = _RUN.fullmatch(run)
    if not match:
        raise ScaffoldError(
            f"ID pelatihan `{run}` tidak sesuai. Tulis tahun-bulan-tempat, "
            "misalnya 2025-10-situbondo."
        )
    path = root / "runs" / f"{run}.yml"
    if path.exists():
        raise ScaffoldError(f"runs/{run}.yml sudah ada.")
    project = _project(root)
    pins = project.curriculum.pins()
    if absent := [slug for slug in pins if slug not in project.modules]:
        raise ScaffoldError(
            f"modules/kurikulum.yml menyebut modul `{absent[0]}`, yang tidak ada. "
            "Perbaiki dahulu; lihat `pilar check`."
        )
    first = _monday(int(match["year"]), int(match["month"]))
    schedule = draft_schedule([project.modules[slug] for slug in pins], first)
    days = len(schedule.hari)
    values = {
        "title": _quoted(project.curriculum.nama),
        "version": project.curriculum.versi,
        "first": first.isoformat(),
        "last": (first + datetime.timedelta(days=days - 1)).isoformat(),
        "opening": clock(schedule.mulai),
        "closing": clock(schedule.closing(days)),
        "pauses": "\n".join(f"    - {_written(pause)}" for pause in schedule.jeda or ()),
        "days": "\n".join(f"    - [{', '.join(map(_entry, day))}]" for day in schedule.hari),
    }
    path.parent.mkdir(exist_ok=True)
    write_atomic(path, filled(*RUN, values).encode())
    yield path
    yield from _attributes(root)


def create_results(root: Path, name: str) -> Iterator[tuple[Path, bool]]:
    """Create what is not there yet of runs/<name>.hasil/: tables to fill in, as a workbook and as
    CSV. Yields each file and whether it is new; one that is there stays as it is.

    Raises UnknownNameError, ScaffoldError, ContentError.
    """
    state = Workspace(root).folder()
    if state.project is None:
        raise ContentError(state.faults)
    run = state.project.run(name)
    given = state.runs[run.id]
    if run.id in state.failed or given.content is None:
        raise ContentError(state.failed.get(run.id, given.problems))
    out = handed_out(run, given.content.modules, given.days)
    folder = root / "runs" / f"{run.id}{FOLDER}"
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ScaffoldError(f"runs/{folder.name} sudah ada dan bukan folder.")
    folder.mkdir(exist_ok=True)
    for file, data in ((f"{run.id}.xlsx", result_workbook(run, out)), *blank_files(out)):
        path = folder / file
        if new := not os.path.lexists(path):
            write_atomic(path, data)
        yield path, new


def _monday(year: int, month: int) -> datetime.date:
    """The first Monday of a month."""
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=-first.weekday() % 7)


def _entry(entry: Entry) -> str:
    """An entry of a day as an author would write it: a bare word where that says all."""
    return entry.acara or _plain(entry.modul or "") if _bare(entry) else _written(entry)


def _bare(entry: Entry) -> bool:
    return len(entry.model_fields_set) == 1


def _written(value: Break | Entry) -> str:
    """A pause or an entry as YAML in one line."""
    values = value.model_dump(exclude_defaults=True)
    for name in {"mulai", "sekitar", "selesai"} & values.keys():
        values[name] = _quoted(clock(values[name]))
    if "modul" in values:
        values["modul"] = _plain(values["modul"])
    if "hari" in values:
        values["hari"] = [*values["hari"]]
    return f"{{{', '.join(f'{key}: {value}' for key, value in values.items())}}}"


def _plain(slug: str) -> str:
    """A slug as YAML reads it: quoted where it would be a number or a truth."""
    return slug if re.fullmatch(r"(?!(?:true|false|null)$)[a-z].*", slug) else _quoted(slug)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
