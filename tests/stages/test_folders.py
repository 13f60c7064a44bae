"""A file appears whole, or the old one stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilar.store.atomic import write_atomic


def test_a_file_is_replaced_with_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.write_bytes(b"lama")
    path.chmod(0o640)
    write_atomic(path, b"baru")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"baru", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_to_its_end_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.lock"
    path.write_bytes(b"lama")
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        write(self, data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"baru")
    assert path.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [path]
