"""A site in a few packed files: what a reader who saves it loads in the place of its pages.

A pack is a gzip (RFC 1952) of a ZIP whose entries are stored, so that they are compressed as one:
the frame that all pages share costs nothing more, nor does the text of a page in the search,
which comes right behind it (Deflate looks back 32 KB). ZIP is a format that others open too, the
leak gate among them. One pack a module: a new version of a site loads those that have changed.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping

from pilar.editions.web.search.search_pieces import page_of
from pilar.store.archive import packed

FOLDER = "assets/luring"
_REST = "_"
"""Opening pages, scripts, styles; no module's folder is called so."""


def packs_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The packs, by their paths in the site, that hold these `files` of it by theirs."""
    beside = {name: page_of(data) or name for name, data in files.items()}
    groups = defaultdict[str, dict[str, bytes]](dict)
    for name in sorted(files, key=lambda name: (beside[name], beside[name] != name, name)):
        groups[_group(beside[name])][name] = files[name]
    return {f"{FOLDER}/{name}.bin": _pack(group) for name, group in sorted(groups.items())}


def _group(name: str) -> str:
    folder, below, _ = name.partition("/")
    return folder if below and folder != "assets" else _REST


def _pack(files: Mapping[str, bytes]) -> bytes:
    return gzip.compress(packed(files, epoch=0, plain=files), 9, mtime=0)
