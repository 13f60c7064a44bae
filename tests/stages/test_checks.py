"""What is right in every file but wrong between them, as `pilar check` lists it.

Cases lie over `golden/base`.
"""

from __future__ import annotations

from pathlib import Path

from pilar.loading import check_project

from .golden import BASE, MESSAGES, Golden, as_text, cases, lay_out


@cases("checks")
def test_every_mistake_is_listed(case: Path, golden: Golden, tmp_path: Path) -> None:
    problems = check_project(lay_out(case, tmp_path)).all_problems
    golden.check(case, {MESSAGES: as_text(problems)})


def test_the_base_of_all_cases_is_sound() -> None:
    checkout = check_project(BASE)
    assert as_text(checkout.all_problems) == ""
    project = checkout.project
    assert project is not None
    assert (list(project.modules), list(project.runs)) == (["contoh", "lain"], ["2025-01-contoh"])
