"""A rendered page as a tree that can be compared: containers, and leaves of words."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape

import lxml.html

_BLOCKS = frozenset(
    "blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 "
    "header hr li ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_MARKS = frozenset("abbr b code del em i ins kbd mark q s small span strong sub sup u".split())
_FORM = ("start", "reversed", "type", "align", "colspan", "rowspan")
"""Attributes that readers see without reading a word: which number comes first, how columns stand.
"""
_SHOWN = ("class", *_FORM, "value", "scope", "lang")
_USUAL = {("start", "1"), ("type", "1"), ("align", "left"), ("colspan", "1"), ("rowspan", "1")}
"""What says the same as no attribute."""
_CODE = re.compile(r"\b[A-Z][A-Z0-9]{1,5}-(?:KS|KT|LK|K|L|D|S)\d+")
_CHAPTER = re.compile(r"^BAB [IVXL]+: ")
_LETTER = re.compile(r"^[A-Z]{1,2}\. ")
_NUMBERS = {"h1": _CHAPTER, "h2": _LETTER}
"""Numbers that Pilar counts itself, by the heading they open: they shift when others do."""
_PIECES = re.compile(r"[.,;:!?…)”’]+$|.+?(?=[.,;:!?…)”’]+$|$)")
"""A word and the marks that end it: those change, and are set bold, on their own."""
_LOOSE = frozenset({"li", "dd", "td"})


@dataclass(frozen=True)
class Word:
    """A word, a picture or a line break, with the marks around it."""

    text: str
    marks: tuple[str, ...] = ()
    """Opening tags, outermost first, such as `strong` or `span class="kode"`."""
    target: str = ""
    """Where it links to, or which picture it is, whatever that is called."""
    address: str = ""
    """Where it links to, as its author wrote it."""
    number: bool = False
    """Is it a number that Pilar counts itself?"""
    glued: bool = False
    """Does it follow the word before it without a space?"""

    @cached_property
    def key(self) -> tuple[str, str]:
        """What it says: equal keys, equal words. Computed numbers all say the same."""
        return ("#" if self.number else _CODE.sub("#", self.text), self.target)


@dataclass(frozen=True, eq=False)
class Node:
    """An element with its children; a leaf has words instead. Compared by identity; see `key`."""

    tag: str
    """Empty for words that stand beside elements in a container."""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()
    words: tuple[Word, ...] = ()
    audience: str = ""
    """`pelatih` or `peserta` when only that edition has it."""

    @cached_property
    def kind(self) -> tuple[str, str]:
        """Tag and classes: what may be compared with what."""
        return self.tag, dict(self.attributes).get("class", "")

    @cached_property
    def form(self) -> Mapping[str, str]:
        """What it shows besides words. A column is aligned by its head: the cells below follow."""
        return {
            name: value
            for name, value in self.attributes
            if name in _FORM and not (name == "align" and self.tag == "td")
        }

    @cached_property
    def key(self) -> int:
        """The same for elements that say the same in the same form."""
        words = tuple(word.key for word in self.words)
        form = tuple(self.form.items())
        below = (child.key for child in self.children)
        return hash((*self.kind, form, self.audience, words, *below))

    @cached_property
    def text_key(self) -> int:
        """The same for elements that say the same, in whatever form and to whomever."""
        return hash(tuple(word.key for word in self.all_words()))

    @cached_property
    def bag(self) -> Counter[tuple[str, str]]:
        """How often each word occurs in it."""
        return Counter(word.key for word in self.all_words())

    @property
    def weight(self) -> int:
        """Its words."""
        return self.bag.total()

    def all_words(self) -> Iterator[Word]:
        """Its words and those of all below it."""
        yield from self.words
        for child in self.children:
            yield from child.all_words()

    def walk(self) -> Iterator[Node]:
        """This element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str:
        """Its words as plain text."""
        return " ".join(word.text for word in self.all_words())


def similarity(old: Node, new: Node) -> float:
    """Share of words that both have, 0 to 1."""
    total = old.weight + new.weight
    if not total:
        return 1.0 if old.kind == new.kind else 0.0
    small, large = sorted((old.bag, new.bag), key=len)
    return 2 * sum(min(count, large[word]) for word, count in small.items()) / total


def parse(html: str, folder: str, pictures: Mapping[str, str], aliases: Mapping[str, str]) -> Node:
    """The tree of a rendered page of the module `folder`.

    `pictures` has the hash of each picture's bytes by its path, `aliases` the name to go by of a
    page that links may point to, by its path in the tree.
    """
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return _Parser(folder, pictures, aliases).node(root)


def source_tree(raw: bytes) -> Node:
    """The tree of a page's source: one element a paragraph."""
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    paragraphs = re.split(r"\n[ \t]*\n", text)
    return Node("div", children=tuple(Node("p", words=_words(p)) for p in paragraphs))


