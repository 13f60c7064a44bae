"""Comments that silence a warning: `<!-- pilar: abaikan T201 alasan -->` (CONTRIBUTING.md, Bahasa).

In a page a comment holds for the lines below it up to the next empty one; in YAML,
`# pilar: abaikan S203 alasan` holds for the value below it. It must give a reason and silence
something; else it is a problem of its own (L100), so that none stays behind when its cause is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pilar.content.page_parser import ignored
from pilar.model.blocks import Document, Ignore
from pilar.model.position import Located, end_of_value
from pilar.model.problem import Fix, Problem, nearest, suggestion
from pilar.model.rule import Severity, rules
from pilar.model.run import Project

_HINT = "Tulis, misalnya, `pilar: abaikan L103 alasan` dalam komentar tepat di atas baris itu"
_COMMENT = re.compile(r"(?P<indent> *)# *pilar: *(?P<text>.*?) *")
_OTHER_CODE = re.compile(r"(?:dan )?[A-Z]\d{3}\b")
_OWN = "L100"


def without_ignored(
    problems: Iterable[Problem], project: Project, unasked: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """The warnings that no comment silences, and what is wrong with the comments themselves.

    None on a code that begins with one of `unasked` is needless.
    """
    places: dict[tuple[str, int, str], Ignore] = {}
    used: set[tuple[str, Ignore]] = set()
    comments = list(_comments(project))
    for path, ignore, scope in comments:
        if not ignore.reason or _OTHER_CODE.match(ignore.reason):
            continue  # what gives no reason is refused
        for line in scope:
            places[path, line, ignore.code] = ignore
    for problem in problems:
        if silenced := places.get((problem.path, problem.line, problem.code)):
            used.add((problem.path, silenced))
        else:
            yield problem
    for path, ignore, _ in comments:
        span = ignore.column - 1, ignore.column - 1 + len(ignore.text)
        if mistake := _mistake(ignore):
            yield Problem(path, ignore.line, _OWN, *mistake).in_line(span)
        elif (path, ignore) not in used and not ignore.code.startswith(unasked):
            message = f"tidak ada {ignore.code} yang diabaikan di bawah komentar ini"
            problem = Problem(path, ignore.line, _OWN, message, "Hapus komentar ini")
            yield problem.in_line(span, Fix(ignore.text, "", safe=True))


def _comments(project: Project) -> Iterator[tuple[str, Ignore, range]]:
    """Path of the file, comment, and the lines that it holds for."""
    for module in project.modules.values():
        documents = (*(page.document for page in module.pages), module.changelog.document)
        for document in filter(None, documents):
            for ignore in document.ignores:
                yield document.path, ignore, _scope(document, ignore)
    for source in _sources(project):
        for number, line in enumerate(source.text, 1):
            if match := _COMMENT.fullmatch(line):
                ignore = Ignore(
                    number, *ignored(match["text"]), len(match["indent"]) + 1, line.strip()
                )
                yield source.path, ignore, _scope_in_yaml(source, number)


def _sources(project: Project) -> Iterator[Located]:
    """Every YAML file in which a comment may stand."""
    yield project.curriculum_source
    for module in project.modules.values():
        yield from (module.source, module.questions_source, module.pictures_source)
    for run in project.runs.values():
        yield run.source


def _scope(document: Document, ignore: Ignore) -> range:
    comments = {other.line for other in document.ignores}
    first = ignore.line + 1
    while first in comments:
        first += 1
    last = first
    while last <= len(document.lines) and (text := document.lines[last - 1].strip(" >")):
        if last > first and text.startswith("///"):
            break
        last += 1
    return range(first, last)


def _scope_in_yaml(source: Located, number: int) -> range:
    first = number + 1
    while first <= len(source.text) and source.text[first - 1].lstrip().startswith("#"):
        first += 1
    if first > len(source.text):
        return range(0)
    return range(first, end_of_value(source.text, first) + 1)


def _mistake(ignore: Ignore) -> tuple[str, str] | None:
    """Message and hint where a comment is not as it must be."""
    codes = silencable()
    if not ignore.code:
        return "komentar `pilar:` ini tidak dimengerti", _HINT
    if ignore.code not in codes:
        message = f"kode {ignore.code} tidak dapat diabaikan"
        return message, _near(ignore.code, codes)
    if not ignore.reason:
        return f"komentar ini tidak menyebut alasan mengabaikan {ignore.code}", _HINT
    if _OTHER_CODE.match(ignore.reason):
        return "komentar ini menyebut lebih dari satu kode", "Tulis satu komentar untuk tiap kode"
    return None


def silencable() -> list[str]:
    """Codes that a comment may silence: warnings, but for the one about such comments."""
    return [c for c, rule in rules().items() if rule.severity is Severity.WARNING and c != _OWN]


def _near(code: str, codes: list[str]) -> str:
    if code in rules() and code != _OWN:
        return "Galat harus diperbaiki; hanya peringatan yang dapat diabaikan"
    if code != _OWN and nearest(code, codes):
        return suggestion(code, codes)
    return "Pakai kode peringatan yang dilaporkan"
