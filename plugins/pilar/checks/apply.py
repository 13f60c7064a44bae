"""Rules that look across files: does what one place says hold in the others?

What must hold before anything is built are two lists: ALONE look at one module and the few facts
that all share, BETWEEN at the other modules as well. Warnings are files of `rules/` and the
rules on `language`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from pilar.evidence.pooled import Pool
from pilar.model.curriculum import Module
from pilar.model.position import Located
from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.run import Facts, Project

from . import coverage, hostile, language, links, signs, teaching
from .ignores import without_ignored
from .language.spelling import list_is_sorted
from .rules import evidence_rules, module_rules, project_rules

Rule = Callable[[Module, Facts], Iterator[Problem]]
Finder = Callable[[Module, Facts], frozenset[Problem]]

ALONE: tuple[Rule, ...] = (
    teaching.indicators_exist,
    teaching.minutes_add_up,
    coverage.indicators_are_covered,
    teaching.questions_exist,
    teaching.module_parts_exist,
    teaching.names_are_unique,
    links.footnotes_are_whole,
    links.references_resolve,
    links.sources_are_known,
    links.cited_in_yaml,
    links.defined_links_resolve,
    links.definitions_are_whole,
    links.pictures_exist,
    hostile.attributes_are_harmless,
    hostile.addresses_are_harmless,
    signs.signs_are_printable,
)
"""What must hold of a module before anything is built."""

BETWEEN: tuple[Callable[[Module, Project], Iterator[Problem]], ...] = (
    teaching.prerequisites_exist,
    links.links_resolve,
    links.links_in_yaml_resolve,
)
"""What must hold of a module among the others."""


def errors_of(module: Module, facts: Facts) -> frozenset[Problem]:
    """What ALONE find."""
    return _found(ALONE, module, facts)


def warnings_of(module: Module, facts: Facts) -> frozenset[Problem]:
    """Warnings on a module, those that a comment silences among them."""
    return _found(module_rules(), module, facts) | set(language.is_well_written(module, facts))


def _found(rules: Iterable[Rule], module: Module, facts: Facts) -> frozenset[Problem]:
    return frozenset(chain.from_iterable(rule(module, facts) for rule in rules))


def check_content(project: Project, find: Finder = errors_of) -> list[Problem]:
    """All problems that the rules find, sorted.

    `find` looks at one module; see `memory`, which remembers.
    """
    found: set[Problem] = set()
    for module in project.modules.values():
        found |= find(module, project.facts)
        found.update(problem for rule in BETWEEN for problem in rule(module, project))
    found.update(_codes_are_unique(project))
    found.update(_curriculum_names_modules(project))
    found.update(hostile.curriculum_addresses_are_harmless(project))
    found.update(_trainers_teach_modules(project))
    return sorted(found)


def warnings_between(project: Project) -> Iterator[Problem]:
    """Warnings that rest on several modules or runs, or on the list of words."""
    yield from list_is_sorted(project)
    for rule in project_rules():
        yield from rule(project)


def warnings_by_evidence(modules: Iterable[Module], pool: Pool) -> Iterator[Problem]:
    """What the results of runs speak against."""
    for module in modules:
        yield from chain.from_iterable(rule(module, pool) for rule in evidence_rules())


def check_warnings(
    project: Project,
    find: Finder = warnings_of,
    between: Callable[[Project], Iterable[Problem]] = warnings_between,
    unasked: tuple[str, ...] = (),
) -> list[Problem]:
    """All warnings that no comment silences, sorted; `find` looks at one module. Comments on codes
    that begin with one of `unasked` are not called needless: what these look at could not be read.

    `pilar check` reports them; they stop no build, for a run must still come out when a rule or a
    word was added after its modules were locked.
    """
    found = set(between(project))
    for module in project.modules.values():
        found |= find(module, project.facts)
    return sorted(without_ignored(sorted(found), project, unasked))


def _codes_are_unique(project: Project) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for slug, module in project.modules.items():
        if (owner := owners.setdefault(module.meta.kode, slug)) != slug:
            message = f"kode {module.meta.kode} sudah dipakai modul `{owner}`"
            hint = "Beri kode lain"
            yield module.source.problem(("kode",), "M101", message, hint)


def _curriculum_names_modules(project: Project) -> Iterator[Problem]:
    source: Located = project.curriculum_source
    known = project.modules.keys() | project.broken
    for group, pins in project.curriculum.struktur.items():
        for slug in pins:
            keys = ("struktur", group, slug)
            if slug not in known:
                message, hint = f"modul `{slug}` tidak ada di modules/", suggestion(slug, known)
                near = nearest(slug, known)
                yield source.problem(keys, "M102", message, hint, name=True, at=slug, instead=near)
            elif (
                slug in project.modules and (actual := project.modules[slug].meta.kelompok) != group
            ):
                yield source.problem(
                    keys,
                    "M102",
                    f"modul `{slug}` ditulis di kelompok {group}, "
                    f"sedangkan modul.yml-nya menyebut {actual}",
                    "Samakan kelompoknya",
                    name=True,
                    at=slug,
                )


def _trainers_teach_modules(project: Project) -> Iterator[Problem]:
    for run in project.runs.values():
        # What a run has locked it keeps, whatever the curriculum drops later.
        known = {*run.lock.modul} if run.lock else run.file.pins(project.curriculum)
        for index, trainer in enumerate(run.file.pengajar):
            for position, slug in enumerate(trainer.modul):
                if slug not in known:
                    keys = ("pengajar", index, "modul", position)
                    message = f"modul `{slug}` yang diajar tidak ada di pelatihan ini"
                    yield run.source.unknown(keys, message, slug, known)
