"""HTML of a page adapted to a book: ids unique in the volume, links within it resolved."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import lxml.html
from lxml import etree

from pilar.assembly.page_nodes import PageNode
from pilar.assembly.tree import ModuleNode
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.store.cache import kept
from pilar.syntax.references import BIBLIOGRAPHY, GENERATED_PAGES
from pilar.syntax.render import render

from .worksheets import set_columns, set_rows

ASSET_SCHEME = "pilar-aset"
"""Scheme of pictures; the fetcher looks up the path after it among the edition's own."""
PART_SCHEME = "pilar-bagian"
"""Scheme of links into another part of the volume; join.py resolves them."""

PLACE, TICK = "data-isi", "kotak"
"""Attribute of places to write, with a name that is unique in its block; that of boxes to tick."""
PATH, LINE = "data-asal", "data-baris"
"""Attributes that say where the text of an element is from, for messages about its layout."""
_MARKED = "h1 h2 h3 h4 h5 h6 p li dt dd th td pre img figcaption".split()
"""Elements whose line is looked for."""
_NEAR = 80
"""Lines below the last known one in which the next is looked for."""

_BLOCKS = frozenset("p ul ol dl table div figure blockquote pre section".split())
_ROWS, _SMALL = 8, 500
"""Rows of the largest tables, letters of the largest tables and keys that are not divided."""
_LINE = 85
"""Letters in a line of a book."""
_CHAPTER = re.compile(r"(BAB [IVXL]+): (.+)", re.DOTALL)


def anchor(path: str, fragment: str = "") -> str:
    """Id in the volume of a place in the tree: `blc--perkenalan--norma`."""
    base = posixpath.splitext(path)[0].replace("/", "--")
    return f"{base}--{fragment}" if fragment else base


@memoized
def pages_markup(node: ModuleNode) -> Mapping[str, str]:
    """`page_markup` of every page of a module, by its path: books and papers print the same."""
    return {page.path: page_markup(node, page) for page in node.pages}


@memoized
def cached_pages(node: ModuleNode, folder: Path) -> Mapping[str, str]:
    """`pages_markup`, from the cache in `folder` where the same pages of this module were made."""
    pages = [(page.path, page.source) for page in node.pages]
    made_from = json.dumps([node.module.slug, node.module.digest, node.edition, pages])
    made = kept(folder, lambda: json.dumps(pages_markup(node)).encode(), "halaman", made_from)
    return json.loads(made)  # type: ignore[no-any-return]


def page_markup(node: ModuleNode, page: PageNode) -> str:
    """The `<section>` of one page, ready for the book template."""
    body = lxml.html.fragment_fromstring(render(page.source), create_parent="section")
    body.set("class", "bab" if page.chapter else "bab tambahan")
    body.set("id", anchor(page.path))
    _mark_lines(body, node, page)
    _split_chapter(body)
    _unfold(body)
    for element in body.xpath(".//*[@id]"):
        element.set("id", anchor(page.path, element.get("id")))
    paths = {other.path for other in node.pages}
    for link in body.iter("a"):
        _link(link, page, paths)
    _show_pictures(body, node.module.slug)
    _run_in(body)
    _set_tables(body, node.edition)
    if node.edition is Edition.PESERTA:
        _gather_keys(body)
    _keep_keys(body)
    _mark_introductions(body)
    return re.sub(r"\s+(?=…)", "\N{NO-BREAK SPACE}", lxml.html.tostring(body, encoding="unicode"))


def text_markup(source: str, slug: str = "") -> str:
    """Markdown that belongs to no page, for a template.

    Where it is of a module, `slug`, it may show its pictures; links into it lead nowhere.
    """
    body = lxml.html.fragment_fromstring(render(source), create_parent="div")
    _unfold(body)
    if slug:
        _show_pictures(body, slug)
        for link in [found for found in body.iter("a") if not _address(found.get("href", ""))]:
            link.drop_tag()
    return (body.text or "") + "".join(
        lxml.html.tostring(child, encoding="unicode") for child in body
    )


