"""What is right in every file but wrong between them, as `pilar check` lists it.

Cases lie over `golden/base`.
"""

from __future__ import annotations

from pathlib import Path

from pilar.loading import check_project, everything

from .golden import BASE, MESSAGES, Golden, as_text, cases, lay_out
from .test_rules import WITHOUT_PLACE


@cases("checks")
def test_every_mistake_is_listed(case: Path, golden: Golden, tmp_path: Path) -> None:
    checkout = check_project(lay_out(case, tmp_path))
    golden.check(case, {MESSAGES: as_text(checkout.all_problems)})
    vague = [problem for problem in everything(checkout) if not problem.column]
    assert {problem.code for problem in vague} <= WITHOUT_PLACE.keys(), as_text(vague)


def test_the_base_of_all_cases_is_sound() -> None:
    checkout = check_project(BASE)
    assert as_text(checkout.all_problems) == ""
    project = checkout.project
    assert project is not None
    assert (list(project.modules), list(project.runs)) == (["contoh", "lain"], ["2025-01-contoh"])