class _Parser:
    def __init__(
        self, folder: str, pictures: Mapping[str, str], aliases: Mapping[str, str]
    ) -> None:
        self.folder = folder
        self.pictures = pictures
        self.aliases = aliases
        self.spaced = True
        """Does a space, or nothing, come before what is read next?"""

    def place(self, target: str) -> str:
        """What a link points to, wherever the page stands that it is on."""
        path, _, fragment = target.partition("#")
        if path and ":" not in path:
            path = posixpath.normpath(posixpath.join(self.folder, path))
        return f"{self.aliases.get(path, path)}#{_CODE.sub('#', fragment.upper())}"

    def split(self, text: str | None, marks: tuple[str, ...]) -> Iterator[Word]:
        """Words of a text; remembers whether the next one follows without a space."""
        if not text:
            return
        glued = not self.spaced and not text[0].isspace()
        self.spaced = text[-1].isspace()
        for word in text.split():
            for piece in _PIECES.findall(word):
                yield Word(piece, marks, glued=glued)
                glued = True
            glued = False

    def node(self, element: lxml.html.HtmlElement) -> Node:
        tag = str(element.tag)
        self.spaced = True
        attributes = tuple(
            (name, value or name)
            for name in _SHOWN
            if (value := element.get(name)) or (name == "reversed" and value is not None)
            if (name, value) not in _USUAL
        )
        if tag == "pre":
            return Node(tag, attributes, (), tuple(map(Word, element.text_content().split("\n"))))
        if element.get("class") == "garis":
            return Node("p", attributes, (), _words(f"[{len(element)} baris isian]"))
        if not any(child.tag in _BLOCKS for child in element.iter() if child is not element):
            words = _numbered(tag, tuple(self.words(element)))
            return Node(tag, attributes, (), words)
        children = tuple(self.children(element))
        if tag == "ol":
            children = _counted(children, element.get("start", ""))
        if tag in _LOOSE and len(children) == 1 and children[0].tag == "p":
            # A list with empty lines between its entries says nothing else than one without.
            return Node(tag, attributes, (), children[0].words)
        return Node(tag, attributes, children)

    def children(self, element: lxml.html.HtmlElement) -> Iterator[Node]:
        loose: list[Word] = list(self.split(element.text, ()))
        for child in element:
            if child.tag in _BLOCKS:
                if loose:
                    yield Node("", words=tuple(loose))
                    loose = []
                yield self.node(child)
                self.spaced = True
            else:
                loose += self.inline(child, ())
            loose += self.split(child.tail, ())
        if loose:
            yield Node("", words=tuple(loose))

    def words(self, element: lxml.html.HtmlElement, marks: tuple[str, ...] = ()) -> Iterator[Word]:
        yield from self.split(element.text, marks)
        for child in element:
            yield from self.inline(child, marks)
            yield from self.split(child.tail, marks)

    def inline(self, element: lxml.html.HtmlElement, marks: tuple[str, ...]) -> Iterator[Word]:
        tag = element.tag
        css = str(element.get("class", ""))
        if not isinstance(tag, str) or "footnote-backref" in css:
            return
        if tag == "img":
            source = str(element.get("src", ""))
            target = f"{source} {self.pictures.get(source, '')}"
            yield Word(f"[gambar: {element.get('alt') or source}]", (*marks, "picture"), target)
            self.spaced = True
        elif tag == "br":
            yield Word("⏎", marks)
        elif tag == "input":
            yield Word("☑" if element.get("checked") is not None else "☐", marks)
        elif tag == "a":
            target = str(element.get("href", ""))
            if "footnote-ref" in css:
                for word in self.words(element, marks):
                    yield replace(word, number=True)
                return
            for word in self.words(element, (*marks, "a")):
                yield replace(word, target=self.place(target), address=target)
        elif tag in _MARKS:
            opening = f'{tag} class="{escape(css)}"' if css else tag
            inner = list(self.words(element, (*marks, opening)))
            if css == "caption-prefix":
                inner = [replace(word, number=True) for word in inner]
            yield from inner
        else:
            yield from self.words(element, marks)


def _counted(entries: Iterable[Node], start: str) -> tuple[Node, ...]:
    """Entries of a numbered list with the number that each is read by.

    The redline shows those that are gone between those that are there, and must not count both.
    """
    number = int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1
    counted: list[Node] = []
    for entry in entries:
        if entry.tag != "li":
            counted.append(entry)
            continue
        written = dict(entry.attributes).get("value", "")
        number = int(written) if re.fullmatch(r"-?\d{1,9}", written) else number
        others = ((name, value) for name, value in entry.attributes if name != "value")
        counted.append(replace(entry, attributes=(*others, ("value", str(number)))))
        number += 1
    return tuple(counted)


def _words(text: str) -> tuple[Word, ...]:
    return tuple(map(Word, text.split()))


def _numbered(tag: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Headings: mark the words of their number."""
    pattern = _NUMBERS.get(tag)
    text = "".join(("" if word.glued else " ") + word.text for word in words)[1:] + " "
    if not pattern or not (match := pattern.match(text)):
        return words
    left = len(match[0])
    marked: list[Word] = []
    for word in words:
        marked.append(replace(word, number=True) if left > 0 else word)
        left -= len(word.text) + (not word.glued)
    return tuple(marked)
