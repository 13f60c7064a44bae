"""Runs the host, MkDocs, for one edition: to build a site or to serve it.

Every warning fails: it stands for a link or page gone missing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

import mkdocs
from jinja2 import Environment, FileSystemLoader
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from pilar.assembly.tree import EditionTree
from pilar.editions.papers.paper import Printed
from pilar.editions.warnings import collected_warnings
from pilar.host.messages import indonesian, is_summary, line_of
from pilar.host.plugin import PilarPlugin
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem
from pilar.project.state import Workspace
from pilar.store import package

CONFIG = "mkdocs.yml"


def build_site(
    root: Path,
    tree: EditionTree,
    downloads: tuple[Printed, ...],
    folder: Path,
    *,
    beside: bool,
    cache: Path | None = None,
) -> None:
    """Build the site of `tree` into `folder`, with links to `downloads`, and to the participants'
    site where that will stand `beside` it; what is read of pages is kept in `cache`.

    Raises ContentError when mkdocs.yml does not use the plugin, or MkDocs warns of anything.
    """
    # MkDocs stamps the site map with the time of the build; ours is the run's own.
    path = package.find(root, CONFIG)
    with _environment(SOURCE_DATE_EPOCH=str(tree.run.epoch)), _no_warnings(path):
        config = _config(path, folder)
        _offer_own_files(config)
        plugin = config.plugins["pilar"]
        assert isinstance(plugin, PilarPlugin)
        plugin.prepared, plugin.downloads, plugin.beside = tree, downloads, beside
        plugin.cache = cache
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build.build(config)
        config.plugins.on_shutdown()
    if plugin.kept:
        with suppress(OSError):
            plugin.kept.keep()


def serve_site(
    root: Path, run: str, edition: Edition, address: str, worktree: bool = False
) -> None:
    """Serve the site with live reload until interrupted.

    Raises ContentError, and OSError where the address cannot be had.
    """
    # All problems at once, before a server starts.
    Workspace(root).folder(worktree).tree(run, edition)
    path = package.find(root, CONFIG)
    with _environment(
        PILAR_RUN=run,
        PILAR_EDITION=edition.value,
        PILAR_PROJECT=str(root),
        PILAR_WORKTREE="1" if worktree else "",
    ):
        with _no_warnings(path):
            _config(path, root / "site")
        # Without the address of the published site, whose folder it would serve below.
        mkdocs_serve.serve(str(path), livereload=True, dev_addr=address, site_url="")


def _config(path: Path, folder: Path) -> MkDocsConfig:
    config = load_config(str(path), site_dir=str(folder))
    if "pilar" not in config.plugins:
        raise ContentError(
            [
                Problem(
                    CONFIG,
                    1,
                    "K101",
                    "plugin `pilar` tidak ada di `plugins`",
                    "Kembalikan baris itu; tanpa plugin, situs tidak memuat satu modul pun",
                )
            ]
        )
    return config


class _Theme(FileSystemLoader):
    """Templates of a theme's folders; as files to copy it offers those of ours alone.

    The plugin leaves out all others, and to list them, 14,000 icons, takes the host a tenth of a
    second a site.
    """

    def __init__(self, folders: Sequence[str], own: str | None) -> None:
        super().__init__(folders)
        self._offered = FileSystemLoader([own] if own else [])

    def list_templates(self) -> list[str]:
        """What the host looks through for files to copy."""
        return self._offered.list_templates()


def _offer_own_files(config: MkDocsConfig) -> None:
    theme, make = config.theme, config.theme.get_env

    def get_env() -> Environment:
        environment = make()
        environment.loader = _Theme(theme.dirs, theme.custom_dir)
        return environment

    theme.get_env = get_env  # type: ignore[method-assign]


@contextmanager
def _no_warnings(path: Path) -> Iterator[None]:
    """Turn warnings of MkDocs, and its giving up over mkdocs.yml, into ContentError."""

    def problems(code: str, messages: list[str]) -> ContentError:
        config = path.read_text("utf-8", "replace")
        told = [text for text in messages if not is_summary(text)] or messages
        return ContentError(
            Problem(CONFIG, line_of(text, config), code, indonesian(text)) for text in told
        )

    with collected_warnings(mkdocs.__name__) as seen:
        try:
            yield
        except (Abort, ConfigurationError) as error:
            raise problems("K101", seen or [str(error)]) from None
    if seen:
        raise problems("K102", seen)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Set environment variables for the time of a block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
