"""Media types of files by their names, the same on every machine."""

from __future__ import annotations

import mimetypes

_KINDS = mimetypes.MimeTypes()
"""Python's own table and this one: the machine's differs from one to the next."""
for _suffix, _kind in {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".epub": "application/epub+zip",
    ".ics": "text/calendar",
    ".csv": "text/csv",
}.items():
    _KINDS.add_type(_kind, _suffix)


def kind_of(name: str) -> str:
    """The media type of a file by its name (RFC 6838); of bytes where it is unknown.

    A phone chooses by it what opens the file, whatever its name.
    """
    return _KINDS.guess_type(name)[0] or "application/octet-stream"
