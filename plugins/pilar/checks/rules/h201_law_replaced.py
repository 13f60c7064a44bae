"""H201: a module does not speak as in force of what has been replaced by the newest run."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from pilar.checks.language.reading import read_module
from pilar.checks.language.sentences import sentences
from pilar.checks.language.text import Passage
from pilar.checks.law import NamedLaw, by_name, ended, instead_of, named_laws
from pilar.model.curriculum import Module
from pilar.model.memoize import memoized
from pilar.model.problem import Problem
from pilar.model.run import NO_FACTS, Project

_FORMER = re.compile(
    r"\b(?:(?<!lebih )(?:dahulu|dulu|dulunya)|semula|sebelumnya|sejarah\w*|pernah berlaku"
    r"|sebelum (?:ada |terbit )?(?:UU|PP|Perpres|Permensos|Undang|Peraturan|aturan)"
    r"|(?:aturan|hukum|undang|yang) lama|(?:di|meng)gantikan|diganti|penggant\w+"
    r"|(?:di|men)cabut|tidak (?:lagi )?berlaku|berlaku (?:sampai|hingga))\b",
    re.I,
)
"""Words that speak of a law as of something past."""


def check_project(project: Project) -> Iterator[Problem]:
    """No module cites or names, unless as history, a source that ended before the newest run.

    What modules cite as a run has them is H101's matter.
    """
    curriculum = project.curriculum
    taught = any(run.file.kurikulum == curriculum.versi for run in project.runs.values())
    newest = max((run.file.tanggal.mulai for run in project.runs.values()), default=None)
    if newest is None:
        return
    for slug, module in project.modules.items():
        if not (taught and curriculum.pins().get(slug) == module.meta.versi):
            yield from _cited(module, project, newest)
        yield from _named(module, project, newest)


def _cited(module: Module, project: Project, day: datetime.date) -> Iterator[Problem]:
    for index, citation in enumerate(module.meta.rujukan):
        source = project.sources.get(citation.id)
        if source and not citation.sejarah and ended(source, day):
            message = f"`{citation.id}` ({source.short}) {instead_of(source, project, day)}"
            hint = "Kutip penggantinya, atau tandai `sejarah: true`"
            yield module.source.problem(("rujukan", index), "H201", message, hint, at=citation.id)


def _named(module: Module, project: Project, day: datetime.date) -> Iterator[Problem]:
    history = {citation.id for citation in module.meta.rujukan if citation.sejarah}
    past = {
        name: source
        for name, source in by_name(project.facts).items()
        if ended(source, day) and source.id not in history
    }
    for passage, law in _laws(module):
        source = past.get(law.name)
        if source and not _as_history(passage, law.start):
            yield passage.problem(
                (law.start, law.end),
                "H201",
                f"“{law.text}” {instead_of(source, project, day)}",
                "Sebut penggantinya; bila memang sejarah, tulis "
                f"{{id: {source.id}, sejarah: true}} di `rujukan` pada modul.yml",
                at=law.text,
            )


@memoized
def _laws(module: Module) -> tuple[tuple[Passage, NamedLaw], ...]:
    """Every law that a module names, and where."""
    passages = read_module(module, NO_FACTS).taught()
    return tuple((passage, law) for passage in passages for law in named_laws(passage.flat))


def _as_history(passage: Passage, offset: int) -> bool:
    """Does the sentence say that it is of the past?"""
    return any(
        start <= offset < start + len(text) and _FORMER.search(text)
        for start, text in sentences(passage)
    )
