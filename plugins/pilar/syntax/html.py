"""HTML of each block: plain structure with classes, styled by the editions."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Any

from pilar.model.blocks import BLOCKS

Data = dict[str, Any]
CAPTIONS = {"caption": "", "figure-caption": "gambar", "table-caption": "tabel"}
"""Blocks that make the element before them a figure, and its class when it has a number."""

ABSENT = "tiada"
"""Tag in place of a block that the edition does not see, until Markdown is done. It prints nothing,
but keeps the lists before and after it two lists, with the numbers of the other edition."""

OPENED = "terbuka"
"""Class of a block that both editions see because an option says so."""

_OF_ONE_EDITION = {f"blok {name}" for name, block in BLOCKS.items() if block.audience}

Parse = Callable[[etree.Element, str], None]
"""Parses Markdown text into an element."""


def create(
    name: str, parent: etree.Element, data: Data, parse: Parse
) -> tuple[etree.Element, etree.Element]:
    """Element of a block below `parent`, and the element its content goes into."""
    if name in CAPTIONS:
        return _figure(name, parent, data)
    opened = f" {OPENED}" if data.get("terbuka") else ""
    outer = etree.SubElement(parent, "section", {"class": f"blok {name}{opened}"})
    if "kode" in data:
        outer.set("data-kode", data["kode"])
    if data.get("dikumpulkan"):
        outer.set("data-dikumpulkan", "")
    _BUILDERS.get(name, _note)(outer, data, parse)
    inner = etree.SubElement(outer, "div", {"class": "isi"})
    return outer, inner


def finish(name: str, outer: etree.Element, inner: etree.Element, data: Data) -> None:
    """Complete a block whose content is parsed: add what comes below it, drop an empty body."""
    if name in CAPTIONS:
        _number(inner, data)
    elif all(child.tag == ABSENT for child in inner) and not (inner.text or "").strip():
        outer.remove(inner)
    if name == "lembar-kerja":
        _worksheet(outer, data)
    elif name == "kartu":
        _cards(inner, data["lebar"])


def scope_heads(root: etree.Element) -> None:
    """Mark the heads of Markdown tables as heads of columns; tagged PDF needs it (PDF/UA)."""
    for head in root.iter("thead"):
        for cell in head.iter("th"):
            cell.set("scope", "col")


def _figure(name: str, parent: etree.Element, data: Data) -> tuple[etree.Element, etree.Element]:
    """A figure of the last element in `parent` that both editions see; its caption, still empty."""
    figure = etree.Element("figure")
    for place in reversed(range(len(parent))):
        if not _of_one_edition(parent[place]):
            figure.append(parent[place])
            parent[place] = figure
            break
    else:
        parent.append(figure)
    if "nomor" in data:
        figure.set("class", CAPTIONS[name])
        figure.set("id", f"__{name}_{data['nomor']}")
    return figure, etree.SubElement(figure, "figcaption")


def _of_one_edition(element: etree.Element) -> bool:
    return element.tag == ABSENT or element.get("class") in _OF_ONE_EDITION


def _number(caption: etree.Element, data: Data) -> None:
    """Begin the caption with `Gambar 1.`"""
    if "nomor" not in data:
        return
    if not len(caption) or caption[0].tag != "p":
        caption.insert(0, etree.Element("p"))
    first = caption[0]
    prefix = etree.Element("span", {"class": "caption-prefix"})
    prefix.text = f"{data['label']} {data['nomor']}. "
    prefix.tail, first.text = f" {first.text or ''}", None
    first.insert(0, prefix)


def _text(parent: etree.Element, tag: str, text: str, css: str = "") -> etree.Element:
    element = etree.SubElement(parent, tag, {"class": css} if css else {})
    element.text = text
    return element


def _note(outer: etree.Element, data: Data, parse: Parse) -> None:
    """A block with a label and perhaps a title: pelatih, kunci, rangkuman …"""
    head = etree.SubElement(outer, "p", {"class": "label"})
    kind = _text(head, "span", data["label"], "jenis")
    if data.get("judul"):
        kind.tail = " "
        _text(head, "span", data["judul"], "judul")


def _item(outer: etree.Element, data: Data, parse: Parse) -> None:
    """A numbered block with a title: kegiatan, kartu, latihan, kasus, diskusi, lembar-kerja."""
    head = etree.SubElement(outer, "div", {"class": "kepala"})
    title = etree.SubElement(head, f"h{data['level']}", {"class": "judul", "id": data["anchor"]})
    _text(title, "span", f"{data['label']} {data['kode']}", "kode").tail = " "
    _text(title, "span", data["judul"], "nama")
    if data.get("meta"):
        facts = etree.SubElement(head, "dl", {"class": "meta"})
        for label, value in data["meta"]:
            pair = etree.SubElement(facts, "div")
            _text(pair, "dt", label)
            _text(pair, "dd", value)


def _worksheet(outer: etree.Element, data: Data) -> None:
    """Room to write; `data-isi` is the key of each field under which the site stores its text."""
    if lines := data.get("garis"):
        _ruled(outer, lines, "teks")
        return
    wrap = etree.SubElement(outer, "div", {"class": "gulir"})
    table = etree.SubElement(wrap, "table", {"class": "isian"})
    head = etree.SubElement(etree.SubElement(table, "thead"), "tr")
    columns = data["kolom"]
    for column in columns:
        _text(head, "th", column).set("scope", "col")
    body = etree.SubElement(table, "tbody")
    for number, label in enumerate(data["baris_tabel"], 1):
        row = etree.SubElement(body, "tr")
        if label:
            _text(row, "th", label).set("scope", "row")
        for column in range(bool(label), len(columns)):
            place = f"b{number}k{column + 1}"
            etree.SubElement(row, "td", {"data-isi": place, "data-label": columns[column]})


def _cards(inner: etree.Element, width: int) -> None:
    """Items of the lists as cells of a table, `width` in a row; styles count them."""
    cards = [item for items in inner for item in items if item.tag == "li"]
    inner.clear()
    inner.set("class", "isi gulir")
    body = etree.SubElement(etree.SubElement(inner, "table", {"class": "kartu-kartu"}), "tbody")
    for number, card in enumerate(cards):
        row = body[-1] if number % width else etree.SubElement(body, "tr")
        card.tag = "td"
        if len(card) == 1 and card[0].tag == "p":  # empty lines between cards say nothing
            card.text, card[:] = card[0].text, list(card[0])
        row.append(card)
    for _ in range(-len(cards) % width):
        etree.SubElement(body[-1], "td")  # rows of one length, as tagged PDF has it (PDF/UA)


def _ruled(outer: etree.Element, lines: int, place: str) -> None:
    area = etree.SubElement(outer, "div", {"class": "garis", "data-isi": place})
    for _ in range(lines):
        etree.SubElement(area, "p", {"class": "baris"})


def _objectives(outer: etree.Element, data: Data, parse: Parse) -> None:
    _note(outer, data, parse)
    if data.get("hasil_belajar"):
        _text(outer, "p", data["hasil_belajar"], "hasil-belajar")
    if data.get("pembuka"):
        _text(outer, "p", data["pembuka"])
    listed = etree.SubElement(outer, "ul", {"class": "indikator"})
    for number, text in data["indikator"]:
        entry = etree.SubElement(listed, "li")
        _text(entry, "span", f"IHB {number}", "nomor").tail = f" {text}"


def _module(outer: etree.Element, data: Data, parse: Parse) -> None:
    if "teks" in data:
        parse(outer, data["teks"])
    if topics := data.get("materi_pokok"):
        listed = etree.SubElement(outer, "ol", {"class": "materi-pokok"})
        for title, parts in topics:
            entry = etree.SubElement(listed, "li")
            _text(entry, "p", title)
            if parts:
                below = etree.SubElement(entry, "ul")
                for part in parts:
                    _text(below, "li", part)


def _question(outer: etree.Element, data: Data, parse: Parse) -> None:
    head = etree.SubElement(outer, "p", {"class": "label", "id": data["anchor"]})
    _text(head, "span", f"Soal {data['kode']}", "kode").tail = " "
    _text(head, "span", data["jenis"], "jenis")
    parse(outer, data["teks"])
    if choices := data.get("pilihan"):
        listed = etree.SubElement(outer, "ol", {"class": "pilihan", "type": "A"})
        for choice in choices:
            _text(listed, "li", choice)
    if "kiri" in data:
        _matching(outer, data)
    if lines := data.get("garis"):
        _ruled(outer, lines, "jawaban")
    if "kunci" in data:
        answer = etree.SubElement(outer, "div", {"class": "kunci-soal"})
        label = etree.SubElement(answer, "p", {"class": "label"})
        _text(label, "span", "Kunci", "jenis")
        parse(answer, data["kunci"])
        if data.get("pembahasan"):
            parse(answer, data["pembahasan"])


def _matching(outer: etree.Element, data: Data) -> None:
    table = etree.SubElement(outer, "table", {"class": "jodoh"})
    body = etree.SubElement(table, "tbody")
    left, right = data["kiri"], data["kanan"]
    for number in range(max(len(left), len(right))):
        row = etree.SubElement(body, "tr")
        _text(row, "td", f"{number + 1}. {left[number]}" if number < len(left) else "")
        letter = chr(ord("A") + number)
        _text(row, "td", f"{letter}. {right[number]}" if number < len(right) else "")


_BUILDERS: dict[str, Callable[[etree.Element, Data, Parse], None]] = {
    "kegiatan": _item,
    "kartu": _item,
    "latihan": _item,
    "kasus": _item,
    "diskusi": _item,
    "lembar-kerja": _item,
    "tujuan": _objectives,
    "modul": _module,
    "soal": _question,
}
