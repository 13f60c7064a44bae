"""R209: a test can be answered in the time that the timetable gives it."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.assembly.day import Day
from pilar.assembly.page_nodes import USES
from pilar.assembly.sittings import sittings
from pilar.model.problem import Problem
from pilar.model.run import Run


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """The questions of neither form need more minutes than the test has."""
    modules = {slot.module.slug: slot.module for day in days for slot in day.slots if slot.module}
    for sitting in sittings(run.file, modules.values()):
        exam = sitting.exam
        if exam.minutes > sitting.minutes:
            yield run.source.problem(
                ("jadwal", "hari", sitting.day, sitting.entry),
                "R209",
                f"{exam.size} soal {USES[exam.use]} perlu sekitar {exam.minutes} menit, sedangkan "
                f"jadwalnya {sitting.minutes} menit",
                f"Tulis `menit: {exam.minutes}` pada acara itu, atau kurangi `soal` pada `tes`",
                at=exam.use,
            )
