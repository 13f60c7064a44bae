"""A redline as HTML: `<ins>`, `<del>`, moves with a link to their other end. Needs no scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from .diff import Change, Run
from .nodes import Node, Word

_HOLDING = frozenset({"td", "th", "li", "p"})
"""Elements that can hold a note on themselves; beside others it stands before them."""
_FOLDED = frozenset({"", "div", "section", "blockquote", "details"})
"""Elements in which long unchanged stretches fold away; lists and tables are shown whole."""
_CONTEXT = 1
"""Unchanged elements shown on each side of a change."""
_LEAST_FOLDED = 3
_AUDIENCES = {"pelatih": "hanya pelatih", "peserta": "hanya peserta", "": "kedua edisi"}
_TAGS = {"in": "ins", "out": "del"}
_MARK = {"in": "masuk", "out": "keluar"}
FORMS = {
    "tag": "jenis daftar",
    "start": "nomor awal",
    "reversed": "arah nomor",
    "type": "jenis nomor",
    "align": "perataan kolom",
    "colspan": "lebar sel dalam kolom",
    "rowspan": "tinggi sel dalam baris",
}
"""What is called what where an element has another form with the same words."""
_VALUES = {
    ("tag", "ul"): "butir",
    ("tag", "ol"): "bernomor",
    ("start", ""): "1",
    ("reversed", ""): "naik",
    ("reversed", "reversed"): "turun",
    ("type", ""): "1",
    ("align", ""): "kiri",
    ("align", "right"): "kanan",
    ("align", "center"): "tengah",
    ("colspan", ""): "1",
    ("rowspan", ""): "1",
}
_UNIFORM = frozenset({"details", "summary", "header", "label"})
"""Elements that the report uses for itself; a page's own become plain ones."""


def page_html(redline: Change) -> Markup:
    """The body of a page, what is unchanged folded away."""
    return Markup("").join(_folded(redline.children))


def form_changes(change: Change) -> Iterator[tuple[str, str, str]]:
    """What is different in the form of an element: its name, before and after, in words."""
    for name, *values in change.reshaped:
        before, after = (_VALUES.get((name, value), value) for value in values)
        yield FORMS.get(name, name), before, after


def words_html(runs: Sequence[Run]) -> Markup:
    """Words with their insertions and deletions."""
    html = Markup("")
    for number, (fate, words) in enumerate(runs):
        gap = " " if number and not words[0].glued else ""
        html += gap + _run(fate, words)
    return html


def _run(fate: str, words: Sequence[Word], between: str = " ") -> Markup:
    text = Markup("")
    for (marks, address), group in groupby(words, key=lambda word: (word.marks, word.address)):
        run = list(group)
        inner = Markup("")
        glued = False
        for number, word in enumerate(run):
            glued = word.glued if number == 0 else glued
            gap = between if number and not word.glued else ""
            inner += gap + escape(word.text)
        for mark in reversed(marks):
            inner = _wrapped(mark, inner, address)
        if fate in _TAGS and address and address != "".join(word.text for word in run):
            inner += Markup(' <small class="alamat">({})</small>').format(address)
        text += (between if text and not glued else "") + inner
    return Markup("<{0}>{1}</{0}>").format(_TAGS[fate], text) if fate in _TAGS else text


def _wrapped(mark: str, inner: Markup, address: str) -> Markup:
    if mark == "picture":
        return Markup('<span class="gambar-di-teks">{}</span>').format(inner)
    name, _, rest = mark.partition(" ")
    if name == "a":
        return Markup('<span class="tautan" title="{}">{}</span>').format(address, inner)
    if name in ("ins", "del"):
        name = "span"
    return Markup("<{0}{1}>{2}</{0}>").format(name, Markup(f" {rest}" if rest else ""), inner)


