"""The tree of one edition: what site and book are made from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pilar.content.source import outside_code
from pilar.model.curriculum import GROUPS, Activity, Curriculum, Hours, Module, Source, Term
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project, Run
from pilar.syntax.audience import filtered, sees, visible_blocks
from pilar.syntax.references import PICTURE

from .numbering import Item, Numbering, number_module
from .pages import PageNode, question_bank
from .source import compose
from .timetable import Day, timetable


@dataclass(frozen=True)
class ModuleNode:
    """A module as an edition has it; the same for every run that pins this version."""

    module: Module
    edition: Edition
    numbering: Numbering
    pages: tuple[PageNode, ...]
    sources: tuple[Source, ...]
    """Cited laws and other sources, in the order of their registry."""
    terms: tuple[Term, ...]
    """Glossary entries whose words this edition of the module uses."""
    digest: str
    """Changes whenever anything printed from this node may."""

    @property
    def path(self) -> str:
        """Path of the module's opening page in the tree."""
        return f"{self.module.slug}/index.md"

    def items(self, *names: str) -> tuple[Item, ...]:
        """Numbered blocks of these kinds that the edition sees."""
        seen = {
            (node.page.name, block.first)
            for node in self.pages
            for block in visible_blocks(node.page.document, self.edition)
        }
        return tuple(
            item
            for key, item in self.numbering.items.items()
            if key in seen and item.block.name in names
        )

    def assets(self) -> dict[str, bytes]:
        """Pictures that a page of this edition shows, by path below the module."""
        shown = {
            target
            for node in self.pages
            for target in pictures(filtered(node.page.document, self.edition))
        }
        return {name: data for name, data in self.module.assets.items() if name in shown}


def pictures(lines: Iterable[str]) -> set[str]:
    """Targets of the pictures in these lines."""
    return {
        match["target"]
        for line in lines
        for start, end in outside_code(line)
        for match in PICTURE.finditer(line[start:end])
    }


@dataclass(frozen=True)
class EditionTree:
    """One edition of one run."""

    run: Run
    edition: Edition
    curriculum: Curriculum
    modules: tuple[ModuleNode, ...]
    """In the order in which the run teaches them."""
    days: tuple[Day, ...]
    digest: str

    def structure(self) -> dict[str, list[Module]]:
        """Modules by the title of their group, in the curriculum's order; empty groups left out."""
        by_slug = {node.module.slug: node.module for node in self.modules}
        table = {
            title: [by_slug[slug] for slug in self.curriculum.struktur.get(group, {})]
            for group, title in GROUPS.items()
        }
        return {title: modules for title, modules in table.items() if modules}

    @cached_property
    def hours(self) -> Hours:
        """Hours of the whole run."""
        return sum((node.module.meta.jp for node in self.modules), Hours())

    def item(self, module: Module, activity: Activity) -> Item:
        """Number and anchor of an activity."""
        node = next(node for node in self.modules if node.module is module)
        return node.numbering.items[activity.page.name, activity.block.first]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """All sources cited, once each."""
        found = {source.id: source for node in self.modules for source in node.sources}
        return tuple(found[key] for key in sorted(found, key=lambda key: _order(found[key])))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """All terms used, once each, alphabetically."""
        found = {term.istilah: term for node in self.modules for term in node.terms}
        return tuple(found[key] for key in sorted(found, key=str.casefold))


def _order(source: Source) -> tuple[str, int, str]:
    return source.jenis.casefold(), source.tahun, str(source.nomor)


def pin_modules(project: Project, run: Run) -> tuple[dict[str, Module], list[Problem]]:
    """The modules that a run pins, by slug: the curriculum's pins, its own where it departs.

    A version that is not in the working tree is a problem.
    """
    problems: list[Problem] = []

    def report(message: str, hint: str, *keys: str) -> None:
        problems.append(Problem(run.source.path, run.source.line(*keys), "R105", message, hint))

    if run.file.kurikulum != project.curriculum.versi:
        report(
            f"kurikulum {run.file.kurikulum} tidak ada di folder kerja "
            f"(yang ada {project.curriculum.versi})",
            "Ubah `kurikulum`, atau ambil versi itu dari riwayat git",
            "kurikulum",
        )
    pins = project.curriculum.pins() | dict(run.file.modul)
    modules: dict[str, Module] = {}
    for slug, version in pins.items():
        keys = ("modul", slug) if slug in run.file.modul else ("kurikulum",)
        module = project.modules.get(slug)
        if module is None:
            report(f"modul `{slug}` tidak ada atau tidak dapat dibaca", "Perbaiki modul itu", *keys)
        elif module.meta.versi != version:
            report(
                f"modul `{slug}` versi {version} tidak ada di folder kerja "
                f"(yang ada {module.meta.versi})",
                "Samakan versinya, atau ambil versi itu dari riwayat git",
                *keys,
            )
        else:
            modules[slug] = module
    return modules, problems


def assemble_module(module: Module, project: Project, edition: Edition) -> ModuleNode:
    """A module as `edition` has it."""
    numbering = number_module(module)
    pages: list[PageNode] = []
    text: list[str] = []
    for page in module.pages:
        if not sees(edition, page.edition):
            continue
        source, headings = compose(module, page, numbering, project.sources, edition)
        chapter = numbering.chapters.get(page.name, "")
        path = f"{module.slug}/{page.name}.md"
        pages.append(PageNode(page, path, chapter, source, headings))
        text.extend(filtered(page.document, edition))
    if edition is Edition.PELATIH and module.questions:
        pages.append(question_bank(module, numbering))
    text += [module.meta.judul, module.meta.deskripsi, module.meta.hasil_belajar]
    text += module.meta.indikator
    sources = tuple(
        project.sources[citation.id]
        for citation in module.meta.rujukan
        if citation.id in project.sources
    )
    terms = tuple(_used(project.terms, "\n".join(text)))
    return ModuleNode(
        module,
        edition,
        numbering,
        tuple(pages),
        tuple(sorted(sources, key=_order)),
        terms,
        f"{module.digest}-{project.digest}-{edition}",
    )


def _used(terms: Iterable[Term], text: str) -> Iterable[Term]:
    folded = text.casefold()
    for term in terms:
        # An abbreviation counts in capitals only: "PM" is a term, "pm" is not.
        capital = term.istilah.isupper()
        word = term.istilah if capital else term.istilah.casefold()
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text if capital else folded):
            yield term


def assemble(project: Project, run: Run, edition: Edition) -> EditionTree:
    """The tree of one edition of a run. Raises ContentError with every problem of the run."""
    modules, problems = pin_modules(project, run)
    days, more = timetable(run, modules)
    if problems or more:
        raise ContentError([*problems, *more])
    order: dict[str, None] = {}
    for day in days:
        for slot in day.slots:
            if slot.module:
                order.setdefault(slot.module.slug)
    for slug in modules:
        order.setdefault(slug)
    nodes = tuple(assemble_module(modules[slug], project, edition) for slug in order)
    digest = "-".join((run.digest, *(node.digest for node in nodes)))
    return EditionTree(run, edition, project.curriculum, nodes, days, digest)
