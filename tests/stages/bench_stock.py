"""What most would take for the same text: MkDocs, Material and a plugin for one PDF; or Zensical.

Each edition's text is written as plain Markdown, without what our blocks add to it (labels, codes,
hours), so a little less than ours: two sites, and from MkDocs two joined PDFs by WeasyPrint.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import yaml

from pilar.assembly.tree import EditionTree
from pilar.editions.site import asset_files

PINS = ("mkdocs-to-pdf==0.12.1", "zensical==0.0.73")
SHARED = ("mkdocs", "mkdocs-material", "weasyprint", "markdown", "pymdown-extensions")
"""Distributions that are taken in the versions that Pilar has."""
EXTENSIONS = "abbr admonition attr_list def_list footnotes tables pymdownx.caret pymdownx.tilde"
_OPENING = re.compile(r"^([ >]*)/{3,} *[\w-]+(?: *\| *(\{.*\}))?$")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)\s:]*#[^)\s]*\)")
"""To a place that our blocks or the registries make."""
_FENCE = re.compile(r"^[ >]*/{3,} *$")


def environment(folder: Path) -> Path:
    """A virtual environment in `folder` with MkDocs and Zensical; gives where its programs are."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    shared = [f"{name}=={version(name)}" for name in SHARED]
    install = [folder / "bin/python", "-m", "pip", "install", "-qq", *shared, *PINS]
    subprocess.run(install, check=True)
    return folder / "bin"


def plain(source: str) -> str:
    """A page as assembly composed it, in Markdown that needs nothing of Pilar."""
    lines = []
    for line in source.split("\n"):
        if opening := _OPENING.match(line):
            title = json.loads(opening[2] or "{}").get("judul")
            line = f"{opening[1]}**{title}**\n{opening[1]}" if title else opening[1]
        elif _FENCE.match(line):
            line = ""
        lines.append(line)
    return _LINK.sub(r"\1", "\n".join(lines))


def write(tree: EditionTree, folder: Path) -> None:
    """Write the text of an edition into `folder`, with a mkdocs.yml that both read."""
    pages = {
        node.module.meta.judul: {page.path: plain(page.source) for page in node.pages}
        for node in tree.modules
    }
    home = {"index.md": f"# {tree.run.file.judul}\n"}
    files = {name: text.encode() for each in (home, *pages.values()) for name, text in each.items()}
    for name, data in (files | dict(asset_files(tree))).items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    config = {
        "site_name": tree.run.file.judul,
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "id", "font": False},
        "markdown_extensions": EXTENSIONS.split(),
        "plugins": ["search", {"to-pdf": {"output_path": "buku.pdf"}}],
        "nav": ["index.md", *({title: list(each)} for title, each in pages.items())],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
