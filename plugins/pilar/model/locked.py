"""The lock of a run: which content it was given, to the byte (runs/<id>.lock)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from .blocks import Frozen
from .curriculum import SemVer, Slug

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]


class LockedFile(Frozen):
    """A file without a version: the commit it was taken from and git's hash of it."""

    commit: Hash
    hash: Hash


class LockedVersion(LockedFile):
    """A module (hash of its tree) or the curriculum (hash of its file) in one version."""

    versi: SemVer


class Lock(Frozen):
    """runs/<id>.lock. From the day it is written, it decides what the run is built from."""

    pelatihan: str
    waktu: datetime.datetime
    """Time of the newest commit named below; the output's time stamp."""
    kurikulum: LockedVersion
    rujukan: LockedFile
    glosarium: LockedFile
    modul: Mapping[Slug, LockedVersion]

    def parts(self) -> dict[str, LockedFile]:
        """Everything that is locked, by name."""
        shared = {"kurikulum": self.kurikulum, "rujukan": self.rujukan, "glosarium": self.glosarium}
        return shared | dict(self.modul)
