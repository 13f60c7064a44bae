"""Searches a finished output for trainers' text, and rejects it where there is any."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilar.assembly.numbering import number_module
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project, Run

from .came_back import came_back
from .corpus import CARDS, SECRET_BLOCKS, corpus_of
from .fingerprints import Fingerprints, Place, fingerprints
from .opening import ZIP, files_in, parsed, pieces
from .pdf import texts_in
from .said import Packed, Said, UnopenedError
from .sequences import memory_of
from .software import is_software_word, is_the_themes
from .source_links import SourceLinks, path_of, target_of

_WAY_OUT = (
    "Keluaran ini dibatalkan dan yang lama tetap berlaku; laporkan seperti tertulis di SECURITY.md"
)
_CHOICE_ATTRIBUTES = frozenset({"class"})
_PAPERS = frozenset({"lembar-kerja.pdf", "latihan.pdf", "jadwal.pdf"})
"""The papers that participants get. Decided here a second time, on purpose: a paper that takes its
words from public text alone (a form to sign, a list of what to buy) is known by its place only."""
_MARK = "dokumen-pelatih-pilar"
"""What the press writes into the properties of every paper that is not theirs."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_QUESTIONS = "//*[contains(concat(' ', normalize-space(@class), ' '), ' soal ')]"


def check_output(tree: EditionTree, folder: Path, root: Path, cache: Path | None = None) -> None:
    """Search every file below `folder`, the finished output of `tree` for participants.

    `root` is the project's folder, whose templates hold words that are public; `cache` keeps the
    texts of pages of books. The trainers'
    edition has nothing to hide and is not searched. Raises ContentError that names, for each
    passage found, its file and line in the source and the files of the output that hold it.
    """
    if tree.edition is not Edition.PELATIH:
        _check([tree], folder, root, cache)


def check_public(contents: Iterable[tuple[Run, Project]], folder: Path, root: Path) -> None:
    """Search the public pages below `folder`, which were made from several versions of modules.

    `contents` has what each run taught and what replaces it today. The pages may hold what
    participants may read in any of those versions. Raises ContentError as check_output does.
    """
    edition = Edition.PESERTA
    trees: list[EditionTree] = []
    nodes: dict[tuple[int, str], ModuleNode] = {}
    for run, project in contents:
        sources = tuple(project.sources.values())
        new = {
            key: ModuleNode(module, edition, number_module(module), (), sources=sources, terms=())
            for module in project.modules.values()
            if (key := (id(module), project.digest)) not in nodes
        }
        nodes |= new
        # Without a timetable: newer versions need not fit into the days of the run.
        trees.append(EditionTree(run, edition, project.curriculum, tuple(new.values()), ()))
    _check(trees, folder, root)


def _check(
    trees: Sequence[EditionTree], folder: Path, root: Path, cache: Path | None = None
) -> None:
    prints = fingerprints(corpus_of(root, *trees), *trees, results=came_back(root))
    search = Search(prints, cache)
    links = SourceLinks.of(root, prints.sources, drafts=all(tree.draft for tree in trees))
    found: dict[Place, list[str]] = {}
    problems: list[Problem] = []
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    pictures: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for name, path in sorted(item for item in files.items() if item[1].is_file()):
        data = links.without_allowed(path.read_bytes())
        try:
            for place in set(search.hits(name, data)):
                found.setdefault(place, []).append(name)
        except UnopenedError as error:
            message = f"berkas keluaran peserta tidak dapat diperiksa: {error}"
            problems.append(Problem(name, 1, "P102", message, _WAY_OUT))
        for page, where, html in _pages(name, data):
            if (page, html) in seen:
                continue
            seen.add((page, html))
            problems += _structure(prints, trees, page, html, where)
            problems += (
                Problem(
                    _source_of(trees, page),
                    1,
                    "P103",
                    f"ada tautan ke naskah `{address}`, di keluaran peserta {where}",
                    _WAY_OUT,
                )
                for address in links.found(page, html)
            )
            pictures.update(_pictures(page, html))
    problems += _unshown(trees, files.keys() - pictures)
    problems += (
        Problem(name, 1, "P103", message, _WAY_OUT) for name, message in search.signs.items()
    )
    problems += (
        Problem(name, 1, "P103", "berkas ini bukan dokumen peserta", _WAY_OUT)
        for name, path in sorted(files.items())
        if path.is_file() and _is_a_trainers_paper(name)
    )
    for place, names in found.items():
        message = f"bahan untuk pelatih ini ada di keluaran peserta: {_listed(names)}"
        problems.append(Problem(place.path, place.line, "P101", message, _WAY_OUT))
    if problems:
        raise ContentError(problems)


