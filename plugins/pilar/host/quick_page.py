"""A saved paragraph is shown before the whole site is built anew: its page alone is.

Most often only the text of a page has changed, and what the host lists (paths, titles, pictures)
is as it was. Such a page is rendered by the same hooks into the frame of the last build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from pilar.assembly.tree import EditionTree
from pilar.editions import site
from pilar.editions.packet.site_zip import PLACE
from pilar.editions.web.finish import STYLES, Sources
from pilar.editions.web.first_screen import with_first_styles
from pilar.editions.web.glossary_links import MEANINGS
from pilar.editions.web.offline import LIST
from pilar.editions.web.stylesheet import Vocabulary, bundle
from pilar.store.atomic import write_atomic

_PICTURES = re.compile(r".*(?:!\[|<img).*")


@dataclass
class Built:
    """The last whole build: the tree, the host's objects, and pages as they were before styles."""

    tree: EditionTree
    config: MkDocsConfig
    files: Files
    styles: Sources
    around: str
    """Identifies what a site is made with besides content."""
    nav: Navigation | None = None
    env: Environment | None = None
    raw: dict[str, str] = field(default_factory=dict)
    """HTML by the path of the Markdown."""

    def show(self, tree: EditionTree, around: str, root: Path) -> frozenset[str]:
        """Put the pages whose text another tree has otherwise into the site in `root`.

        Gives the addresses of all files that are up to date then; none where more has changed
        than such a text, or the styles of all pages change with it. Raises what the hooks raise.
        """
        texts = changed_texts(self.tree, tree) if around == self.around else {}
        shown = {path: self._rendered(path, text) for path, text in texts.items()}
        if not shown or any(PLACE in html for html in shown.values()):
            return frozenset()
        css = (root / STYLES).read_text("utf-8")
        if not self._same_styles(shown, css, root):
            return frozenset()
        made = {self._file(path).dest_uri: html for path, html in shown.items()}
        for name, html in made.items():
            write_atomic(root / name, with_first_styles(html, css).encode())
        static = (file for file in self.files if not file.is_documentation_page())
        same = {file.dest_uri for file in static if file.src_uri != MEANINGS}
        return frozenset({*made, *same, STYLES})

    def _file(self, path: str) -> File:
        file = self.files.get_file_from_path(path)
        assert file is not None
        return file

    def _rendered(self, path: str, text: str) -> str:
        """A page as `mkdocs.commands.build` makes it, from its new Markdown."""
        file, config, plugins = self._file(path), self.config, self.config.plugins
        page, nav = file.page, self.nav
        assert page
        assert nav
        assert self.env
        file.content_string = text
        config._current_page = page
        page.read_source(config)
        read = plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=self.files
        )
        page.markdown = read
        page.render(config, self.files)
        page.content = plugins.on_page_content(
            page.content or "", page=page, config=config, files=self.files
        )
        page.active = True
        pages = self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        context = get_context(nav, pages, config, page)
        context = plugins.on_page_context(context, page=page, config=config, nav=nav)
        html = self.env.get_template(page.meta.get("template", "main.html")).render(context)
        page.active, config._current_page = False, None
        return plugins.on_post_page(html, page=page, config=config)

    def _same_styles(self, shown: Mapping[str, str], css: str, root: Path) -> bool:
        """Whether the sheet of the site stays as it is with these pages in place of the old."""
        old = Vocabulary.of([self.raw[path] for path in shown], [])
        if old == Vocabulary.of(shown.values(), []):
            return True
        scripts = [p for p in sorted(root.glob("assets/*.js")) if p != root / LIST]
        pages = {**self.raw, **shown}.values()
        words = Vocabulary.of(pages, [path.read_text("utf-8") for path in scripts])
        return bundle(self.styles.read(), words) == css


def changed_texts(before: EditionTree, after: EditionTree) -> dict[str, str]:
    """Markdown of the pages of authors that differ; none where the host's lists differ too."""
    if _lists(before) != _lists(after):
        return {}
    old, new = dict(site.markdown_files(before)), dict(site.markdown_files(after))
    texts = {path: text for path, text in new.items() if old.get(path) != text}
    shown = ({path: _PICTURES.findall(all_[path]) for path in texts} for all_ in (old, new))
    return texts if old.keys() == new.keys() and next(shown) == next(shown) else {}


def _lists(tree: EditionTree) -> object:
    """What the run gives every page, and what the navigation and the list of files are made of."""
    pictures = [(node.module.slug, node.module.assets) for node in tree.modules]
    return tree.run.digest, tree.run.lock, tree.draft, site.navigation(tree), pictures


def software(config: MkDocsConfig, folder: Path) -> str:
    """Identifies mkdocs.yml and all files of overrides/, the `folder`, by their times."""
    paths = [Path(config.config_file_path or "mkdocs.yml"), *sorted(folder.rglob("*"))]
    states = [(str(path), path.stat()) for path in paths if path.is_file()]
    return repr([(path, was.st_mtime_ns, was.st_ino, was.st_size) for path, was in states])
