"""What participants may read: of each page, the lines outside of the trainers' blocks.

Computed without the audience filter (`syntax.audience`), which the gate watches.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any
from urllib.parse import unquote

from pydantic import BaseModel

from pilar.assembly.compose import compose
from pilar.assembly.numbering import Numbering
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.model.blocks import Block, CardOptions, Document
from pilar.model.curriculum import Module, Page, Question
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.sources import Source
from pilar.store import package
from pilar.syntax.render import render

from .opening import opened, parsed
from .sequences import Gram, Sequences, memory_of, words_of
from .software import texts_below

SECRET_BLOCKS = frozenset({"pelatih", "kunci"})
"""Blocks that participants never see. Decided here a second time, on purpose, see the package."""
CARDS = "kartu"
"""The block that participants see only with an option, see `is_secret`."""

_FOOTNOTE = re.compile(r"[ >]*\[\^(?P<name>[^\]]+)\]:")
_ABBREVIATION = re.compile(r"[ >]*\*\[(?P<name>[^\]]+)\]:")
_ADDRESS = re.compile(r"[ >]*\[(?P<name>[^\]^@][^\]]*)\]:")
OPTION_COMMENT = re.compile(r"(?:^|\s)#\s?(?P<text>.*)$")
"""A YAML comment among the options of a block."""
_TARGET = re.compile(r"\]\([^)]*\)|\{:?[^{}]*\}")


@dataclass(frozen=True)
class Division:
    """Lines of a page (from 1) by who may read them."""

    secret: frozenset[int]
    public: tuple[str, ...]
    """The page with its secret lines empty."""


@dataclass(frozen=True)
class Corpus:
    """Words and sequences of words that participants may read."""

    words: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a text."""
        self.words.update(_words(text))
        self.texts.append(text)

    def known(self, grams: Set[Gram]) -> set[Gram]:
        """Those of the sequences that occur in a text."""
        memory = memory_of(frozenset(), grams)
        return {gram for text in self.texts for gram in memory.found(text)[1] & grams}

    def has(self, passage: str) -> bool:
        """Whether a text has all the words of a passage, one after the other."""
        wanted = Sequences([tuple(words_of(passage))])
        return any(True for text in self.texts for _ in wanted.found(words_of(text)))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text, once each; what modules say is in all runs. A tuple takes a fourth of
    a set.
    """
    return tuple(map(intern, set(words_of(text))))


def is_secret(block: Block) -> bool:
    """Whether participants must not see the block, whatever it stands in; cards, unless they are
    opened.
    """
    opened = isinstance(block.options, CardOptions) and block.options.untuk == "semua"
    return block.name in SECRET_BLOCKS or (block.name == CARDS and not opened)


@memoized
def divide(document: Document) -> Division:
    """Separate the trainers' lines of a page from the public ones.

    Trainers' are their blocks, whole pages, and definitions (footnotes, abbreviations, addresses
    of links) outside of those that no public line uses: Markdown prints a footnote even where
    nothing refers to it.
    """
    lines = list(document.lines)
    if document.edition is Edition.PELATIH:
        return Division(frozenset(range(1, len(lines) + 1)), ("",) * len(lines))
    secret = {
        number
        for block in document.walk()
        if is_secret(block)
        for number in range(block.first, block.last + 1)
    }
    for number in secret:
        lines[number - 1] = ""
    for block in document.walk():
        for number in range(block.first + 1, block.body):
            lines[number - 1] = OPTION_COMMENT.sub("", lines[number - 1])
    while unused := _unused(lines, document.literal):
        secret |= unused
        for number in unused:
            lines[number - 1] = ""
    return Division(frozenset(secret), tuple(lines))


def _unused(lines: list[str], literal: frozenset[int]) -> set[int]:
    """Numbers of the lines of definitions that no line outside them uses."""
    found: set[int] = set()
    for number, line in enumerate(lines, 1):
        if number in literal:
            continue
        if match := _FOOTNOTE.match(line):
            span, mark = _paragraphs(lines, number), f"[^{match['name']}]"
        elif match := _ABBREVIATION.match(line):
            span, mark = range(number, number + 1), match["name"]
        elif match := _ADDRESS.match(line):
            span, mark = range(number, number + 1), f"[{match['name']}]"
        else:
            continue
        rest = "\n".join(text for other, text in enumerate(lines, 1) if other not in span)
        if mark.casefold() not in rest.casefold():
            found |= {number for number in span if lines[number - 1].strip()}
    return found


def _paragraphs(lines: list[str], first: int) -> range:
    """The line of a definition and those that continue it: adjacent, or indented (Markdown)."""
    end = first + 1
    while end <= len(lines):
        line = lines[end - 1]
        gap = not lines[end - 2].strip()
        if line.strip() and gap and not line.startswith("    "):
            break
        if _FOOTNOTE.match(line) or line.lstrip(" >").startswith(("#", "///")):
            break
        end += 1
    return range(first, end)


def shows_key(question: Question, module: Module) -> bool:
    """Whether participants may see the key: exercises of a module for self-study."""
    return module.meta.latihan_mandiri and "latihan" in question.pakai


def corpus_of(root: Path, *trees: EditionTree) -> Corpus:
    """All that participants of these runs may read, of every module.

    `root` is the project's folder, whose templates, public pages and mkdocs.yml count as well.
    """
    corpus = Corpus()
    corpus.add(package.find(root, "mkdocs.yml").read_text("utf-8"))
    for text in texts_below(package.find(root, "overrides")):
        corpus.add(text)
    for text in {text for tree in trees for text in _texts(tree)}:
        corpus.add(text)
    return corpus


def without_markup(text: str) -> str:
    """Markdown without the addresses of links and pictures and without attributes."""
    return _TARGET.sub(" ", text)


def _texts(tree: EditionTree) -> Iterator[str]:
    yield from strings(tree.run.file)
    for key, value in tree.curriculum:
        if key not in ("petunjuk", "pengantar_pelatih"):
            yield from strings(value)
    if tree.curriculum.petunjuk:
        yield tree.curriculum.petunjuk.peserta
    sources = {source.id: source for node in tree.modules for source in node.sources}
    for source in sources.values():
        yield from (f"{source.short} {source.long} {source.short}", *strings(source))
    for term in {term.istilah: term for node in tree.modules for term in node.terms}.values():
        yield f"{term.istilah} {term.kepanjangan} {term.arti}"
        yield " ".join(term.names)
    for node in tree.modules:
        yield from _module_texts(node, sources)


def _module_texts(node: ModuleNode, sources: dict[str, Source]) -> Iterator[str]:
    module = node.module
    yield from strings(module.meta)
    # As the running heads of books print them.
    yield f"{module.meta.judul} {module.meta.kode} {module.meta.judul}"
    yield module.slug
    shown = shown_questions(module)
    for question in module.questions:
        if question.id in shown:
            yield f"{question.teks} {' '.join(strings(question.pilihan))}"
        yield node.numbering.questions[question.id]
        if shows_key(question, module):
            yield f"{' '.join(strings(question.kunci))} {question.pembahasan}"
    for page in module.pages:
        yield from _page_texts(module, page, node.numbering, sources)
    if module.changelog.document:
        yield "\n".join(divide(module.changelog.document).public)
    for name in shown_pictures(module):
        yield f"{module.slug}/{name}"
        if name.endswith(".svg") and name in module.assets:
            yield " ".join(said.text for said in opened(name, module.assets[name]))


@memoized
def shown_pictures(module: Module) -> set[str]:
    """Names of the pictures that participants' lines show, once Markdown has read them."""
    texts = (_without_fences(page.document) for page in module.pages)
    return {
        posixpath.normpath(unquote(picture.get("src", "")))
        for text in texts
        if "![" in text
        for picture in parsed(render(text)).iter("img")
    }