def _show_pictures(body: lxml.html.HtmlElement, slug: str) -> None:
    for picture in body.iter("img"):
        picture.set("src", f"{ASSET_SCHEME}:{posixpath.join(slug, picture.get('src'))}")
        # Tagged PDF requires alternative text; screen readers pass over a space (decoration).
        picture.set("alt", picture.get("alt") or " ")


def _unfold(body: lxml.html.HtmlElement) -> None:
    """Bring to paper what a screen shows when it is asked: tabs, details, addresses."""
    _open_tabs(body)
    _open_details(body)
    _write_addresses(body)
    for box in body.iter("input"):
        box.set("type", "checkbox")
        if "checked" not in box.attrib and (seen := box.getnext()) is not None:
            seen.set(PLACE, TICK)


def _mark_lines(body: lxml.html.HtmlElement, node: ModuleNode, page: PageNode) -> None:
    """Say of each element where it is written: known of headings, found for what is between."""
    document, questions = page.page.document, node.module.questions_source
    body.set(PATH, document.path)
    written = questions.text if document.path == questions.path else document.lines
    heads = {heading.anchor: heading.line for heading in document.headings}
    items = node.numbering.items.values()
    heads |= {item.anchor: item.block.first for item in items if item.page is page.page}
    _find_lines(body, written, heads)
    for block in body.find_class("soal"):
        block.set(PATH, questions.path)
        _find_lines(block, questions.text, {})


def _find_lines(
    body: lxml.html.HtmlElement, written: Sequence[str], heads: Mapping[str, int]
) -> None:
    lines = [_letters(line) for line in written]
    last = 0
    for element in body.iter(*_MARKED):
        element.attrib.pop(LINE, None)
        if element.get("id") in heads:
            last = heads[element.get("id")] - 1
        else:
            said = element.get("src") or next(filter(str.strip, element.itertext()), "")
            begin = _letters(said)[:16]
            near = range(last, min(last + _NEAR if heads else len(lines), len(lines)))
            found = next((n for n in near if begin and begin in lines[n]), None)
            if found is None:
                continue
            last = found
        element.set(LINE, str(last + 1))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _write_addresses(body: lxml.html.HtmlElement) -> None:
    """Write where each link leads that leaves the book, after its first text that does not say."""
    told: set[str] = set()
    for link in list(body.iter("a")):
        address = _address(link.get("href", ""))
        if not address or address in told:
            continue
        told.add(address)
        if _said(address) not in _said(link.text_content()):
            note = etree.Element("span", {"class": "alamat"})
            note.text, note.tail, link.tail = f" ({address})", link.tail, None
            link.addnext(note)


def _address(href: str) -> str:
    """What to type or dial for a link out of the book; empty for one within it."""
    scheme, _, rest = href.partition(":")
    if scheme in ("http", "https"):
        return rest.removeprefix("//").rstrip("/")
    return rest.partition("?")[0] if scheme in ("mailto", "tel") else ""


def _said(text: str) -> str:
    """What two spellings of an address have in common."""
    text = re.sub(r"^https?://(?:www\.)?|^www\.|[\s()/-]", "", text.casefold().strip())
    return re.sub(r"^\+62|^0(?=\d)", "", text)


def _split_chapter(body: lxml.html.HtmlElement) -> None:
    """Print `BAB II: Judul` on two lines; the outline has it in one (`data-label`)."""
    for heading in body.iter("h2"):
        heading.set("data-label", heading.text_content())
    for heading in body.iter("h1"):
        heading.set("data-label", heading.text_content())
        if match := _CHAPTER.match(heading.text or ""):
            number = etree.Element("span", {"class": "nomor-bab"})
            number.text = match[1]
            number.tail = match[2]
            heading.text = None
            heading.insert(0, number)


