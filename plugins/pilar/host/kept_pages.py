"""What the host reads of authors' Markdown, kept from one build to the next.

It is asked for a page's HTML when it would convert the Markdown, and gets none then; what it makes
of a page for the first time is put into the cache once it is known that it warned of nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from pilar.assembly.tree import EditionTree
from pilar.editions.site import Heading, outline
from pilar.editions.web.page_body import finished, made_from
from pilar.store.cache import entry_of, kept, put, take


class KeptPages:
    """Pages of one site in the cache in `folder`; `written` has the Markdown of each by path."""

    def __init__(
        self, folder: Path, config: MkDocsConfig, files: Files, written: Mapping[str, str]
    ) -> None:
        # Links are resolved by what files there are, and pages read as the configuration has it.
        places = sorted((file.src_uri, file.url) for file in files)
        around = repr((config.markdown_extensions, config.mdx_configs, config.validation, places))
        self._entries = {
            path: entry_of(folder, "halaman situs", path, text, around)
            for path, text in written.items()
        }
        self._folder, self._around = folder, around
        self._known: dict[str, Any] = {}
        self._fresh: dict[Path, bytes] = {}

    def markdown(self, text: str, path: str) -> str:
        """What the host is to convert of the Markdown of a page: nothing, where it is known."""
        entry = self._entries.get(path)
        if entry is None or (found := take(entry)) is None:
            return text
        self._known[path] = json.loads(found)
        return ""

    def content(self, html: str, page: Page, files: Files) -> str:
        """The HTML of a page, which is given its contents and anchors too."""
        path = page.file.src_uri
        if (known := self._known.pop(path, None)) is None:
            if path in self._entries:
                self._fresh[self._entries[path]] = _entry(html, page)
            return html
        html, contents, anchors, links = known
        page.toc = TableOfContents(list(map(_link, contents)))
        page.present_anchor_ids = set(anchors)
        targets = ((files.get_file_from_path(name), found) for name, found in links.items())
        page.links_to_anchors = {target: found for target, found in targets if target}
        return str(html)

    def finished(self, html: str, path: str, tree: EditionTree, link: Callable[[str], str]) -> str:
        """As `page_body.finished`, of a page of a module: it is the same in many runs."""
        inputs = (html, self._around, *made_from(path, tree))
        make = partial(finished, html, path, tree, link)
        return kept(self._folder, lambda: make().encode(), "isi situs", *inputs).decode()

    def keep(self) -> None:
        """Put what was converted into the cache. Raises OSError."""
        for path, content in self._fresh.items():
            put(path, content)


def _entry(html: str, page: Page) -> bytes:
    links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
    anchors = sorted(page.present_anchor_ids or ())
    return json.dumps([html, list(map(_plain, page.toc)), anchors, links]).encode()


def _plain(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, list(map(_plain, link.children))]


def _link(plain: list[Any]) -> AnchorLink:
    title, anchor, level, children = plain
    link = AnchorLink(title, anchor, level)
    link.children = list(map(_link, children))
    return link


def drawn_contents(html: str) -> TableOfContents:
    """The contents of a page drawn by a template."""
    return TableOfContents(list(map(_heading, outline(html))))


def _heading(heading: Heading) -> AnchorLink:
    link = AnchorLink(heading.title, heading.anchor, heading.level)
    link.children = list(map(_heading, heading.children))
    return link
