"""Whose is what lies in an output folder? Pilar replaces only what a manifest of its own lists.

The manifest also says of which kind its folder is, so that no command takes the output of another
for its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from pilar.model.problem import WrongUsageError

from .atomic import Workshop, linked, write_atomic
from .manifest import MANIFEST, entries, manifest_text, read_manifest, sha256_of, stays


class Kind(StrEnum):
    """What a folder holds; in its manifest under `jenis`."""

    RUN = "pelatihan"
    PUBLIC = "edisi"
    SITE = "situs"
    REVIEW = "ulasan"
    ERRATA = "ralat"
    REPORT = "laporan"


class ForeignError(WrongUsageError):
    """In the place of an output lies what Pilar did not make; the message says so (Indonesian)."""

    def __init__(self, folder: Path, reason: str, names: Iterable[str] = ()) -> None:
        here, found = Path.cwd(), sorted(names)
        shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
        more = f" dan {len(found) - 3} lainnya" if len(found) > 3 else ""
        listed = f": {', '.join(found[:3])}{more}" if found else ""
        super().__init__(
            f"`{shown}` {reason}{listed}. Tidak ada yang ditimpa. Pindahkan atau hapus dahulu, "
            "atau pilih folder hasil yang lain."
        )


def refuse_foreign(folder: Path, kind: Kind) -> None:
    """Raise ForeignError unless `folder` is absent or empty, or holds an output of that kind alone.

    What hosts and desktops leave there does not count: it stays.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ForeignError(folder, "bukan folder buatan Pilar")
    if known := _listed(folder, kind):
        found = entries(folder).items()
        foreign = [name for name, path in found if name not in known or path.is_symlink()]
        reason = "memuat yang bukan buatan Pilar"
    else:  # not even looked into: it may be a home
        foreign = [path.name for path in folder.glob("*") if not stays(path.name)]
        reason = f"tidak memuat {MANIFEST} dari perintah ini, jadi belum tentu buatan Pilar"
    if foreign:
        raise ForeignError(folder, reason, foreign)


def replace_output(workshop: Workshop, kind: Kind) -> None:
    """Publish the finished folder of `workshop`; what hosts left in the old one stays in it.

    Raises ForeignError, also for what came there while it was made.
    """
    refuse_foreign(workshop.final, kind)
    if workshop.final.is_dir():
        for entry in workshop.final.iterdir():
            target = workshop.stage / entry.name
            if stays(entry.name) and not os.path.lexists(target):
                linked(entry, target)
    workshop.publish()


def refuse_taken(folder: Path, kind: Kind, names: Iterable[str]) -> None:
    """Raise ForeignError where one of the files `names` is in `folder` and not of that kind."""
    known = _listed(folder, kind)
    if os.path.lexists(folder / MANIFEST) and not known:
        raise ForeignError(folder, "memuat hasil lain", [MANIFEST])
    if taken := [n for n in names if os.path.lexists(folder / n) and n not in known]:
        raise ForeignError(folder, "memuat berkas bernama sama yang bukan buatan Pilar", taken)


def add_files(folder: Path, kind: Kind, files: Mapping[str, bytes]) -> None:
    """Write files, each whole, into a folder that may hold others; its manifest names them first.

    Raises ForeignError where one is there that is not Pilar's.
    """
    refuse_taken(folder, kind, files)
    folder.mkdir(parents=True, exist_ok=True)
    sums = {name: sha256_of(data) for name, data in files.items()}
    text = manifest_text({"jenis": kind}, _listed(folder, kind) | sums)
    write_atomic(folder / MANIFEST, text.encode())
    for name, data in files.items():
        write_atomic(folder / name, data)


def _listed(folder: Path, kind: Kind) -> dict[str, str]:
    """The files of a folder, as its manifest has them; none where it is of another kind."""
    manifest = read_manifest(folder)
    files: dict[str, str] = manifest.get("berkas", {})
    return files if _kind(manifest) == kind else {}


def _kind(manifest: Mapping[str, Any]) -> str:
    # Before manifests told their kind, runs were named and public pages had a fingerprint.
    earlier = {"pelatihan": Kind.RUN, "sidik": Kind.PUBLIC}
    found = next((kind for key, kind in earlier.items() if key in manifest), "")
    return str(manifest.get("jenis", found))
