"""Stage assembly, the timetable: the entries of a run → every minute of its days.

Cases lie over `golden/base`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pilar.assembly.day import Day
from pilar.assembly.timetable import timetable
from pilar.model.schedule import clock

from .golden import Golden, cases, lay_out, load_project


@cases("timetable")
def test_days_are_laid_out(case: Path, golden: Golden, tmp_path: Path) -> None:
    project = load_project(lay_out(case, tmp_path))
    run = project.runs["2025-01-contoh"]
    modules = {slug: project.modules[slug] for slug in run.file.pins(project.curriculum)}
    days, problems = timetable(run, modules)
    assert problems == []

    taught: Counter[str] = Counter()
    for day in days:
        assert all(before.end <= after.start for before, after in pairwise(day.slots))
        for slot in day.slots:
            if slot.module:
                taught[slot.module.slug] += slot.minutes
                steps = sum(step.end - step.start for step in slot.steps)
                assert steps == (slot.minutes if slot.module.activities else 0)
    assert taught == {slug: module.meta.jp.minutes for slug, module in modules.items()}
    golden.check(case, {"timetable.txt": "".join(f"{row}\n" for row in rows(days))})


def rows(days: tuple[Day, ...]) -> Iterator[str]:
    for day in days:
        yield f"Hari {day.number}, {day.date}"
        for slot in day.slots:
            yield f"  {slot.time}  {slot.kind:5}  {slot.title}"
            for step in slot.steps:
                part = f" ({step.part}/{step.parts})" if step.parts > 1 else ""
                title = step.activity.block.title
                yield f"      {clock(step.start)}–{clock(step.end)}  {title}{part}"
