"""All packets of a participants' site, and the lines that offer them on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pilar.assembly.tree import EditionTree
from pilar.editions.templates import environment
from pilar.model.edition import Edition

from .articles import Article, read_articles
from .epub import epub
from .single_page import single_page
from .site_zip import PLACE, site_zip

FOLDER = "unduhan"


@dataclass(frozen=True)
class Packet:
    """A file to pass on: its name in `unduhan/`, and for a file of one module that one's title."""

    name: str
    size: int
    module: str = ""


def write_packets(folder: Path, templates: Path, tree: EditionTree) -> None:
    """Make the packets of the finished site in `folder`, and offer them where a page has room.

    `templates` is overrides/. Trainers get none: what is sealed must not lie about unsealed.
    """
    packets: list[Packet] = []
    if tree.edition is Edition.PESERTA:
        packets = _written(folder, templates, tree)
    _offer(folder, templates, packets)


def _written(folder: Path, templates: Path, tree: EditionTree) -> list[Packet]:
    stem, title = f"{tree.run.id}-{tree.edition}", tree.run.file.judul
    articles = read_articles(folder, tree)
    made = {
        f"{stem}.html": single_page(folder, templates, tree, articles, title),
        f"{stem}.epub": epub(folder, templates, tree, articles, title),
        f"{stem}.zip": site_zip(folder, tree, stem),
    }
    names: dict[str, str] = {}
    for node in tree.modules:
        meta, name = node.module.meta, f"{stem}-{node.module.meta.kode.lower()}.html"
        names[name] = f"{meta.kode} {meta.judul}"
        own = _of_module(articles, node.module.slug)
        made[name] = single_page(folder, templates, tree, own, meta.judul)
    (folder / FOLDER).mkdir()
    for name, data in made.items():
        (folder / FOLDER / name).write_bytes(data)
    return [Packet(name, len(data), names.get(name, "")) for name, data in made.items()]


def _of_module(articles: list[Article], slug: str) -> list[Article]:
    """Its pages, then glossary and references, to which they link."""
    return [one for one in articles if one.module == slug] + articles[-2:]


def _offer(folder: Path, templates: Path, packets: list[Packet]) -> None:
    template = environment(templates / "paket").get_template("tawaran.html")
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text("utf-8")
        if PLACE in text:
            up = "../" * (len(path.relative_to(folder).parts) - 1)
            drawn = template.render(paket=packets, akar=f"{up}{FOLDER}/") if packets else ""
            path.write_text(text.replace(PLACE, drawn), "utf-8")
