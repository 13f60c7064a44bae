"""Misspelt blocks and front matter of trainers: what a reader would take for them.

The audience filter recognizes the exact syntax alone. Everything else that a reader would take for
`/// pelatih` or `edisi: pelatih` is a problem, because its text would be public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from html import unescape

from pilar.model.blocks import BLOCKS
from pilar.model.problem import Problem

from .source import plain

AUDIENCES = [name for name, kind in BLOCKS.items() if kind.audience]
_CALLED = re.compile(r"(?P<mark>[!?\\:+]{2,}) *[\".{]*(?P<name>[\w-]+)")
_ALONE = re.compile(
    r"(?P<mark>/[^\w\s]*|(?:[^\w\s\"“”‘’'()*_#|>.,;·•–—-]\s?){2,}|-{3,}|\*{3,}|\|{2,})"
    r"\s*[\".{]*(?P<name>[^\W_][\w-]*)[^\w(]*"
)
_IN_BRACKETS = re.compile(r"(?P<mark>[\[{<]+)\W*(?P<name>[^\W_][\w-]*)\W*[\]}>]+")
_LONGEST = 100
"""Characters of a line that may be nothing but a fence."""
_EMPHASIS = re.compile(r"[\\*_]")
_LATIN = str.maketrans(
    "аеорсухіјѕһԁӏтнкмвгпиαεικορτυνηχγσıɑ", "aeopcyxijshdltnkmbrnuaeikoptuvnxyoia"
)
"""Lower-case letters of other scripts that look like Latin ones (homoglyphs)."""

_FRONT_MATTER = re.compile(r"(?:[a-z][\w-]*\s*[:=]|[-–—−+=~.]{3,}\s*$|[–—−]\s*$)")
_EDITION = re.compile(r"\W*edisi\W*[:=]\W*(?:pelatih|peserta|kunci)\W*")


def near_audience(name: str) -> str:
    """The audience block that a reader would take `name` for; empty for none."""
    near = get_close_matches(latin(name), AUDIENCES, n=1, cutoff=0.75)
    return near[0] if near else ""


def latin(name: str) -> str:
    """`name` in lower case, homoglyphs of other scripts replaced by Latin letters."""
    return name.casefold().translate(_LATIN)


def other_fence(content: str) -> tuple[str, str] | None:
    """What is written in `content` instead of `/// name`, and the block that it means."""
    called = _CALLED.match(content)
    text = unescape(content) if len(content) <= _LONGEST else ""
    for match in (
        called,
        _ALONE.fullmatch(text),
        _ALONE.fullmatch(_EMPHASIS.sub("", text)),
        _IN_BRACKETS.fullmatch(text),
    ):
        if match and (near := near_audience(match["name"])):
            return f"{match['mark'].strip()} {match['name']}", near
    return None


def front_matter_elsewhere(
    path: str, lines: list[str], literal: frozenset[int]
) -> Iterator[Problem]:
    """The first line that looks like front matter outside of it; `lines` has comments blanked."""
    begun = False
    for number, line in enumerate(lines, 1):
        text = latin(plain(line).strip())
        begun |= text.startswith("#")
        if number in literal and begun:
            continue
        if _EDITION.fullmatch(text) or (not begun and _FRONT_MATTER.match(text)):
            words = line.strip()[:40]
            message = f"`{words}` di sini bukan bagian awal halaman, jadi tidak berlaku"
            hint = (
                "Tulis edisi di antara dua baris --- yang mulai di baris pertama berkas, "
                "lalu # Judul"
            )
            yield Problem(path, number, "Y101", message, hint).on_line(lines, at=words)
            return
