"""Styles of the .docx papers: names that an office finds in its own menus, fonts that it has."""

from __future__ import annotations

import io
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any, cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

from pilar.editions.page_fit import POINT

from .cascade import Style, length

_FONT = "Arial"
"""Every Windows has it, and other systems a font of the same widths (Liberation Sans): lines and
pages break alike everywhere. The fonts of the printed papers are on no official's machine.
"""
_SIZE = 10
"""Points of text. Arial is wider than the font of the printed papers at its 10.5 points."""
_SCALE = _SIZE / 10.5
CELL = "Isi Tabel"
"""Style of paragraphs in tables."""
UNRULED = "Tabel Tanpa Garis"
"""Style of tables without lines."""
PADDING = 2.0
"""Left and right of the text in a ruled cell, in mm."""
SMALLEST = "Pemisah"
"""Style of the paragraphs that part tables."""
_INDENT = 6
"""Of each level of a list, in mm."""
UNMARKED = 0
"""Number of no list: its items are as far in as those of others, without a mark."""
_LEVELS = 9
"""How deep lists of an office go."""
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"}
_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
    '<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
)
_UNUSED = ("stylesWithEffects", "customXml", "thumbnail")
"""Ends of relations of the library's template that Word itself no longer writes."""


def points(style: Style) -> float:
    """Size of text in points, to the half; 0 where only the paragraph's style says it."""
    size = length(style.get("font-size", ""))
    return round(size / POINT * _SCALE * 2) / 2


def blank(heads: Mapping[str, Style]) -> Document:
    """An empty document with the styles of papers; `heads`: how h1 to h3 are printed."""
    document = docx.Document(io.BytesIO(_template()))
    for level, before in ((1, 0), (2, 14), (3, 11)):
        size = points(heads.get(f"h{level}", {})) or 13 - level
        _shape(document, f"Heading {level}", size=size, before=before, after=13 / level)
    return document


@cache
def _template() -> bytes:
    """The library's template in the look of papers, without what makes it slow to open."""
    document = docx.Document()
    _drop_unused(document)
    _speak_indonesian(document)
    _shape(document, "Normal", size=_SIZE, after=5.5).line_spacing = 1.15
    for name in ("List Bullet", "List Number"):
        _shape(document, name, after=2)
    _shape(document, "Caption", size=_SIZE, after=4).keep_with_next = True
    _shape(document, "Footer", size=8).tab_stops.clear_all()
    for name in (CELL, SMALLEST):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[
            "Normal"
        ]
    _shape(document, CELL).line_spacing = 1.1
    _shape(document, SMALLEST, size=2, after=8).line_spacing = 1
    _shape_tables(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _shape(
    document: Document, name: str, *, size: float = 0, before: float = 0, after: float = 0
) -> Any:
    """Set font and space (points) of a paragraph style; what else there is of its paragraphs."""
    style: Any = document.styles[name]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # a font of the theme would win over the one named
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    style.font.color.rgb = RGBColor(0, 0, 0)
    if size:
        style.font.size = Pt(size)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    return style.paragraph_format


def _drop_unused(document: Document) -> None:
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNUSED)]:
            del rels[key]
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Table Grid", "Normal Table"):
            style.delete()


def _speak_indonesian(document: Document) -> None:
    """Spelling in Indonesian, and a document of today's Word, not in a mode of an older one."""
    for element in (document.styles.element, document.settings.element):
        for language in element.iter(qn("w:lang"), qn("w:themeFontLang")):
            language.set(qn("w:val"), "id-ID")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _shape_tables(document: Document) -> None:
    """Room around the text of ruled cells; a style for tables without lines."""
    ruled = document.styles["Table Grid"].element
    plain = deepcopy(ruled)
    plain.set(qn("w:styleId"), UNRULED.replace(" ", ""))
    plain.find(qn("w:name")).set(qn("w:val"), UNRULED)
    borders = plain.find(f".//{qn('w:tblBorders')}")
    borders.getparent().remove(borders)
    ruled.addnext(plain)
    for style, sides in ((ruled, PADDING), (plain, 0.0)):
        margins = style.find(f".//{qn('w:tblCellMar')}")
        for edge, size in (("top", 1.0), ("left", sides), ("bottom", 1.0), ("right", sides)):
            margins.find(qn(f"w:{edge}")).set(qn("w:w"), str(Mm(size).twips))


class ListStyles:
    """Lists of a document; each begins to count anew."""

    def __init__(self, document: Document) -> None:
        self.root: Any = document.part.numbering_part.element
        self.kinds: dict[str, int] = {}

    def begin(self, element: HtmlElement) -> int:
        """The number of a new list that looks like `<ul>` or `<ol type start>`."""
        kind = "bullet" if element.tag == "ul" else _FORMATS[element.get("type", "1")]
        if kind not in self.kinds:
            self.kinds[kind] = self._add_kind(kind)
        listed = self.root.add_num(self.kinds[kind])
        if kind != "bullet":
            for level in range(_LEVELS):
                override = listed.add_lvlOverride(level)
                override.add_startOverride(int(element.get("start", 1)))
        return int(listed.numId)

    def mark(self, paragraph: Paragraph, number: int, level: int) -> None:
        """Make a paragraph an item of a list; of `UNMARKED`, one more of the item above it."""
        properties = cast(Any, paragraph._p.get_or_add_pPr()).get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number
        if number == UNMARKED:
            paragraph.paragraph_format.left_indent = Mm(_INDENT * (level + 1))

    def _add_kind(self, kind: str) -> int:
        known = self.root.iter(qn("w:abstractNum"))
        number = 1 + max(int(each.get(qn("w:abstractNumId"))) for each in known)
        levels = "".join(
            _LEVEL.format(
                level=level,
                format=kind,
                text="•" if kind == "bullet" else f"%{level + 1}.",
                left=Mm(_INDENT * (level + 1)).twips,
                hanging=Mm(_INDENT).twips,
            )
            for level in range(_LEVELS)
        )
        described = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        self.root.find(qn("w:num")).addprevious(described)
        return number
