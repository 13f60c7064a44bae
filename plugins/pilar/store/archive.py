"""ZIP archives, office documents among them, whose bytes follow from what is in them alone."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name."""


def stable(archive: bytes) -> bytes:
    """The same entries in the same order, without the moment and the machine of writing."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as before, ZipFile(target, "w") as after:
        for entry in before.infolist():
            after.writestr(_plain(entry.filename), before.read(entry), ZIP_DEFLATED)
    return target.getvalue()


def _plain(name: str) -> ZipInfo:
    entry = ZipInfo(name, _WHEN)
    entry.create_system = 0  # else Windows and Linux differ
    return entry
