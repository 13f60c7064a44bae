"""The folder is hashed with the line ends that git would commit: `git status` is the judge."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pilar.cli.scaffold import ATTRIBUTES
from pilar.content.files import below, read_folder, tree_hash
from pilar.project.folder import project_files
from pilar.versions.line_endings import as_committed
from pilar.versions.opened import open_repository

from .golden import ROOT

SLUG = "modules/contoh"
PAGE = f"{SLUG}/norma.md"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.invalid", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "proyek"
    shutil.copytree(ROOT / "sound", folder)
    git(folder, "init", "--quiet")
    return folder


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "isi")


def windows(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def digest(root: Path) -> str:
    return tree_hash(below(project_files(root, [], open_repository(root)), SLUG))


@pytest.mark.parametrize(
    ("attributes", "setting"),
    [
        ("", "true"),
        ("", "input"),
        ("", "false"),
        ("* text=auto\n", "false"),
        ("* text=auto eol=crlf\n", "false"),
        ("*.md text\n", "false"),
        ("*.md eol=crlf\n", "false"),
        ("*.md -text\n", "true"),
        (ATTRIBUTES, "true"),
    ],
)
@pytest.mark.parametrize("committed", [False, True])
def test_a_file_with_crlf_is_hashed_as_git_would(
    root: Path, attributes: str, setting: str, committed: bool
) -> None:
    """`committed`: it is in the history with CRLF already."""
    if committed:
        windows(root / PAGE)
    commit(root)
    if attributes:
        (root / ".gitattributes").write_text(attributes)
    git(root, "config", "core.autocrlf", setting)
    if not committed:
        windows(root / PAGE)
    else:  # what is committed as it lies there has not changed, whatever git would make of it
        assert digest(root) == git(root, "rev-parse", f"HEAD:{SLUG}")
        (root / PAGE).write_bytes((root / PAGE).read_bytes() + b"Baru.\r\n")
    git(root, "add", "--all", "modules")
    wanted = git(root, "rev-parse", f"{git(root, 'write-tree')}:{SLUG}")
    assert digest(root) == wanted


def test_an_edited_and_a_new_file_count_too(root: Path) -> None:
    commit(root)
    git(root, "config", "core.autocrlf", "true")
    for path, text in ((PAGE, "# Lain\r\n\r\nKata.\r\n"), (f"{SLUG}/baru.md", "# Baru\r\n")):
        (root / path).write_bytes(text.encode())
    git(root, "add", "--all")
    assert digest(root) == git(root, "rev-parse", f"{git(root, 'write-tree')}:{SLUG}")


def test_pictures_are_never_touched(root: Path) -> None:
    commit(root)
    git(root, "config", "core.autocrlf", "true")
    for name, data in (("a.png", b"\x89PNG\r\n\x1a\n\0\r\n"), ("b.png", b"\r\n\r\x01\x02\r\n")):
        (root / SLUG / "aset" / name).write_bytes(data)
    git(root, "add", "--all")
    assert digest(root) == git(root, "rev-parse", f"{git(root, 'write-tree')}:{SLUG}")


def test_without_git_the_lock_decides(root: Path) -> None:
    clean = tree_hash(below(read_folder(root, []), SLUG))
    windows(root / PAGE)
    as_it_is = tree_hash(below(read_folder(root, []), SLUG))
    for named, wanted in ((clean, clean), (as_it_is, as_it_is), ("", clean)):
        files = {**read_folder(root, []), "runs/a.lock": named.encode()}
        assert tree_hash(below(as_committed(files, None), SLUG)) == wanted


def test_the_repository_has_the_attributes_that_new_projects_get() -> None:
    own = Path(__file__).parents[2] / ".gitattributes"
    assert own.read_text("utf-8") == ATTRIBUTES
