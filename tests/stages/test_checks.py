"""What is right in every file but wrong between them, as `pilar check` lists it.

Cases lie over `golden/base`.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from pilar.project.state import Workspace
from pilar.review.compare.data import Side
from pilar.review.compare.states import review

from .golden import BASE, MESSAGES, Golden, as_text, cases, committed, fresh, lay_out
from .test_rules import WITHOUT_PLACE


@cases("checks")
def test_every_mistake_is_listed(case: Path, golden: Golden, tmp_path: Path) -> None:
    root = lay_out(case, tmp_path)
    state = fresh(root)
    golden.check(case, {MESSAGES: as_text(state.errors)})
    told = state.problems
    vague = [problem for problem in told if not problem.column]
    assert {problem.code for problem in vague} <= WITHOUT_PLACE.keys(), as_text(vague)
    for _ in range(2):  # empty at first, then knowing all
        assert Workspace(root, tmp_path / "simpanan").folder().problems == told


@cases("checks", "content")
def test_review_reports_what_check_reports(case: Path, tmp_path: Path) -> None:
    """Of the same content, whichever of the two states has it, changed or not."""
    root = lay_out(BASE, tmp_path / "proyek")
    base = committed(root)
    head = committed(lay_out(case, root))
    found = fresh(root).problems
    workspace = Workspace(root, tmp_path / "simpanan")
    states = {commit: workspace.commit(commit) for commit in (base, head)}
    day = datetime.date(2025, 1, 21)
    for before, after in ((base, head), (head, head)):
        sides = Side(before, "", day), Side(after, "", day)
        told = review(states[before], states[after], sides)
        assert tuple(sorted({*told.new, *told.remaining})) == found


def test_the_base_of_all_cases_is_sound() -> None:
    state = fresh(BASE)
    assert as_text(state.errors) == ""
    project = state.project
    assert project is not None
    assert (list(project.modules), list(project.runs)) == (["contoh", "lain"], ["2025-01-contoh"])
