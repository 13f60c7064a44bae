"""The changelog of a module, in its authors' words (perubahan.md)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .blocks import Document
from .edition import Edition


@dataclass(frozen=True)
class Entry:
    """One change in the authors' words, in Markdown. `line` counts from 1."""

    text: str
    line: int
    urgent: bool = False
    """An erratum (`**Ralat.**`, or below `### Ralat`): listed before other changes."""
    audience: Edition | None = None
    """The only edition that sees it, None for both."""
    notes: tuple[Entry, ...] = ()
    """Parts of it for one edition alone."""

    def seen(self, edition: Edition) -> Entry:
        """The entry with those notes that an edition sees; ignores its own audience."""
        return replace(
            self, notes=tuple(note for note in self.notes if note.audience in (None, edition))
        )


@dataclass(frozen=True)
class Section:
    """One version and what it changed."""

    version: str
    line: int
    entries: tuple[Entry, ...] = ()

    def seen(self, edition: Edition) -> tuple[Entry, ...]:
        """Entries that an edition sees, errata first."""
        entries = [e.seen(edition) for e in self.entries if e.audience in (None, edition)]
        return tuple(sorted(entries, key=lambda entry: not entry.urgent))


@dataclass(frozen=True)
class Changelog:
    """perubahan.md of a module: its sections, newest first. Without the file it is empty."""

    path: str = ""
    sections: tuple[Section, ...] = ()
    readable: bool = True
    """False: mistakes prevented it from being parsed."""
    document: Document | None = field(default=None, compare=False, repr=False)
    """The whole file; None where it is missing or not readable."""
