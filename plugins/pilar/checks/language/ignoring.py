"""Comments that silence a code: `<!-- pilar: abaikan L103 alasan -->` (CONTRIBUTING.md, Bahasa).

A comment holds for the lines below it up to the next empty one. It must give a reason and silence
something; else it is a problem of its own (L100), so that none stays behind when its cause is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilar.model.blocks import Document, Ignore
from pilar.model.curriculum import Module
from pilar.model.problem import CODES, Problem, suggestion

_HINT = "Tulis <!-- pilar: abaikan L103 alasan --> tepat di atas baris yang dimaksud"


def without_ignored(problems: Iterable[Problem], module: Module) -> Iterator[Problem]:
    """The problems that no comment silences, and those of the comments themselves."""
    places: dict[tuple[str, int, str], Ignore] = {}
    used: set[tuple[str, Ignore]] = set()
    documents = [page.document for page in module.pages]
    for document in documents:
        for ignore in document.ignores:
            for line in _scope(document, ignore):
                places[document.path, line, ignore.code] = ignore
    for problem in problems:
        if silenced := places.get((problem.path, problem.line, problem.code)):
            used.add((problem.path, silenced))
        else:
            yield problem
    for document in documents:
        for ignore in document.ignores:
            if complaint := _complaint(ignore, (document.path, ignore) in used):
                yield Problem(document.path, ignore.line, "L100", *complaint)


def _scope(document: Document, ignore: Ignore) -> Iterator[int]:
    """Numbers of the lines that a comment holds for."""
    comments = {other.line for other in document.ignores}
    line = ignore.line + 1
    while line in comments:
        line += 1
    first = line
    while line <= len(document.lines) and (text := document.lines[line - 1].strip(" >")):
        if line > first and text.startswith("///"):
            return
        yield line
        line += 1


def _complaint(ignore: Ignore, used: bool) -> tuple[str, str] | None:
    codes = sorted(code for code in CODES if code.startswith("L") and code != "L100")
    if not ignore.code:
        return "komentar `pilar:` ini tidak dimengerti", _HINT
    if ignore.code not in codes:
        message = f"kode {ignore.code} tidak dapat diabaikan"
        return message, suggestion(ignore.code, codes)
    if not ignore.reason:
        return f"komentar ini tidak menyebut alasan mengabaikan {ignore.code}", _HINT
    if not used:
        return f"tidak ada {ignore.code} yang diabaikan di bawah komentar ini", "Hapus komentar ini"
    return None
