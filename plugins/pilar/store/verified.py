"""Whether an output folder still is what its manifest says, without reading all of it each time.

A file whose size, times and inode are those that it had when it was last read has not changed: git
(`racy-git`) and make rest on the same. Nothing is remembered of a folder in which something is
younger than the grain of any file system's clock, for a second change could have the same time.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from .cache import entry_of, put, take
from .manifest import LITTER, MANIFEST, intact, read_manifest, sha256, stays
from .package import ROOT

GRAIN = 2
"""Seconds between two times that FAT can tell apart; other file systems have finer clocks."""
SUM = "sha256"
"""Among the facts: the hash of the manifest itself."""


def verified(folder: Path, cache: Path) -> dict[str, Any]:
    """The manifest of a folder that holds what it lists, byte for byte, and nothing else; without
    the list, but with its `SUM`. Empty where that is not so.
    """
    try:
        seen, newest = _seen(folder)
    except OSError:
        return {}
    record = entry_of(cache, "utuh", str(folder.resolve()), code=ROOT / "store")
    if known := take(record):
        facts: dict[str, Any]
        before, facts = json.loads(known)
        if before == seen:
            return facts
    manifest = read_manifest(folder)
    if not manifest or not intact(folder, manifest):
        return {}
    del manifest["berkas"]
    facts = {**manifest, SUM: sha256(folder / MANIFEST)}
    if newest < time.time_ns() - GRAIN * 10**9:
        with suppress(OSError):
            put(record, json.dumps([seen, facts]).encode())
    return facts


def _seen(folder: Path) -> tuple[str, int]:
    """Identifies what a folder looks like from outside; the latest time in it, in nanoseconds."""
    total, newest = hashlib.sha256(), 0
    rest = [str(folder)]
    for place in rest:  # which grows
        rows: list[str] = []
        below: list[str] = []
        with os.scandir(place) as found:
            for entry in found:
                if entry.name in LITTER or (place == str(folder) and stays(entry.name)):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append(entry.path)
                    continue
                was = entry.stat(follow_symlinks=False)
                times = was.st_mtime_ns, was.st_ctime_ns
                newest = max(newest, *times)
                rows.append(f"{entry.name}\0{was.st_mode} {was.st_size} {times} {was.st_ino}")
        rest += sorted(below)
        total.update("\0\0".join([place, *sorted(rows)]).encode("utf-8", "surrogateescape"))
    return total.hexdigest(), newest
