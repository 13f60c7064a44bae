"""`--fix`: what is certain is applied, at its exact place, and nothing that a run has locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pilar.checks.fixes import fixed
from pilar.model.locked import Lock, LockedVersion
from pilar.model.problem import Fix, Problem
from pilar.model.run import Project

from .golden import BASE, load_project

PAGE = "modules/contoh/isi.md"
TEXT = "# Isi\n\nsatu dua satu\n"


def fix(project: Project, problems: Sequence[Problem]) -> tuple[str, list[Problem]]:
    """The page afterwards, and what was applied."""
    changed, applied = fixed({PAGE: TEXT.encode()}, project, problems)
    return changed.get(PAGE, TEXT.encode()).decode(), applied


def problem(column: int, old: str, new: str, safe: bool = True) -> Problem:
    span = column - 1, column - 1 + len(old)
    return Problem(PAGE, 3, "L107", "pesan").in_line(span, Fix(old, new, safe))


def locked(project: Project, digest: str) -> Project:
    """The project, its module `contoh` locked by a run in the version with this tree."""
    version = LockedVersion.model_construct(commit="0" * 40, hash=digest, versi="1.0.0")
    run = next(iter(project.runs.values()))
    run = replace(run, lock=Lock.model_construct(modul={"contoh": version}))
    return replace(project, runs={run.id: run})


def test_fixes_of_one_line_do_not_shift_each_other() -> None:
    found = [problem(1, "satu", "tiga puluh"), problem(6, "dua", "2"), problem(10, "satu", "")]
    assert fix(load_project(BASE), found) == ("# Isi\n\ntiga puluh 2 \n", found)


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(problem(1, "satu", "x", safe=False), id="a proposal"),
        pytest.param(problem(2, "satu", "x"), id="another text stands there"),
        pytest.param(replace(problem(1, "satu", "x"), column=0), id="place unknown"),
    ],
)
def test_what_is_not_certain_is_left(refused: Problem) -> None:
    assert fixed({PAGE: TEXT.encode()}, load_project(BASE), [refused]) == ({}, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Isi\r\n\r\n- a\r\n  - b\r\n", "# Isi\r\n\r\n- a\r\n    - b\r\n    - c\r\n"),
        ("# Isi\n\n- a\n  - b\n\tc\n", "# Isi\n\n- a\n    - b\n    - c\n\tc\n"),
        ("# Isi\n\n-\ta\n  - b\n", "# Isi\n\n-   a\n    - b\n    - c\n"),
    ],
    ids=["Windows", "a tab elsewhere", "a tab in it"],
)
def test_ends_of_lines_and_tabs(before: str, after: str) -> None:
    first = before.split("\n")[2].rstrip().expandtabs(4)
    found = Problem(PAGE, 3, "B206", "pesan").at(
        (3, 1, 4, 6), Fix(f"{first}\n  - b", f"{first}\n    - b\n    - c", safe=True)
    )
    changed, _ = fixed({PAGE: before.encode()}, load_project(BASE), [found])
    assert changed[PAGE].decode() == after


def test_of_two_that_overlap_one_is_applied() -> None:
    # After the second, the first one's text still stands at its place.
    found = [problem(1, "satu dua", "x"), problem(6, "dua", "dua kali")]
    assert fix(load_project(BASE), found) == ("# Isi\n\nsatu dua kali satu\n", found[1:])


def test_a_locked_module_is_left() -> None:
    project = load_project(BASE)
    digest = project.modules["contoh"].digest
    found = [problem(1, "satu", "x")]
    assert fix(locked(project, digest), found) == (TEXT, [])
    assert fix(locked(project, "0" * 40), found)[1] == found
