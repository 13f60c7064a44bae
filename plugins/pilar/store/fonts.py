"""The fonts that books are set in: files of pinned packages, never the machine's.

The two families of the design, and below them fonts for signs that these lack. The latter are
loaded only for a text that has such signs, so that no other page depends on them.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SCHEME = "pilar-huruf"
"""Scheme of the addresses of fonts in style sheets."""


@dataclass(frozen=True)
class Face:
    """A font file of an installed package, and what style sheets call it."""

    family: str
    package: str
    file: str
    style: str = "normal"
    weight: int = 400

    @property
    def rule(self) -> str:
        """The face as an @font-face rule."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-style: {self.style}; '
            f'font-weight: {self.weight}; src: url("{SCHEME}:{self.file}"); }}\n'
        )

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return (files(self.package) / self.file).read_bytes()


_STYLES = (
    ("Regular", "normal", 400),
    ("It", "italic", 400),
    ("Semibold", "normal", 600),
    ("Bold", "normal", 700),
    ("BoldIt", "italic", 700),
)
OWN = tuple(
    Face(f"Source {kind} Pro", package, f"files/Source{kind}Pro-{name}.ttf", style, weight)
    for kind, package in (("Serif", "font_source_serif_pro"), ("Sans", "font_source_sans_pro"))
    for name, style, weight in _STYLES
)
SANS = "Source Sans Pro"
"""Family of papers."""
OTHERS = (
    Face("Inter", "fontpkg_inter", "files/Inter[opsz,wght].ttf"),
    Face("Noto Sans Symbols", "manimgx_fonts", "NotoSansSymbols[wght].ttf"),
    Face("Noto Emoji", "manimgx_fonts", "NotoEmoji[wght].ttf"),
    Face("Noto Sans Arabic", "manimgx_fonts", "NotoSansArabic[wght].ttf"),
)
"""For signs that OWN lack, the first that has them: arrows and stars, numbers in circles, emoji,
Arabic.
"""
DISTRIBUTIONS = (
    "font-source-sans-pro",
    "font-source-serif-pro",
    "fontpkg-inter",
    "manimgx-fonts",
)
"""What these packages are called where they are installed from."""

_PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | set("–—‘’“”…•−")
"""Signs that every face of OWN has; a text of these alone is settled without opening a font."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Categories of characters that leave no mark: Pango asks no font for them."""


def faces(text: str) -> tuple[Face, ...]:
    """What to set the text in: OWN, and those of OTHERS that have a sign that OWN lack."""
    lacking = _signs(text) - _covered(OWN)
    return OWN + tuple(face for face in OTHERS if lacking & _signs_of(face))


def missing(text: str) -> list[str]:
    """Signs of the text that no font has, in the order of the text."""
    lacking = _signs(text)
    for face in (OWN[0], OWN[5], *OTHERS):
        if lacking:
            lacking = lacking - _signs_of(face)
    return sorted(lacking, key=text.index)


def _signs(text: str) -> frozenset[str]:
    return frozenset(
        sign
        for sign in set(text) - _PLAIN
        if unicodedata.category(sign) not in _UNSEEN and not _selects(sign)
    )


def _selects(sign: str) -> bool:
    """Whether it only chooses between looks of the sign before it (variation selectors)."""
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _covered(chosen: Iterable[Face]) -> frozenset[str]:
    return frozenset().union(*map(_signs_of, chosen))


@cache
def advances(weight: int) -> Mapping[str, float]:
    """Width of each sign of the upright sans serif of this weight, in em, as lines are filled."""
    from fontTools.ttLib import TTFont

    face = next(f for f in OWN if (f.family, f.style, f.weight) == (SANS, "normal", weight))
    with TTFont(io.BytesIO(face.data), lazy=True) as font:
        widths, units = font["hmtx"], font["head"].unitsPerEm
        return {chr(code): widths[name][0] / units for code, name in font.getBestCmap().items()}


@cache
def _signs_of(face: Face) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # slow to import, and hardly ever needed

    with TTFont(io.BytesIO(face.data), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
