"""R210: the banks have the questions that a test asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pilar.assembly.day import Day
from pilar.assembly.exam import Exam
from pilar.assembly.page_nodes import USES
from pilar.assembly.sittings import sittings
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Run


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """A form is as long as the run asks for, and lacks no indicator that it has room for.

    A run that does not say how long takes what there is, if there is any.
    """
    modules = {slot.module.slug: slot.module for day in days for slot in day.slots if slot.module}
    for sitting in sittings(run.file, modules.values()) if modules else ():
        exam = sitting.exam
        entry = ("jadwal", "hari", sitting.day, sitting.entry)
        mark = f"`pakai: [{exam.use}]`"
        if not exam.available:
            message = f"tidak ada soal untuk {USES[exam.use]} di bank soal modul pelatihan ini"
            hint = f"Beri {mark} pada soal di soal.yml, atau hapus acara itu"
            yield run.source.problem(entry, "R210", message, hint, at=exam.use)
        elif exam.available < exam.wanted and "soal" in run.file.tes.model_fields_set:
            message = (
                f"`tes` meminta {exam.wanted} soal, sedangkan bank soal hanya punya "
                f"{exam.available} untuk {USES[exam.use]}"
            )
            hint = f"Beri {mark} pada soal lain di soal.yml, atau kurangi `soal`"
            yield run.source.problem(("tes", "soal"), "R210", message, hint)
        elif missing := _missing(exam, modules.values()):
            test = USES[exam.use].capitalize()
            message = f"{test} tidak mengukur {missing}: bank soal tidak punya soalnya"
            hint = f"Tulis soal untuk indikator itu dengan {mark}"
            yield run.source.problem(entry, "R210", message, hint, at=exam.use)


def _missing(exam: Exam, modules: Collection[Module]) -> str:
    """Indicators without a question in the banks, where the form has room for every indicator."""
    codes = {module.slug: module.meta.kode for module in modules}
    if exam.size < sum(len(module.meta.indikator) for module in modules):
        return ""
    return ", ".join(
        f"{codes[slug]} IHB {n}" for slug, n in exam.uncovered if (slug, n) in exam.unasked
    )
