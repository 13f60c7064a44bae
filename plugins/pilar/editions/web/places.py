"""Places to write on the pages of a site: attributes that its script makes fields of.

Books and papers have rooms of their own (editions/book/worksheets.py) and see nothing of this.
Without the script, places stay what they are on paper: lines to write on, boxes, lists of choices.
"""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from hashlib import sha256

import lxml.html
from lxml.html import HtmlElement

from pilar.assembly.page_nodes import QUESTION_BANK, PageNode
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.model.curriculum import Question
from pilar.model.edition import Edition
from pilar.syntax.render import plain

PLACE = "data-isi"
"""Name of a place, unique in its sheet: with the sheet's code the key under which it is stored."""
SHAPE = "data-bentuk"
"""Digest of what a sheet asks; where the stored one begins otherwise, the sheet has changed."""
CODE, SHEET = "data-kode", "data-lembar"
"""Code of a sheet: that of paper (`BLC-LK2`), or one by its heading where paper has none."""
NAME, VERSION, KEY = "data-nama", "data-versi", "data-kunci"
"""Title of a sheet without one of its own; version of the page's module, on its first sheet;
answers of a self-check.
"""

_CELLS = "sel"
"""Name of a table whose cells are places: `b2k3` is the one in its second row, third column."""
_NOTES = "latihan kasus diskusi refleksi".split()
"""Blocks that ask for an answer in words, and have no place for it."""
_BLOCKS = frozenset("p ul ol dl table div figure blockquote pre section".split())
_LINES = 4
"""Lines of such a place where no script runs."""
_ASIDE = (
    f".//section[@{CODE} or @{SHEET}] | .//*[contains(@class, 'kunci-soal')] | .//section"
    "[contains(' blok pelatih  blok kunci  blok peserta ', concat(' ', @class, ' '))]"
)
"""What a sheet holds that is not its own: other sheets, and what only one edition sees."""
_HEADING = "preceding::*[@id][self::h1 or self::h2 or self::h3][not(parent::*[@class='kepala'])][1]"


def open_places(body: HtmlElement, tree: EditionTree, path: str) -> None:
    """Give the content of the page at `path` of the tree its places to write, where it has any."""
    node = tree.by_slug.get(posixpath.dirname(path))
    page = next((page for page in node.pages if page.path == path), None) if node else None
    if node is None or page is None or page.page.name == QUESTION_BANK:
        for place in body.xpath(f".//*[@{PLACE}]"):
            del place.attrib[PLACE]  # the bank is read, with its keys; nothing is filled in there
        return
    _open_boxes(body)
    _open_questions(body)
    _add_notes(body)
    _open_sheets(body, node, page)
    _name_cells_at_once(body)
    if tree.edition is Edition.PESERTA:
        _add_keys(body, node)


def _open_boxes(body: HtmlElement) -> None:
    """Boxes to tick are named by their text, so that ticks stay with it; ticked ones are examples.

    The text becomes the box's label: a thumb hits it, and screen readers say it.
    """
    for box in body.xpath(".//li//label/input[not(@checked)]"):
        label = box.getparent()
        text = lxml.html.Element("span")
        text.text, label.tail = label.tail, None
        while (after := label.getnext()) is not None and after.tag not in _BLOCKS:
            text.append(after)
        label.append(text)
        box.set(PLACE, f"c{_digest(text.text_content())}")


def _open_questions(body: HtmlElement) -> None:
    for name, tag in (("pilihan", "ol"), ("jodoh", "table")):
        for answers in body.xpath(f".//section[@{CODE}]/{tag}[@class='{name}']"):
            answers.set(PLACE, name)


def _add_notes(body: HtmlElement) -> None:
    """Room for the answer at the end of what asks for one, before what only trainers see."""
    for name in _NOTES:
        for block in body.xpath(f".//section[@class='blok {name}'][not(.//@{PLACE})]"):
            inner = next(iter(block.xpath("./div[@class='isi']")), block)
            room = lxml.html.fragment_fromstring(
                f'<div class="garis" {PLACE}="catatan">{"<p class=baris></p>" * _LINES}</div>'
            )
            keys = inner.xpath("./section[@class='blok kunci' or @class='blok pelatih']")
            if keys:
                keys[0].addprevious(room)
            else:
                inner.append(room)


