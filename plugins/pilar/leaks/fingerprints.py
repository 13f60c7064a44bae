"""What participants must not see, as words and hashes to search for, each with its source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from pilar.assembly.page_nodes import QUESTION_BANK
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.content.pictures import PictureError, clean_picture
from pilar.content.yaml import yaml_comments
from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.position import Located

from .came_back import CameBack
from .corpus import (
    CARDS,
    OPTION_COMMENT,
    Corpus,
    divide,
    open_blocks,
    shown_pictures,
    shown_questions,
    shows_key,
    strings,
    without_markup,
)
from .opening import pixels
from .sequences import SHORTEST, WINDOW, Gram, grams_of, is_distinctive, is_rare, words_of

_FENCE = re.compile(r"^[ >]*/{3,} *[\w-]+ *(?:\|(?P<title>.*))?$")
_ALONE = ("#", "|", "- ", "* ", "!!!", "???", "===")
"""How a line begins that continues no sentence: heading, table row, item, admonition, tab."""
_DEFINES = re.compile(r"^[ >]*(?:\[\^?[^\]]+\]|\*\[[^\]]+\]):")


@dataclass(frozen=True, order=True)
class Place:
    """Where a passage of the trainers is in the source; `line` counts from 1."""

    path: str
    line: int


@dataclass(frozen=True)
class Fingerprints:
    """Everything that a participants' output is searched for."""

    grams: dict[Gram, Place] = field(default_factory=dict)
    """Sequences of SHORTEST to WINDOW words."""
    words: dict[str, Place] = field(default_factory=dict)
    """Words that participants' text does not use; the software's own text may."""
    hashes: dict[str, Place] = field(default_factory=dict)
    """SHA-256 of pictures: of the file, of the file as it is published, and of the pixels."""
    pages: dict[str, Place] = field(default_factory=dict)
    """Pages of trainers, as paths in the tree without suffix (`blc/bank-soal`)."""
    sources: frozenset[str] = frozenset()
    """Paths of page sources (`blc/norma.md`), to which no link may lead."""
    open_keys: frozenset[str] = frozenset()
    """Codes of questions whose key participants may see."""
    open_cards: frozenset[str] = frozenset()
    """Codes of cards that participants may see."""
    public: Corpus = field(default_factory=Corpus)
    """What participants may read."""


_NOTHING = CameBack()


def fingerprints(corpus: Corpus, *trees: EditionTree, results: CameBack = _NOTHING) -> Fingerprints:
    """Fingerprints of the trainers' text in these runs, and of the results of any, as far as
    `corpus` does not have it.
    """
    # Runs that pin the same version share its Module object.
    nodes = {id(node.module): node for tree in trees for node in tree.modules}.values()
    grams: dict[Gram, Place] = {}
    rare: dict[str, Place] = {}
    others = [*chain(*map(_run_pieces, trees))]
    others += [(Place(path, line), words_of(text)) for path, line, text in results.texts]
    for said in (*(_secrets(node.module) for node in nodes), _taken(others)):
        grams, rare = said[0] | grams, said[1] | rare
    prints = Fingerprints(
        grams=grams,
        words={word: place for word, place in rare.items() if word not in corpus.words},
        public=corpus,
        hashes=_secret_hashes([node.module for node in nodes]),
        pages=dict(chain(*(_pages(node.module) for node in nodes), map(_now, trees))),
        sources=frozenset(
            f"{node.module.slug}/{page.name}.md" for node in nodes for page in node.module.pages
        ),
        open_keys=frozenset(
            node.numbering.questions[question.id]
            for node in nodes
            for question in node.module.questions
            if shows_key(question, node.module)
        ),
        open_cards=frozenset(code for node in nodes for code in _open_cards(node)),
    )
    prints.grams.update({gram: Place(*place) for gram, place in results.rows.items()})
    for gram in corpus.known(prints.grams.keys()):
        del prints.grams[gram]
    for path, place in prints.pages.items():
        # Lists of files (site map, search index, service worker) name a page without its text;
        # so do a chapter of an EPUB and an anchor in a file of many pages.
        for name in (f"{path}.html", f"{path}.xhtml", f"{path}--awal"):
            if len(words := words_of(name)[-WINDOW:]) >= SHORTEST:
                prints.grams[tuple(words)] = place
    return prints


@memoized
def _secrets(module: Module) -> tuple[dict[Gram, Place], dict[str, Place]]:
    return _taken(_pieces(module))


def _taken(
    pieces: Iterable[tuple[Place, list[str]]],
) -> tuple[dict[Gram, Place], dict[str, Place]]:
    """Of passages: their sequences, and their words that may identify them, where each is first."""
    grams: dict[Gram, Place] = {}
    rare: dict[str, Place] = {}
    for place, words in pieces:
        for gram in grams_of(words, len(words) if SHORTEST <= len(words) < WINDOW else WINDOW):
            if gram not in grams and is_distinctive(gram):
                grams[gram] = place
        for word in set(words) - rare.keys():
            if is_rare(word):
                rare[word] = place
    return grams, rare


def _pieces(module: Module) -> Iterator[tuple[Place, list[str]]]:
    """Every passage of the trainers in a module, as words, with its place."""
    for page in module.pages:
        yield from _page_pieces(page.document)
    if module.changelog.document:
        yield from _page_pieces(module.changelog.document)
    shown = shown_questions(module)
    for index, question in enumerate(module.questions):
        secret = [] if shows_key(question, module) else ["kunci", "pembahasan"]
        secret += [] if question.id in shown else ["teks", "pilihan"]
        source = module.questions_source
        for key in secret:
            place = Place(source.path, source.line(index, key))
            for text in strings(getattr(question, key)):
                yield from _passages(text, place)
    located: tuple[Located, ...] = (module.source, module.questions_source, module.pictures_source)
    for source in located:
        for text, line in yaml_comments("\n".join(source.text), 1):
            yield Place(source.path, line), words_of(text)
    for name in _hidden_assets(module):
        yield from _drawn(f"modules/{module.slug}/{name}", name, module.assets[name])


