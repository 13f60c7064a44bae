"""Links to the sources of modules and runs, which hold all that participants may not read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pilar.editions.address import edit_address, repository_address
from pilar.store.pack import packed

from .opening import GZIP, files_in, parsed
from .said import UnopenedError

_SOURCE = re.compile(r"(?:^|/)(?:modules|runs)/[^?#]+\.(?:md|ya?ml)$", re.IGNORECASE)
_FORMS = ("/issues/new", "/-/issues/new")
"""Where a git host takes reports; nothing else of it is for participants."""


@lru_cache(maxsize=1 << 14)
def path_of(address: str) -> str:
    """The path in an address; pages of all runs have the same ones."""
    return unquote(urlsplit(address).path)


@lru_cache(maxsize=1 << 14)
def target_of(folder: str, path: str) -> str:
    """Where in the site a path leads from a page in a folder of it."""
    return posixpath.normpath(posixpath.join(folder, path))


@dataclass(frozen=True)
class SourceLinks:
    """What a participants' page may not lead to."""

    names: frozenset[str]
    """Paths of page sources (`blc/norma.md`)."""
    repository: str
    """Address of the repository; empty where none is named."""
    editor: str
    """Address of the web editor where it is allowed: in drafts, which authors read."""

    @classmethod
    def of(cls, root: Path, names: frozenset[str], drafts: bool) -> SourceLinks:
        """Those of the project in the folder `root`; `drafts`: of a site that is not released."""
        return cls(names, repository_address(root), edit_address(root) if drafts else "")

    def without_allowed(self, data: bytes) -> bytes:
        """A file without its links into the editor: names of files may be words of trainers."""
        if not self.editor:
            return data
        if data.startswith(GZIP):
            with suppress(UnopenedError):  # what a reader saves has the same pages
                return packed((one.name, self.without_allowed(one.data)) for one in files_in(data))
            return data
        return re.sub(
            rb'(?<=href=")' + re.escape(self.editor.encode()) + rb'[\w./-]+(?=")', b"", data
        )

    def found(self, name: str, html: str) -> Iterator[str]:
        """Addresses in the page at path `name` of the output that lead to a source."""
        if not html.strip():
            return
        for address in parsed(html).xpath("//@href | //@src | //@action"):
            path = path_of(address)
            below = target_of(posixpath.dirname(name), path)
            known = "/".join(below.split("/")[-2:]) in self.names
            if known or _SOURCE.search(path) or self._is_of_the_repository(address):
                yield address

    def _is_of_the_repository(self, address: str) -> bool:
        rest = address.removeprefix(self.repository)
        return bool(self.repository) and rest != address and urlsplit(rest).path not in _FORMS
