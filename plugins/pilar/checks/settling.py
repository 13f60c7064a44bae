"""What `status: ditetapkan` asks for: evidence of runs, and nothing in it that is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from pilar.evidence.cutoffs import SETTLING
from pilar.evidence.pooled import Pool
from pilar.evidence.run_evidence import RunEvidence
from pilar.model.curriculum import Module
from pilar.model.problem import Problem

BY_EVIDENCE = "U2"
"""Codes of warnings that rest on results of runs begin with it."""
_BACK = "Kembalikan ke `uji-coba`"


def unsettled(
    modules: Iterable[Module], pool: Pool, warnings: Iterable[Problem], uncounted: Sequence[str]
) -> Iterator[Problem]:
    """What modules lack that are called `ditetapkan`.

    `warnings` are those that no comment silences; `uncounted` are runs whose results show nothing,
    for what is wrong with them.
    """
    left = [problem for problem in warnings if problem.code.startswith(BY_EVIDENCE)]
    for module in modules:
        if module.meta.status == "ditetapkan":
            yield from _few_runs(module, pool.of_plan(module), uncounted)
            folder = f"modules/{module.slug}/"
            yield from _unanswered(module, [p for p in left if p.path.startswith(folder)])


def _few_runs(
    module: Module, runs: Sequence[RunEvidence], uncounted: Sequence[str]
) -> Iterator[Problem]:
    if len(runs) >= SETTLING.value:
        return
    message = (
        f"status `ditetapkan` meminta hasil dari paling sedikit {SETTLING.value:.0f} pelatihan "
        f"yang bukan contoh, dengan versi {module.meta.versi.partition('.')[0]}.x modul ini; baru "
        f"ada {len(runs)}"
    )
    if runs:
        message += f" ({', '.join(run.results.run for run in runs)})"
    if uncounted:
        message += f". Belum dihitung, karena ada yang salah: {', '.join(uncounted)}"
    hint = f"{_BACK} sampai hasilnya ada (`pilar new hasil ID`)"
    yield module.source.problem(("status",), "U109", message, hint)


def _unanswered(module: Module, warnings: Sequence[Problem]) -> Iterator[Problem]:
    if warnings:
        listed = ", ".join(f"{p.code} di {PurePosixPath(p.path).name}:{p.line}" for p in warnings)
        message = (
            f"status `ditetapkan`, padahal {len(warnings)} peringatan dari hasil pelatihan belum "
            f"dijawab: {listed}"
        )
        hint = f"{_BACK}, ubah isinya, atau abaikan peringatannya dengan alasan"
        yield module.source.problem(("status",), "U109", message, hint)
