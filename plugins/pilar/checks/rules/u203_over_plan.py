"""U203: activities take the minutes that are planned for them."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.assembly.handed_out import planned_activities
from pilar.assembly.numbering import number_module
from pilar.evidence.pooled import Pool
from pilar.model.curriculum import Module
from pilar.model.problem import Problem


def check_evidence(module: Module, pool: Pool) -> Iterator[Problem]:
    """No activity took a fifth more than its plan, run after run."""
    for activity, planned in planned_activities(module, number_module(module)):
        found = pool.activities.get(planned.key)
        if not found or not found.often_over:
            continue
        took = ", ".join(f"{found.by_run[run].real:.0f} menit ({run})" for run in found.over)
        message = (
            f"kegiatan “{planned.title}” melewati {planned.minutes} menit rencananya di "
            f"{len(found.over)} dari {len(found.by_run)} pelatihan: {took}"
        )
        hint = "Tambah `menit`, kurangi langkahnya, atau abaikan dengan alasan"
        document, block = activity.page.document, activity.block
        problem = Problem(document.path, block.first, "U203", message, hint)
        yield problem.on_line(document.lines, at=block.title)
