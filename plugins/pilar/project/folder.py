"""The project of a folder, also where git has its content and the folder has not.

`git clone --no-checkout` and sparse checkouts leave modules/ out; HEAD then stands in for it.
"""

from __future__ import annotations

from pathlib import Path

from pilar.content import project
from pilar.content.files import Files, read_folder
from pilar.content.module_reader import read_module
from pilar.content.project import ReadModule
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project

from .missing import damaged
from .repository import DamagedObjectError, Repository, open_repository


def find_root(start: Path) -> Path | None:
    """The project that `start` lies in, checked out or not; None where there is none."""
    if (found := project.find_root(start)) is not None:
        return found
    return next((folder for folder in (start, *start.parents) if left_out(folder)), None)


def left_out(root: Path) -> Repository | None:
    """The repository that has modules/ of the project at `root`, which the folder has not."""
    if (root / "modules").exists() or (repository := open_repository(root)) is None:
        return None
    try:
        newest = next(repository.first_parents(), None)
    except DamagedObjectError:
        return None
    return repository if newest and newest.modules else None


def project_files(root: Path, problems: list[Problem]) -> Files:
    """Content files: the folder's; where modules/ is left out, laid over those of HEAD.

    Raises ContentError where HEAD cannot be read.
    """
    files = read_folder(root, problems)
    if (repository := left_out(root)) is None:
        return files
    try:
        return {**repository.content(repository.head, problems), **files}
    except DamagedObjectError as error:
        raise ContentError([damaged(".git", "isi HEAD", error)]) from None


def read_checkout(
    root: Path, read: ReadModule = read_module
) -> tuple[Project | None, list[Problem]]:
    """Like `content.project.read_project`; `read` reads one module.

    Raises ContentError where HEAD cannot be read.
    """
    problems: list[Problem] = []
    return project.read_files(project_files(root, problems), problems, read)


def load_checkout(root: Path) -> Project:
    """The project, or ContentError with every problem."""
    found, problems = read_checkout(root)
    if found is None or problems:
        raise ContentError(problems)
    return found
