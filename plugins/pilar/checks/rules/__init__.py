"""Warnings of `pilar check`, one file a rule; whatever file lies here is run.

A file has `check_module(module, facts)`, `check_project(project)`, `check_run(run, days)` or
`check_evidence(module, pool)`, which yields problems. What the first finds is remembered
(`checks.memory`), so it is given no more than the facts; the second is for whatever compares
modules, runs or the curriculum; the third is given the timetable as the run's own versions make it,
empty where they cannot be had; the fourth what came back from runs. A problem says its exact place,
and its fix where there is one (`model.problem`). The page of the rule in `aturan/` explains it,
says that it is a warning and what it rests on (`model.rule`), and brings the examples that test it.
To add a rule, add those two files, and its messages with `pytest tests/stages --perbarui`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from pilar.assembly.day import Day
from pilar.evidence.pooled import Pool
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts, Project, Run

ModuleRule = Callable[[Module, Facts], Iterator[Problem]]
ProjectRule = Callable[[Project], Iterator[Problem]]
RunRule = Callable[[Run, tuple[Day, ...]], Iterator[Problem]]
EvidenceRule = Callable[[Module, Pool], Iterator[Problem]]


@cache
def module_rules() -> tuple[ModuleRule, ...]:
    """What is asked of every module."""
    return tuple(vars(module)["check_module"] for module in _files("check_module"))


@cache
def project_rules() -> tuple[ProjectRule, ...]:
    """What is asked of all modules and runs together."""
    return tuple(vars(module)["check_project"] for module in _files("check_project"))


@cache
def run_rules() -> tuple[RunRule, ...]:
    """What is asked of every run and its timetable."""
    return tuple(vars(module)["check_run"] for module in _files("check_run"))


@cache
def evidence_rules() -> tuple[EvidenceRule, ...]:
    """What is asked of every module where runs have results."""
    return tuple(vars(module)["check_evidence"] for module in _files("check_evidence"))


def _files(name: str) -> list[object]:
    modules = (
        import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    return [module for module in modules if hasattr(module, name)]