def _without_fences(document: Document) -> str:
    """The public lines of a page as if they stood in no block; then titles and options of those."""
    division = divide(document)
    lines, said = list(division.public), [""]
    for block in document.walk():
        if block.first not in division.secret:
            said += [block.title, *strings(block.options)]
            for number in block.fences:
                lines[number - 1] = block.prefix.rstrip()
    return "\n".join(lines) + "\n\n".join(said)


@memoized
def shown_questions(module: Module) -> set[str]:
    """Ids of the questions that a page puts before participants; all others are for tests."""
    return {
        block.title
        for page in module.pages
        if page.edition is not Edition.PELATIH
        for top in open_blocks(page.document.blocks)
        for block in top.walk()
        if block.name == "soal"
    }


def _page_texts(
    module: Module, page: Page, numbering: Numbering, sources: dict[str, Source]
) -> Iterator[str]:
    if page.edition is Edition.PELATIH:
        return
    division = divide(page.document)
    document = replace(
        page.document, lines=division.public, blocks=open_blocks(page.document.blocks, "soal")
    )
    yield page.name
    yield "\n".join(division.public)
    # As composed: with codes, letters and citations written out, the way a reader meets them. But
    # without questions: whether their keys are printed is what the gate has to find out.
    composed, headings = compose(
        module, replace(page, document=document), numbering, sources, Edition.PESERTA
    )
    yield composed
    yield without_markup(composed)
    for heading in headings:
        yield heading.text
    for block in document.walk():
        yield from strings(block.options)
        if item := numbering.items.get((page.name, block.first)):
            yield f"{item.label} {block.title}"
        else:
            yield f"{block.type.label} {block.title}"


def open_blocks(blocks: Iterable[Block], *without: str) -> tuple[Block, ...]:
    """Blocks that participants may see, nested ones in their places, but none of these names."""
    return tuple(
        replace(block, children=open_blocks(block.children, *without))
        for block in blocks
        if block.name not in without and not is_secret(block)
    )


def strings(value: Any) -> Iterator[str]:
    """Every text in a model or in nested values."""
    if isinstance(value, BaseModel):
        value = [inner for _, inner in value]
    elif isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from strings(inner)
    elif value is not None:
        yield str(value)
