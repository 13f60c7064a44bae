"""Problems as text for people and as what other programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pilar.content.files import Files
from pilar.content.source import TAB
from pilar.model.problem import Problem
from pilar.model.rule import Severity

if TYPE_CHECKING:  # the names of the formats are part of the command line, which loads nothing
    from pilar.model.run import Project

Lines = Mapping[str, Sequence[str]]
"""Lines of files by their path in the project."""
NO_LINES: Lines = MappingProxyType({})


def page_of(code: str, pages: str) -> str:
    """Address of a rule's page in the folder at `pages`; empty where that is nowhere."""
    return f"{pages}{code}.html" if pages else ""


def text(
    problems: Sequence[Problem],
    pages: str = "",
    paint: Callable[[str, Severity], str] | None = None,
) -> str:
    """The verdict, then `path:line: CODE pesan`, one a line, errors before warnings, and where
    codes are explained; `paint` gives a part of it the colour of a severity.

    What stands twice in a line is reported once, for columns are not shown.
    """
    if not problems:
        return ""
    painted = paint or (lambda words, severity: words)
    lines = {severity: dict.fromkeys(map(str, of)) for severity, of in _by_severity(problems)}
    counts = [painted(f"{len(of)} {severity}", severity) for severity, of in lines.items()]
    told = [f"{' dan '.join(counts)} ditemukan."]
    for severity, of in lines.items():
        told += ["", painted(_HEADINGS[severity], severity)]
        told += [_CODE.sub(painted(r"\g<0>", severity), row, 1) for row in of]
    return "\n".join(
        [*told, "", f"Penjelasan setiap kode: {pages}index.html" if pages else _EXPLAIN]
    )


_HEADINGS = {
    Severity.ERROR: "Galat: harus diperbaiki",
    Severity.WARNING: "Peringatan: sebaiknya diperbaiki",
}
_CODE = re.compile(r"(?<=\d: )[A-Z]\d{3}(?= )")
_EXPLAIN = "Penjelasan satu kode: pilar check --explain KODE"


def _by_severity(problems: Sequence[Problem]) -> Iterator[tuple[Severity, list[Problem]]]:
    for severity in Severity:
        if found := [problem for problem in problems if problem.rule.severity is severity]:
            yield severity, found


def overview(project: Project) -> str:
    """What a sound curriculum holds: hours, minutes, words, coverage."""
    from pilar.checks.coverage import coverage, words

    lines = ["Modul                          JP  menit   kata  kegiatan  soal"]
    for module in project.modules.values():
        minutes = sum(activity.options.menit for activity in module.activities)
        lines.append(
            f"{module.slug:<29}{module.meta.jp.total:>4}{minutes:>7}{words(module):>7}"
            f"{len(module.activities):>10}{len(module.questions):>6}"
        )
    lines += ["", "Indikator dan yang mencakupnya"]
    for module in project.modules.values():
        for covered in coverage(module):
            names = f" ({', '.join(covered.questions)})" if covered.questions else ""
            lines.append(
                f"{module.meta.kode} IHB {covered.number}: {len(covered.activities)} kegiatan, "
                f"{len(covered.questions)} soal{names}: {len(covered.tests)} untuk tes, "
                f"{len(covered.exercises)} untuk latihan"
            )
    return "\n".join(lines)


def unverified(project: Project) -> list[tuple[str, int, str]]:
    """What authors noted as still to be verified: path, line, text."""
    return [
        (module.source.path, module.source.line("perlu_verifikasi", index), text)
        for module in project.modules.values()
        for index, text in enumerate(module.meta.perlu_verifikasi)
    ]


