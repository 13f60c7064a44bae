"""Places in files as they are written; whoever reads them sees tabs as spaces (`source.decode`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pilar.content.files import Files
from pilar.content.source import TAB
from pilar.model.problem import Problem


def as_written(
    problems: Iterable[Problem], files: Files
) -> tuple[list[Problem], Mapping[str, Sequence[str]]]:
    """The problems with the columns of the files, and the lines that those count in."""
    lines: dict[str, Sequence[str]] = {}
    result: list[Problem] = []
    for problem in problems:
        path = problem.path
        if problem.column and path in files and path not in lines:
            text = files[path].decode("utf-8-sig", "replace")
            lines[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if problem.column and problem.end_line <= len(lines.get(path, ())):
            first, last = (lines[path][n - 1] for n in (problem.line, problem.end_line))
            columns = _column(first, problem.column), _column(last, problem.end_column)
            problem = replace(problem, column=columns[0], end_column=columns[1])
        result.append(problem)
    return result, lines


def _column(line: str, column: int) -> int:
    """Where the character is that stands at `column` once tabs are expanded."""
    width = 1
    for index, sign in enumerate(line):
        if width >= column:
            return index + 1
        width += TAB - (width - 1) % TAB if sign == "\t" else 1
    return len(line) + 1
