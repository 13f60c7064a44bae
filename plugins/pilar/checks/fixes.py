"""Mends what a rule is certain of: `pilar check --fix`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.store.atomic import write_whole


def mend(root: Path, project: Project, problems: Iterable[Problem]) -> list[Problem]:
    """Apply the safe fixes of these problems to the files; gives those that were applied.

    A fix applies where its text stands exactly at its place. Modules that a run has locked are
    left alone, for a released version never changes. Each file is replaced whole.
    """
    locked = {
        slug
        for run in project.runs.values()
        for slug, version in (run.lock.modul if run.lock else {}).items()
        if slug in project.modules and project.modules[slug].digest == version.hash
    }
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        top, _, rest = problem.path.partition("/")
        if not (top == "modules" and rest.partition("/")[0] in locked):
            by_file[problem.path].append(problem)
    return [done for path, found in sorted(by_file.items()) for done in _mend(root / path, found)]


def _mend(path: Path, problems: list[Problem]) -> list[Problem]:
    safe = [p for p in problems if p.fix and p.fix.safe and p.column and p.end_line == p.line]
    if not safe:
        return []
    lines = path.read_bytes().decode("utf-8").split("\n")
    applied: list[Problem] = []
    before: tuple[int, int] | None = None
    # From the end, so that what was mended does not shift what is still to be.
    for problem in sorted(safe, key=lambda p: (p.line, p.column), reverse=True):
        assert problem.fix
        line, start, end = problem.line - 1, problem.column - 1, problem.end_column - 1
        overlaps = before is not None and (line, end) > before
        if overlaps or lines[line][start:end] != problem.fix.old:
            continue
        lines[line] = lines[line][:start] + problem.fix.new + lines[line][end:]
        if not problem.fix.new:
            _drop_empty(lines, line, path.suffix == ".yml")
        applied.append(problem)
        before = line, start
    if applied:
        write_whole(path, "\n".join(lines).encode("utf-8"))
    return applied[::-1]


def _drop_empty(lines: list[str], place: int, yaml: bool) -> None:
    """Take out a line that nothing is left of.

    On a page it may be what parts two paragraphs: then it stays as an empty one.
    """

    def empty(number: int) -> bool:
        return not 0 <= number < len(lines) or not lines[number].strip(" >\r")

    if not empty(place):
        return
    if yaml or empty(place - 1) or empty(place + 1):
        del lines[place]
    else:
        lines[place] = lines[place].rstrip(" ")
