"""A cache of modules by git's hash of their files: states of a project share what is parsed."""

from __future__ import annotations

from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.problem import Problem

from .files import Files, tree_hash
from .module_reader import read_module
from .page_parser import parse_page


class ModuleStore:
    """Parses each module once, and each page that several versions of a module have once."""

    def __init__(self) -> None:
        self._modules: dict[tuple[str, str], tuple[Module | None, list[Problem]]] = {}
        self._pages: dict[tuple[str, str], tuple[Document, list[Problem]]] = {}
        self._asked: set[tuple[str, str]] = set()
        """Modules asked for since `forget`."""

    def read(self, slug: str, files: Files, problems: list[Problem]) -> Module | None:
        """The same as `module_reader.read_module`."""
        key = slug, tree_hash(files)
        if key not in self._modules:
            own: list[Problem] = []
            self._modules[key] = read_module(slug, files, own, self._parse), own
        module, own = self._modules[key]
        self._asked.add(key)
        problems += own
        return module

    def forget(self) -> None:
        """Drop what nobody has asked for since the last time: what was written over since then."""
        self._modules = {key: self._modules[key] for key in self._asked}
        modules = [module for module, _ in self._modules.values() if module]
        used = {id(page.document) for module in modules for page in module.pages}
        self._pages = {key: found for key, found in self._pages.items() if id(found[0]) in used}
        self._asked = set()

    def _parse(self, text: str, path: str, problems: list[Problem]) -> Document:
        key = path, text
        if key not in self._pages:
            own: list[Problem] = []
            self._pages[key] = parse_page(text, path, own), own
        document, own = self._pages[key]
        problems += own
        return document
