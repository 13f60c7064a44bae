"""The way back to the authors: the file of a page in a web editor, or a report of a mistake.

Participants get only the report: an editor would show them the sources, which nothing has
filtered. Drafts are read by those who write, so every edition of a draft has the editor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from pilar.assembly.page_nodes import QUESTION_BANK
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.editions.address import is_gitlab
from pilar.model.edition import Edition
from pilar.syntax.references import BIBLIOGRAPHY, GENERATED_PAGES, GLOSSARY

_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_REGISTRIES = {GLOSSARY: "modules/glosarium.yml", BIBLIOGRAPHY: "modules/rujukan.yml"}


@dataclass(frozen=True)
class Way:
    """A link at the end of a page."""

    text: str
    address: str


@dataclass(frozen=True)
class Place:
    """A page of the site: its path in the tree, its title, and the module that it belongs to."""

    path: str
    title: str
    node: ModuleNode | None = None
    folder: str = ""
    """Folder of the page's file, below the project's; empty where the page is made of others."""

    def source(self, run: str) -> str:
        """The file below the project's folder that says what the page of this run shows."""
        if self.node:
            names = {page.path: f"{page.page.name}.md" for page in self.node.pages}
            names[f"{self.node.module.slug}/{QUESTION_BANK}.md"] = "soal.yml"
            return f"modules/{self.node.module.slug}/{names.get(self.path, 'modul.yml')}"
        if self.path in _REGISTRIES:
            return _REGISTRIES[self.path]
        if self.folder and self.path not in GENERATED_PAGES:
            return f"{self.folder}/{self.path}"
        # Home, timetable, papers and “Sekarang” follow from the run.
        return f"runs/{run}.yml"


def way_back(tree: EditionTree, place: Place, repository: str, editor: str) -> Way | None:
    """The link at the end of the page at `place`; None where the project names no repository.

    `editor` is the address of the project's folder in the web editor of the git host. Mistakes
    are reported to the electronic address of the curriculum's imprint, or as an issue there.
    """
    if not repository:
        return None
    if tree.edition is Edition.PELATIH or tree.draft:
        return Way("Usulkan perbaikan", editor + quote(place.source(tree.run.id)))
    address, fields = _form(tree.curriculum.kolofon.alamat.strip(), repository)
    query = urlencode(dict(zip(fields, report(tree, place), strict=True)), quote_via=quote)
    return Way("Laporkan kesalahan", f"{address}?{query}")


def _form(mail: str, repository: str) -> tuple[str, tuple[str, str]]:
    """Where a report is written, and the names of its fields for subject and text."""
    if _MAIL.fullmatch(mail):
        return f"mailto:{quote(mail, safe='@')}", ("subject", "body")
    if is_gitlab(repository):
        return f"{repository}/-/issues/new", ("issue[title]", "issue[description]")
    return f"{repository}/issues/new", ("title", "body")  # GitHub, Gitea and Forgejo


def report(tree: EditionTree, place: Place) -> tuple[str, str]:
    """Subject and text of a report, with what the authors must know filled in."""
    meta = place.node.module.meta if place.node else None
    what = f"{meta.kode} {meta.versi}" if meta else f"kurikulum {tree.curriculum.versi}"
    lines = [
        f"Pelatihan: {tree.run.id}",
        f"Kurikulum: {tree.curriculum.versi}",
        *([f"Modul: {what}"] if meta else []),
        f"Bahan: {tree.edition.label}",
        f"Halaman: {place.title} ({place.path.removesuffix('.md')}.html)",
        f"Kode bagian (misalnya {meta.kode if meta else 'BLC'}-LK1): ",
        *("", "Yang keliru:", "", "Yang benar, bila Anda tahu:", ""),
    ]
    return f"Kesalahan: {what}, {place.title}", "\n".join(lines)
