"""ZIP archives, office documents among them, whose bytes follow from what is in them alone."""

from __future__ import annotations

import io
import time
from collections.abc import Container, Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_Moment = tuple[int, int, int, int, int, int]
_WHEN: _Moment = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name."""


def stable(archive: bytes) -> bytes:
    """The same entries in the same order, without the moment and the machine of writing."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as before, ZipFile(target, "w") as after:
        for entry in before.infolist():
            after.writestr(_plain(entry.filename), before.read(entry), ZIP_DEFLATED)
    return target.getvalue()


def packed(files: Mapping[str, bytes], epoch: int, plain: Container[str] = ()) -> bytes:
    """An archive of these files in this order, each dated `epoch` (seconds since 1970, as UTC).

    Those named in `plain` are stored as they are, the others compressed.
    """
    year, month, day, hour, minute, second, *_ = time.gmtime(epoch)
    when = max((year, month, day, hour, minute, second), _WHEN)
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in files.items():
            entry = _plain(name, when)
            archive.writestr(entry, data, ZIP_STORED if name in plain else ZIP_DEFLATED, 9)
    return target.getvalue()


def _plain(name: str, when: _Moment = _WHEN) -> ZipInfo:
    entry = ZipInfo(name, when)
    entry.create_system = 0  # else Windows and Linux differ
    return entry
