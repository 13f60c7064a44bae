"""Inline syntax that Pilar reads itself, before Markdown does."""

from __future__ import annotations

import re

REFERENCE = re.compile(r"\[@(?P<hash>#?)(?P<id>[a-z0-9-]+)(?:, *(?P<where>[^\]]+))?\]")
"""`[@uu-11-2009, Pasal 5]` cites a source, `[@#harapan]` refers to a block."""

PICTURE = re.compile(r"!\[(?P<alt>(?:[^\]\n]|\n(?!\s*\n))*)\]\(\s*<?(?P<target>[^)\s>]*)")
"""`![alt](aset/name.svg)`."""

TIMETABLE = "jadwal.md"
GLOSSARY = "glosarium.md"
BIBLIOGRAPHY = "rujukan.md"
GENERATED_PAGES = frozenset({"index.md", TIMETABLE, GLOSSARY, BIBLIOGRAPHY})
"""Paths in the tree of pages that assembly adds to those of the modules."""
