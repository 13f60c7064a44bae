"""SVG by allow-list: shapes and text; no scripts, no external resources, nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

from pilar.store.fonts import missing

from .glyphs import explained

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

LONGEST = 2_000_000
"""Bytes of the largest drawing; a phone has to lay it out."""

ELEMENTS = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan "
    "textPath linearGradient radialGradient stop pattern clipPath mask marker".split()
)
_PRESENTATION = frozenset(
    "alignment-baseline baseline-shift clip-path clip-rule color direction display "
    "dominant-baseline fill fill-opacity fill-rule font-family font-size font-stretch font-style "
    "font-variant font-weight letter-spacing marker-end marker-mid marker-start mask opacity "
    "paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
    "stroke-width text-anchor text-decoration text-rendering vector-effect visibility "
    "word-spacing writing-mode".split()
)
ATTRIBUTES = _PRESENTATION | frozenset(
    "aria-describedby aria-hidden aria-label aria-labelledby clipPathUnits cx cy d dx dy fr fx fy "
    "gradientTransform gradientUnits height href id lang lengthAdjust markerHeight markerUnits "
    "markerWidth maskContentUnits maskUnits method offset orient pathLength patternContentUnits "
    "patternTransform patternUnits points preserveAspectRatio r refX refY role rotate rx ry "
    "spacing spreadMethod startOffset style textLength transform viewBox width x x1 x2 y y1 "
    "y2".split()
)
_DANGEROUS = frozenset(
    "script foreignObject image feImage iframe a style animate animateMotion animateTransform "
    "set handler listener audio video".split()
)
_ADDRESS = re.compile(r"url\s*\(\s*['\"]?\s*(?P<target>[^)'\"]*)", re.IGNORECASE)
_FUNCTION = re.compile(r"(?P<name>[^\s,;:()]*)\s*\(")
_FUNCTIONS = frozenset(
    "url rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate "
    "skewx skewy polygon circle ellipse inset calc".split()
)
"""Functions of CSS that a value may call; others load files, or may in later versions of CSS."""
MOST_SHAPES = 50_000
"""Elements of a drawing; those drawn repeatedly (`use`, patterns, masks) count each time."""
_HIDDEN = re.compile(r"\s*(?:display:none|visibility:(?:hidden|collapse)|opacity:0?\.?0*)\s*")
_DELETE = "Hapus bagian itu, lalu simpan sebagai SVG biasa"
_NAMES = cast("dict[str, str]", {None: SVG})


class PictureError(Exception):
    """A picture that cannot be used; message, line (from 1) and hint are in Bahasa Indonesia."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        self.message, self.hint, self.line = message, hint, line
        super().__init__(message)


def clean_drawing(data: bytes) -> bytes:
    """The drawing with allowed elements and attributes only.

    Comments, metadata and data of drawing programs are dropped silently. Raises PictureError for
    whatever runs a script, loads a file or hides something, because such a drawing is not what it
    seems, and for anything but SVG.
    """
    if len(data) > LONGEST:
        message = f"gambar SVG terlalu besar: {len(data) / 1e6:.1f} MB".replace(".", ",")
        raise PictureError(message, "Sederhanakan gambar, atau simpan sebagai PNG")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = "gambar SVG ini tidak dapat dibaca"
        raise PictureError(message, "Simpan ulang gambar itu", line) from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise PictureError("gambar SVG memuat entitas XML", _DELETE)
    if root.tag != f"{{{SVG}}}svg":
        message = "berkas ini bukan gambar SVG"
        raise PictureError(message, f'Baris pertamanya memerlukan <svg xmlns="{SVG}">')
    _check_signs(root)
    clean = _copied(root)
    _check_repetition(clean)
    return etree.tostring(clean, encoding="utf-8")


def _check_signs(root: etree._Element) -> None:
    """Raises PictureError for a text with a sign that no font of the books has."""
    for element in root.iter(f"{{{SVG}}}text", f"{{{SVG}}}tspan", f"{{{SVG}}}textPath"):
        if signs := missing("".join(map(str, element.itertext()))):
            raise PictureError(*explained(signs), _line(element))


