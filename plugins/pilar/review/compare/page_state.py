"""A page in one of the two states."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pilar.assembly.page_nodes import QUESTION_BANK
from pilar.assembly.tree import assemble_module
from pilar.changes.pairing import PlacedPage
from pilar.content.files import blob_hash
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.project.state import State
from pilar.redline.diff import merged
from pilar.redline.nodes import Node, parse, source_tree
from pilar.syntax.render import LostBlockError, render


@dataclass(frozen=True, eq=False)
class PageState(PlacedPage):
    """A page in one of the states."""

    raw: bytes
    sources: Mapping[Edition, str]
    """What each edition that has it renders."""
    pictures: Mapping[str, str]
    plain: bool = False
    """Compare the source: mistakes keep the page from being rendered in one of the states."""

    @property
    def place(self) -> tuple[str, str]:
        """Module and name."""
        return self.module.slug, self.page.name

    @property
    def says(self) -> object:
        """All that its rendering is made from."""
        return self.raw, self.sources, self.pictures

    def tree(self, aliases: Mapping[str, str]) -> Node:
        """The page as rendered, both editions in one; its source where it cannot be rendered.

        `aliases` has the new path of pages that have one, so that a link to them is the same link.
        """
        if self.plain:
            return source_tree(self.raw)
        try:
            trees = {
                edition: parse(render(source), self.module.slug, self.pictures, aliases)
                for edition, source in self.sources.items()
            }
        except LostBlockError:
            return source_tree(self.raw)
        if len(trees) == 2:
            return merged(trees[Edition.PELATIH], trees[Edition.PESERTA])
        return next(iter(trees.values()), Node("div"))

    @property
    def audience(self) -> str:
        """The only edition that has it, empty for both."""
        return self.page.edition.value if self.page.edition else ""

    @property
    def flat(self) -> str:
        """Its text without line breaks."""
        return " ".join(self.raw.decode("utf-8", "replace").split())


def page_states(snapshot: State, slugs: Iterable[str], plain: Container[str]) -> list[PageState]:
    """Pages of the modules named, in order; those in `plain` as source."""
    return [
        state
        for slug in slugs
        if slug in snapshot.modules
        for state in _page_states(snapshot, snapshot.modules[slug], slug in plain)
    ]


def _page_states(snapshot: State, module: Module, plain: bool) -> Iterator[PageState]:
    assert snapshot.project is not None
    sources: dict[str, dict[Edition, str]] = {}
    for edition in Edition if not plain else ():
        for node in assemble_module(module, snapshot.project, edition).pages:
            if node.page.name != QUESTION_BANK:
                sources.setdefault(node.page.name, {})[edition] = node.source
    pictures = {name: blob_hash(data)[:12] for name, data in module.assets.items()}
    for page in module.pages:
        raw = snapshot.files.get(page.document.path, b"")
        rendered = sources.get(page.name, {})
        yield PageState(module, page, raw, rendered, pictures, plain=plain)
