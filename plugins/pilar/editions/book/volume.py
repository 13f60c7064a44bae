"""The books of an edition: the parts of each, and what its front matter lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.editions.address import edition_page
from pilar.editions.templates import environment
from pilar.editions.words import STAGES, STATUSES
from pilar.syntax.render import plain

from .column_flow import HEAD, MARGINS, NOTES, WIDTH, placed, text_height
from .cover import cover_title, picture, rows_on, ruled
from .front_lists import (
    Row,
    abbreviations,
    captioned,
    chapters,
    foreword,
    letters_of_codes,
    numbered,
    row_height,
    term_height,
    timetable_rows,
)
from .join import compose
from .markup import anchor, pages_markup, text_markup
from .merge import Section
from .page_quality import summary
from .rendered import Part
from .stamp import Stamp, symbol
from .subject_index import entry_height, subject_index

Render = Callable[[str, str, str, Mapping[str, bytes]], Part]
"""Makes a part from its name, HTML, CSS and pictures; the cached one, usually."""
Bind = Callable[[Sequence[Section], str, str], bytes]
"""Joins sections with a title and a subject; the cached one, usually."""
BodyInputs = tuple[str, str, str, dict[str, bytes]]
"""What Render takes, for the body of a module."""
BACK = {"daftar-pustaka": "Daftar Pustaka", "glosarium": "Glosarium", "indeks": "Indeks"}
"""Ids of what back matter has and the contents list."""
_FRONT = ("awal", "umum", "jadwal")
_END = ("daftar", "masukan")
"""Pieces of front and of back matter, each on pages of its own."""
_NOTES = {"garis.svg": ruled(WIDTH, NOTES)}
"""Pictures of pages for notes."""


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


class Bindery:
    """Makes the books of one edition tree with the templates of a folder.

    `address` is that of the output folder; without it the books carry no QR codes. `pages` gives
    the pages of a module where they are known already; `bind` joins the book of a module, as
    `compose` does.
    """

    def __init__(
        self,
        tree: EditionTree,
        templates: Path,
        render_part: Render,
        address: str = "",
        pages: Callable[[ModuleNode], Mapping[str, str]] = pages_markup,
        bind: Bind = compose,
    ) -> None:
        self.tree = tree
        self.pages, self.bind = pages, bind
        self.render = render_part
        self.address = address
        width, height = tree.run.file.sheet
        self.room, self.cover_rows = height - MARGINS, rows_on(height)
        sheet = f"@page {{ size: {width}mm {height}mm }}\n"
        self.stamp_css, *others = (
            "".join((templates / f"{name}.css").read_text("utf-8") for name in names)
            for names in (("cap",), ("buku", "isi"), ("buku", "muka"))
        )
        self.body_css, self.matter_css = (css + sheet for css in others)
        self.environment = environment(templates, polos=plain)
        self._bodies: dict[str, Section] = {}
        self._inputs: dict[str, BodyInputs] = {}

    def body_inputs(self, node: ModuleNode) -> BodyInputs:
        """Inputs that the body of a module is rendered from; independent of the run."""
        if node.module.slug in self._inputs:
            return self._inputs[node.module.slug]
        titles = {other.module.slug: other.module.meta.judul for other in self.tree.modules}
        html = self._html(
            "modul.html",
            simpul=node,
            prasyarat=[titles[slug] for slug in node.module.meta.prasyarat if slug in titles],
            halaman_jadi=self.pages(node).values(),
        )
        assets = {f"{node.module.slug}/{name}": data for name, data in node.assets().items()}
        inputs = f"modules/{node.module.slug}", html, self.body_css, assets
        return self._inputs.setdefault(node.module.slug, inputs)

    def books(self) -> Iterator[Book]:
        """One book a module, then the joined one. Raises ContentError."""
        yield from map(self.module_book, self.tree.modules)
        yield self.joined_book()

    def module_book(self, node: ModuleNode) -> Book:
        """The book of one module. Raises ContentError."""
        meta = node.module.meta
        title = f"{meta.judul}: {self.tree.edition.label}"
        stem = meta.kode.lower()
        rows = list(chapters(node, self._label, level=1, sections=True))
        return self._book(stem, title, self._bound(stem, title, rows, node), node.module.slug)

    def joined_book(self) -> Book:
        """The book of all modules. Raises ContentError."""
        rows: list[Row] = []
        for node in self.tree.modules:
            opening = anchor(node.path)
            meta = node.module.meta
            rows.append(Row(meta.judul, opening, self._label(node, opening), "tingkat-1"))
            rows += chapters(node, self._label, level=2, sections=False)
        title = f"{self.tree.edition.label}: {self.tree.run.file.judul}"
        stem = self.tree.edition.joined_book
        return self._book(stem, title, self._bound(stem, title, rows))

    def _book(self, stem: str, title: str, sections: Sequence[Section], module: str = "") -> Book:
        pages = sum(section.part.pages for section in sections)
        quality = summary((section.part.quality, section.label) for section in sections)
        if len([section for section in sections if section.title]) == 1:
            # A book of one module: its chapters are the top level of the outline.
            sections = [replace(section, title="") for section in sections]
        pdf = self.bind(sections, title, self.tree.edition.label)
        return Book(stem, title, pages, pdf, quality, module)

    def _body(self, node: ModuleNode) -> Section:
        if node.module.slug in self._bodies:
            return self._bodies[node.module.slug]
        meta = node.module.meta
        part = self.render(*self.body_inputs(node))
        stamp = self._stamp(f"{node.module.slug}--cap", node)
        body = Section(part, f"{meta.kode}-", f"{meta.kode} {meta.judul}", stamp)
        return self._bodies.setdefault(node.module.slug, body)

    def _stamp(self, place: str, node: ModuleNode | None = None) -> Stamp | None:
        """The QR code for the room that a template reserves: of a module, or of the run."""
        if not (address := self._address(node)):
            return None
        html = self._html("cap.html", alamat=address, simbol=symbol(address))
        return Stamp(
            place, address, self.render(f"runs/{self.tree.run.id}.yml", html, self.stamp_css, {})
        )

    def _address(self, node: ModuleNode | None) -> str:
        """Where to ask whether a copy still holds; empty where no address is known."""
        code = node.module.meta.kode if node else ""
        return edition_page(self.address, self.tree.run.id, code) if self.address else ""

    def _label(self, node: ModuleNode, place: str) -> str:
        """The printed number of the page of an id in the body of a module."""
        body = self._body(node)
        return body.label(body.part.anchors[place])

    def _bound(
        self, stem: str, title: str, rows: Sequence[Row], node: ModuleNode | None = None
    ) -> list[Section]:
        """Front matter, bodies, back matter: of the module of `node`, or of all modules.

        `rows` are the contents without what is behind the modules.
        """
        tree, nodes = self.tree, (node,) if node else self.tree.modules
        back = list(self._back_matter(stem, title, node))
        behind = [
            Row(label, name, back[0].label(back[0].part.anchors[name]), "tingkat-1")
            for name, label in BACK.items()
            if name in back[0].part.anchors
        ]
        contents, left = placed([*rows, *behind], 2, row_height, self.room, self.room)
        lists, left = placed(list(self._lists(nodes)), 2, row_height, left, self.room)
        short = abbreviations((node or tree).terms, () if node else tree.days)
        # Behind the foreword of a joined book, as high as that may be: it fits there or overleaf.
        abbreviated, _ = placed(short, 2, term_height, left if node else self.room, self.room)
        lists_of = {"daftar_isi": contents, "daftar": lists, "singkatan": abbreviated}
        fronts = list(self._front_matter(stem, title, node, lists_of))
        whole = chain.from_iterable(map(self._whole_sheets, [fronts[-1], *map(self._body, nodes)]))
        sections = [*fronts[:-1], *whole, *back]
        own = set() if node else {id(one.part) for one in (fronts[0], *fronts[2:], back[-1])}
        return [replace(one, common=id(one.part) not in own) for one in sections]

    def _front_matter(
        self, stem: str, title: str, node: ModuleNode | None, lists: Mapping[str, Any]
    ) -> Iterator[Section]:
        """All that stands before the bodies; of a joined book in pieces, for of what every run has
        nothing rests on the run: it is laid out once for all of them, and so is a module's.
        """
        tree = self.tree
        name = node.module.meta.judul if node else tree.run.file.judul
        first = 1
        for pieces in [_FRONT] if node else zip(_FRONT, strict=True):
            opens = _FRONT[0] in pieces
            html = self._html(
                "depan.html",
                potongan=pieces,
                judul=title if opens else tree.edition.label,
                sampul=cover_title(name, self.cover_rows),
                simpul=node,
                pohon=None if node else tree,
                run=tree.run.file,
                kunci=tree.run.lock,
                kurikulum=tree.curriculum,
                alamat=self._address(node) if node is None else bool(self.address),
                pengantar=text_markup(foreword(tree)),
                petunjuk=text_markup(getattr(tree.curriculum.petunjuk, tree.edition.value, "")),
                hari=[(day, list(timetable_rows(tree, day, self._label))) for day in tree.days],
                huruf=letters_of_codes(),
                **lists,
            )
            codes = [one.module.meta.kode for one in ((node,) if node else tree.modules)]
            pictures = {"sampul.svg": picture(codes, self.cover_rows)} if opens else {}
            css = self.matter_css + _begins_at(first)
            part = self.render(f"buku/{stem}.pdf", html, css, pictures)
            stamp = self._stamp("cap-sampul", node) if opens else None
            yield Section(part, stamp=stamp, first=first)
            first += part.pages

    def _whole_sheets(self, section: Section) -> Iterator[Section]:
        """The section, and a page for notes where it ends on a right-hand page: what follows it
        begins on the next one.
        """
        yield section
        pages = section.part.pages
        if (section.first + pages) % 2 == 0:
            html = self._html("catatan.html", nomor=section.label(pages))
            notes = self.render("buku/catatan.pdf", html, self.matter_css, _NOTES)
            yield Section(notes, section.prefix, first=section.first + pages)

    def _lists(self, nodes: Sequence[ModuleNode]) -> Iterator[Row]:
        yield from numbered(nodes, self._label)
        yield from captioned(nodes, lambda node: self.body_inputs(node)[1], self._label)

    def _back_matter(self, stem: str, title: str, node: ModuleNode | None) -> Iterator[Section]:
        """Bibliography, glossary, index (of all modules alone) and what readers write on: of a
        joined book in pieces, as front matter is, for only where to hand it in rests on the run.
        """
        owner, tree = node or self.tree, self.tree
        used = sum(text_height(source.long, WIDTH - 8) + 1.5 for source in owner.sources)
        left = self.room - (used + HEAD if used else 0) % self.room
        terms, left = placed(owner.terms, 2, term_height, left, self.room)
        bodies = [] if node else [(other, self._body(other)) for other in tree.modules]
        entries = subject_index(bodies, owner.terms)
        index, _ = placed(entries, 3, entry_height, left, self.room)
        first = 1
        for pieces in [_END] if node or not (used or terms or index) else zip(_END, strict=True):
            ends = _END[-1] in pieces
            html = self._html(
                "belakang.html",
                potongan=pieces,
                judul=title if ends else tree.edition.label,
                pohon=None if node else tree,
                run=tree.run.file,
                kurikulum=tree.curriculum,
                sumber=owner.sources,
                istilah=terms,
                indeks=index,
            )
            css, pictures = self.matter_css + _begins_at(first), _NOTES if ends else {}
            part = self.render(f"buku/{stem}.pdf", html, css, pictures)
            section = Section(part, "A-", first=first)
            for one in [section] if ends else self._whole_sheets(section):
                yield one
                first += one.part.pages

    def _html(self, name: str, **variables: Any) -> str:
        return self.environment.get_template(name).render(
            edisi=self.tree.edition,
            draf=self.tree.draft,
            tahap=STAGES,
            status=STATUSES,
            **variables,
        )


def _begins_at(number: int) -> str:
    """Style of a part whose first page has this number, and lies on that side of its sheet."""
    if number == 1:
        return ""
    side = "right" if number % 2 else "left"
    return f"@page :first {{ counter-reset: page {number} }} html {{ break-before: {side} }}\n"


def page_labels(node: ModuleNode, pages: Mapping[str, int]) -> dict[str, str]:
    """Where a module's numbered blocks are in its book: label of the page, `BLC-12`, by code.

    `pages` has the page, from 0, of each id in the module's body.
    """
    items = node.numbering.items.values()
    ids = {i.code: anchor(f"{node.module.slug}/{i.page.name}.md", i.anchor) for i in items}
    prefix = f"{node.module.meta.kode}-"
    return {code: f"{prefix}{pages[name] + 1}" for code, name in ids.items() if name in pages}
