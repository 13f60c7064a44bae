"""Exactly where a problem stands: its columns, found by what its message quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pilar.model.position import Located
from pilar.model.problem import Fix, Problem
from pilar.model.run import Project

Lines = Mapping[str, Sequence[str]]
"""Lines of files by their path in the project."""

_QUOTED = re.compile(r"“([^”]+)”|`([^`]+)`")
_INSTEAD = re.compile(r"(?:Mungkin maksud Anda|Tulis) “(?P<new>[^”]+)”")
_SAFE = frozenset({"L107"})
"""Rules whose advice is certain: the glossary has one word for one thing."""


def lines_of(project: Project) -> dict[str, Sequence[str]]:
    """Lines of every page and YAML file that the project was read from."""
    lines: dict[str, Sequence[str]] = {
        page.document.path: page.document.lines
        for module in project.modules.values()
        for page in module.pages
    }
    for source in sources_of(project):
        lines[source.path] = source.text
    return lines


def sources_of(project: Project) -> Iterator[Located]:
    """Every YAML file that a problem may stand in."""
    yield project.curriculum_source
    for module in project.modules.values():
        yield from (module.source, module.questions_source, module.pictures_source)
    for run in project.runs.values():
        yield run.source


def pinpointed(problems: Iterable[Problem], lines: Lines) -> list[Problem]:
    """The problems, with columns where the text they quote stands once at their place."""
    return sorted({_pinpointed(problem, lines.get(problem.path, ())) for problem in problems})


def _pinpointed(problem: Problem, lines: Sequence[str]) -> Problem:
    if problem.column or not 1 <= problem.line <= len(lines):
        return problem
    for quoted in _QUOTED.finditer(problem.message):
        text = quoted[1] or quoted[2]
        if place := find(text, lines, problem.line, yaml=problem.path.endswith(".yml")):
            line, start = place
            fix = problem.fix
            if fix is None and (advice := _INSTEAD.match(problem.hint)):
                fix = Fix(text, _like(text, advice["new"]), problem.code in _SAFE)
            end = start + len(text)
            return replace(problem, line=line, column=start, end_line=line, end_column=end, fix=fix)
    return problem


def find(text: str, lines: Sequence[str], first: int, *, yaml: bool) -> tuple[int, int] | None:
    """Line and column of `text` where it stands once: in line `first`, or the value below it."""
    last = end_of_value(lines, first) if yaml else first
    pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    found = [
        (number, match.start() + 1)
        for number in range(first, last + 1)
        for match in pattern.finditer(lines[number - 1])
    ]
    return found[0] if len(found) == 1 else None


def end_of_value(lines: Sequence[str], first: int) -> int:
    """Last line of the YAML value whose first line is `first`: those below that stand deeper."""
    indent = _indent(lines[first - 1])
    last = first
    for number in range(first + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.strip() and _indent(line) <= indent:
            break
        if line.strip():
            last = number
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _like(old: str, new: str) -> str:
    """`new` with a capital where `old` begins with one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def problem_at(
    path: str,
    text: str,
    span: tuple[int, int],
    code: str,
    message: str,
    hint: str = "",
    fix: Fix | None = None,
) -> Problem:
    """A problem at the characters `span` of `text`, whose lines are those of the file at `path`."""
    (line, column), (end_line, end_column) = (_place(text, offset) for offset in span)
    return Problem(path, line, code, message, hint, column, end_line, end_column, fix)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