def _run_pieces(tree: EditionTree) -> Iterator[tuple[Place, list[str]]]:
    """Trainers' text outside of the modules: foreword, instructions, comments in the run's file."""
    curriculum = tree.curriculum
    theirs = [curriculum.pengantar_pelatih]
    theirs += [curriculum.petunjuk.pelatih] if curriculum.petunjuk else []
    for paragraph in "\n".join(theirs).split("\n"):
        yield Place("modules/kurikulum.yml", 1), words_of(without_markup(paragraph))
    source = tree.run.source
    for text, line in yaml_comments("\n".join(source.text), 1):
        yield Place(source.path, line), words_of(text)


def _page_pieces(document: Document) -> Iterator[tuple[Place, list[str]]]:
    path = document.path
    # Passages extend over line breaks, not over empty lines, table cells and fences.
    passage: list[tuple[str, int]] = []
    before = 0
    for number in sorted(divide(document).secret):
        line = document.lines[number - 1]
        empty = not line.strip(" >|")
        fence = _FENCE.match(line)
        alone = not empty and line.lstrip(" >").startswith(_ALONE)
        if empty or fence or alone or number != before + 1 or _DEFINES.match(line):
            yield from _passage_pieces(path, passage)
            passage = []
        before = number
        if fence:
            yield Place(path, number), words_of(fence["title"] or "")
        elif alone:
            cells = [without_markup(cell) for cell in line.split("|")]
            for text in dict.fromkeys([*cells, line]):
                yield Place(path, number), words_of(text)
        elif not empty:
            passage.append((line, number))
    yield from _passage_pieces(path, passage)
    for text, number in document.comments:
        yield from _passages(text, Place(path, number))
    yield from _option_comments(document)


def _passage_pieces(path: str, passage: list[tuple[str, int]]) -> Iterator[tuple[Place, list[str]]]:
    """A passage of one or more lines, as written and without markup; then each line by itself,
    because one may be published without its neighbours.
    """
    if not passage:
        return
    written = [text for text, _ in passage]
    plain = [without_markup(text) for text in written]
    for texts in [written, plain] if written != plain else [plain]:
        yield Place(path, passage[0][1]), words_of("\n".join(texts))
    if len(passage) > 1:
        for text, (_, number) in zip(plain, passage, strict=True):
            yield Place(path, number), words_of(text)


def _option_comments(document: Document) -> Iterator[tuple[Place, list[str]]]:
    """YAML comments between a block's header and its content."""
    for block in document.walk():
        for number in range(block.first + 1, block.body):
            if match := OPTION_COMMENT.search(document.lines[number - 1]):
                yield Place(document.path, number), words_of(match["text"])


def _passages(text: str, place: Place) -> Iterator[tuple[Place, list[str]]]:
    """A text over several lines: paragraph by paragraph, `place` being where it begins."""
    line = place.line
    for paragraph in text.split("\n\n"):
        yield Place(place.path, line), words_of(without_markup(paragraph))
        line += paragraph.count("\n") + 2


def _drawn(path: str, name: str, data: bytes) -> Iterator[tuple[Place, list[str]]]:
    """The name of a picture, and the words in a drawing."""
    yield Place(path, 1), words_of(name)
    if name.endswith(".svg"):
        try:
            root = etree.fromstring(clean_picture(name, data))
        except (PictureError, etree.XMLSyntaxError):
            return  # rule G101 reports it, and it cannot be published
        for element in root.iter():
            yield Place(path, 1), words_of(element.text or "")


def _open_cards(node: ModuleNode) -> Iterator[str]:
    for page in node.module.pages:
        if page.edition is not Edition.PELATIH:
            for top in open_blocks(page.document.blocks):
                for block in top.walk():
                    if block.name == CARDS:
                        yield node.numbering.items[page.name, block.first].code


def _hidden_assets(module: Module) -> list[str]:
    return sorted(module.assets.keys() - shown_pictures(module))


def _secret_hashes(modules: list[Module]) -> dict[str, Place]:
    """Hashes of pictures that participants must not see, unless one they may see has the same."""
    hidden = {
        value: Place(f"modules/{module.slug}/{name}", 1)
        for module in modules
        for name in _hidden_assets(module)
        for value in _hashes_of(name, module.assets[name])
    }
    shown = {
        value
        for module in modules
        for name in shown_pictures(module)
        for value in _hashes_of(name, module.assets.get(name, b""))
    }
    return {value: place for value, place in hidden.items() if value not in shown}


def _hashes_of(name: str, data: bytes) -> Iterator[str]:
    yield hashlib.sha256(data).hexdigest()
    try:
        clean = clean_picture(name, data)
    except PictureError:
        return
    yield hashlib.sha256(clean).hexdigest()
    for picture in (data, clean):
        if (value := pixels(picture)) is not None:
            yield value


def _now(tree: EditionTree) -> tuple[str, Place]:
    """The page of the class view that shows what goes on by the clock."""
    return "kelas", Place(tree.run.source.path, 1)


def _pages(module: Module) -> Iterator[tuple[str, Place]]:
    for page in module.pages:
        if page.edition is Edition.PELATIH:
            yield f"{module.slug}/{page.name}", Place(page.document.path, 1)
    if module.questions:
        yield f"{module.slug}/{QUESTION_BANK}", Place(module.questions_source.path, 1)
    yield f"kelas/{module.meta.kode}", Place(module.source.path, 1)
