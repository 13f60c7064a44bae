"""Problems as text for people and as what other programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from pilar.checks.coverage import coverage, words
from pilar.model.problem import Problem
from pilar.model.run import Project


def text(problems: Sequence[Problem]) -> str:
    """`path:line: CODE pesan`, one a line, and how many there are."""
    if not problems:
        return ""
    warnings = sum(problem.warning for problem in problems)
    counts = [(len(problems) - warnings, "masalah"), (warnings, "peringatan")]
    found = " dan ".join(f"{count} {name}" for count, name in counts if count)
    return "\n".join([*map(str, problems), f"\n{found} ditemukan."])


def overview(project: Project) -> str:
    """What a sound curriculum holds: hours, minutes, words, coverage, and what is unverified."""
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
            lines.append(
                f"{module.meta.kode} IHB {covered.number}: {len(covered.activities)} kegiatan, "
                f"{len(covered.questions)} soal ({', '.join(covered.questions)})"
            )
    doubtful = [
        f"{module.source.path}:{module.source.line('perlu_verifikasi', index)}: {text}"
        for module in project.modules.values()
        for index, text in enumerate(module.meta.perlu_verifikasi)
    ]
    if doubtful:
        lines += ["", f"Perlu verifikasi ({len(doubtful)})", *doubtful]
    return "\n".join(lines)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects with path, line, code, message and hint."""
    rows = [
        {
            "path": p.path,
            "line": p.line,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
            "severity": "peringatan" if p.warning else "galat",
        }
        for p in problems
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def rdjson(problems: Sequence[Problem]) -> str:
    """Reviewdog's diagnostic format."""
    rows = [
        {
            "message": p.text,
            "location": {"path": p.path, "range": {"start": {"line": p.line}}},
            "severity": "WARNING" if p.warning else "ERROR",
            "code": {"value": p.code},
        }
        for p in problems
    ]
    document = {"source": {"name": "pilar"}, "severity": "ERROR", "diagnostics": rows}
    return json.dumps(document, indent=1, ensure_ascii=False)


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands that GitHub shows beside the line."""

    def escaped(value: str, extra: str = "") -> str:
        for mark in "%\r\n" + extra:
            value = value.replace(mark, f"%{ord(mark):02X}")
        return value

    return "\n".join(
        f"::{'warning' if p.warning else 'error'} file={escaped(p.path, ':,')},"
        f"line={p.line},title={p.code}::{escaped(p.text)}"
        for p in problems
    )


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": text,
    "json": as_json,
    "rdjson": rdjson,
    "github": github,
}
"""Reports by the name that `pilar check --format` takes."""
