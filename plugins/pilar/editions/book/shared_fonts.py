"""Embeds each face once in a book, where each of its parts brings a subset of its own.

WeasyPrint draws text by the glyph ids of the whole face (Identity-H, ISO 32000-1, 9.7.5.2), and
these survive its subsetting. So one subset with the glyphs of all parts serves their pages as they
are.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from pilar.store.fonts import OWN, Face

logging.getLogger("fontTools.subset").setLevel(logging.WARNING)  # it reports every step

_NEEDED = frozenset({"GlyphOrder", "glyf", "head", "hhea", "hmtx", "loca", "maxp"})
"""Tables of a TrueType font that a PDF needs (ISO 32000-1, 9.9); hinting is left out."""
_CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>\n")
_MOST = 100
"""Entries that a block of a CMap may have (Adobe Technical Note #5411)."""

Place = tuple[Object, str]
"""A dictionary of fonts, and the name that one has in it."""
_Identity = tuple[str, float, int]
"""PostScript name, revision and time of the last change (seconds since 1904) of a font file."""


@dataclass
class _Shared:
    """Fonts of one face that agree; `widths` and `texts` (UTF-16 in hexadecimal) by glyph id."""

    face: Face
    places: list[Place] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)
    texts: dict[int, bytes] = field(default_factory=dict)

    def take(self, fonts: Object, name: str) -> bool:
        """Add a font, unless a glyph has another width or stands for another text in it."""
        widths, texts = _widths(fonts[name]), _texts(fonts[name])
        if any(self.widths.get(glyph, width) != width for glyph, width in widths.items()):
            return False
        if any(self.texts.get(glyph, text) != text for glyph, text in texts.items()):
            return False
        self.places.append((fonts, name))
        self.widths |= widths
        self.texts |= texts
        return True


def share_fonts(book: Pdf) -> None:
    """Give all fonts of a face in the book one file, one table of widths and one of characters.

    Left as they are: fonts that only one part has, those of other files than Pilar's own faces
    (another version of one too), and one whose glyph ids have another meaning than the others'.
    """
    _share(book, _places(book.pages))


def _share(book: Pdf, found: Iterable[Place]) -> None:
    by_name: dict[str, list[Place]] = {}
    for fonts, name in found:
        by_name.setdefault(str(fonts[name].BaseFont), []).append((fonts, name))
    for places in by_name.values():
        if len(places) > 1:
            for shared in _shares(places):
                _merge(book, shared)


def take_fonts(book: Pdf, pages: Sequence[int]) -> None:
    """Let these pages, from 0, use the fonts of the others, which share theirs; a font grows by the
    glyphs that it lacks.

    A shared font no longer says whose it is: its widths must be those of the face.
    """
    taking = set(pages)
    giving: dict[str, Place] = {}
    for fonts, name in _places(page for n, page in enumerate(book.pages) if n not in taking):
        giving.setdefault(str(fonts[name].BaseFont), (fonts, name))
    found, others = dict[str, _Shared](), list[Place]()
    for fonts, name in _places(book.pages[number] for number in pages):
        base = str(fonts[name].BaseFont)
        if base not in giving:
            others.append((fonts, name))
        elif face := _face(fonts[name]):
            if (
                base not in found
                and _advances(face).items() >= _widths(_font(giving[base])).items()
            ):
                found[base] = _Shared(face)
                found[base].take(*giving[base])
            if base in found and found[base].face == face:
                found[base].take(fonts, name)
    for shared in found.values():
        font = _font(shared.places[0])
        if shared.widths != _widths(font):
            _merge(book, shared)
        for fonts, name in shared.places:
            fonts[name] = font
    _share(book, others)


def _font(place: Place) -> Object:
    fonts, name = place
    return fonts[name]


def _shares(places: Sequence[Place]) -> list[_Shared]:
    found: list[_Shared] = []
    for fonts, name in places:
        face = _face(fonts[name])
        if face is None or not _advances(face).items() >= _widths(fonts[name]).items():
            continue
        if not any(one.face == face and one.take(fonts, name) for one in found):
            found.append(_Shared(face))
            found[-1].take(fonts, name)
    return [shared for shared in found if len(shared.places) > 1]


def _places(pages: Iterable[Page]) -> Iterator[Place]:
    """Dictionaries of fonts and names in them of fonts to share: composite, of TrueType outlines.

    Each once: all pages of a part share its dictionary. Stamps have their own.
    """
    seen: set[tuple[int, int]] = set()
    for page in pages:
        for resources in _resources(page.obj.Resources, seen):
            fonts = resources.get(Name.Font, Dictionary())
            if fonts.objgen not in seen:
                if fonts.is_indirect:
                    seen.add(fonts.objgen)
                yield from ((fonts, name) for name in sorted(fonts.keys()) if _fits(fonts[name]))


