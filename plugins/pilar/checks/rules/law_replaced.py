"""H201: a module does not cite as in force what has been replaced by the newest run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pilar.model.curriculum import Source
from pilar.model.problem import Problem
from pilar.model.run import Project


def check_project(project: Project) -> Iterator[Problem]:
    """No module cites, unless as history, a source that ended before the newest run.

    Modules as a run has them are H101's matter.
    """
    curriculum = project.curriculum
    taught = any(run.file.kurikulum == curriculum.versi for run in project.runs.values())
    newest = max((run.file.tanggal.mulai for run in project.runs.values()), default=None)
    if newest is None:
        return
    for slug, module in project.modules.items():
        if taught and curriculum.pins().get(slug) == module.meta.versi:
            continue
        for index, citation in enumerate(module.meta.rujukan):
            source = project.sources.get(citation.id)
            if source is None or citation.sejarah or not _ended(source, newest):
                continue
            successor = project.sources.get(source.diganti_oleh or "")
            instead = f"diganti oleh {successor.short}" if successor else "tidak berlaku lagi"
            yield Problem(
                module.source.path,
                module.source.line("rujukan", index),
                "H201",
                f"`{citation.id}` ({source.short}) {instead}",
                "Kutip penggantinya, atau tandai `sejarah: true`",
            )


def _ended(source: Source, day: datetime.date) -> bool:
    until = source.berlaku_sampai
    if until is None:
        return False
    return (datetime.date(until, 12, 31) if isinstance(until, int) else until) < day