def as_json(problems: Sequence[Problem], pages: str = "") -> str:
    """A list of objects with path, place, code, message, hint and fix; 0 is an unknown column.

    `url` is the page of the code, null where the rules have no address.
    """
    rows = [
        {
            "path": p.path,
            "line": p.line,
            "column": p.column,
            "end_line": p.end_line,
            "end_column": p.end_column,
            "code": p.code,
            "url": page_of(p.code, pages) or None,
            "message": p.message,
            "hint": p.hint,
            "severity": "peringatan" if p.warning else "galat",
            "fix": p.fix and asdict(p.fix),
        }
        for p in problems
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def rdjson(problems: Sequence[Problem], pages: str = "", lines: Lines = NO_LINES) -> str:
    """Reviewdog's diagnostic format, with the fixes as suggestions.

    Its columns count the bytes of UTF-8, so only problems in `lines` have any.
    """

    def position(p: Problem, line: int, column: int) -> dict[str, int]:
        before = lines[p.path][line - 1][: column - 1]
        return {"line": line, "column": len(before.encode()) + 1}

    def exact(p: Problem) -> bool:
        return bool(p.column) and p.end_line <= len(lines.get(p.path, ()))

    def place(p: Problem) -> dict[str, Any]:
        if not exact(p):
            return {"start": {"line": p.line}}
        return {
            "start": position(p, p.line, p.column),
            "end": position(p, p.end_line, p.end_column),
        }

    rows: list[dict[str, Any]] = []
    for p in problems:
        row: dict[str, Any] = {
            "message": p.text,
            "location": {"path": p.path, "range": place(p)},
            "severity": "WARNING" if p.warning else "ERROR",
            "code": {"value": p.code},
        }
        if pages:
            row["code"]["url"] = page_of(p.code, pages)
        if p.fix and exact(p):
            row["suggestions"] = [{"range": place(p), "text": p.fix.new}]
        rows.append(row)
    document = {"source": {"name": "pilar"}, "severity": "ERROR", "diagnostics": rows}
    return json.dumps(document, indent=1, ensure_ascii=False)


def sarif(problems: Sequence[Problem], pages: str = "") -> str:
    """SARIF 2.1.0, with the rules that were broken, where they are explained, and the fixes."""

    def region(p: Problem) -> dict[str, int]:
        names = ("startLine", "startColumn", "endLine", "endColumn")
        return dict(zip(names, p.place if p.column else (p.line,), strict=False))

    results: list[dict[str, Any]] = []
    for p in problems:
        file = {"uri": quote(p.path)}
        result: dict[str, Any] = {
            "ruleId": p.code,
            "level": "warning" if p.warning else "error",
            "message": {"text": p.text},
            "locations": [{"physicalLocation": {"artifactLocation": file, "region": region(p)}}],
        }
        if p.fix and p.column:
            change = {"deletedRegion": region(p), "insertedContent": {"text": p.fix.new}}
            changes = [{"artifactLocation": file, "replacements": [change]}]
            result["fixes"] = [{"artifactChanges": changes}]
        results.append(result)
    broken = [
        {
            "id": rule.code,
            "shortDescription": {"text": rule.title},
            "help": {"text": rule.page, "markdown": rule.page},
        }
        | ({"helpUri": page_of(rule.code, pages)} if pages else {})
        for rule in sorted({p.rule for p in problems}, key=lambda rule: rule.code)
    ]
    driver = {"name": "pilar", "rules": broken}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def github(problems: Sequence[Problem], pages: str = "") -> str:
    """Workflow commands that GitHub shows beside the line."""

    def escaped(value: str, extra: str = "") -> str:
        for mark in "%\r\n" + extra:
            value = value.replace(mark, f"%{ord(mark):02X}")
        return value

    def place(p: Problem) -> str:
        if not p.column:
            return f"line={p.line}"
        return f"line={p.line},endLine={p.end_line},col={p.column},endColumn={p.end_column}"

    def explained(p: Problem) -> str:
        return escaped("\n".join(filter(None, (p.text, page_of(p.code, pages)))))

    return "\n".join(
        f"::{'warning' if p.warning else 'error'} file={escaped(p.path, ':,')},"
        f"{place(p)},title={p.code}::{explained(p)}"
        for p in problems
    )


FORMATS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "text": text,
    "json": as_json,
    "rdjson": rdjson,
    "github": github,
    "sarif": sarif,
}
"""Reports by the name that `pilar check --format` takes."""


def written(form: str, problems: Sequence[Problem], lines: Lines, pages: str = "") -> str:
    """The report called `form`; `lines` are those of the files, as `as_written` gives them.

    `pages` is the address of the folder with the rules' pages, ending in a slash, if they have one.
    """
    if form == "rdjson":
        return rdjson(problems, pages, lines)
    return FORMATS[form](problems, pages)


def as_written(problems: Iterable[Problem], files: Files) -> tuple[list[Problem], Lines]:
    """The problems with the columns of the files, and the lines that those count in.

    Whoever reads the files sees tabs as spaces (`content.source.decode`).
    """
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
