"""Exactly where a problem stands: its columns, found by what its message quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.position import Located, Range
from pilar.model.problem import Fix, Problem
from pilar.model.run import Project

Lines = Mapping[str, Sequence[str]]
"""Lines of files by their path in the project."""

_QUOTED = re.compile(r"“([^”]+)”|`([^`]+)`|(\[\^[\w-]+\])")
_INSTEAD = re.compile(r"(?:Mungkin maksud Anda|Tulis) “(?P<new>[^”]+)”")
_SAFE = frozenset({"L107"})
"""Rules whose advice is certain: the glossary has one word for one thing."""


def lines_of(project: Project) -> dict[str, Sequence[str]]:
    """Lines of every page and YAML file that the project was read from."""
    lines: dict[str, Sequence[str]] = {
        document.path: _with_comments(document)
        for module in project.modules.values()
        for document in documents_of(module)
    }
    for source in sources_of(project):
        lines[source.path] = source.text
    return lines


def documents_of(module: Module) -> Iterator[Document]:
    """Every Markdown file of a module that could be read."""
    yield from (page.document for page in module.pages)
    if module.changelog.document:
        yield module.changelog.document


def _with_comments(document: Document) -> Sequence[str]:
    """The lines, with the comments back that a problem may be about."""
    lines = list(document.lines)
    for ignore in document.ignores:
        before = lines[ignore.line - 1].ljust(ignore.column - 1)[: ignore.column - 1]
        lines[ignore.line - 1] = before + ignore.text
    return lines


def sources_of(project: Project) -> Iterator[Located]:
    """Every YAML file that a problem may stand in."""
    yield project.curriculum_source
    for module in project.modules.values():
        yield from (module.source, module.questions_source, module.pictures_source)
    for run in project.runs.values():
        yield run.source


def pinpointed(problems: Iterable[Problem], lines: Lines) -> list[Problem]:
    """The problems, each marking just the words that it quotes where they stand in its place."""
    return sorted({_pinpointed(problem, lines.get(problem.path, ())) for problem in problems})


def _pinpointed(problem: Problem, lines: Sequence[str]) -> Problem:
    areas = list(_areas(problem, lines))
    if not areas or (
        problem.fix and problem.column and text_at(lines, areas[0]) == problem.fix.old
    ):
        return problem
    for text in [problem.fix.old] if problem.fix else _quoted(problem.message):
        if places := next(filter(None, (find(text, lines, area) for area in areas)), []):
            place, fix = places[0], problem.fix
            if fix is None:
                fix = _advised(text_at(lines, place), problem)
            if len(places) > 1:
                fix = None  # nobody can tell which of them is meant
            line, column, end_line, end_column = place
            return replace(
                problem,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                fix=fix,
            )
    return problem


def _areas(problem: Problem, lines: Sequence[str]) -> Iterator[Range]:
    """Where the words of a problem are looked for."""
    first = problem.line
    if not 1 <= first <= len(lines) or problem.end_line > len(lines):
        return
    column, last, end = problem.column, problem.end_line, problem.end_column
    if column:
        yield first, column, last, end
    # The key of a list stands for all of it.
    key = column and first == last and lines[first - 1][end - 1 : end] == ":"
    if not column or key:
        last = end_of_value(lines, first) if problem.path.endswith(".yml") else first
        yield first, column or 1, last, len(lines[last - 1]) + 1


def _quoted(message: str) -> Iterator[str]:
    """What a message quotes; of a key like `1.istilah` also its last part."""
    for match in _QUOTED.finditer(message):
        text = match[1] or match[2] or match[3]
        yield text
        if "." in text and " " not in text:
            yield text.rpartition(".")[2]


def _advised(old: str, problem: Problem) -> Fix | None:
    """The replacement that the hint names."""
    advice = _INSTEAD.match(problem.hint)
    if advice is None:
        return None
    new = _like(old, advice["new"])
    if old.startswith("#") and not new.startswith("#"):
        new = f"#{new}"
    elif any(mark in old and mark not in new for mark in "/#"):
        return None  # only a part of the address is meant
    return Fix(old, new, problem.code in _SAFE)


def find(text: str, lines: Sequence[str], area: Range) -> list[Range]:
    """Where `text` stands in a part of the lines, as whole words; it may go over line ends."""
    words = [re.escape(word) for word in text.split()]
    if not words:
        return []
    before = r"(?<!\w)" if re.match(r"\w", text.strip()) else ""
    after = r"(?!\w)" if re.search(r"\w$", text.strip()) else ""
    pattern = re.compile(before + r"(?:[ ]+|[ ]*\n[ >]*)".join(words) + after)
    first, column, last, end = area
    whole = "\n".join(lines[first - 1 : last])
    stop = len(whole) - len(lines[last - 1]) + end - 1
    return [
        range_at(whole, match.span(), first)
        for match in pattern.finditer(whole, column - 1, stop)
        if match.end() <= stop
    ]


def text_at(lines: Sequence[str], place: Range) -> str:
    """What stands in a part of the lines."""
    first, column, last, end = place
    whole = "\n".join(lines[first - 1 : last])
    return whole[column - 1 : len(whole) - len(lines[last - 1]) + end - 1]


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
    line, column, end_line, end_column = range_at(text, span)
    return Problem(path, line, code, message, hint, column, end_line, end_column, fix)


def problem_in_line(
    path: str,
    line: int,
    span: tuple[int, int],
    code: str,
    message: str,
    hint: str = "",
    fix: Fix | None = None,
) -> Problem:
    """A problem at the characters `span` of a line."""
    return Problem(path, line, code, message, hint, span[0] + 1, line, span[1] + 1, fix)


def range_at(text: str, span: tuple[int, int], first: int = 1) -> Range:
    """Lines and columns of the characters `span` of `text`, which begins at line `first`."""
    (line, column), (end_line, end_column) = (_place(text, offset) for offset in span)
    return line + first - 1, column, end_line + first - 1, end_column


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
