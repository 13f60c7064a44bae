"""Repositories that libgit2 does not open, or not whole: told with a way out, never a traceback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pilar.model.problem import ContentError
from pilar.project.state import Workspace
from pilar.review.write import Options, write_review
from pilar.versions.locking import new_lock
from pilar.versions.opened import open_repository, unusable

from .golden import ROOT
from .histories import Maker


def _git(name: str, text: str | bytes) -> Callable[[Path], None]:
    """Writes a file of .git anew."""
    data = text.encode() if isinstance(text, str) else text

    def write(root: Path) -> None:
        (root / ".git" / name).parent.mkdir(exist_ok=True)
        (root / ".git" / name).write_bytes(data)

    return write


def _instead(text: str) -> Callable[[Path], None]:
    """A file in the place of .git."""

    def write(root: Path) -> None:
        shutil.rmtree(root / ".git")
        (root / ".git").write_text(text)

    return write


def _emptied(root: Path) -> None:
    shutil.rmtree(root / ".git")
    (root / ".git").mkdir()


def _extension(name: str, value: str) -> Callable[[Path], None]:
    text = f"[core]\nrepositoryformatversion = 1\n[extensions]\n{name} = {value}\n"
    return _git("config", text)


def _without(name: str) -> Callable[[Path], None]:
    def remove(root: Path) -> None:
        path = root / ".git" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


CLOSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "sha256": (_extension("objectformat", "sha256"), "format objeknya sha256"),
    "reftable": (_extension("refstorage", "reftable"), "reftable"),
    "extension": (_extension("lain", "true"), "perluasan git `lain`"),
    "version": (_git("config", "[core]\nrepositoryformatversion = 9\n"), "versi 9"),
    "config": (_git("config", "[core"), ".git/config"),
    "shallow": (_git("shallow", b"\xff\xfe\n"), ".git/shallow"),
    "empty HEAD": (_git("HEAD", ""), "HEAD"),
    "HEAD to no name": (_git("HEAD", "ref: refs/heads/..\n"), "HEAD"),
    "branch": (_git("refs/heads/main", "kacau\n"), "HEAD"),
    "packed refs": (_git("packed-refs", b"\xffkacau"), ""),
    "no HEAD": (_without("HEAD"), "tidak utuh"),
    "no objects": (_without("objects"), "tidak utuh"),
    "gitdir nowhere": (_instead("gitdir: /tidak/ada\n"), "ditunjuk oleh .git"),
    "no gitdir": (_instead("kacau\n"), "ditunjuk oleh .git"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound project, committed."""
    folder = tmp_path / "proyek"
    shutil.copytree(ROOT / "sound", folder)
    Maker(folder).commit({"modules": {"a": {"modul.yml": b"versi: 1.0.0\n"}}})
    return folder


@pytest.mark.parametrize("kind", CLOSED)
def test_a_repository_that_cannot_be_opened_is_told_and_its_folder_used(
    kind: str, root: Path, tmp_path: Path
) -> None:
    break_it, words = CLOSED[kind]
    break_it(root)
    if kind == "packed refs":
        (root / ".git/refs/heads/main").unlink()
    assert open_repository(root) is None
    closed = unusable(root)
    assert closed is not None
    assert words in closed.reason
    state = Workspace(root, tmp_path / "cache").folder()
    assert [(p.path, p.code) for p in state.problems] == [(".git", "G103")]
    assert not state.faults
    assert not state.failed
    run = state.sound.run("")
    for needs_git in (
        lambda: new_lock(state.library, run),
        lambda: write_review(Options(root, tmp_path / "ulasan", "HEAD")),
    ):
        with pytest.raises(ContentError) as error:
            needs_git()
        assert [(p.path, p.code) for p in error.value.problems] == [(".git", "G102")]


OPEN: dict[str, Callable[[Path], None]] = {
    "index": _git("index", "kacau"),
    "alternates": _git("objects/info/alternates", "/tidak/ada\n"),
    "attributes": _git("info/attributes", "[[[\n"),
    "unborn": _git("HEAD", "ref: refs/heads/lain\n"),
    "nobody's": lambda root: shutil.rmtree(root / ".git"),
    "empty": _emptied,
}


@pytest.mark.parametrize("kind", OPEN)
def test_what_pilar_does_not_need_may_be_broken(kind: str, root: Path, tmp_path: Path) -> None:
    OPEN[kind](root)
    assert unusable(root) is None
    assert Workspace(root, tmp_path / "cache").folder().problems == ()


def test_what_hangs_on_history_names_the_repository(root: Path, tmp_path: Path) -> None:
    run = root / "runs/2025-01-contoh.yml"
    text = run.read_text()
    run.write_text(text.replace("kurikulum: 1.0.0", "kurikulum: 0.9.0"))
    _git("HEAD", "")(root)
    problems = Workspace(root, tmp_path / "cache").folder().problems
    assert [p.code for p in problems] == ["G103", "R105"]
    assert "HEAD atau cabang yang ditunjuknya rusak" in problems[1].hint
