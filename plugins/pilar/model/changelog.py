"""What a module's authors say of its versions (perubahan.md)."""

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
    """An error set right (`**Ralat.**`, or below `### Ralat`): readers must hear of it first."""
    audience: Edition | None = None
    """The only edition that sees it, None for both."""
    notes: tuple[Entry, ...] = ()
    """What is said to one edition alone within it."""

    def seen(self, edition: Edition) -> Entry:
        """The entry as an edition sees it; its own audience is not looked at."""
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
        """Entries that an edition sees, errors first."""
        entries = [e.seen(edition) for e in self.entries if e.audience in (None, edition)]
        return tuple(sorted(entries, key=lambda entry: not entry.urgent))


@dataclass(frozen=True)
class Changelog:
    """perubahan.md of a module: its sections, newest first. Without the file it is empty."""

    path: str = ""
    sections: tuple[Section, ...] = ()
    readable: bool = True
    """False: it has mistakes that keep its sections from being known."""
    document: Document | None = field(default=None, compare=False, repr=False)
    """The whole file; None where it is missing or not readable."""