@dataclass
class _Found:
    """What gives a text away: passages of the trainers, and signs that are no words of theirs."""

    places: set[Place]
    sign: str

    def add(self, other: _Found) -> None:
        self.places |= other.places
        self.sign = other.sign or self.sign


_NOTHING = _Found(set(), "")


class Search:
    """Looks for fingerprints in the files of one output, and remembers what recurs in them."""

    def __init__(self, prints: Fingerprints, cache: Path | None = None) -> None:
        self.prints = prints
        self._memory = memory_of(prints.words.keys(), prints.grams.keys())
        # Every page repeats the navigation; a packet repeats pages.
        self._harmless: set[str] = set()
        self._read: dict[tuple[str, bool], _Found] = {}
        self._files: dict[tuple[str, bytes], _Found] = {}
        self._pages = texts_in(cache)
        self.signs: dict[str, str] = {}
        """By file: what gives it away where its words do not, in Bahasa Indonesia."""

    def hits(self, name: str, data: bytes) -> Iterator[Place]:
        """Sources of the trainers' text and pictures in the file `name`. Raises UnopenedError."""
        stem = posixpath.splitext(name)[0]
        if stem in self.prints.pages:
            yield self.prints.pages[stem]
        if is_the_themes(name, data):
            return
        found = self._searched(name, data)
        if found.sign:
            self.signs[name] = found.sign
        yield from found.places

    def _searched(self, name: str, data: bytes, depth: int = 0) -> _Found:
        """What is in a file, and in those within it: packets hold the same pages and scripts."""
        key = posixpath.basename(name), hashlib.sha256(data).digest()
        if key not in self._files:
            found = _Found(set(), "")
            for piece in pieces(name, data, self._pages, depth):
                if isinstance(piece, Packed):
                    found.add(self._searched(piece.name, piece.data, depth + 1))
                else:
                    found.add(self._said(piece))
            self._files[key] = found
        return self._files[key]

    def _said(self, said: Said) -> _Found:
        if said.picture:
            place = self.prints.hashes.get(said.picture)
            return _Found({place} if place else set(), "")
        key = said.text, said.paragraphs
        if key not in self._read:
            found = _Found(set(), "ini dokumen pelatih" if _MARK in said.text else "")
            for row in said.key_rows:
                if not self.prints.public.has(row):
                    found.sign = f"ada deretan kunci jawaban ({' '.join(row.split())[:40]})"
            for passage in set(said.passages()) - self._harmless:
                places = set(self._places(passage))
                found.places |= places
                if not places:
                    self._harmless.add(passage)
            self._read[key] = found if found.places or found.sign else _NOTHING
        return self._read[key]

    def _places(self, passage: str) -> Iterator[Place]:
        words, grams = self._memory.found(passage)
        for word in words & self.prints.words.keys():
            if not is_software_word(word):
                yield self.prints.words[word]
        for gram in grams & self.prints.grams.keys():
            yield self.prints.grams[gram]


def _listed(names: list[str], most: int = 3) -> str:
    more = f" dan {len(names) - most} berkas lain" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _pages(name: str, data: bytes) -> Iterator[tuple[str, str, str]]:
    """Pages that a file is or, as packets do, holds: path in the site, where it was found, text."""
    if name.endswith(".html"):
        yield name, name, data.decode("utf-8", errors="replace")
    elif name.endswith((".zip", ".epub", ".bin")):
        # What cannot be opened is reported by the search already.
        with suppress(UnopenedError):
            packet = data.startswith(ZIP)  # the folder that it unpacks to is no part of a path
            for held in files_in(data):
                if held.name.endswith((".html", ".xhtml")):
                    text = held.data.decode("utf-8", errors="replace")
                    page = (packet and held.name.partition("/")[2]) or held.name
                    # A parser of HTML takes no declaration of XML.
                    yield page, f"{name}: {held.name}", _DECLARATION.sub("", text)


