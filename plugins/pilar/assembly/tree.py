"""The tree of one edition, from which site and book are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pilar.content.pictures import PictureError, clean_picture
from pilar.model.curriculum import GROUPS, Activity, Curriculum, Hours, Module
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.problem import ContentError, Problem
from pilar.model.run import Project, Run
from pilar.model.sources import Source, Term
from pilar.model.span import whole_word
from pilar.syntax.audience import filtered, sees, visible_blocks
from pilar.syntax.render import shown_pictures

from .compose import compose
from .day import Day, Slot
from .numbering import Item, Numbering, number_module
from .page_nodes import PageNode, question_bank
from .timetable import timetable


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
    """Glossary entries whose terms occur in this edition of the module."""

    @property
    def path(self) -> str:
        """Path of the module's opening page in the tree."""
        return f"{self.module.slug}/index.md"

    def items(self, *names: str) -> tuple[Item, ...]:
        """Numbered blocks with these names that the edition sees."""
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
        """Pictures that a finished page of this edition shows, re-encoded, by path below the
        module.

        Raises ContentError for pictures that cannot be used.
        """
        shown: set[str] = set()
        for node in self.pages:
            shown |= shown_pictures(node.source)
        problems: list[Problem] = []
        pictures: dict[str, bytes] = {}
        for name in sorted(shown & self.module.assets.keys()):
            try:
                pictures[name] = clean_picture(name, self.module.assets[name])
            except PictureError as error:
                path = f"modules/{self.module.slug}/{name}"
                problems.append(Problem(path, error.line, "G101", error.message, error.hint))
        if problems:
            raise ContentError(problems)
        return pictures


@dataclass(frozen=True)
class EditionTree:
    """One edition of one run."""

    run: Run
    edition: Edition
    curriculum: Curriculum
    modules: tuple[ModuleNode, ...]
    """In the order in which the run teaches them."""
    days: tuple[Day, ...]
    draft: str = ""
    """Mark of work in progress, printed on every page; empty for released versions."""

    @cached_property
    def by_slug(self) -> dict[str, ModuleNode]:
        """Its modules by their slugs."""
        return {node.module.slug: node for node in self.modules}

    def first_days(self) -> Iterator[tuple[Module, Day]]:
        """The modules in the order of teaching, with the day on which each begins."""
        taught = ((slot.module, day) for day in self.days for slot in day.slots if slot.module)
        found: dict[str, tuple[Module, Day]] = {}
        for module, day in taught:
            found.setdefault(module.slug, (module, day))
        yield from found.values()

    def structure(self) -> dict[str, list[Module]]:
        """Modules by the title of their group, in the curriculum's order; empty groups left out."""
        nodes = self.by_slug
        table = {
            title: [nodes[s].module for s in self.curriculum.struktur.get(group, {}) if s in nodes]
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


def _seen_by(edition: Edition, day: Day) -> Day:
    """The day without steps of activities on pages that the edition lacks; the slots stay."""

    def seen(slot: Slot) -> Slot:
        steps = (step for step in slot.steps if sees(edition, step.activity.page.edition))
        return replace(slot, steps=tuple(steps))

    return replace(day, slots=tuple(map(seen, day.slots)))


def _order(source: Source) -> tuple[str, int, str]:
    return source.jenis.casefold(), source.tahun, str(source.nomor)


def page_nodes(module: Module, project: Project, edition: Edition) -> tuple[PageNode, ...]:
    """The pages of a module that `edition` sees, composed; the question bank last."""
    numbering = number_module(module)
    pages: list[PageNode] = []
    for page in module.pages:
        if sees(edition, page.edition):
            source, headings = compose(
                module, page, numbering, project.sources, edition, project.modules
            )
            chapter = numbering.chapters.get(page.name, "")
            path = f"{module.slug}/{page.name}.md"
            pages.append(PageNode(page, path, chapter, source, headings))
    if edition is Edition.PELATIH and module.questions:
        pages.append(question_bank(module, numbering))
    return tuple(pages)


def assemble_module(module: Module, project: Project, edition: Edition) -> ModuleNode:
    """A module as `edition` has it."""
    text = [
        line
        for page in module.pages
        if sees(edition, page.edition)
        for line in filtered(page.document, edition)
    ]
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
        number_module(module),
        pages=page_nodes(module, project, edition),
        sources=tuple(sorted(sources, key=_order)),
        terms=terms,
    )


@memoized
def _node(project: Project, slug: str, edition: Edition) -> ModuleNode:
    """Once for all runs that have the same project."""
    return assemble_module(project.modules[slug], project, edition)


def _used(terms: Iterable[Term], text: str) -> Iterable[Term]:
    folded = text.casefold()
    for term in terms:
        # An abbreviation counts in capitals only: "PM" is a term, "pm" is not.
        capital = term.istilah.isupper()
        word = whole_word(term.istilah if capital else term.istilah.casefold())
        if word.search(text if capital else folded):
            yield term


def assemble(project: Project, run: Run, edition: Edition, draft: str = "") -> EditionTree:
    """The tree of one edition of a run, from the project as the run has it.

    `draft` marks work in progress on every page.
    Raises ContentError with every problem of the timetable.
    """
    days, problems = timetable(run, project.modules)
    if problems:
        raise ContentError(problems)
    days = tuple(_seen_by(edition, day) for day in days)
    taught = (slot.module.slug for day in days for slot in day.slots if slot.module)
    order = dict.fromkeys([*taught, *project.modules])
    nodes = tuple(_node(project, slug, edition) for slug in order)
    return EditionTree(run, edition, project.curriculum, nodes, days=days, draft=draft)