def _check_repetition(root: etree._Element) -> None:
    """Raises PictureError for references in a circle, or to more elements than MOST_SHAPES."""
    by_id = {f"#{element.get('id')}": element for element in root.iter() if element.get("id")}
    counted: dict[etree._Element, int] = {}
    begun: set[etree._Element] = set()

    def count(element: etree._Element) -> int:
        if element in begun:
            message = "gambar SVG memuat bagian yang menampilkan dirinya sendiri"
            raise PictureError(message, _DELETE, _line(element))
        if element not in counted:
            begun.add(element)
            targets = [by_id[name] for name in _references(element) if name in by_id]
            counted[element] = 1 + sum(map(count, [*element, *targets]))
            begun.remove(element)
        return counted[element]

    if count(root) > MOST_SHAPES:
        message = f"gambar SVG memuat lebih dari {MOST_SHAPES} bentuk, termasuk yang diulang"
        raise PictureError(message, "Sederhanakan gambar, atau simpan sebagai PNG")


def _references(element: etree._Element) -> Iterator[str]:
    """Parts of the drawing that an element refers to: `#id`."""
    for key, value in cast("list[tuple[str, str]]", element.items()):
        if key == "href":
            yield value.strip()
        yield from (match["target"].strip() for match in _ADDRESS.finditer(value))


def _copied(element: etree._Element) -> etree._Element:
    """The element with its allowed children, without unused namespace prefixes."""
    copy = etree.Element(element.tag, _attributes(element), nsmap=_NAMES)
    copy.text = element.text
    for child in element:
        allowed = _allowed(child)
        if allowed is not None:
            copy.append(allowed)
            allowed.tail = child.tail
        elif child.tail:
            if len(copy):
                copy[-1].tail = (copy[-1].tail or "") + child.tail
            else:
                copy.text = (copy.text or "") + child.tail
    return copy


def _allowed(element: etree._Element) -> etree._Element | None:
    if isinstance(element, etree._Entity):
        raise PictureError("gambar SVG memuat entitas XML", _DELETE, _line(element))
    if not isinstance(element.tag, str):
        return None  # a comment
    name = etree.QName(element)
    local = name.localname
    if local in _DANGEROUS:
        what = f"gambar SVG memuat <{local}>"
        raise PictureError(what, _DELETE, _line(element))
    if name.namespace != SVG or local not in ELEMENTS:
        return None
    return _copied(element)


def _line(element: Any) -> int:
    return int(element.sourceline or 1)


def _attributes(element: etree._Element) -> dict[str, str]:
    line = _line(element)
    allowed: dict[str, str] = {}
    for key, value in cast("list[tuple[str, str]]", element.items()):
        name = etree.QName(key)
        local = name.localname
        if local.lower().startswith("on"):
            raise PictureError(f"gambar SVG memuat `{local}` yang menjalankan skrip", _DELETE, line)
        if name.namespace not in (None, XLINK) or local not in ATTRIBUTES:
            continue
        if local == "href":
            _check_target(value, line)
        for match in _ADDRESS.finditer(value):
            _check_target(match["target"], line)
        if local in _PRESENTATION or local in ("style", "transform"):
            _check_functions(value, line)
        if local == "style":
            value = ";".join(_declarations(value, line))
        elif _HIDDEN.fullmatch(f"{local}:{value.strip()}".lower()):
            raise _hiding(line)
        allowed[local] = value
    return allowed


def _check_functions(value: str, line: int) -> None:
    """Raises PictureError for unknown functions of CSS, and what could disguise one (escapes)."""
    names = [match["name"].lower() for match in _FUNCTION.finditer(value)]
    if "\\" in value or "/*" in value or not _FUNCTIONS.issuperset(names):
        message = f"gambar SVG memuat nilai yang tidak dikenal: `{value.strip()[:40]}`"
        raise PictureError(message, "Pakai warna dan bentuk biasa", line)


def _check_target(target: str, line: int) -> None:
    if not target.strip().startswith("#"):
        message = f"gambar SVG merujuk ke luar berkasnya: `{target.strip()[:40]}`"
        raise PictureError(message, "Masukkan semuanya ke dalam satu berkas", line)


def _declarations(style: str, line: int) -> Iterator[str]:
    for declaration in style.split(";"):
        key, _, value = declaration.partition(":")
        key, value = key.strip().lower(), value.strip()
        if _HIDDEN.fullmatch(f"{key}:{value}".lower()):
            raise _hiding(line)
        if key in _PRESENTATION and "\\" not in value and "/*" not in value:
            yield f"{key}:{value}"


def _hiding(line: int) -> PictureError:
    return PictureError("gambar SVG memuat bagian yang disembunyikan", _DELETE, line)