def _structure(
    prints: Fingerprints, trees: Sequence[EditionTree], name: str, html: str, where: str
) -> Iterator[Problem]:
    """Elements that show a trainers' block or a key, whatever their text; a page of the trainers.

    `name` is the page's path in the site, `where` that of the file, and in it, which has the page.
    """
    if not html.strip():
        return
    page = parsed(html)
    source = _source_of(trees, name)

    def problem(message: str) -> Problem:
        return Problem(source, 1, "P103", f"{message}, di keluaran peserta {where}", _WAY_OUT)

    if posixpath.splitext(name)[0] in prints.pages:
        yield problem("ada halaman pelatih")
    for element in page.iter("section", "div", "aside", "p", "details"):
        classes = (element.get("class") or "").split()
        if SECRET_BLOCKS & set(classes):
            yield problem("ada blok untuk pelatih")
        key = "kunci-soal" in classes or "data-kunci" in element.attrib
        if key and _code(element) not in prints.open_keys:
            yield problem("ada kunci soal")
        if CARDS in classes and element.get("data-kode") not in prints.open_cards:
            yield problem("ada kartu untuk pelatih")
    for question in page.xpath(_QUESTIONS):
        for choice in question.iter("li", "td", "input", "label"):
            extra = set(choice.attrib) - _CHOICE_ATTRIBUTES
            if extra or choice.get("class"):
                yield problem("pilihan soal diberi tanda")
    for target in _targets(page.iter("a", "link", "img", "script", "source")):
        path = target_of(posixpath.dirname(name), target)
        if posixpath.splitext(path)[0] in prints.pages:
            yield problem(f"ada tautan ke halaman pelatih `{target}`")
        if _is_a_trainers_paper(path):
            yield problem(f"ada tautan ke dokumen pelatih `{target}`")


def _is_a_trainers_paper(path: str) -> bool:
    """Whether a path in a participants' output is in the folder of papers and not one of theirs."""
    folder, _, name = path.partition("/")
    return folder.casefold() == "dokumen" and bool(name) and name not in _PAPERS


def _pictures(name: str, html: str) -> Iterator[str]:
    """Paths in the output of the pictures that a page of it shows."""
    if html.strip():
        for target in _targets(parsed(html).iter("img")):
            yield target_of(posixpath.dirname(name), target)


def _unshown(trees: Sequence[EditionTree], files: Set[str]) -> Iterator[Problem]:
    """Pictures of modules that are among the files and that no page shows."""
    modules = {node.module.slug: node.module for tree in trees for node in tree.modules}
    for slug, module in modules.items():
        for name in module.assets:
            if f"{slug}/{name}" in files:
                message = "gambar ini ada di keluaran peserta, dan tidak ada halaman yang memuatnya"
                yield Problem(f"modules/{slug}/{name}", 1, "P103", message, _WAY_OUT)


def _code(answer: Any) -> str:
    """Code of the question that an answer belongs to, `BLC-S4`."""
    anchor = answer.xpath("string(ancestor::section[1]/p[@id]/@id)")
    # In packets, below the name of its page.
    return str(anchor).rpartition("--")[2].upper()


def _targets(elements: Iterable[Any]) -> Iterator[str]:
    for element in elements:
        for key in ("href", "src"):
            if address := element.get(key):
                yield path_of(address)


def _source_of(trees: Sequence[EditionTree], name: str) -> str:
    """Path of the source that a page was made from; the page's own where its name shows none."""
    stem = posixpath.splitext(name)[0]
    for node in (node for tree in trees for node in tree.modules):
        for page in node.module.pages:
            if stem == f"{node.module.slug}/{page.name}":
                return page.document.path
    return name
