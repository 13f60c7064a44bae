"""The site edition: pages, pictures and navigation for the host. Knows no MkDocs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

import lxml.html
from markupsafe import escape

from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.content.pictures import SUFFIXES, PictureError, clean_picture
from pilar.model.problem import ContentError, Problem
from pilar.syntax.references import BIBLIOGRAPHY, DOWNLOADS, GLOSSARY, NOW, TIMETABLE

from .web import class_view
from .web.glossary_links import MEANINGS, meanings

TEMPLATES = {
    "index.md": "halaman/beranda.html",
    TIMETABLE: "halaman/jadwal.html",
    GLOSSARY: "halaman/glosarium.html",
    BIBLIOGRAPHY: "halaman/rujukan.html",
    DOWNLOADS: "halaman/cetak.html",
}
"""Pages drawn by a template of overrides/tema from the tree, by path."""

_TARGET = re.compile(
    r"\]\(\s*<?([^)\s>#?]+)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>#?]+)"
    r"|\b(?:src|href)\s*=\s*[\"']?([^\"'\s>#?]+)",
    re.MULTILINE,
)
"""Address of a link or picture: beside it, defined for the page, or in HTML."""
MODULE_TEMPLATE = "halaman/modul.html"
HOME = "index.md"


def markdown_files(tree: EditionTree) -> Iterator[tuple[str, str]]:
    """Path and Markdown of every page outside of docs_dir; of a template's, only the title."""
    yield TIMETABLE, "# Jadwal\n"
    for node in tree.modules:
        yield node.path, f"# {node.module.meta.judul}\n"
        for page in node.pages:
            # An empty front matter: MkDocs would take a page's first lines (`a: b`) for one.
            yield page.path, f"---\n{{}}\n---\n{page.source}"
    yield GLOSSARY, "# Glosarium\n"
    yield BIBLIOGRAPHY, "# Rujukan\n"
    yield DOWNLOADS, "# Cetak dan unduh\n"
    for path, title in class_view.class_pages(tree):
        yield path, f"# {title}\n"


def asset_files(tree: EditionTree) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every picture that a page of the edition shows, and what terms mean."""
    yield MEANINGS, meanings(tree.terms)
    for node in tree.modules:
        for name, data in sorted(node.assets().items()):
            yield posixpath.join(node.module.slug, name), data


def unused(pages: Mapping[str, str], names: Iterable[str]) -> set[str]:
    """Which of the files `names` of docs_dir no page there shows or links to.

    `pages` has the Markdown of the pages by path. The host would publish every file in that
    folder, even a spreadsheet that lies there by accident.
    """
    used = {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
        for path, text in pages.items()
        for match in _TARGET.finditer(text)
        for target in filter(None, match.groups())
    }
    return set(names) - used


def published(path: str, data: bytes) -> bytes:
    """A file of docs_dir as it is published: pictures written anew, as those of modules are.

    Raises ContentError for a picture that cannot be used.
    """
    if posixpath.splitext(path)[1].lower() not in SUFFIXES:
        return data
    try:
        return clean_picture(path, data)
    except PictureError as error:
        raise ContentError([Problem(path, error.line, "G101", error.message, error.hint)]) from None


def navigation(tree: EditionTree) -> list[dict[str, object]]:
    """The `nav` of MkDocs: for trainers “Sekarang”, then home, timetable, one section a module,
    glossary, references, about.

    Titles are HTML, because the theme does not escape them. Authors' headings may have entities.
    """
    sections: list[dict[str, object]] = [{"Beranda": HOME}, {"Jadwal": TIMETABLE}]
    if class_view.has_class_view(tree):
        sections.insert(0, {"Sekarang": NOW})
    for node in tree.modules:
        pages: list[object] = [node.path]
        pages += [{escape(unescape(page.title)): page.path} for page in node.pages]
        sections.append({escape(node.module.meta.judul): pages})
    sections += [{"Glosarium": GLOSSARY}, {"Rujukan": BIBLIOGRAPHY}]
    sections.append({"Cetak dan unduh": DOWNLOADS})
    return [*sections, {"Tentang bahan ini": "tentang.md"}]


def serves(name: str, tree: EditionTree, bundled: Container[str]) -> bool:
    """Whether a site has a file of its theme's folder: scripts, icons, and the style sheets that
    are not `bundled` into the one of all pages.
    """
    theirs = name in class_view.FILES and not class_view.has_class_view(tree)
    return posixpath.dirname(name) == "assets" and name not in bundled and not theirs


def module_of(path: str, tree: EditionTree) -> ModuleNode | None:
    """The module that a page belongs to."""
    return tree.by_slug.get(posixpath.dirname(path))


def subject_of(path: str, tree: EditionTree) -> ModuleNode | None:
    """The module that a page is about: the one it belongs to, or whose activities it has."""
    taught = (node for node in tree.modules if class_view.class_page(node.module) == path)
    return module_of(path, tree) or next(taught, None)


def template_of(path: str, tree: EditionTree) -> tuple[str, dict[str, object]] | None:
    """Template of a page and its variables; None for pages that authors write."""
    if path in TEMPLATES:
        return TEMPLATES[path], {}
    node = module_of(path, tree)
    if node and path == node.path:
        return MODULE_TEMPLATE, {"simpul": node}
    return class_view.template_of(path, tree)


def unlisted(tree: EditionTree) -> set[str]:
    """Paths of pages that the navigation does not name."""
    return {"luring.md"} | {path for path, _ in class_view.class_pages(tree)} - {NOW}


@dataclass(frozen=True)
class Heading:
    """An entry in the table of contents of a page drawn by a template."""

    level: int
    title: str
    anchor: str
    children: tuple[Heading, ...] = ()


def outline(html: str) -> list[Heading]:
    """The page's title, with its sections below it."""
    page = lxml.html.fragment_fromstring(html, create_parent="div")
    sections = tuple(
        Heading(2, heading.text_content(), heading.get("id"))
        for heading in page.xpath(".//h2[@id]")
    )
    return [
        Heading(1, title.text_content(), title.get("id"), sections)
        for title in page.xpath(".//h1[@id]")
    ]


def anchors(html: str) -> set[str]:
    """Every id of a page drawn by a template."""
    return set(lxml.html.fragment_fromstring(html, create_parent="div").xpath(".//@id"))
