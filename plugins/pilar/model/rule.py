"""The rules of `pilar check`: one page each in `aturan/`, the only place that knows them all.

A page is Markdown in Bahasa Indonesia that authors read (`pilar check --explain KODE`) and the
source of the code, its title and its severity; a comment below these, which is not shown, says what
a warning rests on (`Basis`) or what an error hides (`Hidden`). Its examples are tested: the wrong
one gives the code, the right one gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "aturan"

_HEAD = re.compile(
    r"# (?P<code>[A-Z]\d{3}): (?P<title>.+)\n\nKeparahan: (?P<severity>\w+)\n"
    r"(?P<comment><!-- (?:bersandar pada: (?P<basis>\w+)|menutupi: (?P<hidden>\w+)) -->\n)?\n"
)
_EXAMPLE = re.compile(
    r"^`(?P<path>[^`\n]+)`:\n\n(?P<fence>`{3,})\w+\n(?P<text>.*?)^(?P=fence)$", re.M | re.S
)

WHY, WRONG, RIGHT, CORRECTION = "Mengapa", "Contoh salah", "Contoh benar", "Cara memperbaiki"
SECTIONS = (WHY, WRONG, RIGHT, CORRECTION)
"""Headings of every page, in order."""
_SECTION = re.compile(rf"^## ({'|'.join(SECTIONS)})$", re.M)


class Severity(StrEnum):
    """How bad it is: a `galat` stops every build, `pilar check` alone reports a `peringatan`.

    Of results of runs it alone reports a `galat` too, for nothing is built from them.
    """

    ERROR = "galat"
    WARNING = "peringatan"


class Basis(StrEnum):
    """What a warning rests on: where that could not be read, the warning is not certain."""

    LINE = "baris"
    """Its line alone: above an error of the page it holds."""
    FILE = "berkas"
    MODULE = "modul"
    """All files of the module together."""
    PROJECT = "proyek"
    """Everything there is."""


class Hidden(StrEnum):
    """What cannot be known because of an error."""

    FILE = "berkas"
    """The file, or a part of it, is not read."""
    BELOW = "bawahnya"
    """Of a page, what is text below, and whose it is."""
    PAGE = "halaman"
    """The module lacks a page."""
    LOOKS = "tampilan"
    """All is read, but pages of the module cannot be rendered."""


@dataclass(frozen=True)
class Rule:
    """One rule: its stable code, what it stands for, and its page as Markdown."""

    code: str
    title: str
    severity: Severity
    page: str
    basis: Basis = Basis.FILE
    """Of a warning."""
    hidden: Hidden | None = None
    """Of an error."""

    def section(self, name: str) -> str:
        """Text below one of SECTIONS."""
        _, *parts = _SECTION.split(self.page)
        return dict(zip(parts[::2], parts[1::2], strict=True))[name].strip()

    def example(self, name: str) -> dict[str, str]:
        """Files of the example in section WRONG or RIGHT: text by path in the project."""
        return {match["path"]: match["text"] for match in _EXAMPLE.finditer(self.section(name))}


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, sorted. Raises ValueError for a page that is none."""
    return {path.stem: parse_rule(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.md"))}


def parse_rule(page: str) -> Rule:
    """The rule that a page describes. Raises ValueError where a part is missing."""
    head = _HEAD.match(page)
    headings = tuple(_SECTION.findall(page))
    if head is None or headings != SECTIONS:
        raise ValueError(f"no page of a rule: {page[:40]!r} with sections {headings}")
    return Rule(
        code=head["code"],
        title=head["title"],
        severity=Severity(head["severity"]),
        page=page.replace(head["comment"] or "\0", "", 1),
        basis=Basis(head["basis"] or Basis.FILE),
        hidden=Hidden(head["hidden"]) if head["hidden"] else None,
    )