def _run_in(body: lxml.html.HtmlElement) -> None:
    """Pair terms and texts of trainers' notes; a text of one paragraph begins beside its term."""
    for term in body.xpath(".//section[contains(@class, 'pelatih')]//dl/dt"):
        texts = term.xpath("following-sibling::*[1][self::dd]")
        if not texts:
            continue
        pair = etree.Element("div")
        if not len(texts[0]) or texts[0][0].tag not in _BLOCKS:
            pair.set("class", "sebaris")
        term.addprevious(pair)
        pair.extend([term, *texts])


def _set_tables(body: lxml.html.HtmlElement, edition: Edition) -> None:
    """Give worksheets their widths, and participants' room to write; mark what stays on a page."""
    for table in body.iter("table"):
        if table.get("class") == "isian":
            set_columns(table)
            if edition is Edition.PESERTA:
                set_rows(table)
        elif len(table.findall("./tbody/tr")) <= _ROWS and len(table.text_content()) <= _SMALL:
            table.set("class", f"{table.get('class', '')} utuh".strip())


def _gather_keys(body: lxml.html.HtmlElement) -> None:
    """Print the keys of a chapter's questions at its end: below a question they are read first."""
    keys = body.find_class("kunci-soal")
    if not keys:
        return
    gathered = etree.SubElement(body, "section", {"class": "blok kunci"})
    label = etree.SubElement(gathered, "p", {"class": "label"})
    etree.SubElement(label, "span", {"class": "jenis"}).text = "Kunci soal bab ini"
    for key in keys:
        head = key.getparent()[0]
        code = etree.Element("a", {"href": f"#{head.get('id')}"})
        code.text = head[0].text
        key[0].clear()
        key[0].append(code)
        gathered.append(key)


def _keep_keys(body: lxml.html.HtmlElement) -> None:
    """Mark keys that are not divided: a few lines overleaf are read without what they answer."""
    for key in body.find_class("kunci"):
        if len(key.text_content()) <= _SMALL:
            key.set("data-utuh", "")


def _mark_introductions(body: lxml.html.HtmlElement) -> None:
    """A heading with one line of introduction is still a heading without what it announces.

    Before a picture the two may stay: moving all three leaves most of a page empty.
    """
    for first in body.xpath(
        ".//p[preceding-sibling::*[1][self::h2 or self::h3 or self::h4]]"
        "[following-sibling::*[1][not(self::figure) or table]]"
    ):
        if len(first.text_content()) <= _LINE:
            first.set("class", "pengantar")


def _open_tabs(body: lxml.html.HtmlElement) -> None:
    """Print tabs one below the other, each under its label."""
    for tabs in list(body.xpath(".//div[contains(@class, 'tabbed-set')]")):
        labels = [label.text_content() for label in tabs.xpath("./div[1]/label")]
        blocks = tabs.xpath("./div[contains(@class, 'tabbed-content')]/div")
        for child in list(tabs):
            tabs.remove(child)
        tabs.set("class", "tab")
        for label, block in zip(labels, blocks, strict=True):
            title = etree.SubElement(tabs, "p", {"class": "label"})
            title.text = label
            tabs.append(block)


def _open_details(body: lxml.html.HtmlElement) -> None:
    """Print collapsible boxes open, as admonitions."""
    for details in body.iter("details"):
        details.tag = "div"
        details.set("class", f"{details.get('class', '')} admonition".strip())
        details.attrib.pop("open", None)
        for summary in details.iter("summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")


def _link(link: lxml.html.HtmlElement, page: PageNode, paths: set[str]) -> None:
    href = link.get("href", "")
    target, _, fragment = href.partition("#")
    if not target:
        link.set("href", f"#{anchor(page.path, fragment)}")
        return
    if ":" in target:
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))
    if path in paths:
        link.set("href", f"#{anchor(path, fragment)}")
    elif path == BIBLIOGRAPHY and fragment:
        link.set("href", f"{PART_SCHEME}:{anchor(path, fragment)}")
    elif path in GENERATED_PAGES:
        link.drop_tag()
    else:
        # Another module: a link where the volume holds it, plain text where it does not.
        link.set("href", f"{PART_SCHEME}:{anchor(path, fragment)}")
