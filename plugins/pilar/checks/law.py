"""Laws cited as in force are in force on the run's days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pilar.model.curriculum import Source
from pilar.model.problem import Problem
from pilar.model.run import Project, Run


def laws_in_force(project: Project, run: Run) -> Iterator[Problem]:
    """Each source that a module of the run cites holds on all its days, or is marked as history.

    `project` is the one that the run pins. Where only a year is known, the law is taken to hold
    from its first day to its last.
    """
    first, last = run.file.tanggal.mulai, run.file.tanggal.selesai
    for module in project.modules.values():
        for citation in module.meta.rujukan:
            source = project.sources.get(citation.id)
            if source is None or citation.sejarah:
                continue
            if reason := _not_in_force(source, first, last):
                successor = project.sources.get(source.diganti_oleh or "")
                change = f"Ganti dengan {successor.short}" if successor else "Ganti rujukan itu"
                yield Problem(
                    run.source.path,
                    run.source.line("tanggal"),
                    "H101",
                    f"modul `{module.slug}` mengutip {source.short}, yang {reason}",
                    f"{change}, atau tandai {{id: {source.id}, sejarah: true}} di modul.yml bila "
                    "dikutip sebagai sejarah",
                )


def _not_in_force(source: Source, first: datetime.date, last: datetime.date) -> str:
    since, until = source.berlaku_sejak, source.berlaku_sampai
    if since and _day(since, 1, 1) > first:
        return f"baru berlaku sejak {since}"
    if until and _day(until, 12, 31) < last:
        return f"hanya berlaku sampai {until}"
    return ""


def _day(value: datetime.date | int, month: int, day: int) -> datetime.date:
    return datetime.date(value, month, day) if isinstance(value, int) else value
