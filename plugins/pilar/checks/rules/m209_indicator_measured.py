"""M209: every indicator is measured by a test, and can be practised alone."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.coverage import coverage
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

TESTS, EXERCISES = 1, 2
"""Questions that an indicator needs: to be measured; to be tried, and tried again."""
BEGUN = 12
"""Questions from which on a bank is no beginning any more."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Each indicator has a question for tests and two for self-study; drafts aside, and banks that
    have only begun.
    """
    if module.meta.status == "draf" or module.unread or len(module.questions) < BEGUN:
        return
    for covered in coverage(module):
        lacking = [
            f"{needed - len(found)} soal {name} lagi"
            for name, found, needed in (
                ("tes", covered.tests, TESTS),
                ("latihan", covered.exercises, EXERCISES),
            )
            if len(found) < needed
        ]
        if lacking:
            keys = ("indikator", covered.number - 1)
            message = f"indikator {covered.number} memerlukan {' dan '.join(lacking)}"
            hint = "Tulis soalnya, atau ubah `pakai` sebuah soal indikator itu di soal.yml"
            yield module.source.problem(keys, "M209", message, hint)
