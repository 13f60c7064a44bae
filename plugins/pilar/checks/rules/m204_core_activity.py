"""M204: something of a module must remain when time runs short."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Of the activities that serve an indicator, one at least may not be dropped; drafts aside."""
    if module.meta.status == "draf":
        return
    for number in range(1, len(module.meta.indikator) + 1):
        serving = [a for a in module.activities if number in a.options.indikator]
        if serving and not any(activity.options.inti for activity in serving):
            message = f"semua kegiatan untuk indikator {number} boleh dilewati"
            hint = "Hapus `inti: false` pada salah satunya"
            yield module.source.problem(("indikator", number - 1), "M204", message, hint)
