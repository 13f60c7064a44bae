"""The last steps of a site: what is made of finished pages. Knows no MkDocs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pilar.assembly.tree import EditionTree
from pilar.editions.packet.packets import write_packets
from pilar.editions.papers.paper import PDF, Printed
from pilar.editions.web.first_screen import with_first_styles
from pilar.editions.web.lean import lean_script
from pilar.editions.web.offline import Identity, write_offline
from pilar.editions.web.search.site_index import write_index
from pilar.editions.web.stylesheet import Vocabulary, bundle, theme_sheets
from pilar.syntax.references import TIMETABLE

STYLES = "assets/pilar.css"
"""The one style sheet of a site, that its pages name."""


FIRST_OF_CHAPTERS = "awal.css"
"""In overrides/: the styles of what heavy chapters show first."""


@dataclass(frozen=True)
class Sources:
    """Where styles come from: folders of the theme and docs_dir, and names below them."""

    folders: tuple[Path, ...]
    sheets: tuple[str, ...]

    def read(self) -> list[str]:
        """The theme's style sheets and ours, in the order in which they hold."""
        return [*theme_sheets(self.folders), *map(self._find, self.sheets)]

    def _find(self, name: str) -> str:
        found = (folder / name for folder in self.folders if (folder / name).is_file())
        return next(found).read_text("utf-8")


def finish_site(
    folder: Path,
    tree: EditionTree,
    sources: Sources,
    templates: Path,
    downloads: Iterable[Printed] = (),
    cache: Path | None = None,
) -> None:
    """Complete the site of `tree` in `folder`, whose pages and assets the host has written.

    `templates` is overrides/; `downloads` are the books and papers that will stand beside it;
    `cache` keeps what one run's pages have in common with the next one's.
    In this order, for each step reads what those before it wrote: scripts, search index, the sheet
    of styles, packets to pass on, packs for offline use, and the styles of what each page shows
    first, which a copy on a phone or a memory card needs not: it waits for no network.
    """
    for script in folder.glob("assets/*.js"):
        script.write_text(lean_script(script.read_text("utf-8")), "utf-8")
    write_index(folder, tree)
    css = _write_styles(folder, sources)
    write_packets(folder, templates, tree)
    sizes = {one.path(): one.sizes[PDF] for one in downloads if PDF in one.sizes}
    write_offline(folder, templates, _identity(tree), sizes)
    chapter = (templates / FIRST_OF_CHAPTERS).read_text("utf-8")
    for path in folder.rglob("*.html"):
        html = with_first_styles(path.read_text("utf-8"), css, chapter, cache)
        path.write_text(html, "utf-8")


def _write_styles(folder: Path, sources: Sources) -> str:
    pages = [path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))]
    scripts = [path.read_text("utf-8") for path in sorted(folder.glob("assets/*.js"))]
    target = folder / STYLES
    target.parent.mkdir(exist_ok=True)
    css = bundle(sources.read(), Vocabulary.of(pages, scripts))
    target.write_text(css, "utf-8")
    return css


def _identity(tree: EditionTree) -> Identity:
    pages = [("index.md", "Beranda"), (TIMETABLE, "Jadwal")]
    pages += [(node.path, node.module.meta.judul) for node in tree.modules]
    links = tuple((f"{path.removesuffix('.md')}.html", title) for path, title in pages)
    title = f"{tree.edition.label}: {tree.run.file.judul}"
    return Identity(tree.run.id, tree.edition.value, title, links, tree.draft)
