"""`pilar errata`: what changed since a copy was printed, or between two runs one has taught."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pilar.editions.address import EDITIONS
from pilar.errata.delta import run_delta
from pilar.errata.pages import ErrataPress, as_text
from pilar.errata.public import present
from pilar.model.edition import Edition
from pilar.project.state import Workspace
from pilar.store import package
from pilar.store.ownership import Kind, add_files, refuse_taken

FOLDER = "ralat"
"""Where the files go, below build/."""


@dataclass(frozen=True)
class Errata:
    """What was found, in words, and the files that tell it."""

    text: str
    """For a terminal."""
    page: Path
    sheet: Path


def write_errata(root: Path, run: str, since: str, edition: Edition, out: Path) -> Errata:
    """Compare a run with what takes its place today, or with the run `since`; write page and sheet.

    The files are `ralat-<run>-<edition>` or `perubahan-<since>-<run>-<edition>`, .html and .pdf.
    Raises UnknownNameError and ContentError, and ForeignError for such a file that is not Pilar's.
    """
    state = Workspace(root).folder()
    project, library = state.sound, state.library
    now = project.run(run)
    content = library.pinned(now)
    if since:
        before = project.run(since)
        delta = run_delta(now, edition, library.pinned(before), content, since=before)
        stem = f"perubahan-{since}-{now.id}-{edition}"
    else:
        after, curriculum = present(library, content)
        delta = run_delta(now, edition, content, after, curriculum=curriculum)
        stem = f"ralat-{now.id}-{edition}"
    press = ErrataPress(package.find(root, "overrides") / EDITIONS)
    page, sheet = out / f"{stem}.html", out / f"{stem}.pdf"
    refuse_taken(out, Kind.ERRATA, (page.name, sheet.name))
    printed = press.sheet_file(delta, page.name, library.cache)
    written = press.errata(delta, sheet.name, public=False).encode()
    add_files(out, Kind.ERRATA, {page.name: written, sheet.name: printed})
    return Errata(as_text(delta), page, sheet)
