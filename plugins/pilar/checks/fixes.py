"""Applies the fixes that a rule is certain of: `pilar check --fix`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pilar.content.files import Files
from pilar.content.source import TAB
from pilar.model.problem import Problem
from pilar.model.run import Project


def fixed(
    files: Files, project: Project, problems: Iterable[Problem]
) -> tuple[Files, list[Problem]]:
    """The files that the safe fixes of these problems change, and the problems that are gone.

    A fix applies where its text stands exactly at its place. Modules that a run has locked are
    left alone, for a released version never changes.
    """
    locked = {
        slug
        for slug, module in project.modules.items()
        if any(version.hash == module.digest for version in project.locks(slug).values())
    }
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(problems):
        top, _, rest = problem.path.partition("/")
        if _is_certain(problem) and not (top == "modules" and rest.partition("/")[0] in locked):
            by_file[problem.path].append(problem)
    changed: dict[str, bytes] = {}
    applied: list[Problem] = []
    for path, found in by_file.items():
        text = files[path].decode("utf-8")
        end = "\r\n" if "\r\n" in text else "\n"
        lines = text.split(end)
        if done := _apply(found, lines, yaml=path.endswith(".yml")):
            changed[path] = end.join(line.replace("\n", end) for line in lines).encode("utf-8")
            applied += done
    return changed, applied


def _is_certain(problem: Problem) -> bool:
    return bool(problem.fix and problem.fix.safe and problem.column)


def _apply(problems: list[Problem], lines: list[str], *, yaml: bool) -> list[Problem]:
    """Change the lines of a file; gives the problems whose fixes were applied, in order."""
    applied: list[Problem] = []
    before: tuple[int, int] | None = None
    # From the end, so that what was changed does not shift what is still to be.
    for problem in sorted(problems, key=lambda p: (p.line, p.column), reverse=True):
        assert problem.fix
        first, start = problem.line - 1, problem.column - 1
        last, end = problem.end_line - 1, problem.end_column - 1
        overlaps = before is not None and (last, end) > before
        if overlaps or last >= len(lines):
            continue
        ending = "\r" if last > first and lines[first].endswith("\r") else ""
        rows = [row.removesuffix(ending) for row in lines[first : last + 1]]
        written = "\n".join(rows)
        stop = len(written) - len(rows[-1]) + end
        old = written[start:stop]
        if problem.fix.old not in (old, old.expandtabs(TAB)):
            continue
        new = written[:start] + problem.fix.new + written[stop:]
        lines[first : last + 1] = [line + ending for line in new.split("\n")]
        if not problem.fix.new:
            _drop_empty(lines, first, yaml)
        applied.append(problem)
        before = first, start
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
