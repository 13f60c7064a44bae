"""What is remembered of an output folder holds only as long as nothing in it was touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pilar.store import verified as remembering
from pilar.store.manifest import intact, write_manifest
from pilar.store.verified import GRAIN, verified


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output with two files."""
    found = tmp_path / "hasil"
    (found / "buku").mkdir(parents=True)
    (found / "index.html").write_text("satu")
    (found / "buku/a.pdf").write_text("dua")
    write_manifest(found, {"jenis": "pelatihan"})
    return found


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read to the last byte."""
    found: list[Path] = []

    def counted(folder: Path, manifest: dict[str, object]) -> bool:
        found.append(folder)
        return intact(folder, manifest)

    monkeypatch.setattr(remembering, "intact", counted)
    return found


def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all of it had been written long ago: nothing can set back when a file was changed."""
    monkeypatch.setattr(remembering, "GRAIN", -3600)


def test_what_was_verified_is_not_read_again(
    folder: Path, tmp_path: Path, read: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old(monkeypatch)
    first = verified(folder, tmp_path / "cache")
    assert first["jenis"] == "pelatihan"
    assert "berkas" not in first
    assert verified(folder, tmp_path / "cache") == first
    assert read == [folder]


def test_what_is_younger_than_the_clock_can_tell_is_read_again(
    folder: Path, tmp_path: Path, read: list[Path]
) -> None:
    assert GRAIN > 0
    for _ in range(2):
        assert verified(folder, tmp_path / "cache")
    assert len(read) == 2


def rewritten(folder: Path) -> None:
    """Other bytes, as many, in the same file, and its time set back."""
    path = folder / "index.html"
    was = path.stat()
    path.write_text("tiga")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], None]] = {
    "rewritten": rewritten,
    "gone": lambda folder: (folder / "buku/a.pdf").unlink(),
    "more": lambda folder: (folder / "buku/b.pdf").touch(),
    "renamed": lambda folder: (folder / "buku").replace(folder / "kertas") and None,
    "link": lambda folder: (folder / "b.html").symlink_to("index.html"),
    "manifest": lambda folder: write_manifest(folder / "buku", {}),
    "no manifest": lambda folder: (folder / "manifes.json").unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_touched_is_found(
    name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(monkeypatch)
    assert verified(folder, tmp_path / "cache")
    CHANGES[name](folder)
    assert verified(folder, tmp_path / "cache") == {}


def test_what_hosts_and_desktops_leave_does_not_count(folder: Path, tmp_path: Path) -> None:
    (folder / ".nojekyll").touch()
    (folder / "buku/.DS_Store").touch()
    assert verified(folder, tmp_path / "cache")
    assert verified(tmp_path / "tiada", tmp_path / "cache") == {}
