"""What is right in every file but wrong between them, as `pilar check` lists it.

Cases lie over `golden/base`.
"""

from __future__ import annotations

from pathlib import Path

from pilar.checks.memory import Memory
from pilar.project.folder import check_project, everything

from .golden import BASE, MESSAGES, Golden, as_text, cases, lay_out
from .test_rules import WITHOUT_PLACE


@cases("checks")
def test_every_mistake_is_listed(case: Path, golden: Golden, tmp_path: Path) -> None:
    root = lay_out(case, tmp_path)
    checkout = check_project(root)
    golden.check(case, {MESSAGES: as_text(checkout.all_problems)})
    told = everything(checkout)
    vague = [problem for problem in told if not problem.column]
    assert {problem.code for problem in vague} <= WITHOUT_PLACE.keys(), as_text(vague)
    for _ in range(2):  # empty at first, then knowing all
        memory = Memory(tmp_path / "simpanan")
        assert everything(check_project(root, memory=memory), memory) == told


def test_the_base_of_all_cases_is_sound() -> None:
    checkout = check_project(BASE)
    assert as_text(checkout.all_problems) == ""
    project = checkout.project
    assert project is not None
    assert (list(project.modules), list(project.runs)) == (["contoh", "lain"], ["2025-01-contoh"])