def _resources(resources: Object, seen: set[tuple[int, int]]) -> Iterator[Object]:
    """Resources of a page and of the forms that it draws; `seen` are what was gone through."""
    yield resources
    for drawn in resources.get(Name.XObject, Dictionary()).as_dict().values():
        if drawn.objgen not in seen and Name.Resources in drawn:
            seen.add(drawn.objgen)
            yield from _resources(drawn.Resources, seen)


def _fits(font: Object) -> bool:
    if font.Subtype != Name.Type0 or font.Encoding != Name("/Identity-H"):
        return False
    return Name.FontFile2 in font.DescendantFonts[0].FontDescriptor


def _face(font: Object) -> Face | None:
    """Which of our faces a font is a subset of, by the name and version that its file holds."""
    data = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    return _identities().get(_identity(data))


@cache
def _identities() -> dict[_Identity, Face]:
    return {_identity(face.data): face for face in OWN}


def _identity(data: bytes) -> _Identity:
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(data), lazy=True) as font:
        head = font["head"]
        name = font["name"].getDebugName(6) if "name" in font else ""
        return str(name), float(head.fontRevision), int(head.modified)


@cache
def _advances(face: Face) -> dict[int, int]:
    """Width of each glyph of a face, by its id, in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(face.data), lazy=True) as font:
        metrics, units = font["hmtx"], font["head"].unitsPerEm
        return {
            glyph: round(metrics[name][0] * 1000 / units)
            for glyph, name in enumerate(font.getGlyphOrder())
        }


def _widths(font: Object) -> dict[int, int]:
    """The array W: a first glyph id and the widths from there on (ISO 32000-1, 9.7.4.3)."""
    entries: list[Any] = list(font.DescendantFonts[0].W)
    return {
        int(first) + place: int(width)
        for first, widths in zip(entries[::2], entries[1::2], strict=True)
        for place, width in enumerate(widths)
    }


def _texts(font: Object) -> dict[int, bytes]:
    found = _CHARACTER.findall(font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2])
    return {int(glyph, 16): text for glyph, text in found}


def _merge(book: Pdf, shared: _Shared) -> None:
    """Make the first font that of all places."""
    fonts, name = shared.places[0]
    first = fonts[name]
    descendant = first.DescendantFonts[0]
    descendant.FontDescriptor.FontBBox[2] = max(shared.widths.values())
    data = _subset(shared.face, frozenset(shared.widths))
    descendant.FontDescriptor.FontFile2 = book.make_stream(data, Length1=len(data))
    descendant.W = Array()
    for glyph in sorted(shared.widths):
        if glyph - 1 not in shared.widths:
            descendant.W.extend([glyph, Array()])
        descendant.W[-1].append(shared.widths[glyph])
    first.ToUnicode = book.make_stream(_character_map(first, shared.texts))
    for fonts, name in shared.places:
        fonts[name] = first


def _character_map(font: Object, texts: dict[int, bytes]) -> bytes:
    """The font's own CMap (ISO 32000-1, 9.10.3), with these characters in place of its own."""
    head, end, _ = font.ToUnicode.read_bytes().partition(b"endcodespacerange")
    lines = [b"<%04x> <%s>" % (glyph, texts[glyph]) for glyph in sorted(texts)]
    blocks = [lines[start : start + _MOST] for start in range(0, len(lines), _MOST)]
    body = [
        line for block in blocks for line in (b"%d beginbfchar" % len(block), *block, b"endbfchar")
    ]
    tail = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    return b"\n".join([head + end, *body, tail])


def _subset(face: Face, glyphs: frozenset[int]) -> bytes:
    """The face with these glyphs alone, their ids unchanged."""
    from fontTools import subset  # slow to import, as in form_font.py
    from fontTools.ttLib import TTFont

    options = subset.Options(
        retain_gids=True,
        hinting=False,
        layout_closure=False,
        recalc_bounds=False,
        recalc_timestamp=False,
    )
    target = io.BytesIO()
    with TTFont(
        io.BytesIO(face.data), lazy=True, recalcBBoxes=False, recalcTimestamp=False
    ) as font:
        for tag in set(font.keys()) - _NEEDED:
            del font[tag]  # before subsetting, which would read them all
        subsetter = subset.Subsetter(options)
        subsetter.populate(gids=sorted(glyphs))
        subsetter.subset(font)
        font.save(target, reorderTables=None)
    return target.getvalue()
