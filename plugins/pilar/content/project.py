"""Reads a whole checkout: the curriculum, every module, every run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pilar.model.curriculum import Curriculum, Module, ModuleMeta, Page, Question, Source, Term
from pilar.model.position import Located
from pilar.model.problem import ContentError, Problem, suggestion
from pilar.model.run import Project, Run, RunFile

from .pages import parse_page
from .source import decode
from .yaml import read_yaml, validate

T = TypeVar("T")

CURRICULUM = "modules/kurikulum.yml"
SOURCES = "modules/rujukan.yml"
TERMS = "modules/glosarium.yml"
RESERVED = frozenset({"index.md", "bank-soal.md"})
"""Pages that assembly adds to every module."""
_SLUG = re.compile(r"[a-z0-9-]+")
_ASSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(?:svg|png|jpg|jpeg|webp|gif)")


def find_root(start: Path) -> Path | None:
    """The project that `start` lies in: the nearest folder upwards that holds modules/."""
    for folder in (start, *start.parents):
        if (folder / "modules").is_dir() and (folder / "modules" / "kurikulum.yml").exists():
            return folder
    return next((f for f in (start, *start.parents) if (f / "modules").is_dir()), None)


def read_project(root: Path) -> tuple[Project | None, list[Problem]]:
    """Read everything below `root`.

    Gives the project and every problem found. The project holds what could be read: a module or
    run with problems is left out of it. It is None when curriculum, sources or terms, which all
    else stands on, cannot be read.
    """
    problems: list[Problem] = []
    reader = _Reader(root, problems)
    curriculum, curriculum_source = reader.yaml(CURRICULUM, Curriculum)
    sources, sources_source = reader.yaml(SOURCES, tuple[Source, ...])
    terms, _ = reader.yaml(TERMS, tuple[Term, ...])
    modules = reader.modules()
    runs = reader.runs()
    if curriculum is None or sources is None or terms is None:
        return None, sorted(problems)
    by_id: dict[str, Source] = {}
    for index, source in enumerate(sources):
        if source.id in by_id:
            problems.append(
                Problem(
                    SOURCES,
                    sources_source.line(index, "id"),
                    "M101",
                    f"id `{source.id}` sudah dipakai",
                    "Beri id lain",
                )
            )
        by_id[source.id] = source
    digest = _digest({name: reader.raw[name] for name in (CURRICULUM, SOURCES, TERMS)})
    project = Project(curriculum, curriculum_source, modules, runs, by_id, terms, digest)
    return project, sorted(problems)


def load_project(root: Path) -> Project:
    """Read everything below `root`, or raise ContentError with every problem."""
    project, problems = read_project(root)
    if project is None or problems:
        raise ContentError(problems)
    return project


def _digest(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return total.hexdigest()


class _Reader:
    def __init__(self, root: Path, problems: list[Problem]) -> None:
        self.root = root
        self.problems = problems
        self.raw: dict[str, bytes] = {}

    def report(self, path: str, code: str, message: str, hint: str = "", line: int = 1) -> None:
        self.problems.append(Problem(path, line, code, message, hint))

    def read(self, path: str) -> bytes | None:
        try:
            self.raw[path] = (self.root / path).read_bytes()
        except FileNotFoundError:
            self.report(path, "F101", "berkas ini tidak ada", "Buat berkas itu")
            return None
        return self.raw[path]

    def yaml(self, path: str, kind: type[T] | Any) -> tuple[T | Any, Located]:
        data = self.read(path)
        if data is None:
            return None, Located(path)
        before = len(self.problems)
        value, source = read_yaml(decode(data, path, self.problems), path, self.problems)
        if value is None and len(self.problems) > before:
            return None, source
        result = validate({} if value is None else value, kind, source, self.problems)
        return (result if len(self.problems) == before else None), source

    def modules(self) -> dict[str, Module]:
        folders = sorted(p for p in (self.root / "modules").glob("*") if p.is_dir())
        found = {folder.name: self.module(folder) for folder in folders}
        return {slug: module for slug, module in found.items() if module}

    def module(self, folder: Path) -> Module | None:
        base = f"modules/{folder.name}"
        before = len(self.problems)
        if not _SLUG.fullmatch(folder.name):
            self.report(
                base,
                "F104",
                f"nama folder `{folder.name}` tidak sesuai",
                "Pakai huruf kecil, angka, dan tanda hubung",
            )
            return None
        meta, source = self.yaml(f"{base}/modul.yml", ModuleMeta)
        questions: Any = ()
        questions_source = Located(f"{base}/soal.yml")
        if (folder / "soal.yml").exists():
            questions, questions_source = self.yaml(f"{base}/soal.yml", tuple[Question, ...])
        pages = [
            Page(path.stem, self.page(f"{base}/{path.name}"))
            for path in sorted(folder.glob("*.md"))
            if path.name != "perubahan.md"
        ]
        assets = self.assets(folder, base)
        self.strays(folder, base)
        if meta is None:
            return None
        pages = self.ordered(meta, source, pages)
        if len(self.problems) > before:
            return None
        prefix = f"{base}/"
        digest = _digest({name: data for name, data in self.raw.items() if name.startswith(prefix)})
        return Module(
            folder.name, meta, tuple(pages), questions, assets, source, questions_source, digest
        )

    def page(self, path: str) -> Any:
        data = self.read(path)
        return parse_page(decode(data or b"", path, self.problems), path, self.problems)

    def ordered(self, meta: ModuleMeta, source: Located, pages: Iterable[Page]) -> list[Page]:
        by_name = {f"{page.name}.md": page for page in pages}
        for index, name in enumerate(meta.halaman):
            if name in meta.halaman[:index]:
                self.report(
                    source.path,
                    "M101",
                    f"halaman `{name}` disebut dua kali",
                    "Hapus salah satunya",
                    source.line("halaman", index),
                )
            if name in RESERVED:
                self.report(
                    source.path,
                    "F104",
                    f"nama halaman `{name}` dipakai oleh Pilar sendiri",
                    "Beri nama lain",
                    source.line("halaman", index),
                )
            if name not in by_name:
                self.report(
                    source.path,
                    "F101",
                    f"halaman `{name}` tidak ada di folder modul",
                    suggestion(name, set(by_name) - set(meta.halaman)) or "Buat berkas itu",
                    source.line("halaman", index),
                )
        for name in sorted(set(by_name) - set(meta.halaman)):
            self.report(
                by_name[name].document.path,
                "F103",
                "halaman ini tidak disebut di `halaman` pada modul.yml",
                "Tambahkan di sana, atau hapus berkasnya",
            )
        return [by_name[name] for name in meta.halaman if name in by_name]

    def assets(self, folder: Path, base: str) -> dict[str, bytes]:
        assets: dict[str, bytes] = {}
        for path in sorted((folder / "aset").glob("**/*")):
            name = path.relative_to(folder).as_posix()
            if path.is_dir():
                continue
            if path.is_symlink() or not _ASSET.fullmatch(path.name):
                self.report(
                    f"{base}/{name}",
                    "F104",
                    "berkas ini bukan gambar yang didukung",
                    "Pakai SVG, PNG, JPG, WebP, atau GIF; namanya huruf, angka, dan tanda hubung",
                )
                continue
            data = self.read(f"{base}/{name}")
            if data is not None:
                assets[name] = data
        return assets

    def strays(self, folder: Path, base: str) -> None:
        known = {"modul.yml", "soal.yml", "aset"}
        for path in sorted(folder.iterdir()):
            if path.name in known or (path.suffix == ".md" and path.is_file()):
                continue
            if not path.name.startswith("."):
                self.report(
                    f"{base}/{path.name}",
                    "F103",
                    "berkas ini bukan bagian dari modul",
                    "Gambar disimpan di aset/; berkas lain dihapus",
                )

    def runs(self) -> dict[str, Run]:
        runs: dict[str, Run] = {}
        for path in sorted((self.root / "runs").glob("*.yml")):
            name = f"runs/{path.name}"
            if not _SLUG.fullmatch(path.stem):
                self.report(
                    name,
                    "F104",
                    f"nama berkas `{path.name}` tidak sesuai",
                    "Pakai huruf kecil, angka, dan tanda hubung, misalnya 2025-01-probolinggo.yml",
                )
                continue
            file, source = self.yaml(name, RunFile)
            if file is not None:
                runs[path.stem] = Run(path.stem, file, source, _digest({name: self.raw[name]}))
        return runs
