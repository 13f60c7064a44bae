"""Inline syntax that Pilar parses itself, before Markdown."""

from __future__ import annotations

import re

REFERENCE = re.compile(r"\[@(?P<hash>#?)(?P<id>[a-z0-9-]+)(?:, *(?P<where>[^\]]+))?\]")
"""`[@uu-11-2009, Pasal 5]` cites a source, `[@#harapan]` refers to a block."""

_ALT = r"(?P<alt>(?:\\.|[^\[\]\\\n]|\n(?!\s*\n)|\[[^\[\]\n]*\])*)"
PICTURE = re.compile(rf"!\[{_ALT}\]\(\s*<?(?P<target>[^)\s>]*)")
"""`![alt](aset/name.svg)`."""
PICTURE_BY_NAME = re.compile(rf"!\[{_ALT}\](?!\()")
"""`![alt][name]` or `![name]`, whose address is defined elsewhere on the page."""

TIMETABLE = "jadwal.md"
GLOSSARY = "glosarium.md"
BIBLIOGRAPHY = "rujukan.md"
DOWNLOADS = "cetak.md"
NOW = "kelas.md"
"""Of the trainers' site alone: no page of a module may lead there."""
GENERATED_PAGES = frozenset({"index.md", TIMETABLE, GLOSSARY, BIBLIOGRAPHY, DOWNLOADS})
"""Paths in the tree of pages that assembly adds to those of the modules."""
