"""Rules that look across files: does what one place says hold in the others?

Each rule takes a module and the project and yields problems. Rules are a list one can read; a new
one is one function and one line in RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pilar.model.curriculum import Module
from pilar.model.position import Located
from pilar.model.problem import Problem, suggestion
from pilar.model.run import Project

from . import links, teaching

Rule = Callable[[Module, Project], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    teaching.indicators_exist,
    teaching.minutes_add_up,
    teaching.questions_exist,
    teaching.module_parts_exist,
    teaching.names_are_unique,
    teaching.prerequisites_exist,
    links.footnotes_are_whole,
    links.references_resolve,
    links.sources_are_known,
    links.links_resolve,
    links.pictures_exist,
)


def check_content(project: Project) -> list[Problem]:
    """All problems that the rules find, sorted."""
    problems = [
        problem
        for module in project.modules.values()
        for rule in RULES
        for problem in rule(module, project)
    ]
    problems += _codes_are_unique(project)
    problems += _curriculum_names_modules(project)
    return sorted(set(problems))


def _codes_are_unique(project: Project) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for slug, module in project.modules.items():
        if (owner := owners.setdefault(module.meta.kode, slug)) != slug:
            yield Problem(
                module.source.path,
                module.source.line("kode"),
                "M101",
                f"kode {module.meta.kode} sudah dipakai modul `{owner}`",
                "Beri kode lain",
            )


def _curriculum_names_modules(project: Project) -> Iterator[Problem]:
    source: Located = project.curriculum_source
    known = set(project.modules)
    for group, pins in project.curriculum.struktur.items():
        for index, pin in enumerate(pins):
            line = source.line("struktur", group, index, "modul")
            if pin.modul not in known:
                yield Problem(
                    source.path,
                    line,
                    "M102",
                    f"modul `{pin.modul}` tidak ada di modules/",
                    suggestion(pin.modul, known),
                )
            elif (actual := project.modules[pin.modul].meta.kelompok) != group:
                yield Problem(
                    source.path,
                    line,
                    "M102",
                    f"modul `{pin.modul}` ditulis di kelompok {group}, "
                    f"sedangkan modul.yml-nya menyebut {actual}",
                    "Samakan kelompoknya",
                )
