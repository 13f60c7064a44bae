"""Golden files: finding cases, laying out their projects, comparing what comes out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pygit2
import pytest

from pilar.content.files import read_folder
from pilar.content.project import read_files
from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.project.state import State, Workspace

ROOT = Path(__file__).parent / "golden"
BASE = ROOT / "base"
"""A sound project of two modules and one run."""

EXPECTED = "expected"
REMOVED = "removed"
"""File of a case that names, one a line, what of the base it goes without."""

MESSAGES = "messages.txt"


def cases(*stages: str) -> pytest.MarkDecorator:
    """Run a test once for every folder of the stages, as the argument `case`."""
    folders = sorted(path for stage in stages for path in (ROOT / stage).iterdir() if path.is_dir())
    return pytest.mark.parametrize("case", folders, ids=lambda path: path.name)


def lay_out(case: Path, root: Path) -> Path:
    """The base project with the files of `case` over it, in `root`."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    shutil.copytree(
        case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, REMOVED)
    )
    if (case / REMOVED).exists():
        for name in (case / REMOVED).read_text("utf-8").split():
            (root / name).unlink()
    return root


def fresh(root: Path) -> State:
    """The state of a folder, nothing remembered."""
    return Workspace(root, remember=False).folder()


def read_project(root: Path) -> tuple[Project | None, list[Problem]]:
    """What `content` reads from a folder, and every problem that it finds."""
    problems: list[Problem] = []
    return read_files(read_folder(root, problems), problems)


def load_project(root: Path) -> Project:
    """The project in a folder, or ContentError."""
    return fresh(root).sound


def committed(root: Path) -> str:
    """Commit all files of a folder, in a repository of its own; gives the commit's id."""
    git = pygit2.init_repository(str(root))
    git.index.add_all()
    author = pygit2.Signature("Uji", "uji@contoh.id", 1735700000)
    tip = [] if git.head_is_unborn else [git.head.target]
    return str(git.create_commit("HEAD", author, author, "Isi", git.index.write_tree(), tip))


def as_text(problems: Iterable[Problem]) -> str:
    """Problems as `pilar check` prints them, one a line."""
    return "".join(f"{problem}\n" for problem in problems)


@dataclass(frozen=True)
class Golden:
    """Holds what a case gives against the files of its folder `expected`."""

    rewrite: bool

    def check(self, case: Path, actual: Mapping[str, str]) -> None:
        """`actual` is every file there must be, by path below `expected`, and its text."""
        folder = case / EXPECTED
        if self.rewrite:
            shutil.rmtree(folder, ignore_errors=True)
            for name, text in actual.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
        expected = {
            path.relative_to(folder).as_posix(): path.read_bytes().decode()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        assert sorted(actual) == sorted(expected)
        for name, text in actual.items():
            assert text == expected[name], name