def _folded(changes: Sequence[Change]) -> Iterator[Markup]:
    """Children of a container, long unchanged stretches behind a fold."""
    start = 0
    for changed, group in groupby(changes, key=lambda change: change.changed):
        stretch = list(group)
        before = start > 0
        start += len(stretch)
        after = start < len(changes)
        first = _CONTEXT if before else 0
        last = len(stretch) - (_CONTEXT if after else 0)
        if changed or last - first < _LEAST_FOLDED:
            yield from map(_element, stretch)
            continue
        yield from map(_element, stretch[:first])
        inner = Markup("").join(map(_element, stretch[first:last]))
        yield Markup(
            '<details class="sama"><summary>{} bagian tanpa perubahan</summary>{}</details>'
        ).format(last - first, inner)
        yield from map(_element, stretch[last:])


def _element(change: Change) -> Markup:
    node = change.node
    if node.tag == "hr":
        return Markup("")
    if not node.tag:
        return _content(change)
    attributes = {name: value for name, value in node.attributes if name != "class"}
    css = [dict(node.attributes).get("class", "")]
    if mark := _MARK.get(change.status):
        css.append(mark)
    if change.move:
        css.append("pindah")
        end = "dari" if change.status == "out" else "ke"
        attributes["id"] = f"pindah-{change.move}-{end}"
    if node.audience:
        css.append("terbatas")
        attributes["data-untuk"] = _AUDIENCES[node.audience]
    if change.old and change.old.audience != node.audience and not change.move:
        css.append("berganti")
        attributes["data-untuk"] = (
            f"kini {_AUDIENCES[node.audience]}, dahulu {_AUDIENCES[change.old.audience]}"
        )
    if classes := " ".join(filter(None, css)):
        attributes["class"] = classes
    tag = "div" if node.tag in _UNIFORM else node.tag
    # A page's headings stand below the report's own.
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        attributes["class"] = f"{attributes.get('class', '')} {tag}".strip()
        tag = f"h{min(int(tag[1]) + 3, 6)}"
    listed = Markup("").join(
        Markup(' {}="{}"').format(name, value) for name, value in attributes.items()
    )
    form = _form(change)
    inside = form if tag in _HOLDING else Markup("")
    inner = _moved(change) + _content(change) + inside
    beside = Markup("") if inside else form
    return beside + Markup("<{0}{1}>{2}</{0}>\n").format(tag, listed, inner)


def _form(change: Change) -> Markup:
    """Another form with the same words, spelt out: a colour on a number is not seen."""
    notes = [Markup("{}: <del>{}</del> <ins>{}</ins>").format(*f) for f in form_changes(change)]
    notes += [Markup("urutannya berubah")] * change.reordered
    return Markup("").join(Markup(' <small class="bentuk">{}</small>').format(n) for n in notes)


def _moved(change: Change) -> Markup:
    """Where a passage went or came from; rows cannot hold it, their cells show no link."""
    if not change.move or change.node.tag in ("tr", "table", "ul", "ol", "dl", "tbody"):
        return Markup("")
    end = "ke" if change.status == "out" else "dari"
    place = "barunya" if end == "ke" else "lamanya"
    words = f"P{change.move}"
    if not change.along:
        words = f"{'Pindah' if end == 'ke' else 'Pindahan'} ({words}): lihat tempat {place}"
    return Markup('<a class="ke-pindah" href="#pindah-{}-{}">{}</a> ').format(
        change.move, end, words
    )


def _content(change: Change) -> Markup:
    node = change.node
    if change.children and not (change.move and change.status == "out"):
        if change.status == "within" and node.tag in _FOLDED:
            return Markup("").join(_folded(change.children))
        if change.move:
            return _plain(node)
        return Markup("").join(map(_element, change.children))
    if change.move and change.status == "out":
        return Markup('<span class="isi-pindah">{}</span>').format(_shortened(node))
    if change.words:
        return words_html(change.words)
    if node.children:
        return _plain(node)
    between = "\n" if node.tag == "pre" else " "
    return _run("same" if change.move else change.status, node.words, between)


def _plain(node: Node) -> Markup:
    """The content of a node as it is."""
    if not node.children:
        return _run("same", node.words, "\n" if node.tag == "pre" else " ")
    return Markup("").join(_element(Change("same", child)) for child in node.children)


def _shortened(node: Node, most: int = 16) -> Markup:
    words = [word.text for word in node.all_words()]
    return escape(" ".join(words[:most]) + (" …" if len(words) > most else ""))
