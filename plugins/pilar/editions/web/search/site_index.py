"""The index of a whole site: which of its pages, and what each is part of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pilar.assembly.tree import EditionTree
from pilar.editions import site
from pilar.editions.web.class_view import class_pages
from pilar.syntax.references import BIBLIOGRAPHY, DOWNLOADS, GLOSSARY

from .everyday_words import everyday_words
from .page_sections import sections_of
from .search_index import SitePage, index_of
from .search_pieces import FOLDER, pieces

_ABOUT = "tentang.md"
_LISTS = {GLOSSARY, BIBLIOGRAPHY, DOWNLOADS, _ABOUT}


def write_index(folder: Path, tree: EditionTree) -> None:
    """Index the finished site of `tree` in `folder`, and put the index into it.

    Of its home page nothing, nor of the class view: they show again what the pages say.
    """
    pages = [page for page in _pages(folder, tree) if page.sections]
    target = folder / FOLDER
    target.mkdir()
    index = index_of(pages)
    forms = {word.form for family in index for word in family.words}
    names = [term.names for term in tree.terms]
    for name, text in pieces(pages, index, names, list(everyday_words(forms))):
        (target / name).write_text(text, "utf-8")


def _pages(folder: Path, tree: EditionTree) -> Iterator[SitePage]:
    modules = {node.module.slug: node.module.meta.judul for node in tree.modules}
    lists = _LISTS | {node.path for node in tree.modules}
    again = {path for path, _ in class_pages(tree)}
    for path in sorted({*(path for path, _ in site.markdown_files(tree)), _ABOUT} - again):
        file = folder / f"{path.removesuffix('.md')}.html"
        if file.is_file():
            sections = sections_of(file.read_text("utf-8"))
            title = next((section.title for section in sections if section.title), "")
            module = modules.get(path.partition("/")[0], "")
            address = file.relative_to(folder).as_posix()
            yield SitePage(address, module, title, sections, path in lists)
