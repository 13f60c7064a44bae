"""The books of an edition: the parts of each, and what its front matter lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.editions.address import edition_page
from pilar.editions.templates import environment
from pilar.editions.words import STAGES, STATUSES
from pilar.syntax.render import plain

from .join import Section, compose
from .markup import anchor, pages_markup, text_markup
from .page_quality import summary
from .part import Part
from .stamp import Stamp, symbol

Render = Callable[[str, str, str, Mapping[str, bytes]], Part]
"""Makes a part from its name, HTML, CSS and pictures; the cached one, usually."""


@dataclass(frozen=True)
class Book:
    """A finished book. `stem` is its file name, `module` the slug of its module or empty."""

    stem: str
    title: str
    pages: int
    pdf: bytes
    quality: Mapping[str, Any]
    """What its pages are like, as `page_quality.summary` has it."""
    module: str = ""


@dataclass(frozen=True)
class _Entry:
    """A line of the contents."""

    level: int
    title: str
    anchor: str
    label: str


class Bindery:
    """Makes the books of one edition tree with the templates of a folder.

    `address` is that of the output folder; without it the books carry no QR codes. `pages` gives
    the pages of a module where they are known already.
    """

    def __init__(
        self,
        tree: EditionTree,
        templates: Path,
        render_part: Render,
        address: str = "",
        pages: Callable[[ModuleNode], Mapping[str, str]] = pages_markup,
    ) -> None:
        self.tree = tree
        self.pages = pages
        self.render = render_part
        self.address = address
        self.body_css, self.matter_css, self.stamp_css = (
            "".join((templates / f"{name}.css").read_text("utf-8") for name in names)
            for names in (("buku", "isi"), ("buku", "muka"), ("cap",))
        )
        self.environment = environment(templates, polos=plain)
        self._bodies: dict[str, Section] = {}

    def body_inputs(self, node: ModuleNode) -> tuple[str, str, str, dict[str, bytes]]:
        """Inputs that the body of a module is rendered from; independent of the run."""
        titles = {other.module.slug: other.module.meta.judul for other in self.tree.modules}
        html = self._html(
            "modul.html",
            simpul=node,
            prasyarat=[titles[slug] for slug in node.module.meta.prasyarat if slug in titles],
            halaman_jadi=self.pages(node).values(),
        )
        assets = {f"{node.module.slug}/{name}": data for name, data in node.assets().items()}
        return f"modules/{node.module.slug}", html, self.body_css, assets

    def books(self) -> Iterator[Book]:
        """One book a module, then the joined one. Raises ContentError."""
        yield from map(self.module_book, self.tree.modules)
        yield self.joined_book()

    def module_book(self, node: ModuleNode) -> Book:
        """The book of one module. Raises ContentError."""
        meta, body = node.module.meta, self._body(node)
        entries = list(self._entries(node, body, level=1, deep=True))
        title = f"{meta.judul}: {self.tree.edition.label}"
        stem = meta.kode.lower()
        sections = self._bound(stem, title, [body], entries, node)
        return self._book(stem, title, sections, node.module.slug)

    def joined_book(self) -> Book:
        """The book of all modules. Raises ContentError."""
        bodies = [self._body(node) for node in self.tree.modules]
        entries: list[_Entry] = []
        for node, body in zip(self.tree.modules, bodies, strict=True):
            opening = anchor(node.path)
            entries.append(_Entry(1, node.module.meta.judul, opening, body.label(0)))
            entries += self._entries(node, body, level=2, deep=False)
        title = f"{self.tree.edition.label}: {self.tree.run.file.judul}"
        stem = self.tree.edition.joined_book
        sections = self._bound(stem, title, bodies, entries)
        return self._book(stem, title, sections)

    def _book(self, stem: str, title: str, sections: Sequence[Section], module: str = "") -> Book:
        pages = sum(section.part.pages for section in sections)
        quality = summary((section.part.quality, section.label) for section in sections)
        if len([section for section in sections if section.title]) == 1:
            # A book of one module: its chapters are the top level of the outline.
            sections = [replace(section, title="") for section in sections]
        pdf = compose(sections, title, self.tree.edition.label)
        return Book(stem, title, pages, pdf, quality, module)

    def _body(self, node: ModuleNode) -> Section:
        if node.module.slug in self._bodies:
            return self._bodies[node.module.slug]
        meta = node.module.meta
        part = self.render(*self.body_inputs(node))
        stamp = self._stamp(f"{node.module.slug}--cap", meta.kode)
        body = Section(part, f"{meta.kode}-", f"{meta.kode} {meta.judul}", stamp)
        return self._bodies.setdefault(node.module.slug, body)

    def _stamp(self, place: str, code: str = "") -> Stamp | None:
        """The QR code for the room that a template reserves: of a module, or of the run."""
        if not self.address:
            return None
        address = edition_page(self.address, self.tree.run.id, code)
        html = self._html("cap.html", alamat=address, simbol=symbol(address))
        return Stamp(
            place, address, self.render(f"runs/{self.tree.run.id}.yml", html, self.stamp_css, {})
        )

    def _entries(self, node: ModuleNode, body: Section, level: int, deep: bool) -> Iterator[_Entry]:
        for page in node.pages:
            start = anchor(page.path)
            number = body.part.anchors[start]
            yield _Entry(level, page.title, start, body.label(number))
            for heading in page.headings if deep else ():
                if heading.level == 2 and heading.section:
                    place = anchor(page.path, heading.anchor)
                    number = body.part.anchors[place]
                    yield _Entry(level + 1, heading.text, place, body.label(number))

    def _bound(
        self,
        stem: str,
        title: str,
        bodies: Sequence[Section],
        entries: list[_Entry],
        node: ModuleNode | None = None,
    ) -> list[Section]:
        """Front matter, bodies, back matter: of the module of `node`, or of all modules."""
        tree = self.tree
        sections = [*bodies, *self._back_matter(stem, title, entries, node or tree)]
        html = self._html(
            "depan.html",
            judul=title,
            simpul=node,
            pohon=None if node else tree,
            run=tree.run.file,
            kurikulum=tree.curriculum,
            pengantar=text_markup(tree.curriculum.pengantar),
            petunjuk=text_markup(getattr(tree.curriculum.petunjuk, tree.edition.value, "")),
            daftar_isi=entries,
            kode=tree.item,
        )
        stamp = self._stamp("cap-sampul", node.module.meta.kode if node else "")
        front = Section(self.render(f"buku/{stem}.pdf", html, self.matter_css, {}), stamp=stamp)
        return [front, *sections]

    def _back_matter(
        self, stem: str, title: str, entries: list[_Entry], owner: ModuleNode | EditionTree
    ) -> Iterator[Section]:
        """Bibliography and glossary, where there is anything in them; adds their `entries`."""
        if not (owner.sources or owner.terms):
            return
        html = self._html("belakang.html", judul=title, sumber=owner.sources, istilah=owner.terms)
        back = Section(self.render(f"buku/{stem}.pdf", html, self.matter_css, {}), "A-")
        for name, label in (("daftar-pustaka", "Daftar Pustaka"), ("glosarium", "Glosarium")):
            if name in back.part.anchors:
                page = back.label(back.part.anchors[name])
                entries.append(_Entry(1, label, name, page))
        yield back

    def _html(self, name: str, **variables: Any) -> str:
        return self.environment.get_template(name).render(
            edisi=self.tree.edition,
            draf=self.tree.draft,
            tahap=STAGES,
            status=STATUSES,
            **variables,
        )


def page_labels(node: ModuleNode, pages: Mapping[str, int]) -> dict[str, str]:
    """Where a module's numbered blocks are in its book: label of the page, `BLC-12`, by code.

    `pages` has the page, from 0, of each id in the module's body.
    """
    items = node.numbering.items.values()
    ids = {i.code: anchor(f"{node.module.slug}/{i.page.name}.md", i.anchor) for i in items}
    prefix = f"{node.module.meta.kode}-"
    return {code: f"{prefix}{pages[name] + 1}" for code, name in ids.items() if name in pages}