def _open_sheets(body: HtmlElement, node: ModuleNode, page: PageNode) -> None:
    """Give every sheet its code and its shape, from the innermost places outwards."""
    used: Counter[str] = Counter()
    sheets: dict[HtmlElement, list[str]] = {}
    for place in body.xpath(f".//*[@{PLACE}]"):
        sheets.setdefault(_sheet(place), []).append(place.get(PLACE))
    for sheet in sheets:
        if not sheet.get(CODE):
            heading = next(iter(sheet.xpath(_HEADING)), None)
            parts = [node.module.meta.kode, page.page.name]
            parts += [heading.get("id")] if heading is not None else []
            code = "-".join(parts)
            used[code] += 1
            sheet.set(SHEET, code if used[code] == 1 else f"{code}-{used[code]}")
            if sheet.tag == "ul":
                sheet.set(NAME, page.name if heading is None else _heading_text(heading))
    for sheet, names in sheets.items():
        sheet.set(SHAPE, _shape(sheet, names))
    for sheet in list(sheets)[:1]:
        sheet.set(VERSION, node.module.meta.versi)


def _sheet(place: HtmlElement) -> HtmlElement:
    """What a place belongs to: the nearest block with a code or reflection, else its list."""
    for block in place.iterancestors("section"):
        if block.get(CODE) or block.get("class") == "blok refleksi":
            return block
    return [place, *place.iterancestors("ul")][-1]


def _heading_text(heading: HtmlElement) -> str:
    links = {link.text_content() for link in heading.xpath(".//a[@class='headerlink']")}
    text = heading.text_content()
    for link in links:
        text = text.removesuffix(link)
    return str(text)


def _shape(sheet: HtmlElement, names: list[str]) -> str:
    """A digest of the words and places of a sheet, the same in both editions.

    Punctuation, capitals and spaces do not count: mending them changes nothing that is asked.
    """
    own = deepcopy(sheet)
    for other in own.xpath(_ASIDE):
        other.drop_tree()
    return _digest(own.text_content(), *names)[:4]


def _digest(text: str, *names: str) -> str:
    letters = "".join(filter(str.isalnum, text)).casefold()
    return sha256(" ".join([letters, *names]).encode()).hexdigest()[:8]


def _name_cells_at_once(body: HtmlElement) -> None:
    """Leave to the script the names of a worksheet's cells, where row and column tell them."""
    for table in body.xpath(".//table[@class='isian']"):
        names = {
            cell: f"b{row}k{column}"
            for row, cells in enumerate(table.iterfind("tbody/tr"), 1)
            for column, cell in enumerate(cells, 1)
            if cell.tag == "td"
        }
        if names and all(cell.get(PLACE) == name for cell, name in names.items()):
            table.set(PLACE, _CELLS)
            for cell in names:
                del cell.attrib[PLACE]


def _add_keys(body: HtmlElement, node: ModuleNode) -> None:
    """Where participants may see the key, what a self-check compares their answer with."""
    questions = {node.numbering.questions.get(q.id): q for q in node.module.questions}
    for key in body.xpath(f".//section[@{CODE}]/div[@class='kunci-soal']"):
        question = questions[key.getparent().get(CODE)]
        key.set(KEY, json.dumps(list(_accepted(question)), ensure_ascii=False))


def _accepted(question: Question) -> Iterator[str]:
    """Letters of the right choices, in the order of what is matched; words for a gap to fill.

    Nothing for an answer in words of one's own, which one compares oneself.
    """
    answers = (question.kunci,) if isinstance(question.kunci, str) else question.kunci
    match question.jenis:
        case "benar-salah":
            yield "A" if question.kunci == "benar" else "B"
        case "pilihan-ganda" | "menjodohkan":
            yield from answers
        case "isian":
            yield from map(plain, answers)
