"""Content files of a folder, also where git has them and the folder has not.

`git clone --no-checkout` and sparse checkouts leave modules/ out; HEAD then stands in for it.
"""

from __future__ import annotations

from pathlib import Path

from pilar.content.files import CURRICULUM, Files, read_folder
from pilar.model.problem import Problem
from pilar.versions.line_endings import as_committed
from pilar.versions.missing import undamaged
from pilar.versions.opened import open_repository
from pilar.versions.repository import DamagedObjectError, Repository


def find_root(start: Path) -> Path | None:
    """The project that `start` lies in, checked out or not; None where there is none.

    The nearest folder upwards that holds a curriculum, else modules/, else a repository of them.
    """
    folders = (start, *start.parents)
    for holds in (_has_curriculum, _has_modules, left_out):
        if (found := next((folder for folder in folders if holds(folder)), None)) is not None:
            return found
    return None


def _has_curriculum(folder: Path) -> bool:
    return (folder / CURRICULUM).exists()


def _has_modules(folder: Path) -> bool:
    return (folder / "modules").is_dir()


def left_out(root: Path) -> Repository | None:
    """The repository that has modules/ of the project at `root`, which the folder has not."""
    if (root / "modules").exists() or (repository := open_repository(root)) is None:
        return None
    try:
        newest = next(repository.first_parents(), None)
    except DamagedObjectError:
        return None
    return repository if newest and newest.modules else None


def project_files(root: Path, problems: list[Problem], repository: Repository | None) -> Files:
    """Content files: the folder's, with the line ends of git, in whose `repository` it lies; where
    modules/ is left out, laid over those of HEAD.

    Raises ContentError where HEAD cannot be read.
    """
    files = as_committed(read_folder(root, problems), repository)
    if (repository := left_out(root)) is None:
        return files
    with undamaged("isi HEAD"):
        return {**repository.content(repository.head, problems), **files}
