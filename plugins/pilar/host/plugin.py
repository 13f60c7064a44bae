"""MkDocs plugin `pilar`: hooks only. What they do is in `editions.site` and below."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from pilar.assembly.tree import EditionTree
from pilar.editions import site
from pilar.editions.address import edit_address, edition_page, repository_address
from pilar.editions.papers.paper import Printed
from pilar.editions.policy import scripts_of, with_policy
from pilar.editions.templates import COMPILED
from pilar.editions.web.finish import Sources, finish_site
from pilar.editions.web.glossary_links import anchor
from pilar.editions.web.lean import lean
from pilar.editions.web.page_body import finished
from pilar.editions.web.suggestions import Place, way_back
from pilar.editions.words import FILTERS, STAGES, STATUSES
from pilar.host.kept_pages import KeptPages, drawn_contents
from pilar.host.messages import stopping
from pilar.host.quick_page import Built, software
from pilar.host.serving import Live
from pilar.leaks.gate import check_output
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, WrongUsageError
from pilar.project.state import Workspace
from pilar.store import package
from pilar.store.atomic import Workshop
from pilar.store.manifest import write_manifest
from pilar.store.ownership import Kind, refuse_foreign, replace_output
from pilar.syntax.render import plain


class PilarConfig(Config):
    """Options below `plugins: - pilar:` in mkdocs.yml."""

    run = config_options.Type(str, default="")
    """Identifier of the run; empty: the newest one."""
    edition = config_options.Choice([edition.value for edition in Edition], default="peserta")
    """`peserta` (the default, safe one) or `pelatih`."""
    worktree = config_options.Type((str, int, bool), default="")
    """Anything but empty or false: the working tree as it is, marked as a draft."""
    project = config_options.Type(str, default="")
    """Folder that holds modules/ and runs/; empty: the folder of mkdocs.yml."""


class PilarPlugin(BasePlugin[PilarConfig]):
    """Puts one edition of one run into the site."""

    tree: EditionTree
    prepared: EditionTree | None = None
    """The tree, where `pilar build` has it already."""
    environment: Environment
    styles: Sources
    """Where the site's style sheet comes from."""
    own_script: Callable[[str], bool]
    """Whether a script in a page is the theme's."""
    workshop: Workshop | None = None
    """Where the site is made; None where `pilar build` gives an empty folder, and looks at the
    whole of it, books included.
    """
    downloads: tuple[Printed, ...] = ()
    """Books and papers that stand beside the site; `pilar build` sets them."""
    beside = False
    """Whether the participants' site stands beside this one; only `pilar build` knows it does."""
    cache: Path | None = None
    """Where what is read of pages is kept; `pilar build` sets it."""
    kept: KeptPages | None = None
    workspace: Workspace | None = None
    """What is served is read from here, again and again."""
    built: Built | None = None
    """The last whole build of what is served, None where it failed; then the one being made."""
    making: Built
    live: Live | None = None
    go_on: Callable[[], None] = staticmethod(lambda: None)
    """Leaves the build of a site that is being served where something was saved since."""
    command = ""
    copies = ""
    """Where to ask whether a copy of this run still holds; empty where no address is known."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note what the host is doing."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the edition's tree; nothing else of modules/ is ever seen by MkDocs."""
        with stopping("isi belum dapat dibuat"):
            self.tree = self.prepared or self.load(config)
            if self.prepared is None:
                if self.workshop:
                    self.workshop.close()
                final = Path(config.site_dir).resolve()
                refuse_foreign(final, Kind.SITE)
                self.workshop = Workshop(final)
                config.site_dir = str(self.workshop.stage)
        config.nav = site.navigation(self.tree)
        if config.site_url and self.command != "serve" and not self.tree.draft:
            self.copies = edition_page(config.site_url, self.tree.run.id)
        if config.site_url and self.prepared:
            # The address is that of the output folder; this site lies two folders below.
            config.site_url += f"{self.tree.run.id}/{self.tree.edition}/"
        # The host's own links would lead to sources that nothing has filtered.
        config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None
        # The theme prints what it is given as HTML.
        config.site_name = escape(self.tree.run.file.judul)
        config.site_description = escape(self.tree.edition.label) + ": " + config.site_name
        # Its links start at the host's root, which a site in a sub-folder does not have.
        config.theme.static_templates.discard("404.html")
        self.environment = config.theme.get_env()
        self.environment.autoescape = True
        self.environment.bytecode_cache = COMPILED
        self.environment.filters.update(FILTERS, polos=plain, jangkar=anchor)
        folders = tuple(map(Path, config.theme.dirs))
        self.own_script = scripts_of(folders)
        self.styles = Sources((*folders, Path(config.docs_dir)), tuple(map(str, config.extra_css)))
        return config

    def load(self, config: MkDocsConfig) -> EditionTree:
        """The tree that the options name. Raises ContentError, UnknownNameError."""
        root = self.root(config)
        same = self.workspace and self.workspace.root == root
        self.workspace = self.workspace.anew() if self.workspace and same else Workspace(root)
        state = self.workspace.folder(bool(self.config.worktree))
        return state.tree(self.config.run, Edition(self.config.edition))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the edition's pages and pictures; drop what lies in docs_dir for no page."""
        for file in [file for file in files if file.src_dir in config.theme.dirs]:
            ours = file.src_dir == config.theme.custom_dir
            if not (ours and site.serves(file.src_uri, self.tree, self.styles.sheets)):
                files.remove(file)
        own = [file for file in files if file.src_dir == config.docs_dir]
        pages = {
            file.src_uri: file.content_bytes.decode("utf-8", "replace")
            for file in own
            if file.is_documentation_page()
        }
        listed = {*map(str, config.extra_css), *map(str, config.extra_javascript)}
        listed |= {str(config.theme.get(name)) for name in ("favicon", "logo")}
        others = {file.src_uri: file for file in own if file.src_uri not in pages}
        unused = site.unused(pages, others.keys() - listed)
        for name, file in others.items():
            if name in unused:
                files.remove(file)
                continue
            with stopping(f"berkas di {config.docs_dir} tidak dapat dipakai"):
                file.content_bytes = site.published(name, file.content_bytes)
        written = dict(site.markdown_files(self.tree))
        for path, content in written.items():
            files.append(File.generated(config, path, content=content))
        for path, data in site.asset_files(self.tree):
            files.append(File.generated(config, path, content=data))
        for path in site.unlisted(self.tree):
            if unlisted := files.get_file_from_path(path):
                unlisted.inclusion = InclusionLevel.NOT_IN_NAV
        if self.command == "serve":
            self.cache, around = (
                package.cache(self.root(config)),
                software(config, self.overrides(config)),
            )
            self.making = Built(self.tree, config, files, self.styles, around)
        if self.cache:
            authors = {p: t for p, t in written.items() if not site.template_of(p, self.tree)}
            self.kept = KeptPages(self.cache, config, files, authors)
        return files

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """The filters of our templates, for the frame of pages."""
        env.filters.update(FILTERS)
        env.bytecode_cache = COMPILED
        if self.command == "serve":
            self.making.env = env
        return env

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Leave nothing to convert of what was converted before."""
        return self.kept.markdown(markdown, page.file.src_uri) if self.kept else markdown

    def on_page_content(
        self, html: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Draw the pages that come from the tree rather than from an author's text."""
        self.go_on()
        if not isinstance(page.title, Markup):
            page.title = escape(unescape(page.title or ""))
        shared, path = self.variables(page, files), page.file.src_uri
        html = self.kept.content(html, page, files) if self.kept else html
        finish = self.kept.finished if self.kept and site.module_of(path, self.tree) else finished
        found = site.template_of(path, self.tree)
        if found is None:
            return finish(html, path, self.tree, shared["tautan"])
        name, variables = found
        drawn = self.environment.get_template(name).render(**shared, **variables, teks=html)
        drawn = finish(drawn, path, self.tree, shared["tautan"])
        # MkDocs took contents and anchors from the Markdown, which is only a title here.
        page.toc = drawn_contents(drawn)
        page.present_anchor_ids = site.anchors(drawn)
        page.links_to_anchors = {}
        return drawn

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """The tree, for the theme's templates."""
        if self.command == "serve":
            self.making.nav = nav
        path = page.file.src_uri
        node = site.module_of(path, self.tree)
        root, title = self.root(config), Markup(page.title or "").striptags()
        written = "" if page.file.generated_by else os.path.relpath(config.docs_dir, root)
        here = Place(path, title, site.subject_of(path, self.tree), written)
        way = way_back(self.tree, here, repository_address(root), edit_address(root))
        context |= {"pohon": self.tree, "simpul": node, "usulan": way}  # type: ignore[misc]
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """After all other plugins: the policy that names the scripts of the page."""
        if self.command == "serve":
            self.go_on()
            # Live reload puts a script of its own into what it serves, which a policy would forbid.
            self.making.raw[page.file.src_uri] = output
            return output
        return with_policy(lean(output), self.own_script)

    def variables(self, page: Page, files: Files) -> dict[str, Any]:
        """What templates of whole pages may use."""

        def link(path: str) -> str:
            """Address of a page of the tree, relative to this page."""
            name, mark, anchor = path.partition("#")
            target = files.get_file_from_path(name)
            if target is None:
                raise PluginError(f"template names a page that is not there: {path}")
            return target.url_relative_to(page.file) + mark + anchor

        def beside(path: str) -> str:
            """Address of the same page in the participants' site; empty where it is not made."""
            target = f"../{Edition.PESERTA}/{path.replace('.md', '.html')}"
            return download(target) if self.beside else ""

        def download(path: str) -> str:
            return "../" * page.file.url.count("/") + path

        return {
            "pohon": self.tree,
            "run": self.tree.run.file,
            "pelatih": self.tree.edition is Edition.PELATIH,
            "tautan": link,
            "ada": lambda path: files.get_file_from_path(path) is not None,
            "unduhan": self.downloads,
            "alamat_unduhan": download,
            "di_peserta": beside,
            "alamat_salinan": self.copies,
            "tahap": STAGES,
            "status": STATUSES,
            "kode": self.tree.item,
        }

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """After all other plugins: the leak gate, then the new site takes the old one's place."""
        overrides = self.overrides(config)
        # `pilar build` prints a ContentError itself, MkDocs knows its own alone.
        with stopping("situs dibatalkan") if self.workshop else nullcontext():
            folder, beside = Path(config.site_dir), self.downloads
            finish_site(folder, self.tree, self.styles, overrides, beside, self.cache)
        if self.workshop is None:
            return
        self.go_on()
        shop = self.workshop
        config.site_dir = str(shop.final)
        with stopping("situs dibatalkan"):
            check_output(self.tree, shop.stage, self.root(config))
            write_manifest(shop.stage, {"jenis": Kind.SITE})
            replace_output(shop, Kind.SITE)
        shop.close()
        if self.command == "serve":
            self.built = self.making
            if self.kept:
                with suppress(OSError):
                    self.kept.keep()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave no half of a site behind."""
        self.built = None
        if self.workshop:
            self.workshop.close()

    def on_serve(
        self, server: LiveReloadServer, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Reload when content, templates or styles change, also to show what is wrong with them."""
        overrides = self.overrides(config)
        server.watch(str(overrides))
        self.live = Live(server, self.quick, overrides / "edisi")
        self.go_on = self.live.go_on
        self.live.watch(self.root(config) / "modules", self.root(config) / "runs")
        return server

    def on_shutdown(self) -> None:
        """End with the server."""
        if self.live:
            self.live.close()
        if self.workshop:
            self.workshop.close()

    def quick(self, folder: Path) -> frozenset[str]:
        """Show in the site in `folder` what can be shown without building it; see `Built.show`."""
        if self.built is None:
            return frozenset()
        config = self.built.config
        self.making, self.kept = replace(self.built, raw={}), None
        try:
            self.tree = self.load(config)
            return self.built.show(self.tree, software(config, self.overrides(config)), folder)
        except (ContentError, WrongUsageError, MkDocsException, OSError):
            return frozenset()  # which the build will report

    def overrides(self, config: MkDocsConfig) -> Path:
        """The folder of templates and styles."""
        return package.find(self.root(config), "overrides")

    def root(self, config: MkDocsConfig) -> Path:
        """The project's folder."""
        return Path(self.config.project or Path(config.config_file_path or "mkdocs.yml").parent)
